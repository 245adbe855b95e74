import Vocabulary

/// The rows behind a number, for people and for programs.
struct RowsText {
    private let json: JSON

    /// Reads the rows as `--format json` prints them.
    init(_ json: JSON) { self.json = json }

    /// Writes the rows.
    func write(_ format: OutputFormat, to output: Output) {
        let columns = json.member("columns")?.elements ?? []
        let names = columns.map { $0.member("name")?.text ?? "" }
        let rows = (json.member("rows")?.elements ?? []).map(\.elements)
        switch format {
        case .json: output.json(json)
        case .csv: output.csv(names, rows)
        case .table:
            let numeric = ["integer", "number", "decimal"]
            var table = Table(
                columns.map { column in
                    let title = column.member("name")?.text ?? ""
                    return numeric.contains(column.member("type")?.text ?? "")
                        ? .number(title) : .text(title, isFlexible: true)
                })
            for row in rows { table.append(row.map { Table.Cell(RowsText.text($0)) }) }
            for line in table.lines(for: output.terminal) { output.line(line) }
            let total = Int(json.member("total")?.number ?? 0)
            let source = json.member("source")?.text ?? ""
            let range = json.member("range")?.text.map { " in \($0)" } ?? ""
            output.line("\(rows.count) of \(total) rows of \(source)\(range)")
            for filter in json.member("filters")?.elements ?? [] {
                output.line("  where \(printable(filter.text ?? ""))")
            }
        }
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): NumberText.significant(value)
        case .text(let value): value
        case .list, .object: ""
        }
    }
}
