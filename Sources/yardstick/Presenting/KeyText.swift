import Features
import Vocabulary

/// Write keys for people.
struct KeyText {
    private let keys: [WriteKey]

    init(_ keys: [WriteKey]) { self.keys = keys }

    private static let columns = [
        "id", "label", "source", "hint", "origins", "site", "made", "revoked",
    ]

    /// Writes the list.
    func write(to output: Output, as format: OutputFormat) {
        switch format {
        case .json: output.json(["keys": .list(keys.map(\.json))])
        case .csv:
            output.csv(
                KeyText.columns,
                keys.map { key in
                    [
                        .integer(key.id), .text(key.label), .text(key.source), .text(key.hint),
                        .text(key.origins.joined(separator: " ")), .optional(key.site),
                        .text(key.made.description), .optional(key.revoked?.description),
                    ]
                })
        case .table: writeTable(to: output)
        }
    }

    private func writeTable(to output: Output) {
        guard !keys.isEmpty else {
            output.line("No application may send events yet.")
            return output.line("  hint  yardstick key make SOURCE --label \"web shop\"")
        }
        var table = Table([
            .number("key"), .text("label", isFlexible: true), .text("source"), .text("begins"),
            .text("sites", isFlexible: true), .text("made"), .text("state"),
        ])
        for key in keys {
            let sites = key.origins + [key.site].compactMap { $0 }
            table.append([
                Table.Cell("\(key.id)"), Table.Cell(key.label, .bold), Table.Cell(key.source),
                Table.Cell(key.hint + "…"),
                Table.Cell(sites.isEmpty ? "any" : sites.joined(separator: " ")),
                Table.Cell(String(key.made.description.prefix(10))),
                Table.Cell(key.revoked == nil ? "good" : "revoked"),
            ])
        }
        output.table(table)
    }

    /// Writes a new key, the only time that its text is shown.
    func write(_ secret: WriteKeySecret, to output: Output, as format: OutputFormat) {
        guard let key = keys.first else { return }
        guard format == .table else {
            return output.json(["key": .text(secret.text), "about": key.json])
        }
        output.line(secret.text)
        output.notice(
            printable("  This is key \(key.id) of '\(key.source)'. It is shown this once."))
    }
}
