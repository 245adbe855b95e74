import Vocabulary

/// One KPI of the scorecard for people.
struct KPIText {
    /// The KPI's status as JSON.
    let json: JSON
    private let number: NumberText

    /// Reads a KPI's status.
    init(_ json: JSON) {
        self.json = json
        number = NumberText(
            unitText: json.member("unit")?.text, currency: json.member("currency")?.text)
    }

    /// The KPI's id.
    var id: String { json.member("kpi")?.text ?? "" }
    /// Its title.
    var title: String { json.member("title")?.text ?? id }
    /// The id of its objective.
    var objective: String? { json.member("objective")?.text }

    /// Title, value, change, course and trend, the last of so many complete periods.
    func cells(trendCount: Int) -> [Table.Cell] {
        let periods = json.member("sparkline")?.elements ?? []
        let trend = periods.filter { $0.member("complete")?.boolean != false }
            .map { $0.member("value")?.number }
        return [
            Table.Cell("  " + title), Table.Cell(number.text(json.member("value")?.number), .bold),
            change, course, Table.Cell(Sparkline.text(trend.suffix(trendCount))),
        ]
    }

    /// What stands below: period, interval, target, freshness, owner; in lines of so many columns.
    func details(columns: Int) -> [String] {
        let parts = [
            json.member("period", "label")?.text, interval, target,
            json.member("freshness", "text")?.text.map { "data \($0)" },
            json.member("owner")?.text ?? "no owner",
        ]
        var lines: [String] = []
        for part in parts.compactMap({ $0 }).map(printable) where !part.isEmpty {
            let longer = lines.last.map { $0 + " · " + part }
            if let longer, displayWidth(longer) <= columns {
                lines[lines.count - 1] = longer
            } else {
                lines.append("    " + part)
            }
        }
        return lines.map { cut($0, to: columns) }
    }

    private var interval: String? {
        let interval = number.interval(
            json.member("low")?.number, json.member("high")?.number)
        let count = json.member("n")?.number.map { "n " + NumberText(.count).text($0) }
        let parts = [interval, count ?? ""].filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private var change: Table.Cell {
        guard let change = json.member("change"), let value = change.member("value")?.number else {
            return Table.Cell(NumberText.none)
        }
        let text = ChangeText(unit: change.member("unit")?.text ?? "", own: number).text(value)
        if change.member("withinNoise")?.boolean == true {
            return Table.Cell(text + ", within its noise", .dim)
        }
        switch change.member("direction")?.text {
        case "better": return Table.Cell(text + ", better", .good)
        case "worse": return Table.Cell(text + ", worse", .bad)
        default: return Table.Cell(text)
        }
    }

    private var course: Table.Cell {
        switch json.member("course")?.text {
        case "on_course": Table.Cell("✓ on course", .good)
        case "at_risk": Table.Cell("! at risk", .warning)
        case "off_course": Table.Cell("✗ off course", .bad)
        case "no_target": Table.Cell("· no target", .dim)
        default: Table.Cell("· no data", .dim)
        }
    }

    private var target: String? {
        guard let target = json.member("target") else { return nil }
        let final = number.text(target.member("value")?.number)
        let by = target.member("by")?.text.map { " by \($0)" } ?? ""
        guard let path = target.member("path")?.number else { return "target \(final)\(by)" }
        return "target \(number.text(path)) now, \(final)\(by)"
    }
}
