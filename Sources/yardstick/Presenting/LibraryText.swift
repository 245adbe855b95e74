import Features
import Vocabulary

/// The KPI library for people.
struct LibraryText {
    /// The library as `--format json` prints it.
    let json: JSON
    private let entries: [JSON]

    /// Reads a library, whole or only the entries in which every word occurs.
    init(_ json: JSON, words: [String] = []) {
        let words = words.map { $0.lowercased() }
        entries = (json["entries"]?.elements ?? []).filter { entry in
            let text = ["id", "title", "variant", "is", "use"].compactMap { entry.member($0)?.text }
                .joined(separator: " ").lowercased()
            return words.allSatisfy(text.contains)
        }
        self.json = ["entries": .list(entries)]
    }

    /// Whether nothing is left to show.
    var isEmpty: Bool { entries.isEmpty }

    /// Writes it in one of the forms.
    func write(to output: Output, as format: OutputFormat) {
        switch format {
        case .table: write(to: output)
        case .json: output.json(json)
        case .csv: output.csv(LibraryText.csvColumns, csvRows)
        }
    }

    /// Says what was written for an entry, and what is missing before it computes.
    static func write(_ report: WorkspaceSession.LibraryReport, to output: Output) {
        for file in report.written { output.line(printable("Wrote \(file).")) }
        if !report.kept.isEmpty {
            output.line(printable("Left as they are: \(report.kept.joined(separator: ", "))."))
        }
        for gap in report.gaps { output.line(printable("  missing  \(gap.text)")) }
        output.line(
            report.gaps.isEmpty
                ? "  hint  it computes; give it an objective and a target, then 'yardstick check'"
                : "  hint  adapt the files, then 'yardstick check'")
    }

    /// Writes a line an entry, or all of the only one.
    func write(to output: Output) {
        if entries.count == 1, let entry = entries.first { return write(entry, to: output) }
        var table = Table([
            .text("entry"), .text("title", isFlexible: true), .text("unit"),
            .text("what it is", isFlexible: true),
        ])
        for entry in entries {
            let variant = entry.member("variant")?.text.map { ", \($0)" } ?? ""
            table.append([
                Table.Cell(entry.member("id")?.text ?? "", .bold),
                Table.Cell((entry.member("title")?.text ?? "") + variant),
                Table.Cell(entry.member("unit")?.text ?? ""),
                Table.Cell(entry.member("is")?.text ?? ""),
            ])
        }
        output.table(table)
        output.line()
        output.line(
            "'yardstick library show NAME' tells more; "
                + "'yardstick library add NAME' takes one over.")
    }

    /// The columns of `--format csv`.
    static let csvColumns = [
        "id", "title", "variant", "is", "formula", "unit", "better", "entity", "use", "misleads",
        "guardrail", "source", "oracle",
    ]

    /// The rows of `--format csv`, an entry a row.
    var csvRows: [[JSON]] {
        entries.map { entry in LibraryText.csvColumns.map { entry[$0] ?? .null } }
    }

    private func write(_ entry: JSON, to output: Output) {
        let hasColor = output.terminal.hasColor && output.terminal.isTerminal
        let variant = entry.member("variant")?.text.map { ", \($0)" } ?? ""
        let title = (entry.member("title")?.text ?? "") + variant
        output.line(Style.bold.painted(printable(title), in: hasColor))
        let names = [
            ("is", "is"), ("formula", "formula"), ("unit", "unit"), ("better", "better"),
            ("entity", "counts"), ("use", "use it"), ("misleads", "misleads"),
            ("guardrail", "guardrail"), ("source", "source"), ("oracle", "checked by"),
        ]
        for (name, label) in names {
            guard let text = entry.member(name)?.text else { continue }
            let blanks = String(repeating: " ", count: 11 - label.count)
            output.line(printable("  \(label)\(blanks)\(text)"))
        }
        let related = entry.member("related")?.elements.compactMap(\.text) ?? []
        if !related.isEmpty {
            output.line(printable("  related    " + related.joined(separator: ", ")))
        }
        let needs = entry.member("needs")?.elements.compactMap(\.text) ?? []
        if !needs.isEmpty {
            output.line(printable("  needs      " + needs.joined(separator: ", ")))
        }
        if let example = entry.member("example") { write(example: example, to: output) }
        guard let yaml = entry.member("yaml")?.text else { return }
        output.line()
        for line in yaml.split(separator: "\n", omittingEmptySubsequences: false) {
            output.line(line.isEmpty ? "" : "  " + printable(String(line)))
        }
    }

    /// The example's tables, its value and how it comes out.
    private func write(example: JSON, to output: Output) {
        for table in example.member("tables")?.elements ?? [] {
            output.line()
            output.line(printable("  example: " + (table.member("is")?.text ?? "")))
            let names = table.member("columns")?.elements.compactMap(\.text) ?? []
            var shown = Table(names.map { .text($0) })
            for row in table.member("rows")?.elements ?? [] {
                shown.append(row.elements.map { Table.Cell($0.text ?? "") })
            }
            output.table(shown)
        }
        let value: String
        if case .number(let number)? = example.member("value") {
            value = "\(number)"
        } else {
            value = "no value"
        }
        let over = example.member("over")?.text ?? ""
        let because = example.member("because")?.text ?? ""
        output.line(printable("  \(over): \(value). \(because)"))
    }
}
