import Vocabulary

/// A KPI that the field names, in one of its variants.
public struct LibraryEntry: Sendable {
    /// Its name: also the name of the KPI that it writes.
    public let id: String
    /// What the field calls it; several entries may share it.
    public let title: String
    /// Which of the things with that title it is.
    public let variant: String
    /// What it is about.
    public let family: LibraryFamily
    /// What it is, in a sentence.
    public let meaning: String
    /// The metric that the KPI watches.
    public let metric: String
    /// How it is calculated, as people read it.
    public let formula: String
    /// The metric's unit.
    public let unit: Unit
    /// Which way it should move.
    public let better: Direction
    /// What is counted: a person, an account, an order; nil where no one is.
    public let entity: String?
    /// When to use it.
    public let use: String
    /// How it misleads.
    public let misleads: String
    /// The entry that should not suffer while this one improves.
    public let guardrail: String
    /// Entries that people take it for, or that belong beside it.
    public let related: [String]
    /// Who defines it so.
    public let source: String
    /// What its calculation is checked against, beside its own example.
    public let oracle: String
    /// A calculation that can be done by hand.
    public let example: LibraryExample
    /// What its sources must have.
    public let needs: [LibraryNeed]
    /// Its derived sources and metrics, each after what it needs.
    let templates: [LibraryTemplate]
}

/// What entries are about: money, customers, delivery.
public struct LibraryFamily: Hashable, Sendable {
    /// Its name.
    public let id: String
    /// Its name for people.
    public let title: String
    /// What its entries have in common, in a sentence.
    public let meaning: String
}

/// What a source must have for an entry.
public struct LibraryNeed: Hashable, Sendable {
    /// A kind of need.
    public enum Kind: String, Sendable {
        /// A source of its own, a time, an entity, a column, or events.
        case source, time, entity, column, event
    }

    /// The part that the user's source plays: `SOURCE`, or `COSTS` beside it.
    public let role: String
    /// Which kind it is.
    public let kind: Kind
    /// The name that definitions use: of an entity, a column, or an event.
    public let name: String
    /// The column's type; nil where any fits.
    public let type: ValueType?
    /// What it means.
    public let meaning: String
}

extension LibraryNeed: CustomStringConvertible {
    /// The part of the user's main source.
    public static let mainRole = "SOURCE"

    /// The need in words, for example `column amount (decimal): the value of a line`.
    public var description: String {
        let head = [kind.rawValue, name].filter { !$0.isEmpty }.joined(separator: " ")
        let isMain = role == LibraryNeed.mainRole || kind == .source
        return head + (isMain ? "" : " of \(role.lowercased())")
            + (type.map { " (\($0.rawValue))" } ?? "") + ": \(meaning)"
    }
}

/// An entry's calculation with small numbers; a test computes it as the program would.
public struct LibraryExample: Sendable {
    /// A small table of facts.
    public struct Table: Sendable {
        /// Its name.
        public let name: String
        /// What it holds, in a sentence.
        public let meaning: String
        /// Its definition as a source, without name and files.
        public let definition: String
        /// Its rows as CSV, with a line of names.
        public let rows: String
    }

    /// The tables by the parts they play, the main one first.
    public let tables: [(role: String, table: Table)]
    /// The period, as questions write it.
    public let over: String
    /// How long the periods are.
    public let grain: Grain
    /// What comes out; nil for no value.
    public let value: Double?
    /// How far another program's value may be off, as a part of the value; what is worked out by
    /// hand agrees to nine digits.
    public let tolerance: Double
    /// How it comes out, in a sentence.
    public let explanation: String
}

/// A definition over placeholders such as `SOURCE` and `SOURCE_ledger`.
struct LibraryTemplate: Sendable {
    /// A kind of definition.
    enum Kind: String {
        case source, metric
    }

    /// What it defines.
    let kind: Kind
    /// Its name; that of a source begins with a placeholder.
    let id: String
    /// Its text.
    let yaml: String
}

extension LibraryEntry {
    /// The parts that the user's sources play in its definitions, the main one first, but for
    /// definitions of sources that the workspace has already.
    public func roles(without bound: Set<String> = []) -> [String] {
        let written = templates.filter { !($0.kind == .source && bound.contains($0.id)) }
        let derived = Set(templates.filter { $0.kind == .source }.map(\.id))
        let names = written.flatMap { Placeholder.all(in: $0.yaml) }
            .filter { !derived.contains($0) && !bound.contains($0) || !$0.contains("_") }
        let roles = Set(names.map(Placeholder.role))
        let main = LibraryNeed.mainRole
        return roles.filter { $0 == main } + roles.filter { $0 != main }.sorted()
    }

    /// The placeholder that a user's word for a part means: nothing is the main source, `costs` is
    /// `COSTS`, and `ledger` is the derived source `SOURCE_ledger`.
    public func placeholder(of word: String) -> String {
        guard !word.isEmpty else { return LibraryNeed.mainRole }
        let derived = templates.first { $0.kind == .source && $0.id.hasSuffix("_\(word)") }
        return derived?.id ?? word.uppercased()
    }
}
