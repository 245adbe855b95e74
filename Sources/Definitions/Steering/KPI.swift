import Vocabulary

/// A metric tied to an objective, with an owner, a target, a benchmark and a review.
public struct KPI: Hashable, Sendable {
    /// Its name in files and addresses.
    public let id: String
    /// Its name for people.
    public let title: String
    /// The metric it watches.
    public let metric: String
    /// The objective it serves.
    public let objective: String?
    /// Who answers for it.
    public let owner: String?
    /// The team it belongs to; nil means the owner's own.
    public let team: String?
    /// Where it should go.
    public let target: Target?
    /// What others reach.
    public let benchmark: Benchmark?
    /// How often it is looked at, which is also the length of its periods.
    public let review: Review
    /// A metric that must not suffer while this one improves.
    public let guardrail: String?
    /// Whether it is in use.
    public let status: Status
    /// Where it is defined.
    public let origin: Origin

    /// How often a KPI is looked at.
    public enum Review: String, CaseIterable, Sendable {
        /// Every week, month or quarter.
        case weekly, monthly, quarterly

        /// The length of the periods that are compared.
        public var grain: Grain {
            switch self {
            case .weekly: .week
            case .monthly: .month
            case .quarterly: .quarter
            }
        }
    }

    /// Where a KPI is in its life.
    public enum Status: String, CaseIterable, Sendable {
        /// Not agreed yet, in use, no longer in use.
        case proposed, active, retired
    }

    /// Makes a KPI.
    public init(
        id: String, title: String, metric: String, objective: String?, owner: String?,
        team: String?, target: Target?, benchmark: Benchmark?, review: Review, guardrail: String?,
        status: Status, origin: Origin
    ) {
        self.id = id
        self.title = title
        self.metric = metric
        self.objective = objective
        self.owner = owner
        self.team = team
        self.target = target
        self.benchmark = benchmark
        self.review = review
        self.guardrail = guardrail
        self.status = status
        self.origin = origin
    }
}

/// A path from a dated value to a dated value.
public struct Target: Hashable, Sendable {
    /// A value on a day.
    public struct Point: Hashable, Sendable {
        /// The day.
        public let day: Day
        /// The value, in the metric's unit (a share as 0 to 1).
        public let value: Double

        /// Makes a point.
        public init(day: Day, value: Double) {
            self.day = day
            self.value = value
        }
    }

    /// Where the path begins: the baseline; nil where the target is only an end.
    public let from: Point?
    /// Where it ends.
    public let by: Point
    /// What must not be missed.
    public let floor: Double?
    /// What would be better than hoped for.
    public let stretch: Double?

    /// Makes a target.
    public init(from: Point?, by: Point, floor: Double?, stretch: Double?) {
        self.from = from
        self.by = by
        self.floor = floor
        self.stretch = stretch
    }

    /// Where the path stands on a day: linear between its ends, level before and after them.
    public func value(on day: Day) -> Double {
        guard let from, day < by.day else { return by.value }
        guard day > from.day else { return from.value }
        let done = Double(day.number - from.day.number) / Double(by.day.number - from.day.number)
        return from.value + (by.value - from.value) * done
    }
}

/// What others reach.
public struct Benchmark: Hashable, Sendable {
    /// The value, in the metric's unit.
    public let value: Double
    /// Who says so.
    public let source: String?
    /// When it was read there.
    public let seen: Day?

    /// Makes a benchmark.
    public init(value: Double, source: String?, seen: Day?) {
        self.value = value
        self.source = source
        self.seen = seen
    }
}

/// What a team wants to reach: specific, measurable, achievable, relevant and time-bound.
public struct Objective: Hashable, Sendable {
    /// Its name in files.
    public let id: String
    /// Its name for people.
    public let title: String
    /// What it is about, in a sentence.
    public let meaning: String?
    /// Who answers for it.
    public let owner: String?
    /// When work on it begins.
    public let starts: Day?
    /// When it should be reached.
    public let by: Day?
    /// Why we believe that it can be reached.
    public let achievable: String?
    /// Which larger goal it serves.
    public let relevant: String?
    /// Where it is defined.
    public let origin: Origin

    /// Makes an objective.
    public init(
        id: String, title: String, meaning: String?, owner: String?, starts: Day?, by: Day?,
        achievable: String?, relevant: String?, origin: Origin
    ) {
        self.id = id
        self.title = title
        self.meaning = meaning
        self.owner = owner
        self.starts = starts
        self.by = by
        self.achievable = achievable
        self.relevant = relevant
        self.origin = origin
    }
}
