import Features
import Vocabulary

/// The events of a source for people.
struct EventsText {
    private let inventory: EventInventory
    private let showsProperties: Bool

    init(_ inventory: EventInventory, showsProperties: Bool) {
        self.inventory = inventory
        self.showsProperties = showsProperties
    }

    /// Writes the list.
    func write(to output: Output, as format: OutputFormat) {
        switch format {
        case .json: output.json(inventory.json)
        case .csv:
            output.csv(
                ["event", "property", "types", "count", "first", "last", "status"], rows())
        case .table: writeTable(to: output)
        }
    }

    private func rows() -> [[JSON]] {
        inventory.events.flatMap { event -> [[JSON]] in
            let own: [JSON] = [
                .text(event.name), .null, .null, .integer(event.count),
                .optional(event.first?.description), .optional(event.last?.description),
                .text(event.status.rawValue),
            ]
            guard showsProperties else { return [own] }
            return [own]
                + event.properties.map { property in
                    [
                        .text(event.name), .text(property.name),
                        .text(property.types.joined(separator: " ")), .integer(property.count),
                        .null, .null, .text(property.status.rawValue),
                    ]
                }
        }
    }

    private func writeTable(to output: Output) {
        guard !inventory.events.isEmpty else {
            output.line(printable("Nothing came to '\(inventory.source)' yet."))
            return output.line("  hint  yardstick key make \(inventory.source)")
        }
        var table = Table([
            .text("event", isFlexible: true), .number("count"), .text("last"), .text("plan"),
            .text("what", isFlexible: true),
        ])
        for event in inventory.events {
            table.append([
                Table.Cell(event.name, .bold), Table.Cell("\(event.count)"),
                Table.Cell(event.last.map { String($0.description.prefix(16)) } ?? "never"),
                Table.Cell(inventory.isPlanned ? word(event.status) : ""),
                Table.Cell(event.meaning ?? ""),
            ])
            for property in showsProperties ? event.properties : [] {
                table.append([
                    Table.Cell("  " + property.name), Table.Cell("\(property.count)"),
                    Table.Cell(property.types.joined(separator: " ")),
                    Table.Cell(inventory.isPlanned ? word(property.status) : ""),
                    Table.Cell(property.meaning ?? property.example ?? ""),
                ])
            }
        }
        output.table(table)
        let unplanned = inventory.events.filter { $0.status == .unplanned || $0.meaning == nil }
        if !unplanned.isEmpty {
            output.line("  hint  yardstick events suggest \(inventory.source)")
        }
    }

    private func word(_ status: EventInventory.Status) -> String {
        switch status {
        case .planned: "as planned"
        case .unplanned: "not planned"
        case .unseen: "never came"
        case .wrongType: "wrong type"
        case .missing: "missing in some"
        }
    }
}

/// Refused events for people.
struct RefusedEventsText {
    private let rows: [QuarantinedEvent]
    private let reasons: [QuarantineReason]

    init(_ rows: [QuarantinedEvent], _ reasons: [QuarantineReason]) {
        self.rows = rows
        self.reasons = reasons
    }

    /// Writes the list.
    func write(to output: Output, as format: OutputFormat) {
        switch format {
        case .json: output.json(["rows": .list(rows.map(\.json))])
        case .csv:
            output.csv(
                ["id", "received", "format", "code", "message", "message_id", "raw"],
                rows.map { row in
                    [
                        .integer(row.number), .text(row.received.description), .text(row.format),
                        .text(row.code), .text(row.message), .optional(row.id), .text(row.raw),
                    ]
                })
        case .table: writeTable(to: output)
        }
    }

    private func writeTable(to output: Output) {
        guard !rows.isEmpty else { return output.line("Nothing was refused.") }
        var table = Table([
            .number("event"), .text("received"), .text("format"), .text("why", isFlexible: true),
            .text("sent", isFlexible: true),
        ])
        for row in rows {
            table.append([
                Table.Cell("\(row.number)"),
                Table.Cell(String(row.received.description.prefix(19))),
                Table.Cell(row.format), Table.Cell(row.message, .bold),
                Table.Cell(String(row.raw.prefix(200))),
            ])
        }
        output.table(table)
        for reason in reasons { output.line("  \(reason.count)  \(reason.code)") }
    }
}
