import Vocabulary

/// The scorecard for people: two lines a KPI, under its objective.
struct ScorecardText {
    /// The scorecard as `--format json` prints it.
    let json: JSON
    private let kpis: [KPIText]

    /// Reads a scorecard.
    init(_ json: JSON) {
        self.json = json
        kpis = (json["kpis"]?.elements ?? []).map(KPIText.init)
    }

    /// Writes the scorecard.
    func write(to output: Output) {
        guard !kpis.isEmpty else {
            output.line("This workspace has no KPI yet.")
            output.line("  hint  see 'yardstick library', then 'yardstick kpi add NAME'")
            return
        }
        // One table for all, so that columns stand under each other from group to group.
        var table = Table([
            .text("KPI", isFlexible: true), .number("value"), .number("change"), .text("course"),
            .text("trend"),
        ])
        let trendCount = max(4, min(26, (output.terminal.lineColumns - 72) / 2))
        for kpi in kpis { table.append(kpi.cells(trendCount: trendCount)) }
        let lines = table.lines(for: output.terminal)
        output.line(lines[0])
        for (title, members) in groups {
            output.line()
            output.line(Style.bold.painted(title, in: hasColor(output)))
            for index in members {
                output.line(lines[index + 1])
                for detail in kpis[index].details(columns: output.terminal.lineColumns) {
                    output.line(Style.dim.painted(detail, in: hasColor(output)))
                }
            }
        }
        writeAttention(to: output)
    }

    /// The columns of `--format csv`.
    static let csvColumns = [
        "kpi", "title", "metric", "owner", "team", "objective", "unit", "currency", "period_start",
        "period_end", "value", "low", "high", "n", "numerator", "denominator", "previous", "change",
        "change_unit", "within_noise", "target_path", "target", "target_by", "course", "watermark",
        "freshness",
    ]

    /// The rows of `--format csv`, a KPI a row.
    var csvRows: [[JSON]] {
        kpis.map { kpi in
            let paths = [
                ["kpi"], ["title"], ["metric"], ["owner"], ["team"], ["objective"], ["unit"],
                ["currency"], ["period", "start"], ["period", "end"], ["value"], ["low"], ["high"],
                ["n"], ["numerator"], ["denominator"], ["change", "previous"], ["change", "value"],
                ["change", "unit"], ["change", "withinNoise"], ["target", "path"],
                ["target", "value"], ["target", "by"], ["course"], ["freshness", "watermark"],
                ["freshness", "state"],
            ]
            return paths.map { path in
                path.reduce(kpi.json) { value, name in value[name] ?? .null }
            }
        }
    }

    private func hasColor(_ output: Output) -> Bool {
        output.terminal.hasColor && output.terminal.isTerminal
    }

    /// The objectives in the scorecard's order with the places of their KPIs, then the rest.
    private var groups: [(title: String, members: [Int])] {
        var rest = Array(kpis.indices)
        var groups: [(title: String, members: [Int])] = []
        for objective in json["objectives"]?.elements ?? [] {
            let id = objective.member("id")?.text
            let members = rest.filter { kpis[$0].objective == id }
            guard id != nil, !members.isEmpty else { continue }
            rest.removeAll(where: members.contains)
            let by = objective.member("by")?.text.map { ", by \($0)" } ?? ""
            let title = objective.member("title")?.text ?? id ?? ""
            groups.append((printable(title + by), members))
        }
        if !rest.isEmpty {
            groups.append((groups.isEmpty ? "KPIs" : "Without an objective", rest))
        }
        return groups
    }

    private func writeAttention(to output: Output) {
        let attention = json["attention"]?.elements ?? []
        guard !attention.isEmpty else { return }
        output.line()
        output.line(Style.bold.painted("Needs attention", in: hasColor(output)))
        for entry in attention {
            let id = entry.member("kpi")?.text
            let title = kpis.first { $0.id == id }?.title ?? id ?? ""
            let text = printable("  \(title): \(entry.member("text")?.text ?? "")")
            output.line(cut(text, to: output.terminal.lineColumns))
        }
    }
}
