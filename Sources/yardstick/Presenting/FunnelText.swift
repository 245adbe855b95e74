import Vocabulary

/// A funnel for people: a row for each step, then the trend and the parts.
struct FunnelText {
    private let json: JSON
    private let share = NumberText(.share)

    /// Reads an answer about a funnel.
    init(_ json: JSON) { self.json = json }

    /// Writes the tables.
    func write(to output: Output) {
        let rules = json.member("rules")
        output.line(
            printable(
                "\(json.member("title")?.text ?? ""), \(json.member("range")?.text ?? "")"))
        output.line(printable("  \(rules?.member("definition")?.text ?? "")"))
        output.line()
        output.table(steps)
        if let drop = json.member("biggest_drop")?.text {
            output.line(printable("  The biggest drop is before '\(drop)'."))
        }
        section("Parts", parts, to: output)
        section("Trend", trend, to: output)
        output.notes(of: json)
    }

    private func section(_ title: String, _ table: Table?, to output: Output) {
        guard let table else { return }
        output.line()
        output.line(title)
        output.table(table)
    }

    private var steps: Table {
        var table = Table([
            .number("step"), .text("what", isFlexible: true), .number("reached"),
            .number("of all"), .text("95 % interval"), .number("of the step before"),
            .text("median time"),
        ])
        for step in json.member("steps")?.elements ?? [] {
            let seconds = step.member("seconds_from_first")?.member("median")?.number
            table.append([
                Table.Cell(count(step.member("step"))),
                Table.Cell(step.member("label")?.text ?? "", .bold),
                Table.Cell(count(step.member("count"))),
                Table.Cell(share.text(step.member("conversion")?.member("value")?.number)),
                Table.Cell(interval(step.member("conversion"))),
                Table.Cell(share.text(step.member("from_previous")?.member("value")?.number)),
                Table.Cell(seconds.map { DurationText.text(seconds: $0) } ?? ""),
            ])
        }
        return table
    }

    private var parts: Table? {
        guard let parts = json.member("parts")?.elements, !parts.isEmpty else { return nil }
        var table = Table([
            .text(json.member("dimension")?.text ?? "part", isFlexible: true),
            .number("entered"), .number("converted"), .number("share"), .text("95 % interval"),
            .text("from the rest"),
        ])
        for part in parts {
            let counts = part.member("counts")?.elements ?? []
            let isReal = part.member("difference")?.member("beyond_noise")
            table.append([
                Table.Cell(part.member("value")?.text ?? part.member("kind")?.text ?? ""),
                Table.Cell(count(counts.first)), Table.Cell(count(counts.last)),
                Table.Cell(share.text(part.member("conversion")?.member("value")?.number)),
                Table.Cell(interval(part.member("conversion"))),
                Table.Cell(isReal == .boolean(true) ? "differs" : "within noise"),
            ])
        }
        return table
    }

    private var trend: Table? {
        guard let trend = json.member("trend")?.elements, !trend.isEmpty else { return nil }
        var table = Table([
            .text("entered in"), .number("entered"), .number("converted"), .number("share"),
            .text("95 % interval"), .text(""),
        ])
        for period in trend {
            let counts = period.member("counts")?.elements ?? []
            let isCensored = period.member("censored") == .boolean(true)
            table.append([
                Table.Cell(period.member("label")?.text ?? ""),
                Table.Cell(count(counts.first)), Table.Cell(count(counts.last)),
                Table.Cell(share.text(period.member("conversion")?.member("value")?.number)),
                Table.Cell(interval(period.member("conversion"))),
                Table.Cell(isCensored ? "may still convert" : ""),
            ])
        }
        return table
    }

    private func count(_ value: JSON?) -> String {
        value?.number.map { grouped($0, decimals: 0) } ?? ""
    }

    private func interval(_ value: JSON?) -> String {
        guard let low = value?.member("low")?.number, let high = value?.member("high")?.number
        else { return "" }
        return "\(share.text(low)) to \(share.text(high))"
    }
}
