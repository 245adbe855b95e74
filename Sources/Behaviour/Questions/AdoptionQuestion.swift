import Vocabulary

/// How many of the active people used something, by period.
public struct AdoptionQuestion: Hashable, Sendable {
    /// What counts as being active: the people who could have used it.
    public var base: EventSelection
    /// What counts as using it.
    public var adopted: EventSelection
    /// Who is counted.
    public var people: PeopleSelection
    /// The borders of the periods, one more than periods.
    public var borders: [Instant]

    /// Asks for an adoption.
    public init(
        base: EventSelection = .all, adopted: EventSelection, people: PeopleSelection = .everyone,
        borders: [Instant]
    ) {
        self.base = base
        self.adopted = adopted
        self.people = people
        self.borders = borders
    }
}

/// A period's adoption.
public struct AdoptionCounts: Hashable, Sendable {
    /// People who were active.
    public var active = 0
    /// People who were active and used it, in any order within the period.
    public var adopters = 0
    /// Those of the adopters who had never used it before this period.
    public var first = 0
    /// How often it was used, by the adopters.
    public var uses = 0

    /// Nobody yet.
    public init() {}
}

/// Adoption by group and period.
public struct AdoptionAnswer: Hashable, Sendable {
    /// By group, by period.
    public let periods: [[AdoptionCounts]]
}

extension BehaviourSnapshot {
    /// Counts an adoption.
    ///
    /// - Throws: `behaviour/cancelled`.
    public func answer(
        _ question: AdoptionQuestion, threads: Int = 2
    ) async throws(Failure) -> AdoptionAnswer {
        try await fold(AdoptionFold(question, schema), threads: threads).answer
    }
}

private struct AdoptionFold: HistoryFold {
    private let table: EventTable
    private let people: PeopleTable
    private var borders: BorderTicks
    /// By group and period: active, adopters, first, uses.
    private var counts: [Int]

    init(_ question: AdoptionQuestion, _ schema: IndexSchema) {
        table = EventTable([question.base, question.adopted])
        people = PeopleTable(question.people, schema)
        borders = BorderTicks(question.borders)
        counts = Array(repeating: 0, count: people.groups * borders.count * 4)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        borders.prepare(block.clock)
        let periods = borders.count
        let (table, people) = (table, people)
        table.masks.withUnsafeBufferPointer { masks in
            borders.withFinder { finder in
                counts.withUnsafeMutableBufferPointer { counts in
                    for slot in 0..<block.count {
                        guard let group = people.group(slot, block.attributes) else { continue }
                        var index = Int(block.starts[slot])
                        let end = Int(block.starts[slot &+ 1])
                        var hadUsed = false
                        // One turn a period that has events; before the first border one more.
                        while index < end {
                            let period = finder.period(block.clock.ticks(index))
                            guard period < periods else { break }
                            let until = finder.end(period)
                            var seen: UInt32 = 0
                            var uses = 0
                            repeat {
                                let mask = table.checked(
                                    masks[Int(block.events[index])], index, block)
                                seen |= mask
                                uses &+= Int(mask &>> 1 & 1)
                                index &+= 1
                            } while index < end && block.clock.ticks(index) < until
                            if period >= 0, seen & 1 != 0 {
                                let cell = (group &* periods &+ period) &* 4
                                counts[cell] &+= 1
                                if seen & 2 != 0 {
                                    counts[cell &+ 1] &+= 1
                                    counts[cell &+ 2] &+= hadUsed ? 0 : 1
                                    counts[cell &+ 3] &+= uses
                                }
                            }
                            hadUsed = hadUsed || seen & 2 != 0
                        }
                    }
                }
            }
        }
    }

    mutating func merge(_ other: AdoptionFold) { counts.add(other.counts) }

    var answer: AdoptionAnswer {
        AdoptionAnswer(
            periods: counts.rows(of: borders.count * 4).map { row in
                row.rows(of: 4).map { cell in
                    var result = AdoptionCounts()
                    result.active = cell[0]
                    result.adopters = cell[1]
                    result.first = cell[2]
                    result.uses = cell[3]
                    return result
                }
            })
    }
}
