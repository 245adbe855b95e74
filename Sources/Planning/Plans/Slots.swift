import Vocabulary

/// The periods that cells are computed for: those asked for and compared with, those that they
/// look back at, and where a metric is made of daily values their days.
struct Slots {
    /// All of them, each once, by time; with what lies between a period and one it looks back at.
    let all: [Period]
    private let byNeed: [SlotNeed: Set<Period>]

    /// Finds the periods.
    ///
    /// - Throws: `question/too-many-periods` where there are more days than are possible.
    init(_ timeline: Timeline, needs: Set<SlotNeed>) throws(Failure) {
        let calendar = timeline.calendar
        let asked = Set(timeline.periods).union(timeline.counterparts.compactMap { $0 })
        var byNeed = [SlotNeed(): asked]
        for need in needs {
            // The way there passes through every period in between, then through every day.
            var place = SlotNeed()
            var periods = asked
            while place != need {
                if place.periodsBack < need.periodsBack {
                    place = place.before
                    periods = Set(
                        periods.map { Timeline.period(before: $0, in: calendar) })
                } else if place.daysBack == nil {
                    place = place.days
                    periods = Set(periods.flatMap { calendar.periods(in: $0.range, by: .day) })
                    guard periods.count <= Planner.periodsMax else {
                        throw Planner.tooManyPeriods(Slots.whole(timeline))
                    }
                } else {
                    place = place.before
                    periods = Set(
                        periods.map { Timeline.period(before: $0, in: calendar) })
                }
                byNeed[place] = periods
            }
        }
        self.byNeed = byNeed
        all = byNeed.values.reduce(into: Set<Period>()) { $0.formUnion($1) }.sorted {
            ($0.instants.start, $0.instants.end, $0.range.start)
                < ($1.instants.start, $1.instants.end, $1.range.start)
        }
    }

    /// The periods that some needs lead to.
    func periods(_ needs: Set<SlotNeed>) -> Set<Period> {
        needs.reduce(into: []) { $0.formUnion(byNeed[$1] ?? []) }
    }

    private static func whole(_ timeline: Timeline) -> TimeRange {
        TimeRange(
            start: timeline.periods[0].range.start,
            end: timeline.periods[timeline.periods.count - 1].range.end)
    }
}
