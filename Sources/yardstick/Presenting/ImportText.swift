import Features
import Vocabulary

/// What an import read, stored and refused.
struct ImportText {
    /// The report as `--format json` prints it.
    let json: JSON
    private let files: [JSON]

    /// Reads a report.
    init(_ json: JSON) {
        self.json = json
        files = json["files"]?.elements ?? []
    }

    /// Whether a whole file was refused.
    var isRefused: Bool { files.contains { $0.member("state")?.text == "refused" } }

    /// Writes a line a file, what was refused and why, and the sum.
    func write(to output: Output) {
        var table = Table([
            .text("file", isFlexible: true), .text("state"), .number("read"), .number("stored"),
            .number("refused"),
        ])
        for file in files {
            let state = file.member("state")?.text ?? ""
            table.append([
                Table.Cell(file.member("file")?.text ?? ""),
                Table.Cell(state, state == "refused" ? .bad : .plain), count(file, "rowsRead"),
                count(file, "rowsStored"), count(file, "rowsRefused"),
            ])
        }
        output.table(table)
        for file in files {
            for note in file.member("notes")?.elements.compactMap(\.text) ?? [] {
                output.line(printable("note: \(file.member("file")?.text ?? ""): \(note)"))
            }
        }
        for file in files { writeRefusals(of: file, to: output) }
        output.line()
        output.line(sum)
    }

    /// A line that tells how far an import into a source is.
    static func progress(_ progress: ImportProgress, of source: String) -> String {
        let share = min(100, max(0, (progress.fraction * 100).rounded(.down)))
        return "\(source)  \(fixed(share, decimals: 0)) %  \(counted(progress.rows, "row"))"
    }

    /// The columns of `--format csv`.
    static let csvColumns = ["file", "state", "rows_read", "rows_stored", "rows_refused"]

    /// The rows of `--format csv`, a file a row.
    var csvRows: [[JSON]] {
        files.map { file in
            ["file", "state", "rowsRead", "rowsStored", "rowsRefused"].map { file[$0] ?? .null }
        }
    }

    private func count(_ file: JSON, _ name: String) -> Table.Cell {
        Table.Cell(NumberText(.count).text(file.member(name)?.number))
    }

    private func writeRefusals(of file: JSON, to output: Output) {
        let refusals = file.member("refusals")?.elements ?? []
        guard !refusals.isEmpty else { return }
        output.line()
        output.line(printable("Refused in \(file.member("file")?.text ?? "")"))
        for refusal in refusals {
            let line = refusal.member("line")?.number.map { "line \(fixed($0, decimals: 0))" }
            let column = refusal.member("column")?.text.map { "column \($0)" }
            let place = [line, column].compactMap { $0 }.joined(separator: ", ")
            let reason = refusal.member("reason")?.text ?? ""
            let text = refusal.member("text")?.text.map { ": \($0)" } ?? ""
            let told = (place.isEmpty ? "" : place + "  ") + reason + text
            output.line("  " + cut(oneLine(told), to: max(40, output.terminal.lineColumns - 2)))
        }
        let rest = Int(file.member("rowsRefused")?.number ?? 0) - refusals.count
        if rest > 0 { output.line("  and \(counted(rest, "row")) more") }
    }

    private func oneLine(_ text: String) -> String {
        printable(text).replacing("\n", with: " ")
    }

    private var sum: String {
        let rows = Int(json.member("rows")?.number ?? 0)
        let seconds = json.member("seconds")?.number.map { DurationText.text(seconds: $0) }
        let source = json.member("source")?.text ?? "the source"
        return printable("\(source) now has \(counted(rows, "row"))")
            + (seconds.map { ", after \($0)." } ?? ".")
    }
}
