import Vocabulary

/// A quantity with a definition.
public struct Metric: Hashable, Sendable {
    /// Its name in files, questions and addresses.
    public let id: String
    /// Its name for people.
    public let title: String
    /// What it is, in a sentence that a new colleague understands.
    public let meaning: String
    /// Who answers for it; nil where the definition names nobody.
    public let owner: String?
    /// What its number means.
    public let unit: Unit
    /// Which way it should move.
    public let better: Direction
    /// How it is calculated.
    public let formula: Formula
    /// The short form in which the formula was written; nil where it was written out.
    public let written: WrittenKind?
    /// What a period without rows means; nil takes the formula's own rule.
    public let empty: EmptyPolicy?
    /// Where it is defined.
    public let origin: Origin

    /// Makes a metric.
    public init(
        id: String, title: String, meaning: String, owner: String?, unit: Unit, better: Direction,
        formula: Formula, written: WrittenKind? = nil, empty: EmptyPolicy?, origin: Origin
    ) {
        self.id = id
        self.title = title
        self.meaning = meaning
        self.owner = owner
        self.unit = unit
        self.better = better
        self.formula = formula
        self.written = written
        self.empty = empty
        self.origin = origin
    }

    /// The formula's kind as its definition writes it.
    public var kind: String { written?.kind ?? formula.kind }
}

/// A short form of a formula: a well-known KPI by its name.
///
/// The formula is what is calculated; this is what people call it.
public struct WrittenKind: Hashable, Sendable {
    /// The kind, for example `subscription`.
    public let kind: String
    /// Which of the kind's quantities it is, for example `mrr`.
    public let variant: String
    /// The source that it reads; nil where it is made of other metrics.
    public let source: String?

    /// Names a short form.
    public init(kind: String, variant: String, source: String?) {
        self.kind = kind
        self.variant = variant
        self.source = source
    }
}

/// What a period means in which a source has no rows for a metric.
///
/// It applies only between the source's first row and its watermark: outside of them there is no
/// data, and no data is never zero.
public enum EmptyPolicy: String, CaseIterable, Sendable {
    /// Nothing happened: the value is zero.
    case zero
    /// The value is undefined.
    case none
    /// The last known value holds.
    case carry
}

/// Where a definition stands, and its text.
public struct Origin: Hashable, Sendable {
    /// Where the definition begins.
    public let place: Place
    /// Its YAML, as written, without the separators around it.
    public let yaml: String
    /// Where the parts of it stand, by their path, for example `formula.where`.
    public let places: [String: Place]

    /// Names an origin.
    public init(place: Place, yaml: String, places: [String: Place] = [:]) {
        self.place = place
        self.yaml = yaml
        self.places = places
    }

    /// Where a part stands, or the definition if the part is not written.
    public func place(of path: String) -> Place { places[path] ?? place }
}
