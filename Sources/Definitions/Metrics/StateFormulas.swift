import Vocabulary

/// Rows that have started and not yet ended at a moment, such as open defects or work in progress.
public struct OpenRows: Hashable, Sendable {
    /// What is told of them.
    public enum Measure: Hashable, Sendable {
        /// How many there are.
        case count
        /// Their mean age in seconds.
        case averageAge
        /// A percentile (0 to 100) of their ages in seconds.
        case percentileAge(Double)
    }

    /// What is told of them.
    public let measure: Measure
    /// When a row starts.
    public let started: Expression
    /// When it ends; null while it is open.
    public let ended: Expression

    /// Describes open rows.
    public init(_ measure: Measure, started: Expression, ended: Expression) {
        self.measure = measure
        self.started = started
        self.ended = ended
    }
}

/// How an entity's running sum moved between the start and the end of a period.
///
/// The method compares two moments; what happens and is undone within the period is not seen.
public enum Transition: String, CaseIterable, Hashable, Sendable {
    /// Nothing ever before, something at the end.
    case new
    /// Nothing at the start but something earlier, something at the end.
    case reactivation
    /// Something at both, more at the end.
    case expansion
    /// Something at both, less at the end.
    case contraction
    /// Something at the start, nothing at the end.
    case churn
    /// What there was at the start.
    case opening
    /// What there is at the end.
    case closing
    /// What there was at the start and still is at the end: the smaller of both.
    case retained
}

/// How an entity's activity changed from the period before to the period.
public enum LifecycleStage: String, CaseIterable, Hashable, Sendable {
    /// Active for the first time ever.
    case new
    /// Active now and in the period before.
    case current
    /// Active now, not in the period before, but earlier.
    case resurrected
    /// Active in the period before, not now.
    case dormant
}
