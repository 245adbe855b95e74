import Vocabulary

/// Reads a formula: a mapping with one key that names its kind.
struct FormulaReading {
    let problems: Problems

    /// The kinds, as definitions write them.
    static let kinds = [
        "count", "distinct", "new", "sum", "average", "percentile", "median", "min", "max", "stock",
        "active", "ratio", "derived", "cumulative",
    ]

    func formula(of node: YAMLNode, depth: Int = 0) -> Formula? {
        guard let reader = NodeReader(node, what: "formula", problems: problems) else { return nil }
        let written = reader.keys.filter { Self.kinds.contains($0) }
        guard let kind = written.first, written.count == 1, depth < 4 else {
            reportKind(reader, written)
            return nil
        }
        return problems.soundly {
            defer { reader.finish() }
            switch kind {
            case "ratio": return ratio(reader, depth)
            case "derived":
                _ = reader.has("derived")
                return reader.arithmetic("derived").map(Formula.derived)
            case "cumulative": return cumulative(reader, depth)
            default: return aggregate(kind, reader)
            }
        }
    }

    private func reportKind(_ reader: NodeReader, _ written: [String]) {
        guard written.isEmpty else {
            reader.report(
                .formulaKind,
                "A formula is of one kind; here are \(written.joined(separator: " and ")).",
                at: reader.place, hint: "join metrics with ratio or derived")
            return
        }
        let near = reader.keys.lazy.compactMap { nearestName(to: $0, among: Self.kinds) }.first
        reader.report(
            .formulaKind,
            "The formula has no kind; kinds are \(Self.kinds.joined(separator: ", ")).",
            at: reader.place, hint: near.map { "did you mean '\($0)'?" })
    }

    private func ratio(_ reader: NodeReader, _ depth: Int) -> Formula? {
        guard let sides = reader.mapping("ratio", what: "ratio") else { return nil }
        let of = operand("of", in: sides, depth)
        let to = operand("to", in: sides, depth)
        sides.finish()
        guard let of, let to else { return nil }
        return .ratio(of: of, to: to)
    }

    /// A metric's name, or a formula in its place.
    private func operand(_ key: String, in reader: NodeReader, _ depth: Int) -> Operand? {
        guard let node = reader.node(key) else {
            reader.missing(key, example: "a metric, or a formula in { }")
            return nil
        }
        if let name = node.scalar { return .metric(NameReference(name.trimmedOfSpace)) }
        return formula(of: node, depth: depth + 1).map(Operand.formula)
    }

    private func cumulative(_ reader: NodeReader, _ depth: Int) -> Formula? {
        let operand = operand("cumulative", in: reader, depth)
        let window = reader.span("window")
        let grains: [(String, Grain?)] = [
            ("week", .week), ("month", .month), ("quarter", .quarter), ("year", .year),
            ("all", nil),
        ]
        let toDate = reader.word("to_date", of: grains)
        guard reader.has("window") != reader.has("to_date") else {
            reader.report(
                .missingKey, "A cumulative formula has either a window or to_date.",
                at: reader.place, hint: "write window: 28 days, or to_date: month")
            return nil
        }
        guard let operand else { return nil }
        if let window { return .cumulative(operand, .window(window)) }
        return toDate.map { .cumulative(operand, .toDate($0)) }
    }

    private func aggregate(_ kind: String, _ reader: NodeReader) -> Formula? {
        let function = function(kind, reader)
        let source = reader.text("from", required: true, example: "orders")
        let filter = reader.expression("where")
        let events = reader.names("events")
        guard let function, let source else { return nil }
        return .aggregate(
            Aggregate(source: source, function: function, filter: filter, events: events))
    }

    private func function(_ kind: String, _ reader: NodeReader) -> AggregateFunction? {
        if kind == "count", reader.node("count")?.scalar == "rows" { return .count(nil) }
        if kind == "percentile" { return percentile(reader) }
        guard let expression = required(kind, in: reader) else { return nil }
        switch kind {
        case "count": return .count(expression)
        case "distinct": return .distinct(expression)
        case "new": return .new(expression)
        case "sum": return .sum(expression)
        case "average": return .average(expression)
        case "median": return .percentile(50, expression)
        case "min": return .min(expression)
        case "max": return .max(expression)
        case "stock": return .stock(expression, per: reader.expression("per"))
        default: return window(reader).map { .active(expression, $0) }
        }
    }

    private func percentile(_ reader: NodeReader) -> AggregateFunction? {
        let rank = reader.value(
            "percentile", required: true, is: "a number from 0 to 100", example: "95",
            make: { text in Double(text).flatMap { (0...100).contains($0) ? $0 : nil } })
        let expression = required("of", in: reader)
        guard let rank, let expression else { return nil }
        return .percentile(rank, expression)
    }

    private func window(_ reader: NodeReader) -> ActivityWindow? {
        reader.value(
            "window", required: true, is: "a number of days or a calendar unit",
            example: "28 days, or calendar month",
            make: { text in
                let words = text.split(separator: " ")
                if words.count == 2, words[0] == "calendar",
                    let grain = Grain(rawValue: "\(words[1])"),
                    grain > .day
                {
                    return .calendar(grain)
                }
                guard let span = Span(text: text), span.months == 0, span.days <= 366 else {
                    return nil
                }
                return .rolling(days: span.days)
            })
    }

    private func required(_ key: String, in reader: NodeReader) -> Expression? {
        guard reader.has(key) else {
            reader.missing(key, example: "quantity * unit_price")
            return nil
        }
        return reader.expression(key)
    }
}

extension Failure.Code {
    /// A formula is of no kind, or of several.
    public static let formulaKind: Self = "definition/formula-kind"
}
