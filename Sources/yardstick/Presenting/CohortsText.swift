import Vocabulary

/// A panel of cohorts for people: a row for all of them and one each, a column for each age.
///
/// Cohorts of revenue are told three times: as shares of the start, as money, and as customers.
struct CohortsText {
    private let panel: JSON

    /// Reads a panel of the kind `cohorts`.
    init(_ panel: JSON) { self.panel = panel }

    /// Writes the tables, indented, with what the cells say above each.
    func write(to output: Output) {
        let ages = panel.member("ages")?.text ?? "period"
        for reading in readings where !rows.isEmpty {
            output.line("  \(reading.title), by \(ages)s since the start")
            for line in table(reading, fitting: output.terminal).lines(for: output.terminal) {
                output.line("    " + line)
            }
        }
        guard let closing = panel.member("closing"), let earlier = closing.member("earlier")?.number
        else { return }
        let total = closing.member("value")?.number ?? 0
        output.line(
            "  At the end of \(closing.member("label")?.text ?? "") revenue is "
                + "\(money.text(total)), of which customers pay \(money.text(earlier)) who began "
                + "before the first row.")
    }

    /// One way to read a cell.
    private struct Reading {
        let title: String
        let text: (JSON) -> String
    }

    private var readings: [Reading] {
        let share = NumberText(.share)
        guard panel.member("unit")?.text == "money" else {
            return [
                Reading(title: "Share who came back") { share.text($0.member("value")?.number) }
            ]
        }
        return [
            Reading(title: "Share of the first revenue that is left") {
                share.text($0.member("share")?.number)
            },
            Reading(title: "Revenue, \(money.currency ?? "money")") {
                $0.member("value")?.number.map { grouped($0, decimals: 0) } ?? NumberText.none
            },
            Reading(title: "Customers who pay") {
                $0.member("count")?.number.map { grouped($0, decimals: 0) } ?? NumberText.none
            },
        ]
    }

    private var money: NumberText {
        NumberText(.money(currency: panel.member("currency")?.text))
    }

    /// The rows: all cohorts together, and each with its size and cells by age.
    private var rows: [(name: String, size: Double, cells: [Int: JSON])] {
        let cohorts = (panel.member("cohorts")?.elements ?? []).map { cohort in
            (
                cohort.member("label")?.text ?? "", cohort.member("size")?.number ?? 0,
                cells(cohort.member("cells"))
            )
        }
        let pooled = cells(panel.member("pooled"))
        guard !pooled.isEmpty else { return cohorts }
        return [("all", cohorts.reduce(0) { $0 + $1.1 }, pooled)] + cohorts
    }

    private func cells(_ list: JSON?) -> [Int: JSON] {
        var cells: [Int: JSON] = [:]
        for cell in list?.elements ?? [] {
            if let age = cell.member("age")?.number { cells[Int(age)] = cell }
        }
        return cells
    }

    /// Cells that may still grow are dim; ages that do not fit the terminal's width are left out.
    private func table(_ reading: Reading, fitting terminal: Output.Terminal) -> Table {
        let rows = self.rows
        var plain = terminal
        plain.hasColor = false
        var ages = Set(rows.flatMap { $0.cells.keys }).sorted()
        while true {
            var table = Table(
                [.text("began"), .number("size")] + ages.map { .number("\($0)") })
            for row in rows {
                table.append(
                    [Table.Cell(row.name), Table.Cell(grouped(row.size, decimals: 0))]
                        + ages.map { age in
                            let cell = row.cells[age]
                            let isOpen = cell?.member("complete")?.boolean == false
                            return Table.Cell(
                                cell.map(reading.text) ?? "", isOpen ? .dim : .plain)
                        })
            }
            let width = table.lines(for: plain).map(displayWidth).max() ?? 0
            if width + 4 <= terminal.lineColumns || ages.count < 2 { return table }
            ages.removeLast()
        }
    }
}
