import Vocabulary

/// Reads a formula: a mapping with one key that names its kind.
struct FormulaReading {
    let problems: Problems
    /// Collects the sources that short forms bring along.
    let implicit: ImplicitSources

    /// The kinds, as definitions write them.
    static let kinds = basicKinds + shortKinds

    /// Names of well-known KPIs that are read into formulas of the other kinds.
    private static let shortKinds = [
        "csat", "ces", "subscription", "conversion", "retention", "stickiness", "lifetime_value",
        "duration", "funnel", "adoption", "activity", "paths", "campaigns", "segment",
    ]

    private static let basicKinds = [
        "count", "distinct", "new", "sum", "average", "percentile", "median", "min", "max",
        "deviation", "stock", "active", "open", "survival", "survival_median",
        "survival_lifetime", "transition", "lifecycle", "lifetime", "nps", "top_share", "ratio",
        "derived", "cumulative",
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
            case _ where BehaviourFormulaReading.kind(kind, of: node) != nil:
                return BehaviourFormulaReading(reader: reader, implicit: implicit)
                    .formula(kind, of: node)
            case _ where Self.shortKinds.contains(kind): return short(kind, reader)
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

    /// A formula of a short kind, written out.
    private func short(_ kind: String, _ reader: NodeReader) -> Formula? {
        switch kind {
        case "csat", "ces": OpinionReading(reader: reader).formula(kind)
        case "subscription": SubscriptionReading(reader: reader).formula()
        case "conversion": ConversionReading(reader: reader, implicit: implicit).formula()
        case "retention": RetentionReading(reader: reader, implicit: implicit).formula()
        case "funnel": FunnelFormulaReading(reader: reader, implicit: implicit).formula()
        case "stickiness": StickinessReading(reader: reader).formula()
        case "lifetime_value": LifetimeValueReading(reader: reader).formula()
        default: DurationReading(reader: reader).formula()
        }
    }

    /// What a formula of a short kind is called; nil for others.
    func written(of node: YAMLNode) -> WrittenKind? {
        guard case .mapping(let entries) = node.content else { return nil }
        for entry in entries {
            guard let kind = BehaviourFormulaReading.kind(entry.key, of: node) else { continue }
            return BehaviourFormulaReading.written(kind, node)
        }
        guard let entry = entries.first(where: { Self.shortKinds.contains($0.key) })
        else { return nil }
        let scalar = { (key: String) in
            entries.first { $0.key == key }?.value.scalar?.trimmedOfSpace
        }
        if entry.key == "retention" { return entry.value.writtenRetention }
        let variant =
            switch entry.key {
            case "conversion": "per " + (entry.value.text(of: "per") ?? "")
            case "csat", "ces": "scale " + (scalar("scale") ?? "")
            case "duration": entry.value.durationVariant
            default: entry.value.scalar?.trimmedOfSpace ?? ""
            }
        return WrittenKind(
            kind: entry.key, variant: variant, source: scalar("from") ?? scalar("in"))
    }

    private func aggregate(_ kind: String, _ reader: NodeReader) -> Formula? {
        let function = AggregateReading(reader: reader).function(kind)
        let source = reader.text("from", required: true, example: "orders")
        let filter = reader.expression("where")
        let events = reader.names("events")
        guard let function, let source else { return nil }
        return .aggregate(
            Aggregate(source: source, function: function, filter: filter, events: events))
    }
}

extension Failure.Code {
    /// A formula is of no kind, or of several.
    public static let formulaKind: Self = "definition/formula-kind"
}
