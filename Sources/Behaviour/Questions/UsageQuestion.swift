import Vocabulary

/// Who uses something, of those who could: how often, on how many days, who goes on, and how long
/// it took them.
public struct UsageQuestion: Hashable, Sendable {
    /// What shows that somebody could use it.
    public var eligible: EventSelection
    /// What counts as using it.
    public var used: EventSelection
    /// The borders of the periods, one more than periods.
    public var borders: [Instant]
    /// The borders of the days from the first to the last period; those of a period are among them.
    public var days: [Instant]
    /// When somebody must have been able to use it for the first time, so that it is told how long
    /// it took: at or after the first instant and before the second.
    public var begun: Range<Instant>
    /// By whose value people are parted; nil leaves them together.
    public var latest: LatestValue?

    /// Asks who uses something.
    public init(
        eligible: EventSelection = .all, used: EventSelection, borders: [Instant],
        days: [Instant], begun: Range<Instant>, latest: LatestValue? = nil
    ) {
        self.latest = latest
        self.eligible = eligible
        self.used = used
        self.borders = borders
        self.days = days
        self.begun = begun
    }
}

/// A period's use.
public struct UsageCounts: Hashable, Sendable {
    /// People who could use it in the period.
    public var eligible = 0
    /// Those of them who did, in any order within the period.
    public var users = 0
    /// How often the users did.
    public var uses = 0
    /// On how many days each user did, added up.
    public var days = 0
    /// Those of the users who had never used it before the period.
    public var first = 0
    /// Those of the users who were users in the period before.
    public var again = 0

    /// Nobody yet.
    public init() {}
}

/// Use by group and period, and how long it took.
public struct UsageAnswer: Hashable, Sendable {
    /// By group, by period.
    public let periods: [[UsageCounts]]
    /// By group: how many of those who could use it for the first time in time have not done so
    /// since.
    public let waiting: [Int]
    /// By group: of the others, how many microseconds it took them, ascending.
    public let microseconds: [[Int64]]
    /// By group: how many people there are, those included who are in no period; empty unless they
    /// are parted by their latest value.
    public internal(set) var people: [Int] = []
}

extension BehaviourSnapshot {
    /// Counts use. What happens after the last border is not looked at.
    ///
    /// Who used it before being able to is in the periods' counts, and not among those of whom it is
    /// told how long it took.
    ///
    /// - Throws: `behaviour/not-indexed` if the index cannot part people so; `behaviour/cancelled`.
    public func answer(
        _ question: UsageQuestion, threads: Int = 2
    ) async throws(Failure) -> UsageAnswer {
        let parts = try parts(.everyone, question.latest, counts: question.borders.count * 6)
        return try await fold(UsageFold(question, parts), threads: threads).answer
    }
}

private struct UsageFold: HistoryFold {
    private let table: EventTable
    private let begun: Range<Instant>
    private var borders: BorderTicks
    private var days: BorderTicks
    private var people: PeopleParts
    /// By group and period.
    private var counts: [UsageCounts]
    private var waiting: [Int]
    private var microseconds: [[Int64]]
    private var members: [Int]

    init(_ question: UsageQuestion, _ people: PeopleParts) {
        self.people = people
        table = EventTable([question.eligible, question.used])
        begun = question.begun
        borders = BorderTicks(question.borders)
        days = BorderTicks(question.days)
        counts = Array(repeating: UsageCounts(), count: people.groups * borders.count)
        waiting = Array(repeating: 0, count: people.groups)
        microseconds = Array(repeating: [], count: people.groups)
        members = waiting
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        borders.prepare(block.clock)
        days.prepare(block.clock)
        people.prepare(block.clock)
        let (table, borders, days, people) = (table, borders, days, people)
        let begun = block.clock.border(begun.lowerBound)..<block.clock.border(begun.upperBound)
        counts.withUnsafeMutableBufferPointer { counts in
            table.masks.withUnsafeBufferPointer { masks in
                borders.withFinder { periods in
                    days.withFinder { days in
                        for slot in 0..<block.count {
                            guard let group = people.group(slot, block, table) else { continue }
                            let events = Int(block.starts[slot])..<Int(block.starts[slot &+ 1])
                            if people.isLatest { members[group] &+= 1 }
                            let row = UnsafeMutableBufferPointer(
                                rebasing: counts[(group &* periods.count)...])
                            let moments = Self.add(
                                block, events, table, masks, periods, days, to: row)
                            guard begun.contains(moments.could) else { continue }
                            if moments.did == .max {
                                waiting[group] &+= 1
                            } else if moments.did >= moments.could {
                                microseconds[group].append(
                                    (moments.did &- moments.could) &* Clock.tick)
                            }
                        }
                    }
                }
            }
        }
    }

    /// When somebody could use it and when they did, both for the first time; never is `Int64.max`.
    private struct Moments {
        var could = Int64.max
        var did = Int64.max
    }

    /// One person; one turn of the outer loop a period that has events.
    @inline(__always)
    private static func add<Clock: HistoryClock>(
        _ block: HistoryBlock<Clock>, _ events: Range<Int>, _ table: EventTable,
        _ masks: UnsafeBufferPointer<UInt32>, _ periods: PeriodFinder, _ days: PeriodFinder,
        to counts: UnsafeMutableBufferPointer<UsageCounts>
    ) -> Moments {
        func mask(_ index: Int) -> UInt32 {
            table.checked(masks[Int(block.events[index])], index, block)
        }
        var moments = Moments()
        var index = events.lowerBound
        var hadUsed = false
        var lastUser = -2
        while index < events.upperBound {
            let first = index
            let period = periods.period(block.clock.ticks(index))
            guard period < periods.count else { break }
            let until = periods.end(period)
            var seen: UInt32 = 0
            var (uses, usedDays, dayEnd) = (0, 0, Int64.min)
            repeat {
                let mask = mask(index)
                seen |= mask
                if mask & 2 != 0 {
                    let time = block.clock.ticks(index)
                    if moments.did == .max { moments.did = time }
                    uses &+= 1
                    if time >= dayEnd, period >= 0 {
                        usedDays &+= 1
                        dayEnd = days.end(days.period(time))
                    }
                }
                index &+= 1
            } while index < events.upperBound && block.clock.ticks(index) < until
            if moments.could == .max, seen & 1 != 0 {
                let one = (first..<index).first { mask($0) & 1 != 0 } ?? first
                moments.could = block.clock.ticks(one)
            }
            if period >= 0, seen & 1 != 0 {
                counts[period].eligible &+= 1
                if seen & 2 != 0 {
                    counts[period].users &+= 1
                    counts[period].uses &+= uses
                    counts[period].days &+= usedDays
                    counts[period].first &+= hadUsed ? 0 : 1
                    counts[period].again &+= lastUser == period &- 1 ? 1 : 0
                    lastUser = period
                }
            }
            hadUsed = hadUsed || seen & 2 != 0
        }
        return moments
    }

    mutating func merge(_ other: UsageFold) {
        for cell in counts.indices { counts[cell].add(other.counts[cell]) }
        waiting.add(other.waiting)
        members.add(other.members)
        for group in microseconds.indices { microseconds[group] += other.microseconds[group] }
    }

    var answer: UsageAnswer {
        let periods = borders.count
        return UsageAnswer(
            periods: (0..<people.groups).map { Array(counts[$0 * periods..<($0 + 1) * periods]) },
            waiting: waiting, microseconds: microseconds.map { $0.sorted() },
            people: people.isLatest ? members : [])
    }
}

extension UsageCounts {
    fileprivate mutating func add(_ other: UsageCounts) {
        eligible += other.eligible
        users += other.users
        uses += other.uses
        days += other.days
        first += other.first
        again += other.again
    }
}
