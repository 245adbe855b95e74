import Vocabulary

/// How a number is made, from the definition to the receipt.
struct ExplanationText {
    /// The explanation as `--format json` prints it.
    let json: JSON

    /// Reads an explanation.
    init(_ json: JSON) { self.json = json }

    /// Whether the number came out differently when it was computed again.
    var differs: Bool { json.member("recomputed", "same")?.boolean == false }

    /// Writes definition, plan, SQL and receipt, each under its name.
    func write(to output: Output) {
        let file = json.member("definition", "file")?.text
        let hash = json.member("definition", "hash")?.text.map { String($0.prefix(12)) }
        section("Definition", [file, hash].compactMap { $0 }.joined(separator: ", "), output)
        block(json.member("definition", "yaml")?.text, output)
        section("Plan", "", output)
        block(json.member("plan")?.text, output)
        for statement in json.member("sql")?.elements ?? [] {
            section("SQL", "", output)
            block(statement.member("text")?.text, output)
            let values = statement.member("values")?.elements ?? []
            if !values.isEmpty {
                block("values: " + values.map(\.line).joined(separator: ", "), output)
            }
        }
        section("Receipt", json.member("receipt", "id")?.text ?? "", output)
        for (name, text) in receipt {
            let label = name + String(repeating: " ", count: max(1, 13 - name.count))
            output.line("  " + label + printable(text).replacing("\n", with: " "))
        }
        writeRecomputation(to: output)
    }

    private func section(_ title: String, _ detail: String, _ output: Output) {
        let hasColor = output.terminal.hasColor && output.terminal.isTerminal
        let tail = detail.isEmpty ? "" : "  " + Style.dim.painted(printable(detail), in: hasColor)
        if title != "Definition" { output.line() }
        output.line(Style.bold.painted(title, in: hasColor) + tail)
    }

    private func block(_ text: String?, _ output: Output) {
        for line in (text ?? NumberText.none).split(
            separator: "\n", omittingEmptySubsequences: false)
        where !(line.isEmpty) {
            output.line("  " + printable(String(line)))
        }
    }

    private var receipt: [(name: String, text: String)] {
        guard let receipt = json.member("receipt") else { return [] }
        func number(_ name: String) -> String? {
            receipt.member(name)?.number.map(NumberText.plain)
        }
        let filters = receipt.member("filters")?.elements.compactMap(\.text) ?? []
        let zone = [
            receipt.member("zone")?.text, receipt.member("tzdata")?.text.map { "tzdata \($0)" },
        ]
        let range = [
            receipt.member("range", "start")?.text, receipt.member("range", "end")?.text,
        ]
        var lines: [(name: String, text: String?)] = [
            ("metric", receipt.member("metric")?.text),
            ("formula", receipt.member("formula")?.text),
            ("filters", filters.isEmpty ? nil : filters.joined(separator: "; ")),
            ("range", range.compactMap { $0 }.joined(separator: " to before ")),
            ("zone", zone.compactMap { $0 }.joined(separator: ", ")),
            ("watermark", receipt.member("watermark")?.text), ("numerator", number("numerator")),
            ("denominator", number("denominator")), ("value", number("value")),
        ]
        for source in receipt.member("sources")?.elements ?? [] {
            let rows = Int(source.member("rows")?.number ?? 0)
            let version = source.member("version").flatMap(CellText.text).map { ", version \($0)" }
            let name = source.member("name")?.text ?? ""
            lines.append(("source", "\(name), \(counted(rows, "row"))\(version ?? "")"))
        }
        for reason in receipt.member("leftOut")?.elements ?? [] {
            let rows = Int(reason.member("rows")?.number ?? 0)
            lines.append(
                ("left out", "\(counted(rows, "row")): \(reason.member("reason")?.text ?? "")"))
        }
        return lines.compactMap { line in
            line.text.flatMap { $0.isEmpty ? nil : (line.name, $0) }
        }
    }

    private func writeRecomputation(to output: Output) {
        guard let recomputed = json.member("recomputed"),
            let isSame = recomputed.member("same")?.boolean
        else { return }
        let hasColor = output.terminal.hasColor && output.terminal.isTerminal
        output.line()
        if isSame {
            output.line(Style.good.painted("recomputed: the same to the bit", in: hasColor))
        } else {
            let first = json.member("receipt", "value").flatMap(CellText.text) ?? NumberText.none
            let second = recomputed.member("value").flatMap(CellText.text) ?? NumberText.none
            output.line(
                Style.bad.painted("recomputed: \(second), where it was \(first)", in: hasColor))
        }
    }
}
