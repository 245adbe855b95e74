import Vocabulary

/// An estimate of how long those stay who began in a period: what was observed (Kaplan and Meier,
/// 1958), or a model that also tells of the time after it.
public struct Survival: Hashable, Sendable {
    /// What is told of the curve.
    public enum Reading: Hashable, Sendable {
        /// The share that is alive after so long, in the unit of the duration.
        case share(at: Double)
        /// After how long half are gone; undefined while more than half are alive.
        case median
        /// How many periods a new customer is expected to pay for up to the renewal given, the
        /// first one included; each renewal later makes a period worth less by the discount.
        case lifetime(until: Int, discount: Double)
    }

    /// What became of those a row stands for when they were last seen.
    public enum Outcome: Hashable, Sendable {
        /// A row is one of them, and the condition says whether it ended then.
        case ended(Expression)
        /// A row is a group, of which so many ended then and so many were last seen alive.
        case counts(lost: Expression, kept: Expression)
    }

    /// A model of the curve.
    public enum Model: String, CaseIterable, Hashable, Sendable {
        /// Contracts that are renewed or not: the shifted beta-geometric model of Fader and Hardie
        /// (2007).
        case sbg

        /// Its name in sentences.
        public var title: String { "the shifted beta-geometric model" }
    }

    /// What is told of the curve.
    public let reading: Reading
    /// How long each row was observed; for a model, the number of the renewal.
    public let duration: Expression
    /// What became of it.
    public let outcome: Outcome
    /// The model; nil tells only what was observed.
    public let model: Model?

    /// Describes an estimate.
    public init(
        _ reading: Reading, duration: Expression, outcome: Outcome, model: Model? = nil
    ) {
        self.reading = reading
        self.duration = duration
        self.outcome = outcome
        self.model = model
    }

    /// Describes an estimate from one row for each that began.
    public init(_ reading: Reading, duration: Expression, ended: Expression) {
        self.init(reading, duration: duration, outcome: .ended(ended))
    }

    /// The kind's name as definitions write it.
    public var kind: String {
        switch reading {
        case .share: "survival"
        case .median: "survival_median"
        case .lifetime: "survival_lifetime"
        }
    }
}
