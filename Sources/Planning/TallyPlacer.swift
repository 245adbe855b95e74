import Definitions
import Vocabulary

/// Finds the stretches of time that tallies need, and makes a read for each.
///
/// Stretches that overlap (a rolling window seen every day) are not read one by one: what adds up
/// is read in pieces, and entities are read as steps, so that each row is touched once.
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
    private static let lanesUsual = 2
    /// In how many sets what cannot be put together from days is read at most; enough for the
    /// weeks of a year.
    private static let lanesMax = 64

    /// Makes room for a tally in the periods that need it.
    mutating func place(
        _ tally: Tally, parts: [PartKey], in needed: Set<Period>
    ) throws(Failure) {
        let windows = zip(slots, try windows(of: tally)).map { slot, window in
            needed.contains(slot) && !isBeforeHistories(window, of: tally)
                ? window : nothing(at: window)
        }
        let (lanes, laneCount) = TallyPlacer.lanes(
            windows, areApart: tally.function.isOfHistories)
        if laneCount <= TallyPlacer.lanesUsual {
            placeDirectly(tally, parts: parts, windows: windows, lanes: lanes, count: laneCount)
        } else if tally.function.addsUpOverDays {
            placeByPiece(tally, parts: parts, windows: windows)
        } else if let (entity, reach) = steps(of: tally, windows: windows) {
            placeAsSteps(tally, entity: entity, reach: reach, parts: parts, windows: windows)
        } else if laneCount <= TallyPlacer.lanesMax {
            placeDirectly(tally, parts: parts, windows: windows, lanes: lanes, count: laneCount)
        } else {
            throw Failure(
                .cannotAccumulate,
                "'\(tally.source)' would be read for \(laneCount) overlapping stretches of time one by one, because the metric cannot be put together from days; \(TallyPlacer.lanesMax) are possible.",
                hint: "Ask for fewer periods or by a longer grain.")
        }
    }

    /// Whether histories up to a window's end have no row yet, so that nothing need be read.
    private func isBeforeHistories(_ window: Period, of tally: Tally) -> Bool {
        guard tally.function.isOfHistories, tally.time.column != nil,
            let first = facts[tally.source]?.first
        else { return false }
        return window.instants.end <= first
    }

    /// A window of no time, in which nothing is looked for.
    private func nothing(at window: Period) -> Period {
        calendar.period(nil, TimeRange(start: window.range.start, end: window.range.start))
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
    ///
    /// Windows that must be read apart are alone in their sets.
    private static func lanes(
        _ windows: [Period], areApart: Bool
    ) -> (lanes: [Int], count: Int) {
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
            let free = areApart ? nil : ends.firstIndex { $0 <= stretch.start }
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
        let assembly: Placement.Assembly =
            switch tally.function {
            case .stock(_, .some): .lasts
            case .transition: .transitions
            case .survival, .lifetime: .observations
            default: .direct
            }
        list.placements[tally] = Placement(
            windows: windows, lanes: lanes, reads: places, assembly: assembly)
    }

    private func wholeRange(_ all: [Period]) -> TimeRange {
        let windows = all.filter { $0.range.days > 0 }
        let start = windows.map(\.range.start).min() ?? Day(number: 0)
        return TimeRange(start: start, end: windows.map(\.range.end).max() ?? start)
    }

    /// Reads the pieces between all borders of the windows; each window is a sum of pieces.
    private mutating func placeByPiece(_ tally: Tally, parts: [PartKey], windows: [Period]) {
        let real = windows.filter { $0.range.days > 0 }
        let borders = Set(real.flatMap { [$0.range.start, $0.range.end] }).sorted()
        let pieces = zip(borders, borders.dropFirst()).map {
            calendar.period(nil, TimeRange(start: $0, end: $1))
        }
        let place = place(for: tally)
        list.reads.append(read(tally, parts: parts, bucketing: Bucketing(pieces)))
        list.placements[tally] = Placement(
            windows: windows, lanes: windows.map { _ in 0 }, reads: [place], assembly: .pieces)
    }

    /// How long a day of activity counts, where different values are counted over windows of days.
    private func steps(
        of tally: Tally, windows: [Period]
    ) -> (entity: TypedExpression, reach: Read.Reach)? {
        guard case .distinct(let entity) = tally.function else { return nil }
        switch tally.reach {
        case .window(let span): return span.months == 0 ? (entity, .days(span.days)) : nil
        case .toDate(let grain?):
            let whole = wholeRange(windows)
            let end = calendar.range(of: grain, containing: whole.end).end
            let units = calendar.periods(in: TimeRange(start: whole.start, end: end), by: grain)
            return (entity, .units(units.map(\.range.end)))
        case .toDate(nil): return (entity, .always)
        case .period: return nil
        }
    }

    private mutating func placeAsSteps(
        _ tally: Tally, entity: TypedExpression, reach: Read.Reach, parts: [PartKey],
        windows: [Period]
    ) {
        let place = place(for: tally)
        list.reads.append(
            Read(
                source: tally.source, time: tally.time,
                bucketing: Bucketing([calendar.period(nil, wholeRange(windows))]),
                conditions: tally.conditions + tally.questionConditions, parts: parts,
                body: .steps(entity: entity, reach: reach)))
        list.placements[tally] = Placement(
            windows: windows, lanes: windows.map { _ in 0 }, reads: [place], assembly: .steps)
    }

    /// The place of the numbers in the read that is appended next.
    private func place(for tally: Tally) -> ReadPlace {
        if case .lifecycle(let stage, _) = tally.function {
            return ReadPlace(
                read: reads.count,
                measures: LifecycleStage.allCases.firstIndex(of: stage).map { [$0] } ?? [])
        }
        let count = if case .transition = tally.function { 10 } else { tally.measures.count }
        return ReadPlace(read: reads.count, measures: Array(0..<max(2, count)))
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
        case .open(let measure, let started, let ended):
            body = .open(measure, started: started, ended: ended)
        case .transition(_, let entity, let amount, _):
            body = .transitions(entity: entity, amount: amount)
        case .lifecycle(_, let entity): body = .lifecycle(entity: entity)
        case .survival(let table):
            body = .durations(table.duration, lost: table.lost, kept: table.kept)
        case .lifetime(let lifetime):
            body = .purchases(
                entity: lifetime.entity, value: lifetime.value,
                stepDays: lifetime.model.family == .bgbb ? lifetime.model.step.days : nil)
        case .concentration(let value, let entity, let billionths):
            body = .concentration(value, entity: entity, billionths: billionths)
        default: body = .measures(tally.measures)
        }
        return Read(
            source: tally.source, time: tally.time, bucketing: bucketing, conditions: conditions,
            parts: parts, body: body)
    }
}
