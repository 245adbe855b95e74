import Vocabulary

extension BehaviourReference {
    /// Finds attempts: each start by itself, each step by looking through all later events.
    public func answer(_ question: AttemptsQuestion) -> AttemptsAnswer {
        var answer = AttemptsAnswer(steps: question.steps.count)
        let values = question.property.map { schema.properties[$0].values }
        for person in histories {
            for attempt in AttemptsTrial(question, person, values).counted {
                answer.append(
                    reached: attempt.times.count,
                    value: question.property.map { attempt.start.properties[$0] }
                ) { attempt.times[$0] }
            }
        }
        return answer
    }
}

/// One person's attempts.
private struct AttemptsTrial {
    struct Attempt {
        let start: PersonHistory.Event
        var times: [Int64]
        var stopped: Int64
        var isOut = false
    }

    private let question: AttemptsQuestion
    private let values: [String]?
    private let events: [PersonHistory.Event]

    init(_ question: AttemptsQuestion, _ person: PersonHistory, _ values: [String]?) {
        self.question = question
        self.values = values
        let looked = person.events.filter { event in
            question.isStrict
                || (question.steps + question.excluded.map(\.events)).contains {
                    $0.contains(event)
                }
        }
        func rank(_ event: PersonHistory.Event) -> String? {
            guard let property = question.property, let values else { return nil }
            let code = Int(event.properties[property])
            return code >= 2 && code - 2 < values.count ? values[code - 2] : nil
        }
        func precedes(_ left: PersonHistory.Event, _ right: PersonHistory.Event) -> Bool {
            if left.time != right.time { return left.time < right.time }
            for step in question.steps where step.contains(left) != step.contains(right) {
                return step.contains(left)
            }
            switch (rank(left), rank(right)) {
            case (let left?, let right?): return left < right
            case (.some, nil): return true
            case (nil, _): return false
            }
        }
        events = looked.sorted(by: precedes)
    }

    private func value(_ event: PersonHistory.Event) -> (Int, String) {
        guard let property = question.property, let values else { return (0, "") }
        let code = Int(event.properties[property]) - 2
        return values.indices.contains(code) ? (0, values[code]) : (1, "")
    }

    /// The attempts that count.
    var counted: [Attempt] {
        var attempts: [Attempt] = []
        for (index, event) in events.enumerated()
        where question.steps[0].contains(event)
            && question.entered.contains(Instant(microseconds: event.time))
        {
            if let last = attempts.last {
                let end =
                    last.times.count == question.steps.count
                    ? last.times[last.times.count - 1] : nil
                switch question.reentry {
                case .everyStart: break
                case .never: continue
                case .afterConversion:
                    guard let end, event.time > max(last.start.time, end) else { continue }
                case .afterWindow:
                    guard event.time > max(last.start.time, end ?? last.stopped) else { continue }
                }
            }
            attempts.append(attempt(from: index))
        }
        guard !attempts.contains(where: \.isOut) else { return [] }
        guard question.onlyBest else { return attempts }
        return attempts.min(by: isBetter).map { [$0] } ?? []
    }

    private func isBetter(_ left: Attempt, _ right: Attempt) -> Bool {
        if left.times.count != right.times.count { return left.times.count > right.times.count }
        if left.times[0] != right.times[0] { return left.times[0] < right.times[0] }
        if value(left.start) != value(right.start) { return value(left.start) < value(right.start) }
        return left.times.lexicographicallyPrecedes(right.times)
    }

    private func attempt(from start: Int) -> Attempt {
        let begun = events[start].time
        let until = question.windowMicroseconds.map { begun + $0 } ?? .max
        var times = [begun]
        var current = start
        while times.count < question.steps.count {
            let step = question.steps[times.count]
            let next = events.indices.first { other in
                guard step.contains(events[other]) else { return false }
                if question.isStrict { return other == current + 1 }
                return question.ties == .apart
                    ? events[other].time > events[current].time : other > current
            }
            guard let next, events[next].time <= until else { break }
            times.append(events[next].time)
            current = next
        }
        var attempt = Attempt(start: events[start], times: times, stopped: until)
        for excluded in question.excluded where excluded.after < times.count {
            let found = events.first { event in
                excluded.events.contains(event) && event.time > times[excluded.after]
                    && event.time <= until
                    && (excluded.before >= times.count || event.time < times[excluded.before])
            }
            guard let found else { continue }
            if excluded.removes {
                attempt.isOut = true
            } else {
                attempt.stopped = min(attempt.stopped, found.time)
                let kept = times.enumerated().prefix {
                    $0.offset <= excluded.after || $0.element <= found.time
                }
                attempt.times = Array(attempt.times.prefix(kept.count))
            }
        }
        return attempt
    }
}
