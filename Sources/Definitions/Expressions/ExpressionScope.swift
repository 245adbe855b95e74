import Vocabulary

/// The names that an expression over a source may use, and what they mean.
///
/// A name means, in this order: a dimension, an entity, a column. Inside its own definition a
/// dimension's or entity's name means the column. Columns are found as written, or else whatever
/// their case, with a space, `_` and `-` alike: `invoice_no` finds `Invoice No` and `InvoiceNo`.
public struct ExpressionScope: Sendable {
    /// The source.
    public let source: SourceDefinition
    /// Its stored columns; none before the first import, when every name is taken for a column.
    public let facts: SourceFacts
    /// What is known of other sources, by name: of those that this one is made from.
    let others: [String: SourceFacts]
    /// The segment whose definition the expression is part of; nil for all others.
    private(set) var segment: String?
    private let exact: [String: SourceFacts.Column]
    private let loose: [String: SourceFacts.Column]

    /// Collects the names of a source.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - facts: Its stored columns.
    ///   - others: What is known of the sources that it is made from, for their segments.
    public init(
        source: SourceDefinition, facts: SourceFacts, others: [String: SourceFacts] = [:]
    ) {
        self.source = source
        self.facts = facts
        self.others = others
        let pinned = source.columnTypes.sorted { $0.key < $1.key }
            .map { SourceFacts.Column(name: $0.key, type: $0.value) }
        let columns = facts.columns.isEmpty ? pinned : facts.columns
        exact = Dictionary(columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        loose = Dictionary(
            columns.map { (looseName($0.name), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same names for the parts of a segment's definition.
    func inside(_ segment: SegmentDefinition) -> ExpressionScope {
        var scope = self
        scope.segment = segment.name
        return scope
    }

    /// Whether the stored columns are known, so that a name can be wrong.
    public var knowsColumns: Bool { !facts.columns.isEmpty }

    /// The stored column that a name means; nil if the source has none such.
    ///
    /// Before the first import it is a column of that name, of the pinned type or an unknown one.
    public func column(named name: String) -> SourceFacts.Column? {
        if let column = exact[name] ?? loose[looseName(name)] { return column }
        return knowsColumns ? nil : SourceFacts.Column(name: name, type: .unknown)
    }

    /// All names that expressions may use, sorted.
    public var names: [String] {
        let columns = facts.columns.isEmpty ? Array(exact.keys) : facts.columns.map(\.name)
        return Set(columns).union(source.dimensions.keys).union(source.entities.keys).sorted()
    }

    /// The expression that a dimension's or entity's name stands for.
    func definition(of name: String) -> (expression: Expression, place: Place?)? {
        if let dimension = source.dimensions[name] {
            return (dimension.expression, source.origin.places["dimensions.\(name)"])
        }
        if let entity = source.entities[name] {
            return (entity, source.origin.places["entities.\(name)"])
        }
        return nil
    }
}

/// A column's name with what people write differently left out.
func looseName(_ name: String) -> String {
    String(name.lowercased().filter { !" _-".contains($0) })
}
