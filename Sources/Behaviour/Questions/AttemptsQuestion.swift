import Vocabulary

/// Which attempts people make to get through steps, one after the other, and when they reach each.
///
/// The answer names every attempt that counts: when it began, when each step was reached, and a value of
/// the event that began it. So it can be counted by period and by value, and times are those of the
/// attempt that counts.
public struct AttemptsQuestion: Hashable, Sendable {
    /// In which order events of one moment are.
    public enum Ties: Hashable, Sendable {
        /// Those of earlier steps first, so that they may be taken one after the other.
        case together
        /// In no order: a step must be later than the one before.
        case apart
    }

    /// In which order steps are taken.
    public enum Order: Hashable, Sendable {
        /// One after the other; anything may happen in between.
        case ordered
        /// One after the other, with nothing in between.
        case strict
        /// In any order, all within one window, which begins with the earliest of them. A step was
        /// reached if it and all before it were taken; of each the latest time counts.
        case any
    }

    /// Which first steps begin an attempt.
    public enum Reentry: Hashable, Sendable {
        /// Every one.
        case everyStart
        /// The first, and the next after an attempt has converted, ended or run out of time.
        case afterWindow
        /// The first, and the next after an attempt has converted.
        case afterConversion
        /// The first only.
        case never
    }

    /// Events that must not lie between two steps.
    public struct Excluded: Hashable, Sendable {
        /// Which events.
        public var events: EventSelection
        /// The step after whose moment they matter, counted from zero.
        public var after: Int
        /// The step before whose moment they matter; greater than ``after``.
        public var before: Int
        /// Whether such an event takes the person out; otherwise it ends the attempt.
        public var removes: Bool

        /// Excludes events between two steps.
        public init(_ events: EventSelection, after: Int, before: Int, removes: Bool) {
            self.events = events
            self.after = after
            self.before = before
            self.removes = removes
        }
    }

    /// The steps, one to twenty.
    public var steps: [EventSelection]
    /// In which order they are taken.
    public var order: Order
    /// The steps, by place, that need not be taken: each is, if it lies between those that must be.
    public var optional: Set<Int>
    /// In which order events of one moment are.
    public var ties: Ties
    /// How long after its first step an attempt's last one may be, itself included; nil is for ever.
    public var windowMicroseconds: Int64?
    /// What must not lie between steps; twelve at most.
    public var excluded: [Excluded]
    /// When attempts begin: at or after the first instant and before the second.
    public var entered: Range<Instant>
    /// Which first steps begin an attempt.
    public var reentry: Reentry
    /// Whether only each person's best attempt counts: the one that got furthest, the earliest of
    /// several, that with the first value of several at once.
    public var onlyBest: Bool
    /// The property whose value at the first step is told, by its place in the index.
    public var property: Int?
    /// The properties that stay the same through all steps; events without one take none.
    public var same: [Int]

    /// Asks for attempts.
    public init(
        steps: [EventSelection], order: Order = .ordered, optional: Set<Int> = [],
        ties: Ties = .together, windowMicroseconds: Int64?, excluded: [Excluded] = [],
        entered: Range<Instant>, reentry: Reentry = .everyStart, onlyBest: Bool = true,
        property: Int? = nil, same: [Int] = []
    ) {
        self.steps = steps
        self.order = order
        self.optional = optional
        self.same = same
        self.ties = ties
        self.windowMicroseconds = windowMicroseconds
        self.excluded = excluded
        self.entered = entered
        self.reentry = reentry
        self.onlyBest = onlyBest
        self.property = property
    }

    func check() throws(Failure) {
        guard (1...20).contains(steps.count), excluded.count <= 11, windowMicroseconds ?? 0 >= 0,
            excluded.allSatisfy({
                steps.indices.contains($0.after) && steps.indices.contains($0.before)
                    && $0.after < $0.before
            }), order == .ordered || excluded.isEmpty && optional.isEmpty,
            optional.isEmpty || excluded.isEmpty,
            optional.allSatisfy({ $0 > 0 && $0 < steps.count - 1 }), same.count <= 4,
            order != .any || onlyBest && reentry == .everyStart
        else {
            throw Failure(
                .funnelShape,
                "Attempts have one to twenty steps, a window, and eleven exclusions at most, "
                    + "each between a step and a later one, and none where steps are strict.")
        }
    }

    /// The steps that must be taken.
    var required: [Int] { steps.indices.filter { !optional.contains($0) } }
}

/// Attempts, in no order.
public struct AttemptsAnswer: Hashable, Sendable {
    /// By attempt, by step: when it was reached, in microseconds since 1970; ``never`` if not.
    public private(set) var times: [Int64]
    /// By attempt: the code of the first step's value; empty unless asked for.
    public private(set) var values: [UInt16]
    /// How many steps there are.
    public let steps: Int

    /// The time of a step that was not reached.
    public static let never = Int64.min
    /// How many attempts are kept at most.
    public static let countMax = 8_000_000

    init(steps: Int) {
        self.steps = steps
        times = []
        values = []
    }

    /// How many attempts there are.
    public var count: Int { times.count / steps }

    var isFull: Bool { count > Self.countMax }

    /// Adds an attempt: when it reached each step, ``never`` if not.
    @inline(__always)
    mutating func append(value: UInt16?, time: (Int) -> Int64) {
        for step in 0..<steps { times.append(time(step)) }
        if let value { values.append(value) }
    }

    mutating func append(_ other: AttemptsAnswer) {
        times += other.times
        values += other.values
    }
}

extension BehaviourSnapshot {
    /// Finds attempts.
    ///
    /// - Throws: `behaviour/funnel-shape` where the question has no meaning; `behaviour/not-indexed`
    ///   if there are more than ``AttemptsAnswer/countMax``, or if events have values that are not
    ///   listed; `behaviour/cancelled`.
    public func answer(
        _ question: AttemptsQuestion, threads: Int = 2
    ) async throws(Failure) -> AttemptsAnswer {
        try question.check()
        for property in question.same + [question.property].compactMap({ $0 })
        where hasUnlisted(property: property) {
            throw Failure(
                .notInBehaviourIndex,
                "'\(schema.properties[property].name)' has more values than the index lists.")
        }
        let answer = try await fold(AttemptsFold(question, schema), threads: threads).answer
        guard !answer.isFull else {
            throw Failure(
                .notInBehaviourIndex, "The index keeps \(AttemptsAnswer.countMax) attempts at most."
            )
        }
        return answer
    }
}

extension Failure.Code {
    /// A funnel's steps, window or exclusions make no sense.
    public static let funnelShape: Self = "behaviour/funnel-shape"
}
