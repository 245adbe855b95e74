import Vocabulary

/// An answer to a question, as a table.
struct AnswerText {
    /// A column of the answer.
    struct Column {
        let name: String
        let kind: String
        let unit: String?
        let metric: String?
        let field: String?

        init(_ json: JSON) {
            name = json.member("name")?.text ?? ""
            kind = json.member("kind")?.text ?? ""
            unit = json.member("unit")?.text
            metric = json.member("metric")?.text
            field = json.member("field")?.text
        }
    }

    /// The answer as `--format json` prints it.
    let json: JSON
    /// Its columns in order.
    let columns: [Column]
    /// Its cells, a list a row.
    let rows: [[JSON]]

    /// Reads an answer.
    init(_ json: JSON) {
        self.json = json
        columns = (json["columns"]?.elements ?? []).map(Column.init)
        rows = (json["rows"]?.elements ?? []).map(\.elements)
    }

    /// Writes the answer as a table, and its notes below; money whose unit names no currency is in
    /// the one given.
    func write(to output: Output, currency: String) {
        let shown = shownColumns(currency: currency)
        var table = Table(shown.map(\.head))
        for row in rows { table.append(shown.map { $0.cell(row) }) }
        output.table(table)
        if rows.isEmpty { output.line("No rows.") }
        for note in json["notes"]?.elements ?? [] {
            output.line("note: " + printable(note.member("message")?.text ?? note.line))
        }
    }

    /// A column of the table and how a cell is made from a row.
    private struct ShownColumn {
        let head: Table.Column
        let cell: ([JSON]) -> Table.Cell
    }

    private func shownColumns(currency: String) -> [ShownColumn] {
        let keys = columns.indices.filter { ["period", "dimension"].contains(columns[$0].kind) }
        var metrics: [String] = []
        for metric in columns.compactMap(\.metric) where !metrics.contains(metric) {
            metrics.append(metric)
        }
        var shown = keys.map(keyColumn)
        for metric in metrics {
            shown += metricColumns(metric, isOnly: metrics.count == 1, currency: currency)
        }
        if let running = runningColumn() { shown.append(running) }
        return shown
    }

    private func keyColumn(_ index: Int) -> ShownColumn {
        let column = columns[index]
        guard column.kind == "dimension" else {
            let grain = json.member("question", "grain")?.text
            return ShownColumn(head: .text(grain ?? column.name)) { row in
                Table.Cell(PeriodText.text(row[index].text ?? NumberText.none, grain: grain))
            }
        }
        let part = columns.firstIndex { $0.kind == "part" }
        return ShownColumn(head: .text(column.name, isFlexible: true)) { row in
            let rest = part.flatMap { row[$0].text }
            if let text = CellText.text(row[index]) { return Table.Cell(text) }
            return Table.Cell(rest == "other" ? "other" : "none", .dim)
        }
    }

    private func metricColumns(_ metric: String, isOnly: Bool, currency: String) -> [ShownColumn] {
        func index(_ field: String) -> Int? {
            columns.firstIndex { $0.metric == metric && $0.field == field }
        }
        guard let value = index("value") else { return [] }
        let number = NumberText(unitText: columns[value].unit, currency: currency)
        func shown(_ title: String, _ cell: @escaping ([JSON]) -> Table.Cell) -> ShownColumn {
            ShownColumn(head: .number(title), cell: cell)
        }

        var result = [shown(metric) { Table.Cell(number.text($0[value].number), .bold) }]
        if isOnly, let low = index("low"), let high = index("high"), has([low, high]) {
            result.append(
                shown("interval") {
                    Table.Cell(number.interval($0[low].number, $0[high].number), .dim)
                })
        }
        if isOnly, let count = index("n"), has([count]) {
            result.append(
                shown("n") { Table.Cell(NumberText(.count).text($0[count].number), .dim) })
        }
        if let previous = index("previous") {
            result.append(shown("before") { Table.Cell(number.text($0[previous].number)) })
        }
        if let change = index("change"), let unit = index("change_unit") {
            let noise = index("within_noise")
            result.append(
                shown("change") { row in
                    let text = ChangeText(unit: row[unit].text ?? "", own: number)
                    let isNoise = noise.flatMap { row[$0].boolean } ?? false
                    return Table.Cell(
                        text.text(row[change].number) + (isNoise ? " (noise)" : ""),
                        isNoise ? .dim : .plain)
                })
        }
        return result
    }

    /// A last column that says which periods are not over yet, where there are such.
    private func runningColumn() -> ShownColumn? {
        let complete = columns.indices.filter { columns[$0].field == "complete" }
        func isRunning(_ row: [JSON]) -> Bool {
            complete.contains { row[$0].boolean == false }
        }
        guard rows.contains(where: isRunning) else { return nil }
        return ShownColumn(head: .text("")) { Table.Cell(isRunning($0) ? "incomplete" : "", .dim) }
    }

    private func has(_ indices: [Int]) -> Bool {
        rows.contains { row in indices.contains { row[$0] != .null } }
    }
}
