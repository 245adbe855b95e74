import Vocabulary

/// The periods that cells are computed for: those asked for, compared with, looked back at, and
/// where a metric is made of daily values their days.
struct Slots {
    /// The periods of the question, with those that they are compared with and look back at.
    let periods: Set<Period>
    /// Their days, with those that the days look back at; empty where no metric needs them.
    let days: Set<Period>
    /// All of them, each once, by time.
    let all: [Period]

    /// Finds the periods.
    ///
    /// - Throws: `question/too-many-periods` where there are more days than are possible.
    init(_ timeline: Timeline, lookingBack steps: Int, withDays: Bool) throws(Failure) {
        let calendar = timeline.calendar
        let back = { (periods: Set<Period>) in
            periods.union(periods.map { Timeline.period(before: $0, in: calendar) })
        }
        var periods = Set(timeline.periods)
        periods.formUnion(timeline.counterparts.compactMap { $0 })
        for _ in 0..<steps { periods = back(periods) }
        var days: Set<Period> = []
        if withDays {
            days = Set(periods.flatMap { calendar.periods(in: $0.range, by: .day) })
            guard days.count <= Planner.periodsMax else {
                throw Planner.tooManyPeriods(
                    TimeRange(
                        start: timeline.periods[0].range.start,
                        end: timeline.periods[timeline.periods.count - 1].range.end))
            }
            if steps > 0 { days = back(days) }
        }
        self.periods = periods
        self.days = days
        all = periods.union(days).sorted {
            ($0.instants.start, $0.instants.end, $0.range.start)
                < ($1.instants.start, $1.instants.end, $1.range.start)
        }
    }
}
