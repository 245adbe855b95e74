import Vocabulary

/// The events, columns and texts that a question about behaviour looks for, so that what has never
/// come can be told: it would count as nothing without a word.
public struct BehaviourMentions: Sendable {
    /// A column that is looked at.
    public struct Column: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// The events whose value it is; empty means any.
        public let events: [String]
    }

    /// A text with which a column is compared.
    public struct Text: Hashable, Sendable {
        /// The column's name.
        public let column: String
        /// The text.
        public let text: String
    }

    /// The names of events, in the order in which they are looked for.
    public private(set) var events: [String] = []
    /// The columns, in the order in which they are looked at.
    public private(set) var columns: [Column] = []
    /// The texts, in the order in which they are looked for.
    public private(set) var texts: [Text] = []

    private let scope: ExpressionScope
    /// The segments that were looked into.
    private var segments: Set<String> = []

    /// Collects what a question names, with the segments and dimensions that it uses.
    ///
    /// - Parameters:
    ///   - definition: What is asked.
    ///   - filters: The question's own filters.
    ///   - dimension: What it is split by.
    ///   - scope: The names of the definition's source.
    public init(
        _ definition: some BehaviourDefinition, filters: [Expression] = [],
        dimension: String? = nil, in scope: ExpressionScope
    ) {
        self.scope = scope
        add(definition)
        for filter in filters { add(filter, of: []) }
        if let dimension { add(.name(NameReference(dimension)), of: []) }
    }

    private mutating func add(_ definition: some BehaviourDefinition) {
        for rows in definition.selections {
            for event in rows.events { note(event: event) }
            if let filter = rows.filter { add(filter, of: rows.events) }
        }
        for value in definition.lookups { add(value, of: []) }
        if let filter = definition.filter { add(filter, of: []) }
    }

    /// - Parameters:
    ///   - expression: What is looked at.
    ///   - events: The events of whose rows; empty means any.
    ///   - inside: The dimensions and entities in whose definitions the expression stands.
    private mutating func add(
        _ expression: Expression, of events: [String], inside: Set<String> = []
    ) {
        switch expression {
        case .name(let reference):
            guard !inside.contains(reference.name),
                let (meaning, _) = scope.definition(of: reference.name)
            else { return note(column: reference.name, of: events) }
            add(meaning, of: events, inside: inside.union([reference.name]))
        case .binary(let operation, let left, let right)
        where [.equal, .notEqual].contains(operation):
            for (side, other) in [(left, right), (right, left)] {
                if case .literal(.text(let text)) = other { note(text, of: side, inside) }
            }
        case .isIn(let value, let list, _):
            for case .literal(.text(let text)) in list { note(text, of: value, inside) }
        case .call(.inSegment, let values):
            for case .literal(.text(let name)) in values { look(into: name) }
        default: break
        }
        for part in expression.parts { add(part, of: events, inside: inside) }
    }

    private mutating func note(event: String) {
        if !events.contains(event) { events.append(event) }
    }

    private mutating func note(column name: String, of events: [String]) {
        guard let column = scope.column(named: name) else { return }
        let found = Column(name: column.name, events: events)
        if !columns.contains(found) { columns.append(found) }
    }

    /// A text is looked for among the values of a column, or of a dimension that is one.
    private mutating func note(_ text: String, of value: Expression, _ inside: Set<String>) {
        guard case .name(let reference) = value else { return }
        if !inside.contains(reference.name),
            let (meaning, _) = scope.definition(of: reference.name)
        {
            return note(text, of: meaning, inside.union([reference.name]))
        }
        guard let column = scope.column(named: reference.name) else { return }
        if column.name == scope.source.event { return note(event: text) }
        let found = Text(column: column.name, text: text)
        if !texts.contains(found) { texts.append(found) }
    }

    /// A segment's own rows matter as well; one of another source's rows is left alone.
    private mutating func look(into name: String) {
        guard segments.insert(name).inserted,
            let segment = scope.source.segments.definitions[name]
        else { return }
        add(segment)
    }
}

extension Expression {
    /// The expressions of which it is made.
    fileprivate var parts: [Expression] {
        switch self {
        case .name, .literal: []
        case .unary(_, let value), .isNull(let value, _), .isLike(let value, _, _): [value]
        case .binary(_, let left, let right): [left, right]
        case .isIn(let value, let list, _): [value] + list
        case .isBetween(let value, let low, let high, _): [value, low, high]
        case .call(_, let values): values
        case .choice(let branches, let otherwise):
            branches.flatMap { [$0.condition, $0.value] } + (otherwise.map { [$0] } ?? [])
        }
    }
}
