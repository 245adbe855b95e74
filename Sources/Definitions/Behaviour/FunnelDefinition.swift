import Vocabulary

/// Steps that people take one after the other, and by which rules it counts that they took them.
///
/// Tools differ in these rules more than in anything else, so each is written down here, has one
/// default, and appears in the answer.
public struct FunnelDefinition: BehaviourDefinition {
    /// Which kind of question it defines.
    public static let kind = BehaviourKind.funnel

    /// What it says as all others do.
    public let head: BehaviourHead
    /// The steps, at least two; the first and the last are never optional.
    public let steps: [FunnelStep]
    /// How they follow each other.
    public let order: Order
    /// How many seconds after an attempt's first step its last one still counts, that second
    /// included; nil means for ever.
    public let windowSeconds: Int?
    /// What has one value through all steps of an attempt.
    public let same: [String]
    /// What must not happen between steps.
    public let exclusions: [FunnelExclusion]
    /// What is counted.
    public let counting: Counting
    /// Which first steps begin an attempt.
    public let reentry: Reentry
    /// In which order events of one moment are.
    public let ties: Ties
    /// How many seconds a step may lie before the one that it follows.
    public let toleranceSeconds: Int
    /// What orders the events of a source that knows no time.
    public let sequence: Expression?
    /// By which of its events an attempt is in a part, where the funnel is split.
    public let parts: Parts
    /// The tool whose rules hold where nothing else is written.
    public let dialect: Dialect?

    /// How steps follow each other.
    public enum Order: String, CaseIterable, Sendable {
        /// In the order in which they are written; anything may happen in between.
        case sequential
        /// In the order in which they are written; no other event of the source in between.
        case strict
        /// The first one first, the others after it in any order.
        case anchored
        /// In any order, all within one window.
        case any
    }

    /// What is counted.
    public enum Counting: Hashable, Sendable {
        /// Each entity once: by the attempt that got furthest, the earliest of several.
        case people
        /// Every attempt.
        case attempts
        /// Each session once, as people are; steps of other sessions do not count.
        case sessions(SessionRule)

        /// The word that definitions write.
        public var word: String {
            switch self {
            case .people: "people"
            case .attempts: "attempts"
            case .sessions: "sessions"
            }
        }
    }

    /// Which first steps begin an attempt.
    public enum Reentry: String, CaseIterable, Sendable {
        /// Every one; so an entity counts by its best start.
        case everyStart = "every_start"
        /// The first, and the next after an attempt has converted, ended or run out of time.
        case afterWindow = "after_window"
        /// The first, and the next after an attempt has converted.
        case afterConversion = "after_conversion"
        /// The first only.
        case never
    }

    /// In which order events of one moment are.
    public enum Ties: Hashable, Sendable {
        /// In the order of the steps, as if they had been taken one after the other.
        case together
        /// In no order: a step must be later than the one before.
        case apart
        /// In the order of a value.
        case by(Expression)
    }

    /// By which of its events an attempt is in a part.
    ///
    /// Of several events that take a later step at one moment, the least value counts.
    public enum Parts: Hashable, Sendable {
        /// By the first value that an event of any step taken has.
        case first
        /// By the last such value.
        case last
        /// By the value of the event that took the step at a position; the first one is usual.
        case step(Int)

        /// The word that definitions write.
        public var word: String {
            switch self {
            case .first: "first"
            case .last: "last"
            case .step(let position): "\(position + 1)"
            }
        }
    }

    /// Whose rules hold where nothing else is written.
    public enum Dialect: String, CaseIterable, Sendable {
        /// Seven days; people and sessions enter once, by their first start; the next attempt begins
        /// after the last has converted, ended or run out of time.
        case mixpanel
        /// One day; every start counts.
        case amplitude
        /// Fourteen days; every start counts; exclusions take people out of the whole funnel; parts
        /// are by the first value of any step, and who has no value at a step asked for is in none.
        case posthog
    }
}

/// One step of a funnel.
public struct FunnelStep: Hashable, Sendable {
    /// Its name in answers.
    public let label: String
    /// Which events take it.
    public let rows: RowSelection
    /// Whether the steps after it may be reached without it.
    public let isOptional: Bool

    /// Makes a step.
    public init(label: String, rows: RowSelection, isOptional: Bool = false) {
        self.label = label
        self.rows = rows
        self.isOptional = isOptional
    }
}

/// Events that must not happen between two steps.
public struct FunnelExclusion: Hashable, Sendable {
    /// What happens to who does it all the same.
    public enum Rule: String, CaseIterable, Sendable {
        /// The attempt ends there; the steps before it stay reached.
        case attempt
        /// The entity is left out of the whole funnel.
        case person
    }

    /// The events.
    public let rows: RowSelection
    /// The position of the step after which they must not happen; it is not optional.
    public let after: Int
    /// The position of the step before which they must not happen; it is not optional.
    public let before: Int
    /// What happens then.
    public let rule: Rule

    /// Makes an exclusion.
    public init(rows: RowSelection, after: Int, before: Int, rule: Rule) {
        self.rows = rows
        self.after = after
        self.before = before
        self.rule = rule
    }
}

extension FunnelDefinition {
    /// The positions of the steps that are not optional.
    public var required: [Int] { steps.indices.filter { !steps[$0].isOptional } }

    /// The rows of its steps, and those that must not come between them.
    public var selections: [RowSelection] { steps.map(\.rows) + exclusions.map(\.rows) }

    /// What stays the same through all steps.
    public var lookups: [Expression] { same.map { .name(NameReference($0)) } }

    /// Whether each step follows the one before it, so that the times of steps are those of events.
    public var isChain: Bool { order == .sequential || order == .strict }

    /// Whether who took a step without a value there is in no part, not in that of none.
    public var dropsValueless: Bool {
        if case .step = parts { return dialect == .posthog && isChain }
        return false
    }
}

extension FunnelDefinition {
    /// The definition on one line, equal for equal rules.
    public var description: String {
        var parts = head.keys
        parts.append("steps: [\(steps.map(\.text).joined(separator: ", "))]")
        parts.append("order: \(order.rawValue)")
        if let windowSeconds {
            parts.append("within: \(WindowLength.elapsed(seconds: windowSeconds))")
        }
        if !same.isEmpty { parts.append("same: [\(same.joined(separator: ", "))]") }
        if !exclusions.isEmpty {
            parts.append("exclude: [\(exclusions.map(\.text).joined(separator: ", "))]")
        }
        parts.append("counting: \(counting.word)")
        if case .sessions(let rule) = counting { parts.append("session: \(rule)") }
        parts.append("reentry: \(reentry.rawValue)")
        switch ties {
        case .together: parts.append("ties: together")
        case .apart: parts.append("ties: apart")
        case .by(let value): parts.append("ties: { by: \(value) }")
        }
        if toleranceSeconds > 0 { parts.append("tolerance: \(toleranceSeconds) seconds") }
        if let sequence { parts.append("sequence: \(sequence)") }
        if self.parts != .step(0) { parts.append("parts: \(self.parts.word)") }
        if dropsValueless { parts.append("like: posthog") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}

extension FunnelStep {
    fileprivate var text: String {
        let keys = rows.keys + (isOptional ? ["optional: true"] : []) + ["label: \(label)"]
        return "{ \(keys.joined(separator: ", ")) }"
    }
}

extension FunnelExclusion {
    fileprivate var text: String {
        let keys = rows.keys + ["between: [\(after + 1), \(before + 1)]", "rule: \(rule.rawValue)"]
        return "{ \(keys.joined(separator: ", ")) }"
    }
}
