import Definitions
import Vocabulary

/// Finds the stretches of time that tallies need, and makes a read for each.
///
/// Stretches that overlap (a rolling window seen every day) are not read one by one: what adds up
/// is read by day, and entities are read as steps, so that each row is touched once.
struct TallyPlacer {
    let slots: [Period]
    let facts: [String: SourceFacts]
    let calendar: WorkCalendar
    private(set) var list = ReadList()
    private var reads: [Read] { list.reads }

    init(slots: [Period], facts: [String: SourceFacts], calendar: WorkCalendar) {
        self.slots = slots
        self.facts = facts
        self.calendar = calendar
    }

    /// In how many sets of disjoint stretches a tally is read at most before it is read by day.
    private static let lanesMax = 2

    /// Makes room for a tally.
    mutating func place(_ tally: Tally, parts: [PartKey]) throws(Failure) {
        let windows = try windows(of: tally)
        let (lanes, laneCount) = TallyPlacer.lanes(windows)
        if laneCount <= TallyPlacer.lanesMax {
            placeDirectly(tally, parts: parts, windows: windows, lanes: lanes, count: laneCount)
        } else if tally.function.addsUpOverDays {
            placeByDay(tally, parts: parts, windows: windows)
        } else if case .distinct(let entity) = tally.function {
            try placeAsSteps(tally, entity: entity, parts: parts, windows: windows)
        } else {
            throw Failure(
                .cannotAccumulate,
                "A percentile or a stock cannot be put together for windows that overlap.",
                hint: "Ask by a grain as long as the window, or accumulate a count or a sum.")
        }
    }

    private func windows(of tally: Tally) throws(Failure) -> [Period] {
        guard tally.reach != .period else { return slots }
        guard slots.first?.grain != .hour else {
            throw Failure(
                .cannotAccumulate, "Windows of days cannot be seen by the hour.",
                hint: "Ask by day or by a longer grain.")
        }
        let begin = facts[tally.source]?.first.map(calendar.zone.day(at:))
        return slots.map { slot in
            let end = slot.range.end
            let start: Day
            switch tally.reach {
            case .period: start = slot.range.start
            case .window(let span): start = span.before(end)
            case .toDate(let grain?):
                start = calendar.start(of: grain, containing: end.adding(days: -1))
            case .toDate(nil): start = min(begin ?? slot.range.start, slot.range.start)
            }
            return calendar.period(nil, TimeRange(start: start, end: end))
        }
    }

    /// Sets of windows without overlap: for each window the number of its set.
    private static func lanes(_ windows: [Period]) -> (lanes: [Int], count: Int) {
        var ends: [Instant] = []
        var lanes = Array(repeating: 0, count: windows.count)
        var known: [InstantRange: Int] = [:]
        let order = windows.indices.sorted {
            windows[$0].instants.start < windows[$1].instants.start
        }
        for index in order {
            let stretch = windows[index].instants
            if stretch.seconds == 0 { continue }
            if let lane = known[stretch] {
                lanes[index] = lane
                continue
            }
            let free = ends.firstIndex { $0 <= stretch.start }
            let lane = free ?? ends.count
            if free == nil { ends.append(stretch.end) } else { ends[lane] = stretch.end }
            lanes[index] = lane
            known[stretch] = lane
        }
        return (lanes, ends.count)
    }

    private mutating func placeDirectly(
        _ tally: Tally, parts: [PartKey], windows: [Period], lanes: [Int], count: Int
    ) {
        var places: [ReadPlace] = []
        for lane in 0..<max(1, count) {
            let own = zip(windows, lanes).filter { $0.1 == lane }.map(\.0)
            places.append(place(for: tally))
            list.reads.append(read(tally, parts: parts, bucketing: Bucketing(own.uniqued())))
        }
        let isLasts = if case .stock(_, .some) = tally.function { true } else { false }
        list.placements[tally] = Placement(
            windows: windows, lanes: lanes, reads: places, assembly: isLasts ? .lasts : .direct)
    }

    private func wholeRange(_ windows: [Period]) -> TimeRange {
        let start = windows.map(\.range.start).min() ?? Day(number: 0)
        return TimeRange(start: start, end: windows.map(\.range.end).max() ?? start)
    }

    private mutating func placeByDay(_ tally: Tally, parts: [PartKey], windows: [Period]) {
        let days = calendar.periods(in: wholeRange(windows), by: .day)
        let place = place(for: tally)
        list.reads.append(read(tally, parts: parts, bucketing: Bucketing(days)))
        list.placements[tally] = Placement(
            windows: windows, lanes: windows.map { _ in 0 }, reads: [place], assembly: .days)
    }

    private mutating func placeAsSteps(
        _ tally: Tally, entity: TypedExpression, parts: [PartKey], windows: [Period]
    ) throws(Failure) {
        let whole = wholeRange(windows)
        let reach: Read.Reach
        switch tally.reach {
        case .window(let span):
            guard span.months == 0 else {
                throw Failure(
                    .cannotAccumulate,
                    "Different values cannot be recounted for windows of \(span) that overlap.",
                    hint: "Write the window in days, for example 28 days.")
            }
            reach = .days(span.days)
        case .toDate(let grain?):
            let units = calendar.periods(
                in: TimeRange(
                    start: whole.start,
                    end: calendar.range(of: grain, containing: whole.end).end), by: grain)
            reach = .units(units.map(\.range.end))
        case .toDate(nil), .period: reach = .always
        }
        let place = place(for: tally)
        list.reads.append(
            Read(
                source: tally.source, time: tally.time,
                bucketing: Bucketing([calendar.period(nil, whole)]),
                conditions: tally.conditions + tally.questionConditions, parts: parts,
                body: .steps(entity: entity, reach: reach)))
        list.placements[tally] = Placement(
            windows: windows, lanes: windows.map { _ in 0 }, reads: [place], assembly: .steps)
    }

    /// The place of the numbers in the read that is appended next.
    private func place(for tally: Tally) -> ReadPlace {
        ReadPlace(read: reads.count, measures: Array(0..<max(2, tally.measures.count)))
    }

    private func read(_ tally: Tally, parts: [PartKey], bucketing: Bucketing) -> Read {
        var conditions = tally.conditions + tally.questionConditions
        let body: Read.Body
        switch tally.function {
        case .firsts(let entity):
            conditions = tally.conditions
            body = .firsts(entity: entity, admitted: tally.questionConditions)
        case .stock(let value, nil): body = .snapshot(value)
        case .stock(let value, let entity?): body = .lasts(value, entity: entity)
        default: body = .measures(tally.measures)
        }
        return Read(
            source: tally.source, time: tally.time, bucketing: bucketing, conditions: conditions,
            parts: parts, body: body)
    }
}

extension Tally {
    /// The measures of a read that give its numbers, the value first.
    var measures: [Measure] {
        switch function {
        case .rows: [Measure(.rows)]
        case .present(let value): [Measure(.present(value))]
        case .distinct(let value): [Measure(.distinct(value))]
        case .sum(let value), .average(let value):
            [Measure(.sum(value)), Measure(.present(value))]
                + (needsSquares ? [Measure(.squares(value))] : [])
        case .percentile(let rank, let value):
            [Measure(.percentile(rank, value)), Measure(.present(value))]
        case .min(let value): [Measure(.min(value)), Measure(.present(value))]
        case .max(let value): [Measure(.max(value)), Measure(.present(value))]
        case .products(let left, let right): [Measure(.products(left, right))]
        case .firsts, .stock: []
        }
    }
}
