import Vocabulary

extension BehaviourReference {
    /// Counts a funnel by trying, for each person, every way through its events.
    public func answer(_ question: FunnelQuestion) -> FunnelAnswer {
        var people: [[Int]] = []
        var entries: [[Int]] = []
        var times: [[[Int64]]] = []
        let steps = question.steps.count
        for group in groups(question.people) {
            var best = [Int](repeating: 0, count: steps)
            var all = best
            var took = [[Int64]](repeating: [], count: steps)
            for person in group {
                let found = FunnelTrial(question, person).entries
                guard let found else { continue }
                for step in 0..<steps {
                    best[step] += found.contains { $0.count > step } ? 1 : 0
                    all[step] += found.filter { $0.count > step }.count
                    for entry in found where question.wantsTimes && entry.count > step {
                        took[step].append(entry[step])
                    }
                }
            }
            people.append(best)
            entries.append(all)
            times.append(took.dropFirst().map { $0.sorted() })
        }
        return FunnelAnswer(people: people, entries: entries, times: times)
    }
}

/// One person's ways through a funnel.
private struct FunnelTrial {
    private let question: FunnelQuestion
    /// In the order in which a funnel takes events.
    private let events: [PersonHistory.Event]

    init(_ question: FunnelQuestion, _ person: PersonHistory) {
        self.question = question
        let selections = question.steps + question.excluded.map(\.events)
        // First by the first step, then by what else the event belongs to, later things last.
        func rank(_ event: PersonHistory.Event) -> [Int] {
            let places = selections.indices.filter { selections[$0].contains(event) }
            let steps = question.steps.count
            let first = places.first.map { $0 < steps ? $0 : 100 } ?? 101
            return [first] + selections.indices.reversed().map { places.contains($0) ? 1 : 0 }
        }
        events = person.events.enumerated().sorted {
            $0.element.time != $1.element.time
                ? $0.element.time < $1.element.time
                : rank($0.element).lexicographicallyPrecedes(rank($1.element))
        }.map(\.element)
    }

    /// Each entry as the times to the steps that it reached; nil for who is removed.
    var entries: [[Int64]]? {
        if question.exclusion == .removes, question.entry == .furthest, isRemoved { return nil }
        switch question.entry {
        case .furthest: return [furthest]
        case .first: return oneByOne.map { Array($0.prefix(1)) }
        case .each: return oneByOne
        }
    }

    private func entersAt(_ index: Int) -> Bool {
        question.entered?.contains(Instant(microseconds: events[index].time)) ?? true
    }

    private func isWithin(_ index: Int, of start: Int) -> Bool {
        events[index].time - events[start].time <= question.windowMicroseconds
    }

    // MARK: The furthest entry

    /// A way through the first steps: the places of their events.
    private var ways: [[Int]] {
        events.indices.filter { question.steps[0].contains(events[$0]) && entersAt($0) }
            .flatMap { extensions(of: [$0]) }
    }

    private func extensions(of way: [Int]) -> [[Int]] {
        guard way.count < question.steps.count, let last = way.last else { return [way] }
        let next = events.indices.filter { index in
            index > last && question.steps[way.count].contains(events[index])
                && isWithin(index, of: way[0])
                && (question.order != .strict || index == last + 1)
                && !(question.exclusion == .ends
                    && events[(last + 1)..<index].contains { isExcluded($0, after: way.count - 1) })
        }
        return [way] + next.flatMap { extensions(of: way + [$0]) }
    }

    private func isExcluded(_ event: PersonHistory.Event, after step: Int) -> Bool {
        question.excluded.contains {
            $0.after <= step && step < $0.before && $0.events.contains(event)
        }
    }

    private var furthest: [Int64] {
        guard question.order != .any else { return furthestInAnyOrder }
        var result: [Int64] = []
        let ways = ways
        while let first = ways.filter({ $0.count > result.count }).map({ $0[result.count] }).min() {
            // Of the ways that are first at the step, the one that entered last.
            let reaching = ways.filter { $0.count > result.count && $0[result.count] == first }
            let times = reaching.map { events[first].time - events[$0[0]].time }
            result.append(times.min() ?? 0)
        }
        return result
    }

    /// The most steps within a window that an event of a step begins.
    private var furthestInAnyOrder: [Int64] {
        var reached: [Int64] = []
        for end in events.indices {
            for start in events.indices
            where events[start].time <= events[end].time && isWithin(end, of: start)
                && entersAt(start) && question.steps.contains(where: { $0.contains(events[start]) })
            {
                let seen = question.steps.filter { step in
                    (0...end).contains { index in
                        step.contains(events[index]) && events[index].time >= events[start].time
                    }
                }
                while reached.count < seen.count { reached.append(0) }
            }
        }
        return reached
    }

    /// Whether an excluded event meets an entry between two steps, each step as early as it can be.
    private var isRemoved: Bool {
        for start in events.indices
        where question.steps[0].contains(events[start]) && entersAt(start) {
            var reached = 0
            for index in (start + 1)..<max(start + 1, events.count) where isWithin(index, of: start)
            {
                if isExcluded(events[index], after: reached) { return true }
                if reached + 1 < question.steps.count,
                    question.steps[reached + 1].contains(events[index])
                {
                    reached += 1
                }
            }
        }
        return false
    }

    // MARK: Entries one by one

    private var oneByOne: [[Int64]]? {
        var entries: [[Int64]] = []
        var next = 0
        while let start = events.indices.first(where: { $0 >= next && begins($0) && entersAt($0) })
        {
            guard let (entry, end) = entry(from: start) else { return nil }
            entries.append(entry)
            if question.entry == .first { break }
            next = end
        }
        return entries
    }

    private func begins(_ index: Int) -> Bool {
        question.order == .any
            ? question.steps.contains { $0.contains(events[index]) }
            : question.steps[0].contains(events[index])
    }

    /// The times of an entry, and the first event that may begin another; nil if it is removed.
    private func entry(from start: Int) -> (times: [Int64], end: Int)? {
        var times: [Int64] = [0]
        var left = question.steps
        left.remove(at: left.firstIndex { $0.contains(events[start]) } ?? 0)
        for index in events.indices.dropFirst(start + 1) {
            guard !left.isEmpty else { return (times, index) }
            guard isWithin(index, of: start) else { return (times, index) }
            let step = left.firstIndex { $0.contains(events[index]) }
            if let step, question.order == .any || step == 0 {
                left.remove(at: question.order == .any ? step : 0)
                times.append(events[index].time - events[start].time)
            } else if isExcluded(events[index], after: times.count - 1) {
                return question.exclusion == .removes ? nil : (times, index + 1)
            } else if question.order == .strict {
                return (times, index)
            }
        }
        return (times, events.count)
    }
}
