import Vocabulary

/// Of the people who began in each period, how many came back at each of some ages.
///
/// Unlike ``RetentionQuestion`` only what is later than the start itself is a return, at age 0 as
/// well; the cells are any ranges of ages; and ages may be lengths of time after each start.
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
        ages: Ages = .periods, cells: [AgeRange], borders: [Instant], cohorts: Int
    ) {
        self.start = start
        self.comeback = comeback
        self.onlyFirst = onlyFirst
        self.ages = ages
        self.cells = cells
        self.borders = borders
        self.cohorts = cohorts
    }
}

/// Who returned, by cohort.
public struct ReturnsAnswer: Hashable, Sendable {
    /// By cohort: how many people it has.
    public let sizes: [Int]
    /// By cohort, by cell: how many of them returned at one of its ages.
    public let returned: [[Int]]
}

extension BehaviourSnapshot {
    /// Counts who returns.
    ///
    /// - Throws: `behaviour/not-indexed` for more ages than 125 or more periods than 126;
    ///   `behaviour/cancelled`.
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
        return try await fold(ReturnsFold(question), threads: threads).answer
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
    private var borders: BorderTicks
    private var sizes: [Int]
    /// By cohort and cell.
    private var returned: [Int]
    /// The starts of the person at hand: the first one of each period with one.
    private var starts: [(period: Int, time: Int64)] = []

    init(_ question: ReturnsQuestion) {
        table = EventTable([question.start, question.comeback])
        onlyFirst = question.onlyFirst
        ages = question.ages
        cohorts = question.cohorts
        cells = question.cells.map { cell in
            (cell.first...max(cell.first, cell.last ?? Self.oldest))
                .reduce(0) { $0 | AgeBits(1) << AgeBits($1) }
        }
        borders = BorderTicks(question.borders)
        sizes = Array(repeating: 0, count: question.cohorts)
        returned = Array(repeating: 0, count: question.cohorts * question.cells.count)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        borders.prepare(block.clock)
        let (table, borders, ages) = (table, borders, ages)
        borders.withFinder { finder in
            for slot in 0..<block.count {
                let events = Int(block.starts[slot])..<Int(block.starts[slot &+ 1])
                switch ages {
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
        var comebacks: AgeBits = 0
        var sameComebacks: AgeBits = 0
        var started: AgeBits = 0
        var begun = Int64.max
        var begunPeriod = -2
        for index in events {
            let mask = table.checked(
                table.masks[Int(block.events[index])], index, block.properties)
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
            if mask & 1 != 0, started & bit == 0 {
                started |= bit
                if period < cohorts, !onlyFirst || started == bit {
                    (begun, begunPeriod) = (time, period)
                }
            }
        }
        if onlyFirst { started &= 0 &- started }
        while started != 0 {
            let cohort = started.trailingZeroBitCount
            started &= started &- 1
            guard cohort < cohorts else { return }
            let later = comebacks &>> AgeBits(truncatingIfNeeded: cohort) & ~1
            let same = sameComebacks &>> AgeBits(truncatingIfNeeded: cohort) & 1
            count(cohort, beyondLast(later, finder.count - cohort) | same)
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
        starts.removeAll(keepingCapacity: true)
        for index in events {
            let mask = table.checked(
                table.masks[Int(block.events[index])], index, block.properties)
            guard mask & 1 != 0 else { continue }
            let time = block.clock.ticks(index)
            let period = finder.period(time)
            if period < 0 {
                if onlyFirst { return }
            } else if period >= cohorts {
                break
            } else if starts.last?.period != period {
                starts.append((period, time))
                if onlyFirst { break }
            }
        }
        for (cohort, begun) in starts {
            var bits: AgeBits = 0
            for index in events.reversed() {
                let time = block.clock.ticks(index)
                guard time > begun else { break }
                let mask = table.checked(
                    table.masks[Int(block.events[index])], index, block.properties)
                guard mask & 2 != 0 else { continue }
                let age = min((time &- begun) &* Clock.tick / length, Int64(Self.oldest))
                bits |= 1 &<< AgeBits(truncatingIfNeeded: age)
            }
            count(cohort, bits)
        }
    }

    @inline(__always)
    private mutating func count(_ cohort: Int, _ ages: AgeBits) {
        sizes[cohort] &+= 1
        for (place, cell) in cells.enumerated() where ages & cell != 0 {
            returned[cohort &* cells.count &+ place] &+= 1
        }
    }

    mutating func merge(_ other: ReturnsFold) {
        sizes.add(other.sizes)
        returned.add(other.returned)
    }

    var answer: ReturnsAnswer {
        ReturnsAnswer(
            sizes: sizes,
            returned: cells.isEmpty ? sizes.map { _ in [] } : returned.rows(of: cells.count))
    }
}
