import Vocabulary

/// One row per value of an entity, or per combination of several.
public struct EachRecipe: Hashable, Sendable {
    /// What there is one row for.
    public let keys: [RecipeKey]
    /// The source whose rows are brought together.
    public let source: String
    /// Which of its rows count.
    public let rows: RowSelection
    /// The columns that are made of an entity's rows, in order.
    public let keep: [KeptColumn]
    /// What orders an entity's rows; nil means the source's time. Ties go by the order of import.
    public let order: Expression?

    /// Makes a recipe.
    public init(
        keys: [RecipeKey], source: String, rows: RowSelection = RowSelection(),
        keep: [KeptColumn] = [], order: Expression? = nil
    ) {
        self.keys = keys
        self.source = source
        self.rows = rows
        self.keep = keep
        self.order = order
    }
}

extension EachRecipe: RecipeForm {
    var sources: [(name: String, path: String)] { [(source, "from.of")] }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        let upstream = sources[source]
        var defaults = RecipeDefaults(lateness: upstream?.lateness)
        for key in keys {
            let name = Expression.name(NameReference(key.name))
            if key.expression == nil, upstream?.entities[key.name] != nil {
                defaults.entities[key.name] = name
            } else if isCivilUnit(key, of: upstream) {
                defaults.time = defaults.time ?? TimeColumn(column: key.name)
            } else {
                defaults.dimensions[key.name] = SourceDimension(expression: name)
            }
        }
        defaults.dimensions.merge(KeptColumn.dimensions(keep, of: upstream)) { own, _ in own }
        return defaults
    }

    private func isCivilUnit(_ key: RecipeKey, of source: SourceDefinition?) -> Bool {
        guard key.expression == nil, let grain = Grain(rawValue: key.name), grain > .hour else {
            return false
        }
        return source?.dimensions[key.name] == nil && source?.columnTypes[key.name] == nil
    }

    /// The recipe on one line.
    public var description: String {
        let names = keys.map(\.text).joined(separator: ", ")
        var parts = [keys.count == 1 ? "each: \(names)" : "each: [\(names)]", "of: \(source)"]
        parts += rows.keys
        if !keep.isEmpty { parts.append("keep: { \(keep.map(\.text).joined(separator: ", ")) }") }
        if let order { parts.append("order: \(order)") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}

extension EachRecipe {
    init?(_ reader: NodeReader) {
        let keys = reader.keys("each")
        let source = reader.text("of", required: true, example: "orders")
        let rows = RowSelection(reader)
        let keep = KeptReading(reader: reader).columns()
        let order = reader.expression("order")
        guard !keys.isEmpty, let source else { return nil }
        self.init(keys: keys, source: source, rows: rows, keep: keep, order: order)
    }
}

extension NodeReader {
    /// What rows are grouped after: a name, names in a list, or names with their expressions.
    func keys(_ key: String) -> [RecipeKey] {
        guard let node = node(key) else {
            missing(key, example: "customer")
            return []
        }
        if case .mapping = node.content, let named = mapping(key, what: "'\(key)'") {
            return named.keys.compactMap { name in
                guard named.isPlainName(name) else { return nil }
                return named.expression(name).map { RecipeKey(name: name, expression: $0) }
            }
        }
        return names(key).compactMap { name in
            let isName = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
            if isName, !name.isEmpty { return RecipeKey(name: name) }
            report(
                .badValue, "'\(shortened(name))' under '\(key)' is an expression without a name.",
                at: node.place, hint: "name the column: \(key): { name: \(shortened(name)) }")
            return nil
        }
    }
}
