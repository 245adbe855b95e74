import Vocabulary

/// Every row of a source once, with columns of other sources, of its neighbours and of its own.
public struct RowsRecipe: Hashable, Sendable {
    /// Columns of another source, from the row that has the same values.
    public struct Lookup: Hashable, Sendable {
        /// Which row is taken where several match, by the other source's time.
        public enum Pick: String, CaseIterable, Sendable {
            /// The earliest one, or the latest.
            case first, last
        }

        /// The other source.
        public let source: String
        /// What must be equal: a name of the main source, then a name of the other one.
        public let match: [Pair]
        /// The new columns, and what they are in the other source.
        public let take: [RecipeKey]
        /// Which row is taken where several match; nil refuses them.
        public let pick: Pick?
        /// Which rows of the other source may match.
        public let rows: RowSelection

        /// Makes a lookup.
        public init(
            source: String, match: [Pair], take: [RecipeKey], pick: Pick? = nil,
            rows: RowSelection = RowSelection()
        ) {
            self.source = source
            self.match = match
            self.take = take
            self.pick = pick
            self.rows = rows
        }
    }

    /// Two names that must have the same value.
    public struct Pair: Hashable, Sendable {
        /// A column, dimension or entity of the main source.
        public let own: String
        /// One of the other source.
        public let other: String

        /// Pairs names.
        public init(own: String, other: String) {
            self.own = own
            self.other = other
        }
    }

    /// Columns of the row before or after, among the rows with the same values.
    public struct Neighbour: Hashable, Sendable {
        /// The names whose values the rows share; empty means all rows.
        public let group: [String]
        /// What orders the rows; nil means the source's time.
        public let order: String?
        /// The new columns, and what they are in the neighbour.
        public let take: [RecipeKey]

        /// Describes a neighbour.
        public init(group: [String], order: String?, take: [RecipeKey]) {
            self.group = group
            self.order = order
            self.take = take
        }
    }

    /// The source whose rows these are.
    public let source: String
    /// Which of its rows are taken.
    public let rows: RowSelection
    /// Where columns of other sources come from, in order.
    public let lookups: [Lookup]
    /// What is taken from the row before.
    public let previous: Neighbour?
    /// What is taken from the row after.
    public let next: Neighbour?
    /// What is added up over the row and those before it.
    public let running: Neighbour?
    /// The columns of the source that are kept; nil keeps all.
    public let keep: [String]?
    /// New columns by expressions over all the others.
    public let add: [RecipeKey]

    /// Makes a recipe.
    public init(
        source: String, rows: RowSelection = RowSelection(), lookups: [Lookup] = [],
        previous: Neighbour? = nil, next: Neighbour? = nil, running: Neighbour? = nil,
        keep: [String]? = nil, add: [RecipeKey] = []
    ) {
        self.source = source
        self.rows = rows
        self.lookups = lookups
        self.previous = previous
        self.next = next
        self.running = running
        self.keep = keep
        self.add = add
    }
}

extension RowsRecipe: RecipeForm {
    var sources: [(name: String, path: String)] {
        [(source, "from.rows")]
            + lookups.enumerated().map { ($1.source, "from.with.\($0).source") }
    }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        RecipeDefaults(of: sources[source], keeping: keep)
    }

    /// The recipe on one line.
    public var description: String {
        var parts = ["rows: \(source)"] + rows.keys
        if !lookups.isEmpty {
            parts.append("with: [ \(lookups.map(\.text).joined(separator: ", ")) ]")
        }
        if let previous { parts.append("previous: \(previous.text)") }
        if let next { parts.append("next: \(next.text)") }
        if let running { parts.append("running: \(running.text)") }
        if let keep { parts.append("keep: [\(keep.joined(separator: ", "))]") }
        if !add.isEmpty { parts.append("add: { \(add.map(\.pairText).joined(separator: ", ")) }") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}

extension RecipeKey {
    fileprivate var pairText: String { "\(name): \(value)" }
}

extension RowsRecipe.Lookup {
    fileprivate var text: String {
        let pairs = match.map { "\($0.own): \($0.other)" }.joined(separator: ", ")
        var parts = ["source: \(source)", "match: { \(pairs) }"]
        parts.append("take: { \(take.map(\.pairText).joined(separator: ", ")) }")
        if let pick { parts.append("pick: \(pick.rawValue)") }
        return "{ \((parts + rows.keys).joined(separator: ", ")) }"
    }
}

extension RowsRecipe.Neighbour {
    fileprivate var text: String {
        var parts = ["by: [\(group.joined(separator: ", "))]"]
        if let order { parts.append("order: \(order)") }
        parts.append("take: { \(take.map(\.pairText).joined(separator: ", ")) }")
        return "{ \(parts.joined(separator: ", ")) }"
    }
}
