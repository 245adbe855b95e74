import Vocabulary

/// Who begins, who comes back, and how that is counted.
public struct RetentionDefinition: BehaviourDefinition {
    /// Which kind of question it defines.
    public static let kind = BehaviourKind.retention

    /// What it says as all others do.
    public let head: BehaviourHead
    /// What begins.
    public let starts: RowSelection
    /// What comes back.
    public let returns: RowSelection
    /// Who is in a cohort.
    public let cohorts: Cohorts
    /// How long an age is: a day, a week or a month.
    public let age: Grain
    /// How many ages are looked at after age 0.
    public let count: Int
    /// When somebody counts as retained at an age.
    public let criterion: Criterion
    /// How ages are measured.
    public let mode: Mode
    /// Which average over the cohorts is shown first.
    public let average: Average
    /// What is added up instead of counting who came back; nil counts.
    public let value: Expression?

    /// The rows that begin, and those that come back.
    public var selections: [RowSelection] { [starts, returns] }

    /// What is added up.
    public var lookups: [Expression] { value.map { [$0] } ?? [] }

    /// Who is in a cohort.
    public enum Cohorts: String, CaseIterable, Sendable {
        /// Those whose first start ever lies in the period; so each is in one cohort.
        case first
        /// Those with a start in the period, counted from their first one there.
        case recurring
    }

    /// When somebody counts as retained at an age.
    public enum Criterion: Hashable, Sendable {
        /// With a return at that age.
        case on
        /// With a return at that age or later.
        case onOrAfter
        /// With a return at that age or before.
        case onOrBefore
        /// With a return at that age and at each before it, from 1 on; at age 0, with one there.
        case streak
        /// With a return at one of the ages of a bracket.
        case brackets([ClosedRange<Int>])

        /// The word that definitions write.
        public var word: String {
            switch self {
            case .on: "on"
            case .onOrAfter: "on_or_after"
            case .onOrBefore: "on_or_before"
            case .streak: "streak"
            case .brackets: "brackets"
            }
        }
    }

    /// How ages are measured.
    public enum Mode: String, CaseIterable, Sendable {
        /// By the civil days, weeks or months that begin after the start.
        case calendar
        /// By days of 24 hours, weeks of 7 and months of 30 such days after the start.
        case rolling
        /// As rolling, from the beginning of the hour of the start in UTC; weeks and months from the
        /// beginning of its civil day.
        case rollingFromHour = "rolling_from_hour"
    }

    /// An average over cohorts; each is over complete cells only.
    public enum Average: String, CaseIterable, Sendable {
        /// All who came back ÷ all who could.
        case pooled
        /// The mean of the cohorts' shares, small ones counting as much as large ones.
        case simple
        /// The shares weighted by the cohorts' sizes a second time, as Mixpanel's example does.
        case mixpanel
    }

    /// The ages that have a cell, or the brackets.
    public var cells: [ClosedRange<Int>] {
        if case .brackets(let brackets) = criterion { return brackets }
        return (0...count).map { $0...$0 }
    }

    /// The names of ``cells``: an age, or the first and the last of a bracket.
    public var cellNames: [String] {
        cells.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    }
}

extension RetentionDefinition {
    /// The definition on one line, equal for equal rules.
    public var description: String {
        var parts = head.keys
        parts.append("starts: { \(starts.keys.joined(separator: ", ")) }")
        parts.append("returns: { \(returns.keys.joined(separator: ", ")) }")
        parts.append("cohorts: \(cohorts.rawValue)")
        parts.append("over: \(count) \(age.rawValue)s")
        if case .brackets(let brackets) = criterion {
            let texts = brackets.map { "\($0.lowerBound)-\($0.upperBound)" }
            parts.append("criterion: [\(texts.joined(separator: ", "))]")
        } else {
            parts.append("criterion: \(criterion.word)")
        }
        parts.append("mode: \(mode.rawValue)")
        if let value { parts.append("sum: \(value)") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}
