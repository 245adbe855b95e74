import Vocabulary

/// Which rows of a source a recipe looks at.
public struct RowSelection: Hashable, Sendable {
    /// The condition that a row must meet; nil means all rows.
    public let filter: Expression?
    /// Which events count, where the source names its event column; empty means all.
    public let events: [String]

    /// Selects rows.
    public init(filter: Expression? = nil, events: [String] = []) {
        self.filter = filter
        self.events = events
    }

    /// Whether it selects every row.
    public var isAll: Bool { filter == nil && events.isEmpty }

    init(_ reader: NodeReader) {
        self.init(filter: reader.expression("where"), events: reader.names("events"))
    }

    /// The keys that a definition writes.
    var keys: [String] {
        var keys: [String] = []
        if let filter { keys.append("where: \(filter)") }
        if !events.isEmpty { keys.append("events: [\(events.joined(separator: ", "))]") }
        return keys
    }
}

/// A value after which rows are grouped, and the column that it becomes.
public struct RecipeKey: Hashable, Sendable {
    /// The column's name.
    public let name: String
    /// The value; nil means what the name itself means: an entity, a dimension, a column, or `day`,
    /// `week`, `month`, `quarter` and `year` for the civil unit in which the row lies.
    public let expression: Expression?

    /// Makes a key.
    public init(name: String, expression: Expression? = nil) {
        self.name = name
        self.expression = expression
    }

    /// What the key's name or expression is over the source.
    public var value: Expression { expression ?? .name(NameReference(name)) }

    var text: String { expression.map { "\(name): \($0)" } ?? name }
}
