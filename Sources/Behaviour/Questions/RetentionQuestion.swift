import Vocabulary

/// Of the people who began in each period, how many came back so many periods later.
public struct RetentionQuestion: Hashable, Sendable {
    /// Which periods of a person begin a cohort.
    public enum Cohorts: Hashable, Sendable {
        /// The period of the person's first start ever, whether or not the answer shows it.
        case first
        /// Every period with a start: a person may be in many cohorts.
        case recurring
    }

    /// When somebody counts as retained at an age of so many periods.
    public enum Criterion: Hashable, Sendable {
        /// Returned in the period of that age.
        case on
        /// Returned in it or in a later one that the borders contain.
        case onOrAfter
        /// Returned in it or in an earlier one from age 1 on; age 0 is by itself.
        case onOrBefore
    }

    /// What begins.
    public var start: EventSelection
    /// What counts as coming back.
    public var comeback: EventSelection
    /// Which periods begin a cohort.
    public var cohorts: Cohorts
    /// What counts as retained.
    public var criterion: Criterion
    /// Who is counted.
    public var people: PeopleSelection
    /// The borders of the periods, one more than periods; at most 128 periods.
    public var borders: [Instant]

    /// Asks for a retention.
    public init(
        start: EventSelection = .all, comeback: EventSelection = .all, cohorts: Cohorts = .first,
        criterion: Criterion = .on, people: PeopleSelection = .everyone, borders: [Instant]
    ) {
        self.start = start
        self.comeback = comeback
        self.cohorts = cohorts
        self.criterion = criterion
        self.people = people
        self.borders = borders
    }
}

/// Retention by group, cohort and age.
public struct RetentionAnswer: Hashable, Sendable {
    /// By group, by cohort: how many people it has.
    public let sizes: [[Int]]
    /// By group, by cohort, by age in periods: how many of them are retained.
    ///
    /// Ages go as far as the borders, so that later cohorts have fewer. Whether the last period is
    /// over is for the caller to know.
    public let retained: [[[Int]]]
}

extension BehaviourSnapshot {
    /// Counts a retention.
    ///
    /// Age 0 is retained by an event of coming back that is not earlier than the cohort's first start;
    /// the start itself is one, if it is among both.
    ///
    /// - Throws: `behaviour/not-indexed` for more than 128 periods; `behaviour/cancelled`.
    public func answer(
        _ question: RetentionQuestion, threads: Int = 2
    ) async throws(Failure) -> RetentionAnswer {
        guard question.borders.count <= 129 else {
            throw Failure(
                .notInBehaviourIndex, "The behaviour index looks at 128 periods at most.",
                hint: "Ask for longer periods, or for a shorter time.")
        }
        return try await fold(RetentionFold(question, schema), threads: threads).answer
    }
}

private struct RetentionFold: HistoryFold {
    private let table: EventTable
    private let people: PeopleTable
    private let isRecurring: Bool
    private let criterion: RetentionQuestion.Criterion
    private var borders: BorderTicks
    /// By group and cohort.
    private var sizes: [Int]
    /// By group, cohort and age.
    private var retained: [Int]
    /// By group and pattern of periods: how many people were active in just these, the lowest bit
    /// being the time before the first border. Used where every event begins and comes back and
    /// the periods are few; the patterns are counted at the end.
    private var patterns: [Int] = []

    init(_ question: RetentionQuestion, _ schema: IndexSchema) {
        table = EventTable([question.start, question.comeback])
        people = PeopleTable(question.people, schema)
        isRecurring = question.cohorts == .recurring
        criterion = question.criterion
        borders = BorderTicks(question.borders)
        sizes = Array(repeating: 0, count: people.groups * borders.count)
        retained = Array(repeating: 0, count: people.groups * borders.count * borders.count)
        if table.isAll, borders.count <= 13, people.groups <= 256 {
            patterns = Array(repeating: 0, count: people.groups << (borders.count + 1))
        }
    }

    /// The periods in which a person did something, a bit each.
    private struct Activity<Bits: FixedWidthInteger & UnsignedInteger> {
        var starts: Bits = 0
        var comebacks: Bits = 0
        /// Comebacks that are not before the first start of their period.
        var sameComebacks: Bits = 0
        /// Whether the first start lies before the first border.
        var startedBefore = false
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        if borders.count <= 64 { add(block, UInt64.self) } else { add(block, UInt128.self) }
    }

    private mutating func add<Clock: HistoryClock, Bits: FixedWidthInteger & UnsignedInteger>(
        _ block: HistoryBlock<Clock>, _: Bits.Type
    ) {
        borders.prepare(block.clock)
        let (table, people, borders) = (table, people, borders)
        guard patterns.isEmpty else { return addPatterns(block) }
        borders.withFinder { finder in
            for slot in 0..<block.count {
                guard let group = people.group(slot, block.attributes) else { continue }
                let events = Int(block.starts[slot])..<Int(block.starts[slot &+ 1])
                let activity: Activity<Bits> =
                    table.isAll
                    ? Self.presence(block, events, finder)
                    : Self.activity(block, events, finder, table)
                count(activity, group)
            }
        }
    }

    private mutating func addPatterns<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        let (people, borders) = (people, borders)
        patterns.withUnsafeMutableBufferPointer { patterns in
            borders.withFinder { finder in
                for slot in 0..<block.count {
                    guard let group = people.group(slot, block.attributes) else { continue }
                    let events = Int(block.starts[slot])..<Int(block.starts[slot &+ 1])
                    let activity: Activity<UInt64> = Self.presence(block, events, finder)
                    let before = activity.startedBefore ? 1 : 0
                    let pattern = Int(truncatingIfNeeded: activity.starts) &<< 1 | before
                    patterns[group &<< (finder.count &+ 1) &+ pattern] &+= 1
                }
            }
        }
    }

    /// The patterns as people.
    private mutating func countPatterns() {
        for (index, number) in patterns.enumerated() where number > 0 {
            var activity = Activity<UInt64>()
            let bits = UInt64(index & (1 << (borders.count + 1) - 1)) >> 1
            (activity.starts, activity.comebacks, activity.sameComebacks) = (bits, bits, bits)
            activity.startedBefore = index & 1 != 0
            count(activity, index >> (borders.count + 1), times: number)
        }
        patterns = []
    }

    /// Where every event begins and comes back: one look at the time of each event.
    @inline(__always)
    private static func presence<Clock: HistoryClock, Bits: FixedWidthInteger & UnsignedInteger>(
        _ block: HistoryBlock<Clock>, _ events: Range<Int>, _ finder: PeriodFinder
    ) -> Activity<Bits> {
        var result = Activity<Bits>()
        var bits: Bits = 0
        var until = Int64.min
        for index in events {
            let time = block.clock.ticks(index)
            guard time >= until else { continue }
            let period = finder.period(time)
            guard period < finder.count else { break }
            until = finder.end(period)
            if period < 0 {
                result.startedBefore = true
            } else {
                bits |= 1 &<< Bits(truncatingIfNeeded: period)
            }
        }
        (result.starts, result.comebacks, result.sameComebacks) = (bits, bits, bits)
        return result
    }

    private static func activity<Clock: HistoryClock, Bits: FixedWidthInteger & UnsignedInteger>(
        _ block: HistoryBlock<Clock>, _ events: Range<Int>, _ finder: PeriodFinder,
        _ table: EventTable
    ) -> Activity<Bits> {
        var result = Activity<Bits>()
        var lastComeback = Int64.min
        for index in events {
            let mask = table.checked(
                table.masks[Int(block.events[index])], index, block)
            guard mask != 0 else { continue }
            let time = block.clock.ticks(index)
            let period = finder.period(time)
            guard period < finder.count else { break }
            guard period >= 0 else {
                if mask & 1 != 0 { result.startedBefore = true }
                continue
            }
            let bit: Bits = 1 &<< Bits(truncatingIfNeeded: period)
            if mask & 2 != 0 {
                result.comebacks |= bit
                lastComeback = time
                if result.starts & bit != 0 { result.sameComebacks |= bit }
            }
            if mask & 1 != 0, result.starts & bit == 0 {
                result.starts |= bit
                if lastComeback == time { result.sameComebacks |= bit }
            }
        }
        return result
    }

    @inline(__always)
    private mutating func count<Bits: FixedWidthInteger & UnsignedInteger>(
        _ activity: Activity<Bits>, _ group: Int, times: Int = 1
    ) {
        var starts = activity.starts
        if !isRecurring {
            guard !activity.startedBefore else { return }
            starts &= 0 &- starts
        }
        let periods = borders.count
        while starts != 0 {
            let cohort = starts.trailingZeroBitCount
            starts &= starts &- 1
            let row = group &* periods &+ cohort
            sizes[row] &+= times
            let later = activity.comebacks &>> Bits(truncatingIfNeeded: cohort) & ~1
            let same = activity.sameComebacks &>> Bits(truncatingIfNeeded: cohort) & 1
            var ages = retainedAges(same | later, upTo: periods &- cohort)
            while ages != 0 {
                retained[row &* periods &+ ages.trailingZeroBitCount] &+= times
                ages &= ages &- 1
            }
        }
    }

    /// The ages at which somebody with these ages of coming back is retained.
    @inline(__always)
    private func retainedAges<Bits: FixedWidthInteger & UnsignedInteger>(
        _ ages: Bits, upTo count: Int
    ) -> Bits {
        let all = Bits.max >> (Bits.bitWidth - count)
        switch criterion {
        case .on: return ages
        case .onOrAfter: return ages == 0 ? 0 : all & (Bits.max >> ages.leadingZeroBitCount)
        case .onOrBefore:
            let later = ages & ~1
            guard later != 0 else { return ages & 1 }
            return ages & 1 | all & (Bits.max << later.trailingZeroBitCount)
        }
    }

    mutating func merge(_ other: RetentionFold) {
        sizes.add(other.sizes)
        retained.add(other.retained)
        patterns.add(other.patterns)
    }

    var answer: RetentionAnswer {
        var counted = self
        counted.countPatterns()
        let (sizes, retained) = (counted.sizes, counted.retained)
        let periods = borders.count
        return RetentionAnswer(
            sizes: sizes.rows(of: periods),
            retained: retained.rows(of: periods * periods).map { group in
                group.rows(of: periods).enumerated().map { Array($1[..<(periods - $0)]) }
            })
    }
}
