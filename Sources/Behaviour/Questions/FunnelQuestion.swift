import Vocabulary

/// How far people come through steps, in time.
///
/// The events of one instant are taken in the order of the first step that they belong to, and of
/// one first step those that belong to no or earlier other steps first; after the steps come excluded
/// events, then all others. An event serves one step of an entry: a step asked for twice needs two
/// events.
public struct FunnelQuestion: Hashable, Sendable {
    /// How the steps must lie.
    public enum Order: Hashable, Sendable {
        /// One after the other, with anything between.
        case ordered
        /// One after the other, with no other event between.
        case strict
        /// In any order; the steps must not share an event.
        case any
    }

    /// Which entries a person makes.
    public enum Entry: Hashable, Sendable {
        /// Whichever comes furthest: what ClickHouse's `windowFunnel` answers.
        case furthest
        /// The first one only; later first steps do not begin the window again.
        case first
        /// One after the other: the next entry begins when one is complete, broken or out of time.
        case each
    }

    /// What an excluded event does.
    public enum Exclusion: Hashable, Sendable {
        /// It ends the entry, which counts as far as it came, and begins none itself.
        case ends
        /// It takes the person out of the whole answer.
        case removes
    }

    /// Events that must not lie between two steps.
    public struct Excluded: Hashable, Sendable {
        /// Which events.
        public var events: EventSelection
        /// The step after which they matter, counted from zero.
        public var after: Int
        /// The step before which they matter; greater than ``after``.
        public var before: Int

        /// Excludes events between two steps.
        public init(_ events: EventSelection, after: Int, before: Int) {
            self.events = events
            self.after = after
            self.before = before
        }
    }

    /// The steps, one to twenty.
    public var steps: [EventSelection]
    /// How the steps must lie.
    public var order: Order
    /// Which entries a person makes.
    public var entry: Entry
    /// How long after the first step of the entry the last one may be, itself included.
    public var windowMicroseconds: Int64
    /// What must not lie between steps; twelve at most.
    public var excluded: [Excluded]
    /// What excluded events do.
    public var exclusion: Exclusion
    /// When entries begin: at or after the first instant and before the second. Their later steps
    /// may lie after it.
    public var entered: Range<Instant>?
    /// Who is counted.
    public var people: PeopleSelection
    /// Whether to tell how long it took.
    public var wantsTimes: Bool

    /// Asks for a funnel.
    public init(
        steps: [EventSelection], order: Order = .ordered, entry: Entry = .furthest,
        windowMicroseconds: Int64, excluded: [Excluded] = [], exclusion: Exclusion = .ends,
        entered: Range<Instant>? = nil, people: PeopleSelection = .everyone,
        wantsTimes: Bool = false
    ) {
        self.steps = steps
        self.order = order
        self.entry = entry
        self.windowMicroseconds = windowMicroseconds
        self.excluded = excluded
        self.exclusion = exclusion
        self.entered = entered
        self.people = people
        self.wantsTimes = wantsTimes
    }

    /// - Throws: `behaviour/funnel-shape` where the question has no meaning.
    func check() throws(Failure) {
        func refuse(_ message: String) -> Failure { Failure(.funnelShape, message) }
        guard (1...20).contains(steps.count) else {
            throw refuse("A funnel has one to twenty steps, this one has \(steps.count).")
        }
        guard windowMicroseconds >= 0 else { throw refuse("A funnel's window is not negative.") }
        guard excluded.count <= 12,
            excluded.allSatisfy({
                steps.indices.contains($0.after) && steps.indices.contains($0.before)
                    && $0.after < $0.before
            })
        else { throw refuse("Events are excluded between a step and a later one, twelve at most.") }
        if order == .any {
            guard excluded.isEmpty else {
                throw refuse("Steps in any order have nothing between them to exclude.")
            }
            guard !overlap(steps, steps, sameIsFine: true) else {
                throw refuse("Steps in any order must not share an event.")
            }
        }
        if order == .strict, !excluded.isEmpty {
            throw refuse("Strict steps have nothing between them to exclude.")
        }
        if exclusion == .removes, overlap(steps, excluded.map(\.events), sameIsFine: false) {
            throw refuse("An event that takes people out of a funnel cannot be one of its steps.")
        }
    }

    /// Whether some name of an event may be in two selections.
    private func overlap(
        _ left: [EventSelection], _ right: [EventSelection], sameIsFine: Bool
    ) -> Bool {
        for (first, one) in left.enumerated() {
            for (second, other) in right.enumerated() where !(sameIsFine && first == second) {
                guard let one = one.events, let other = other.events else { return true }
                if !one.isDisjoint(with: other) { return true }
            }
        }
        return false
    }
}

/// How far people came.
public struct FunnelAnswer: Hashable, Sendable {
    /// By group, by step: how many people reached it or a later one.
    public let people: [[Int]]
    /// By group, by step: how many entries reached it or a later one; as many as people where a
    /// person makes one entry.
    public let entries: [[Int]]
    /// By group, by step from the second one on: microseconds from the start of the entry to the
    /// step, ascending, for each entry that reached it; empty unless asked for.
    ///
    /// Of a person's ``FunnelQuestion/Entry/furthest`` entry it is the shortest one at the moment
    /// when the step was first reached. Steps in any order are counted by how many were reached.
    public let times: [[[Int64]]]
}

extension BehaviourSnapshot {
    /// Counts a funnel.
    ///
    /// - Throws: `behaviour/funnel-shape` where the question has no meaning; `behaviour/cancelled`.
    public func answer(
        _ question: FunnelQuestion, threads: Int = 2
    ) async throws(Failure) -> FunnelAnswer {
        try question.check()
        return try await fold(FunnelFold(question, schema), threads: threads).answer
    }
}

extension Failure.Code {
    /// A funnel's steps, window or exclusions make no sense.
    public static let funnelShape: Self = "behaviour/funnel-shape"
}
