import Vocabulary

/// Of the people who began in each period, how many came back at each of some ages.
///
/// Only what is later than the start itself is a return, at age 0 as well; the cells are any ranges of
/// ages; and ages may be lengths of time after each start.
public struct ReturnsQuestion: Hashable, Sendable {
    /// How ages are measured.
    public enum Ages: Hashable, Sendable {
        /// By the periods after that of the start.
        case periods
        /// By so many microseconds after the start.
        case elapsed(Int64)
    }

    /// What begins.
    public var start: EventSelection
    /// What counts as coming back.
    public var comeback: EventSelection
    /// Whether each person is only in the cohort of the first start ever; otherwise in that of every
    /// period with a start, from the first one there.
    public var onlyFirst: Bool
    /// How ages are measured.
    public var ages: Ages
    /// The ages of each cell, up to 125; `nil` as the upper end means without end.
    public var cells: [AgeRange]
    /// The borders of the periods, one more than periods: those of the cohorts first, then those that
    /// only ages need. At most 126 periods; what is after the last border has the age of one more.
    public var borders: [Instant]
    /// How many of the periods are cohorts.
    public var cohorts: Int
    /// The property by whose value at the start people are parted, by its place in the index; of
    /// several starts at once the first value in the order of bytes. Nil leaves them together.
    public var property: Int?

    /// Some ages one after the other.
    public struct AgeRange: Hashable, Sendable {
        /// The first one.
        public let first: Int
        /// The last one; nil for no end.
        public let last: Int?

        /// Names ages.
        public init(first: Int, last: Int?) {
            self.first = first
            self.last = last
        }
    }

    /// Asks who returns.
    public init(
        start: EventSelection, comeback: EventSelection, onlyFirst: Bool = true,
        ages: Ages = .periods, cells: [AgeRange], borders: [Instant], cohorts: Int,
        property: Int? = nil
    ) {
        self.property = property
        self.start = start
        self.comeback = comeback
        self.onlyFirst = onlyFirst
        self.ages = ages
        self.cells = cells
        self.borders = borders
        self.cohorts = cohorts
    }
}

/// Who returned, by group and cohort; a group are those with one code of the property.
public struct ReturnsAnswer: Hashable, Sendable {
    /// By group, by cohort: how many people it has.
    public let sizes: [[Int]]
    /// By group, by cohort, by cell: how many of them returned at one of its ages.
    public let returned: [[[Int]]]
}

extension BehaviourSnapshot {
    /// Counts who returns.
    ///
    /// - Throws: `behaviour/not-indexed` for more ages than 125 or more periods than 126, and where
    ///   the index cannot part people so; `behaviour/cancelled`.
    public func answer(
        _ question: ReturnsQuestion, threads: Int = 2
    ) async throws(Failure) -> ReturnsAnswer {
        guard question.borders.count <= 127, question.cohorts < question.borders.count,
            question.cells.allSatisfy({ $0.first <= 125 && ($0.last ?? 0) <= 125 })
        else {
            throw Failure(
                .notInBehaviourIndex, "The behaviour index looks at 125 ages at most.",
                hint: "Ask for longer ages, or for a shorter time.")
        }
        if let property = question.property {
            let counts = question.cohorts * (question.cells.count + 1)
            try requireParts(property, counts: counts)
        }
        return try await fold(ReturnsFold(question, schema), threads: threads).answer
    }
}

/// Ages as bits: the highest one stands for that age and all after it.
private typealias AgeBits = UInt128

private struct ReturnsFold: HistoryFold {
    private static let oldest = 126
    private let table: EventTable
    private let onlyFirst: Bool
    private let ages: ReturnsQuestion.Ages
    private let cells: [AgeBits]
    private let cohorts: Int
    private let property: Int?
    /// By code of the value, its place among all.
    private let ranks: [UInt32]
    private let groups: Int
    private var borders: BorderTicks
    /// By group and cohort.
    private var sizes: [Int]
    /// By group, cohort and cell.
    private var returned: [Int]
    /// The starts of the person at hand: the first one of each period with one.
    private var starts: [(period: Int, time: Int64, value: Int)] = []
    /// By cohort, the value of the person's first start in it.
    private var values: [Int]

    init(_ question: ReturnsQuestion, _ schema: IndexSchema) {
        property = question.property
        ranks = question.property.map { ValueRanks.ranks(schema.properties[$0]) } ?? []
        groups = question.property.map { schema.properties[$0].values.count + 2 } ?? 1
        values = Array(repeating: 0, count: question.cohorts)
        table = EventTable([question.start, question.comeback])
        onlyFirst = question.onlyFirst
        ages = question.ages
        cohorts = question.cohorts
        cells = question.cells.map { cell in
            (cell.first...max(cell.first, cell.last ?? Self.oldest))
                .reduce(0) { $0 | AgeBits(1) << AgeBits($1) }
        }
        borders = BorderTicks(question.borders)
        sizes = Array(repeating: 0, count: groups * question.cohorts)
        returned = Array(repeating: 0, count: groups * question.cohorts * question.cells.count)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        borders.prepare(block.clock)
        let (table, borders, ages) = (table, borders, ages)
        let isPlain = table.isAll && property == nil && borders.count < 63
        borders.withFinder { finder in
            for slot in 0..<block.count {
                let events = Int(block.starts[slot])..<Int(block.starts[slot &+ 1])
                switch ages {
                case .periods where isPlain: addPresence(block, events, finder)
                case .periods: addByPeriods(block, events, finder, table)
                case .elapsed(let length):
                    addByTime(block, events, finder, table, length)
                }
            }
        }
    }

    /// One look at each event: the periods of returns, and for each period with a start whether a
    /// return in it is later than its first start.
    @inline(__always)
    private mutating func addByPeriods<Clock: HistoryClock>(
        _ block: HistoryBlock<Clock>, _ events: Range<Int>, _ finder: PeriodFinder,
        _ table: EventTable
    ) {
        let column = property.map { block.properties[$0] }
        var comebacks: AgeBits = 0
        var sameComebacks: AgeBits = 0
        var started: AgeBits = 0
        var begun = Int64.max
        var begunPeriod = -2
        for index in events {
            let mask = table.checked(
                table.masks[Int(block.events[index])], index, block)
            guard mask != 0 else { continue }
            let time = block.clock.ticks(index)
            let period = finder.period(time)
            guard period >= 0 else {
                if mask & 1 != 0, onlyFirst { return }
                continue
            }
            let bit: AgeBits = 1 &<< AgeBits(truncatingIfNeeded: period)
            if mask & 2 != 0 {
                comebacks |= bit
                if period == begunPeriod, time > begun { sameComebacks |= bit }
            }
            guard mask & 1 != 0 else { continue }
            if started & bit == 0 {
                started |= bit
                if period < cohorts, !onlyFirst || started == bit {
                    (begun, begunPeriod) = (time, period)
                    if let column { values[period] = column[index] }
                }
            } else if let column, time == begun, period == begunPeriod {
                values[period] = earlier(values[period], column[index])
            }
        }
        if onlyFirst { started &= 0 &- started }
        while started != 0 {
            let cohort = started.trailingZeroBitCount
            started &= started &- 1
            guard cohort < cohorts else { return }
            let later = comebacks &>> AgeBits(truncatingIfNeeded: cohort) & ~1
            let same = sameComebacks &>> AgeBits(truncatingIfNeeded: cohort) & 1
            let group = column == nil ? 0 : values[cohort]
            count(group, cohort, beyondLast(later, finder.count - cohort) | same)
        }
    }

    /// Where every event is a start and a return: one look at the time of each event, and two at those
    /// that begin a period.
    @inline(__always)
    private mutating func addPresence<Clock: HistoryClock>(
        _ block: HistoryBlock<Clock>, _ events: Range<Int>, _ finder: PeriodFinder
    ) {
        var present: UInt64 = 0
        // The periods in which something is later than what was first.
        var repeated: UInt64 = 0
        var begun = Int64.max
        var bit: UInt64 = 0
        var until = Int64.min
        for index in events {
            let time = block.clock.ticks(index)
            guard time >= until else { continue }
            if bit != 0, block.clock.ticks(index &- 1) > begun { repeated |= bit }
            let period = finder.period(time)
            guard period >= 0 else {
                if onlyFirst { return }
                until = finder.ticks[0]
                continue
            }
            until = period < finder.count ? finder.end(period) : Int64.max
            bit = 1 &<< UInt64(truncatingIfNeeded: period)
            present |= bit
            begun = time
        }
        guard bit != 0 else { return }
        if block.clock.ticks(events.upperBound &- 1) > begun { repeated |= bit }
        var started = onlyFirst ? present & (0 &- present) : present
        while started != 0 {
            let cohort = started.trailingZeroBitCount
            started &= started &- 1
            guard cohort < cohorts else { return }
            let later = AgeBits(present &>> UInt64(truncatingIfNeeded: cohort) & ~1)
            let same = AgeBits(repeated &>> UInt64(truncatingIfNeeded: cohort) & 1)
            count(0, cohort, beyondLast(later, finder.count - cohort) | same)
        }
    }

    /// What is after the last border has every age from there on.
    @inline(__always)
    private func beyondLast(_ ages: AgeBits, _ first: Int) -> AgeBits {
        let bit: AgeBits = 1 &<< AgeBits(truncatingIfNeeded: first)
        return ages & bit == 0 ? ages : ages & ~bit | 1 &<< AgeBits(Self.oldest)
    }

    private mutating func addByTime<Clock: HistoryClock>(
        _ block: HistoryBlock<Clock>, _ events: Range<Int>, _ finder: PeriodFinder,
        _ table: EventTable, _ length: Int64
    ) {
        let column = property.map { block.properties[$0] }
        starts.removeAll(keepingCapacity: true)
        for index in events {
            let mask = table.checked(
                table.masks[Int(block.events[index])], index, block)
            guard mask & 1 != 0 else { continue }
            let time = block.clock.ticks(index)
            let period = finder.period(time)
            if period < 0 {
                if onlyFirst { return }
            } else if period >= cohorts {
                break
            } else if let last = starts.last, onlyFirst || last.period == period {
                if let column, time == last.time {
                    starts[starts.count - 1].value = earlier(last.value, column[index])
                } else if onlyFirst {
                    break
                }
            } else {
                starts.append((period, time, column?[index] ?? 0))
            }
        }
        for (cohort, begun, group) in starts {
            var bits: AgeBits = 0
            for index in events.reversed() {
                let time = block.clock.ticks(index)
                guard time > begun else { break }
                let mask = table.checked(
                    table.masks[Int(block.events[index])], index, block)
                guard mask & 2 != 0 else { continue }
                let age = min((time &- begun) &* Clock.tick / length, Int64(Self.oldest))
                bits |= 1 &<< AgeBits(truncatingIfNeeded: age)
            }
            count(group, cohort, bits)
        }
    }

    /// Of two codes the one whose value comes first.
    private func earlier(_ one: Int, _ other: Int) -> Int {
        ranks[other] < ranks[one] ? other : one
    }

    @inline(__always)
    private mutating func count(_ group: Int, _ cohort: Int, _ ages: AgeBits) {
        let row = group &* cohorts &+ cohort
        sizes[row] &+= 1
        for (place, cell) in cells.enumerated() where ages & cell != 0 {
            returned[row &* cells.count &+ place] &+= 1
        }
    }

    mutating func merge(_ other: ReturnsFold) {
        sizes.add(other.sizes)
        returned.add(other.returned)
    }

    var answer: ReturnsAnswer {
        let rows = cells.isEmpty ? sizes.map { _ in [] } : returned.rows(of: cells.count)
        return ReturnsAnswer(
            sizes: sizes.rows(of: cohorts),
            returned: (0..<groups).map { Array(rows[$0 * cohorts..<($0 + 1) * cohorts]) })
    }
}
