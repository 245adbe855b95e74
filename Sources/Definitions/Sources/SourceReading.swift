import Vocabulary

/// Reads a source.
struct SourceReading {
    let reader: NodeReader

    func source(named name: String, origin: Origin) -> SourceDefinition? {
        let meaning = reader.text("is")
        if meaning == nil {
            reader.missing("is", example: "One row per order.", severity: .warning)
        }
        let owner = reader.text("owner")
        let making = RecipeReading(reader: reader)
        let recipe = making.isWritten ? making.recipe() : nil
        let events = EventIntakeReading(reader: reader)
        let intake = events.isWritten ? events.intake() : nil
        let hasFiles = !making.isWritten && !events.isWritten
        let files = hasFiles ? SourceFilesReading(reader: reader).files() : nil
        let time = time() ?? (events.isWritten ? TimeColumn(column: "time") : nil)
        let types = columnTypes()
        let columns = events.isWritten ? events.properties(types) : types
        var entities = entities()
        var dimensions = dimensions()
        if events.isWritten {
            entities.merge(EventIntake.entities) { own, _ in own }
            dimensions.merge(EventIntake.dimensions(columns)) { own, _ in own }
        }
        let event = reader.text("event") ?? (events.isWritten ? "event" : nil)
        let quality = quality()
        let completeThrough = reader.day("complete_through")
        let lateness = reader.span("lateness")
        reader.finish()
        return SourceDefinition(
            name: name, meaning: meaning ?? "", owner: owner, files: files, time: time,
            columnTypes: columns, entities: entities, dimensions: dimensions, event: event,
            quality: quality, completeThrough: completeThrough, lateness: lateness, origin: origin,
            recipe: recipe, intake: intake)
    }

    private func time() -> TimeColumn? {
        guard let node = reader.node("time") else { return nil }
        if let column = node.scalar { return TimeColumn(column: column.trimmedOfSpace) }
        guard let time = reader.mapping("time", what: "time of the source"),
            let column = time.text("column", required: true, example: "created_at")
        else { return nil }
        let format = time.value(
            "format", is: "epoch_seconds, epoch_milliseconds or a pattern",
            example: "\"%d/%m/%Y %H:%M\"", make: SourceReading.timeFormat)
        let zone = time.zone("zone")
        time.finish()
        return TimeColumn(column: column, format: format ?? .inferred, zone: zone)
    }

    private static func timeFormat(_ text: String) -> TimeColumn.Format? {
        switch text {
        case "epoch_seconds": .epochSeconds
        case "epoch_milliseconds": .epochMilliseconds
        default: text.contains("%") && text.utf8.count <= 100 ? .pattern(text) : nil
        }
    }

    private func columnTypes() -> [String: ValueType] {
        guard let columns = reader.mapping("columns", what: "columns of the source") else {
            return [:]
        }
        var types: [String: ValueType] = [:]
        let words = ValueType.allCases.filter { $0 != .unknown }.map { ($0.rawValue, $0) }
        for column in columns.keys { types[column] = columns.word(column, of: words) }
        return types
    }

    private func entities() -> [String: Expression] {
        guard let entities = reader.mapping("entities", what: "entities of the source") else {
            return [:]
        }
        var expressions: [String: Expression] = [:]
        for name in entities.keys where entities.isPlainName(name) {
            expressions[name] = entities.expression(name)
        }
        return expressions
    }

    private func dimensions() -> [String: SourceDimension] {
        guard let dimensions = reader.mapping("dimensions", what: "dimensions of the source")
        else { return [:] }
        var result: [String: SourceDimension] = [:]
        for name in dimensions.keys where dimensions.isPlainName(name) {
            result[name] = dimension(name, in: dimensions)
        }
        return result
    }

    private func dimension(_ name: String, in dimensions: NodeReader) -> SourceDimension? {
        guard let node = dimensions.node(name) else { return nil }
        if case .mapping = node.content {
            guard let long = dimensions.mapping(name, what: "dimension '\(name)'") else {
                return nil
            }
            let expression = long.expression("expression")
            if !long.has("expression") { long.missing("expression", example: "lower(channel)") }
            let meaning = long.text("is")
            long.finish()
            return expression.map { SourceDimension(expression: $0, meaning: meaning) }
        }
        return dimensions.expression(of: node, key: name).map { SourceDimension(expression: $0) }
    }

    private func quality() -> [QualityRule] {
        guard let node = reader.node("quality") else { return [] }
        guard case .sequence(let items) = node.content else {
            reader.report(
                .wrongType, "'quality' is a list of rules; here is \(node.phrase).", at: node.place,
                hint: "write quality: [ { not_null: [customer_id] } ]")
            return []
        }
        return items.flatMap { item -> [QualityRule] in
            guard let rule = NodeReader(item, what: "quality rule", problems: reader.problems)
            else { return [] }
            var rules: [QualityRule] = []
            let unique = rule.names("unique")
            let notNull = rule.names("not_null")
            if !unique.isEmpty { rules.append(.unique(unique)) }
            if !notNull.isEmpty { rules.append(.notNull(notNull)) }
            if let span = rule.span("fresh_within") { rules.append(.freshWithin(span)) }
            rule.finish()
            return rules
        }
    }
}

extension NodeReader {
    func span(_ key: String) -> Span? {
        value(key, is: "a length of time", example: "2 days") { Span(text: $0) }
    }

    /// Whether a key is a name that questions can use; another one is reported.
    func isPlainName(_ name: String) -> Bool {
        let better = wellFormed(name, joiner: "_")
        guard better != name || ExpressionParser.reserved.contains(name) else { return true }
        report(
            .badName, "'\(shortened(name))' is not a snake_case name of at most 64 characters.",
            at: entry(name)?.place,
            hint: better == name
                ? "it is a word of expressions"
                : better.isEmpty ? nil : "write '\(better)'")
        return false
    }
}
