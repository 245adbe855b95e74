import Definitions
import Statistics
import Vocabulary

extension Answer {
    /// The answer as `ask --format json` and the API print it.
    public var json: JSON {
        let hasGrain = question.grain != nil
        let hasParts = !question.dimensions.isEmpty
        var columns: [JSON] = []
        if hasGrain { columns.append(Answer.column("period", kind: "period")) }
        for dimension in question.dimensions {
            columns.append(Answer.column(dimension, kind: "dimension"))
        }
        if hasParts { columns.append(Answer.column("part", kind: "part")) }
        for metric in metrics {
            let prefix = metrics.count == 1 ? "" : "\(metric.id)."
            for (field, kind) in fields {
                columns.append([
                    "name": .text(prefix + field), "kind": .text(kind),
                    "unit": Answer.unit(of: field, metric), "metric": .text(metric.id),
                    "field": .text(field),
                ])
            }
        }
        let rows = rows.map { row -> JSON in
            var cells: [JSON] = []
            if hasGrain { cells.append(.text(row.period.key)) }
            cells += row.part.values.map { .optional($0.text) }
            if hasParts { cells.append(.text(row.part.kind)) }
            for cell in row.cells { cells += values(cell) }
            return .list(cells)
        }
        return [
            "question": question.json, "columns": .list(columns), "rows": .list(rows),
            "receipts": .list(receipts.map(\.json)), "notes": .list(notes.map(\.json)),
        ]
    }

    private static func column(_ name: String, kind: String) -> JSON {
        [
            "name": .text(name), "kind": .text(kind), "unit": .null, "metric": .null,
            "field": .text(name),
        ]
    }

    private var fields: [(String, String)] {
        var fields = ["value", "low", "high", "n", "numerator", "denominator"].map {
            ($0, "number")
        }
        fields.append(("complete", "boolean"))
        guard question.comparison != nil else { return fields }
        fields += ["previous", "change", "change_low", "change_high"].map { ($0, "number") }
        return fields + [("change_unit", "text"), ("within_noise", "boolean")]
    }

    private static func unit(of field: String, _ metric: AnswerMetric) -> JSON {
        switch field {
        case "value", "low", "high", "previous": .text(metric.unit.description)
        case "n": "count"
        default: .null
        }
    }

    private func values(_ cell: AnswerCell) -> [JSON] {
        let quantity = cell.quantity
        var values: [JSON] = [
            .optional(quantity.value), .optional(cell.interval?.low),
            .optional(cell.interval?.high), .optional(quantity.count),
            .optional(quantity.numerator), .optional(quantity.denominator),
            .boolean(cell.isComplete),
        ]
        guard let change = cell.change else { return values }
        values += [
            .optional(change.previous), .optional(change.value), .optional(change.interval?.low),
            .optional(change.interval?.high), .text(change.unit.rawValue),
            change.isWithinNoise.map(JSON.boolean) ?? .null,
        ]
        return values
    }
}

extension AnswerNote {
    /// The note as the API prints it.
    public var json: JSON { ["code": .text(code), "message": .text(message)] }
}

extension Question {
    /// The question as it was understood.
    public var json: JSON {
        [
            "metrics": .list(metrics.map(JSON.text)),
            "over": [
                "start": .text(range.start.description), "end": .text(range.end.description),
            ],
            "grain": .optional(grain?.rawValue), "by": .list(dimensions.map(JSON.text)),
            "where": .list(filters.map { .text($0.description) }),
            "compare": .optional(comparison?.rawValue), "limit": .integer(limit),
            "zone": .text(calendar.zone.name),
        ]
    }
}

extension Receipt {
    /// The receipt as the API prints it.
    public var json: JSON {
        [
            "id": .text(id), "metric": .text(metric), "definition": .text(definition),
            "formula": .text(formula), "filters": .list(filters.map(JSON.text)),
            "zone": .text(zone), "tzdata": .text(zoneRules),
            "range": [
                "start": .text(range.start.description), "end": .text(range.end.description),
                "from": .text(instants.start.description), "to": .text(instants.end.description),
            ],
            "watermark": .optional(watermark?.description),
            "sources": .list(
                sources.map {
                    [
                        "name": .text($0.name), "version": .integer($0.version),
                        "rows": .integer($0.rows),
                        "watermark": .optional($0.watermark?.description),
                    ]
                }),
            "value": .optional(value), "numerator": .optional(numerator),
            "denominator": .optional(denominator),
            "leftOut": leftOut.map { rows in
                .list(rows.map { ["reason": .text($0.reason), "rows": .integer($0.rows)] })
            } ?? .null,
            "sql": .list(statements.map(\.json)),
        ]
    }
}

extension Statement {
    /// The statement as the API prints it.
    public var json: JSON {
        ["text": .text(sql), "values": .list(values.map(\.json))]
    }
}

extension Value {
    /// The value as the API prints it.
    public var json: JSON {
        switch self {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(Int(value))
        case .number(let value): .number(value)
        case .text(let value): .text(value)
        case .day(let value): .text(value.description)
        case .instant(let value): .text(value.description)
        }
    }
}
