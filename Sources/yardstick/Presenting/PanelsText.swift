import Foundation
import Vocabulary

/// Panels for people: a heading each, then single values, then lists as tables.
struct PanelsText {
    private let json: JSON

    /// Reads the panels as `--format json` prints them.
    init(_ json: JSON) { self.json = json }

    /// Writes the panels, one below the other.
    func write(to output: Output) {
        let panels = json.member("panels")?.elements ?? []
        if panels.isEmpty {
            output.line("The formula is of no kind that has a panel; ask and explain tell it all.")
        }
        let hasColor = output.terminal.hasColor && output.terminal.isTerminal
        for (index, panel) in panels.enumerated() {
            if index > 0 { output.line() }
            let title = panel.member("title")?.text ?? ""
            output.line(Style.bold.painted(title, in: hasColor))
            if panel.member("kind")?.text == "cohorts" {
                CohortsText(panel).write(to: output)
            } else {
                write(panel, indent: "  ", to: output)
            }
            for note in panel.member("notes")?.elements ?? [] {
                output.line("  note  " + printable(note.member("message")?.text ?? ""))
            }
        }
    }

    /// Members that say what the panel is rather than what it shows.
    private static let silent: Set = ["kind", "panel", "title", "receipt", "notes"]

    private func write(_ value: JSON, indent: String, to output: Output) {
        guard case .object(let members) = value else { return }
        let shown = members.filter { !PanelsText.silent.contains($0.name) && $0.value != .null }
        for (name, value) in shown {
            switch value {
            case .list(let elements): write(elements, named: name, indent: indent, to: output)
            case .object(let inner) where inner.contains(where: { !$0.value.elements.isEmpty }):
                output.line("\(indent)\(name)")
                write(value, indent: indent + "  ", to: output)
            case .object(let inner):
                let texts = inner.map { "\($0.name) \(PanelsText.text($0.value))" }
                output.line("\(indent)\(name)  \(texts.joined(separator: ", "))")
            default: output.line("\(indent)\(name)  \(PanelsText.text(value))")
            }
        }
    }

    private func write(
        _ elements: [JSON], named name: String, indent: String, to output: Output
    ) {
        guard case .object(let first)? = elements.first else {
            let texts = elements.map(PanelsText.text)
            if !texts.isEmpty { output.line("\(indent)\(name)  \(texts.joined(separator: ", "))") }
            return
        }
        output.line("\(indent)\(name)")
        let hasInnerLists = first.contains { if case .list = $0.value { true } else { false } }
        if hasInnerLists {
            for element in elements { write(element, indent: indent + "  ", to: output) }
            return
        }
        let names = first.map(\.name)
        let isNumber = names.map { name in
            elements.allSatisfy { $0.member(name).map { $0.number != nil } ?? true }
        }
        var table = Table(
            zip(names, isNumber).map { $1 ? .number($0) : .text($0, isFlexible: true) })
        for element in elements {
            table.append(names.map { Table.Cell(PanelsText.text(element[$0] ?? .null)) })
        }
        for line in table.lines(for: output.terminal) { output.line(indent + "  " + line) }
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .null: NumberText.none
        case .boolean(let value): value ? "yes" : "no"
        case .integer(let value): "\(value)"
        case .number(let value): NumberText.plain(rounded(value))
        case .text(let value): value
        case .list(let values): values.map(text).joined(separator: " ")
        case .object(let members):
            members.map { "\($0.name) \(text($0.value))" }.joined(separator: ", ")
        }
    }

    /// Six digits that count; `--format json` has them all.
    private static func rounded(_ value: Double) -> Double {
        guard value != 0, value.isFinite else { return value }
        let unit = pow(10, 5 - floor(log10(abs(value))))
        return (value * unit).rounded() / unit
    }
}
