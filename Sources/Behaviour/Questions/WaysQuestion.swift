import Vocabulary

/// Which way people go within their sessions: whole paths of some positions.
///
/// A session has one path at most, which has a place in it: its beginning, or before or after an event.
public struct WaysQuestion: Hashable, Sendable {
    /// Where paths begin or end.
    public enum Anchor: Hashable, Sendable {
        /// At the first position of a session.
        case opening
        /// Paths begin with the first position of a session that is one of these.
        case starts(Set<UInt16>)
        /// Paths end with the first position of a session that is one of these.
        case ends(Set<UInt16>)
    }

    /// The events of which sessions are made.
    public var events: EventSelection
    /// When these events were; a session that reaches over the first instant begins with it.
    public var during: Range<Instant>
    /// The longest pause within a session, in microseconds.
    public var pauseMicrosecondsMax: Int64
    /// What positions are: a property, by its place in the index; nil is the event's name.
    public var node: Int?
    /// The codes that positions may have; others are looked past. Nil is every one.
    public var shown: Set<UInt16>?
    /// Where paths begin or end.
    public var anchor: Anchor
    /// How many positions a path has, two to eight.
    public var length: Int
    /// Whether the same several times in a row is one position.
    public var joinsRepeats: Bool
    /// Whether each person counts once, by the first session that has such a path.
    public var onlyFirst: Bool
    /// The property whose value in the first event of the session is told, by its place.
    public var property: Int?

    /// Asks for ways.
    public init(
        events: EventSelection = .all, during: Range<Instant>,
        pauseMicrosecondsMax: Int64 = 1_800_000_000, node: Int? = nil, shown: Set<UInt16>? = nil,
        anchor: Anchor = .opening, length: Int = 4, joinsRepeats: Bool = true,
        onlyFirst: Bool = false, property: Int? = nil
    ) {
        precondition((2...8).contains(length), "A path has two to eight positions.")
        self.events = events
        self.during = during
        self.pauseMicrosecondsMax = pauseMicrosecondsMax
        self.node = node
        self.shown = shown
        self.anchor = anchor
        self.length = length
        self.joinsRepeats = joinsRepeats
        self.onlyFirst = onlyFirst
        self.property = property
    }
}

/// A path of a session, the same for everyone who took it.
public struct Way: Hashable, Sendable {
    /// By position: the rank of its value, from 1; 0 where the path has no such position.
    public let nodes: [UInt32]
    /// Whether the session goes on beyond the open end of the path.
    public let goesOn: Bool
    /// The code of the value in the session's first event; 0 unless asked for.
    public let value: UInt16
}

/// Ways with their counts, in no order.
public struct WaysAnswer: Sendable {
    /// The values of positions in the order of their bytes: rank 1 is the first one.
    public let names: [String]
    /// The paths and how many sessions or people take each.
    let counts: KeyCounts
    let packing: WayPacking

    /// How many different ways are kept at most.
    public static let countMax = 1 << 21

    /// How many different ways there are.
    public var count: Int { counts.count }

    /// Calls with each way and how many take it.
    public func forEach(_ body: (Way, Int) -> Void) {
        counts.forEach { key, count in body(packing.way(key), count) }
    }

    /// Calls with each way in the order of its nodes, those that are missing first.
    public func forEachInOrder(_ body: (Way, Int) -> Void) {
        var keys: [(key: UInt128, count: Int)] = []
        keys.reserveCapacity(count)
        counts.forEach { keys.append(($0, $1)) }
        keys.sort { $0.key < $1.key }
        for (key, count) in keys { body(packing.way(key), count) }
    }
}

extension BehaviourSnapshot {
    /// Counts ways.
    ///
    /// The events of one instant are in the order of their nodes, by bytes. The first event of a
    /// session is, of several, that with the first node, of several such that with the first value.
    ///
    /// - Throws: `behaviour/not-indexed` for events with values that are not listed, and for more
    ///   than ``WaysAnswer/countMax`` different ways; `behaviour/cancelled`.
    public func answer(
        _ question: WaysQuestion, threads: Int = 2
    ) async throws(Failure) -> WaysAnswer {
        for property in [question.node, question.property].compactMap({ $0 }) {
            guard !hasUnlisted(property: property) else {
                throw Failure(
                    .notInBehaviourIndex,
                    "'\(schema.properties[property].name)' has more values than the index lists.")
            }
        }
        guard let empty = WaysFold(question, schema) else {
            throw Failure(
                .notInBehaviourIndex, "The index has too many names for so long paths.",
                hint: "Ask for shorter paths.")
        }
        let fold = try await fold(empty, threads: threads)
        guard !fold.isFull else {
            throw Failure(
                .notInBehaviourIndex,
                "The index keeps \(WaysAnswer.countMax) different paths at most.")
        }
        return fold.answer
    }
}
