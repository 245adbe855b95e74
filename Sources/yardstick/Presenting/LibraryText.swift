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
            let text = ["id", "title", "variant", "is"].compactMap { entry.member($0)?.text }
                .joined(separator: " ").lowercased()
            return words.allSatisfy(text.contains)
        }
        self.json = ["entries": .list(entries)]
    }

    /// Whether nothing is left to show.
    var isEmpty: Bool { entries.isEmpty }

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
        output.line("'yardstick library NAME' tells more; 'yardstick kpi add NAME' takes one over.")
    }

    /// The columns of `--format csv`.
    static let csvColumns = [
        "id", "title", "variant", "is", "formula", "unit", "better", "use", "misleads", "guardrail",
        "source",
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
            ("use", "use it"), ("misleads", "misleads"), ("guardrail", "guardrail"),
            ("source", "source"),
        ]
        for (name, label) in names {
            guard let text = entry.member(name)?.text else { continue }
            let blanks = String(repeating: " ", count: 11 - label.count)
            output.line(printable("  \(label)\(blanks)\(text)"))
        }
        let needs = entry.member("needs")?.elements.compactMap(\.text) ?? []
        if !needs.isEmpty {
            output.line(printable("  needs      " + needs.joined(separator: ", ")))
        }
        guard let yaml = entry.member("yaml")?.text else { return }
        output.line()
        for line in yaml.split(separator: "\n", omittingEmptySubsequences: false) {
            output.line(line.isEmpty ? "" : "  " + printable(String(line)))
        }
    }
}
