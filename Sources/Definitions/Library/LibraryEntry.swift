import Vocabulary

/// A KPI that the field names, in one of its variants.
public struct LibraryEntry: Sendable {
    /// What a source must have for it.
    public struct Need: Hashable, Sendable {
        /// A kind of need.
        public enum Kind: String, Sendable {
            /// A time, an entity, a column, or the column that names events.
            case time, entity, column, event
        }

        /// Which kind it is.
        public let kind: Kind
        /// The name that the formula uses; empty for a time and for events.
        public let name: String
        /// The column's type; nil where any fits.
        public let type: ValueType?
        /// What it means.
        public let meaning: String
    }

    /// Its name: also the name of the KPI that it writes.
    public let id: String
    /// What the field calls it; several entries may share it.
    public let title: String
    /// Which of the things with that title it is.
    public let variant: String
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
    /// When to use it.
    public let use: String
    /// How it misleads.
    public let misleads: String
    /// The entry that should not suffer while this one improves.
    public let guardrail: String
    /// Where it is described.
    public let source: String
    /// What a source must have.
    public let needs: [Need]
    /// Its metrics with those they rest on, each after what it needs, as YAML over `SOURCE`.
    let metrics: [(id: String, yaml: String)]
}

extension LibraryEntry.Need: CustomStringConvertible {
    /// The need in words, for example `column amount (decimal): the value of a line`.
    public var description: String {
        let head = name.isEmpty ? kind.rawValue : "\(kind.rawValue) \(name)"
        return head + (type.map { " (\($0.rawValue))" } ?? "") + ": \(meaning)"
    }
}
