import Vocabulary

/// A retention for people: a row for each cohort, a column for each age, averages below.
struct RetentionText {
    private let json: JSON
    private let share = NumberText(.share)

    /// Reads an answer about a retention.
    init(_ json: JSON) { self.json = json }

    /// Writes the table.
    func write(to output: Output) {
        output.line(
            printable(
                "\(json.member("title")?.text ?? ""), \(json.member("range")?.text ?? ""), "
                    + "by \(json.member("age")?.text ?? "period")"))
        output.line(printable("  \(json.member("definition")?.text ?? "")"))
        output.line()
        let cohorts = json.member("cohorts")?.elements ?? []
        let ages = (cohorts.first?.member("cells")?.elements ?? []).map {
            $0.member("age")?.text ?? ""
        }
        var table = Table([.text("began"), .number("size")] + ages.map { .number($0) })
        for cohort in cohorts {
            let cells = cohort.member("cells")?.elements ?? []
            table.append(
                [
                    Table.Cell(cohort.member("label")?.text ?? "", .bold),
                    Table.Cell(
                        cohort.member("size")?.number.map { grouped($0, decimals: 0) } ?? ""),
                ]
                    + cells.map { cell in
                        let isComplete = cell.member("complete") != .boolean(false)
                        return Table.Cell(
                            share.text(cell.member("value")?.number), isComplete ? .plain : .dim)
                    })
        }
        output.table(table)
        output.notes(of: json)
    }
}
