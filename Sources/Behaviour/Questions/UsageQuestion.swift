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

    /// Asks who uses something.
    public init(
        eligible: EventSelection = .all, used: EventSelection, borders: [Instant],
        days: [Instant], begun: Range<Instant>
    ) {
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

/// Use by period, and how long it took.
public struct UsageAnswer: Hashable, Sendable {
    /// By period.
    public let periods: [UsageCounts]
    /// How many of those who could use it for the first time in time have not done so since.
    public let waiting: Int
    /// Of the others, how many microseconds it took them, ascending.
    public let microseconds: [Int64]
}

extension BehaviourSnapshot {
    /// Counts use. What happens after the last border is not looked at.
    ///
    /// Who used it before being able to is in the periods' counts, and not among those of whom it is
    /// told how long it took.
    ///
    /// - Throws: `behaviour/cancelled`.
    public func answer(
        _ question: UsageQuestion, threads: Int = 2
    ) async throws(Failure) -> UsageAnswer {
        try await fold(UsageFold(question), threads: threads).answer
    }
}

private struct UsageFold: HistoryFold {
    private let table: EventTable
    private let begun: Range<Instant>
    private var borders: BorderTicks
    private var days: BorderTicks
    /// By period.
    private var counts: [UsageCounts]
    private var waiting = 0
    private var microseconds: [Int64] = []

    init(_ question: UsageQuestion) {
        table = EventTable([question.eligible, question.used])
        begun = question.begun
        borders = BorderTicks(question.borders)
        days = BorderTicks(question.days)
        counts = Array(repeating: UsageCounts(), count: borders.count)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        borders.prepare(block.clock)
        days.prepare(block.clock)
        let (borders, days) = (borders, days)
        borders.withFinder { periods in
            days.withFinder { days in
                for slot in 0..<block.count { add(block, slot, periods, days) }
            }
        }
    }

    /// One person; one turn of the outer loop a period that has events.
    private mutating func add<Clock: HistoryClock>(
        _ block: HistoryBlock<Clock>, _ slot: Int, _ periods: PeriodFinder, _ days: PeriodFinder
    ) {
        var index = Int(block.starts[slot])
        let end = Int(block.starts[slot &+ 1])
        var hadUsed = false
        var lastUser = -2
        var could = Int64.max
        var did = Int64.max
        while index < end {
            let period = periods.period(block.clock.ticks(index))
            guard period < periods.count else { break }
            let until = periods.end(period)
            var seen: UInt32 = 0
            var (uses, usedDays, dayEnd) = (0, 0, Int64.min)
            repeat {
                let mask = table.checked(
                    table.masks[Int(block.events[index])], index, block.properties)
                let time = block.clock.ticks(index)
                seen |= mask
                if mask & 1 != 0, could == .max { could = time }
                if mask & 2 != 0 {
                    if did == .max { did = time }
                    uses &+= 1
                    if time >= dayEnd, period >= 0 {
                        usedDays &+= 1
                        dayEnd = days.end(days.period(time))
                    }
                }
                index &+= 1
            } while index < end && block.clock.ticks(index) < until
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
        let clock = block.clock
        guard could != .max, could >= clock.border(begun.lowerBound),
            could < clock.border(begun.upperBound)
        else { return }
        if did == .max {
            waiting &+= 1
        } else if did >= could {
            microseconds.append((did &- could) &* Clock.tick)
        }
    }

    mutating func merge(_ other: UsageFold) {
        for period in counts.indices {
            counts[period].eligible += other.counts[period].eligible
            counts[period].users += other.counts[period].users
            counts[period].uses += other.counts[period].uses
            counts[period].days += other.counts[period].days
            counts[period].first += other.counts[period].first
            counts[period].again += other.counts[period].again
        }
        waiting += other.waiting
        microseconds += other.microseconds
    }

    var answer: UsageAnswer {
        UsageAnswer(periods: counts, waiting: waiting, microseconds: microseconds.sorted())
    }
}
