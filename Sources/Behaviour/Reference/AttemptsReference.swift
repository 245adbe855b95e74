import Vocabulary

extension BehaviourReference {
    /// Finds attempts: each start by itself, each step by looking through all later events.
    public func answer(_ question: AttemptsQuestion) -> AttemptsAnswer {
        var answer = AttemptsAnswer(steps: question.steps.count)
        let values = question.property.map { schema.properties[$0].values }
        for person in histories {
            // Each set of values that stay the same is a history of its own.
            var trials: [[UInt16]: [PersonHistory.Event]] = [:]
            for event in person.events {
                let same = question.same.map { event.properties[$0] }
                if !same.contains(ValueDictionary.none) { trials[same, default: []].append(event) }
            }
            var attempts: [AttemptsTrial.Attempt] = []
            var isOut = false
            for events in trials.values {
                let trial = AttemptsTrial(question, PersonHistory(events: events), values)
                let own = question.order == .any ? trial.anyOrder : trial.counted
                isOut = isOut || own.contains(where: \.isOut)
                attempts += own
            }
            if isOut { continue }
            if question.onlyBest {
                attempts =
                    attempts.min {
                        AttemptsTrial(question, person, values).isBetter($0, $1)
                    }.map { [$0] } ?? []
            }
            for attempt in attempts {
                answer.append(value: question.property.map { attempt.start.properties[$0] }) {
                    attempt.times[$0] ?? AttemptsAnswer.never
                }
            }
        }
        return answer
    }
}

/// One person's attempts.
private struct AttemptsTrial {
    struct Attempt {
        let start: PersonHistory.Event
        /// By step; nil where it was not reached.
        var times: [Int64?]
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
            question.order == .strict
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

    private var required: [Int] { question.required }

    /// The attempts that count by the rule of entering anew, whether they take the person out or not.
    var counted: [Attempt] {
        var attempts: [Attempt] = []
        for (index, event) in events.enumerated()
        where question.steps[0].contains(event)
            && question.entered.contains(Instant(microseconds: event.time))
        {
            if let last = attempts.last {
                let begun = last.start.time
                let end = last.times[question.steps.count - 1]
                switch question.reentry {
                case .everyStart: break
                case .never: continue
                case .afterConversion:
                    guard let end, event.time > max(begun, end) else { continue }
                case .afterWindow:
                    guard event.time > max(begun, end ?? last.stopped) else { continue }
                }
            }
            attempts.append(attempt(from: index))
        }
        return attempts
    }

    func isBetter(_ left: Attempt, _ right: Attempt) -> Bool {
        func reached(_ attempt: Attempt, _ steps: [Int]) -> Int {
            steps.filter { attempt.times[$0] != nil }.count
        }
        let (own, other) = (reached(left, required), reached(right, required))
        if own != other { return own > other }
        if question.order == .any {
            let (last, later) = (left.stopped, right.stopped)
            if last != later { return last < later }
        }
        let (begun, later) = (left.times[0] ?? .max, right.times[0] ?? .max)
        if begun != later { return begun < later }
        let optional = Array(question.optional)
        let (extra, others) = (reached(left, optional), reached(right, optional))
        if extra != others { return extra > others }
        if value(left.start) != value(right.start) { return value(left.start) < value(right.start) }
        return left.times.map { $0 ?? .max }.lexicographicallyPrecedes(
            right.times.map { $0 ?? .max })
    }

    private func attempt(from start: Int) -> Attempt {
        let begun = events[start].time
        let until = question.windowMicroseconds.map { begun + $0 } ?? .max
        var times = [Int64?](repeating: nil, count: question.steps.count)
        times[0] = begun
        var current = start
        func follows(_ other: Int, _ step: Int) -> Bool {
            guard question.steps[step].contains(events[other]) else { return false }
            if question.order == .strict { return other == current + 1 }
            return question.ties == .apart
                ? events[other].time > events[current].time : other > current
        }
        for (step, before) in zip(required.dropFirst(), required) {
            let next = events.indices.first { follows($0, step) && events[$0].time <= until }
            for optional in before + 1..<step {
                let last = next.map { events[$0].time } ?? until
                times[optional] =
                    events.indices.first { follows($0, optional) && events[$0].time <= last }
                    .map { events[$0].time }
            }
            guard let next else { break }
            times[step] = events[next].time
            current = next
        }
        var attempt = Attempt(start: events[start], times: times, stopped: until)
        for excluded in question.excluded {
            guard let after = times[excluded.after] else { continue }
            let found = events.first { event in
                excluded.events.contains(event) && event.time > after && event.time <= until
                    && event.time < times[excluded.before] ?? .max
            }
            guard let found else { continue }
            if excluded.removes {
                attempt.isOut = true
            } else {
                attempt.stopped = min(attempt.stopped, found.time)
                let late = times.indices.first {
                    $0 > excluded.after && (times[$0] ?? .max) > found.time
                }
                for step in late.map({ $0..<times.count }) ?? 0..<0 { attempt.times[step] = nil }
            }
        }
        return attempt
    }

    // MARK: Any order

    /// The best of all moments at which something had been reached; its moment is ``Attempt/stopped``.
    var anyOrder: [Attempt] {
        let window = question.windowMicroseconds ?? .max / 2
        let (from, to) = (
            question.entered.lowerBound.microseconds, question.entered.upperBound.microseconds
        )
        let known = events.filter { $0.time >= from && $0.time - window < to }
        var attempts: [Attempt] = []
        for moment in known.map(\.time) {
            for level in (1...question.steps.count).reversed() {
                guard let entry = entry(of: level, at: moment, known, window, before: to) else {
                    continue
                }
                let first = known.filter { $0.time == entry }.min { value($0) < value($1) }
                guard let first else { continue }
                var times = [Int64?](repeating: nil, count: question.steps.count)
                for step in 0..<level { times[step] = entry }
                if level > 1 { times[level - 1] = moment }
                attempts.append(Attempt(start: first, times: times, stopped: moment))
                break
            }
        }
        return attempts
    }

    /// When the window began in which the steps up to one lie at a moment.
    private func entry(
        of level: Int, at moment: Int64, _ known: [PersonHistory.Event], _ window: Int64,
        before end: Int64
    ) -> Int64? {
        func latest(_ step: Int, before end: Int64) -> Int64? {
            known.filter {
                question.steps[step].contains($0) && $0.time <= moment && $0.time < end
            }.map(\.time).max()
        }
        let all = (0..<level).compactMap { latest($0, before: .max) }
        guard all.count == level, let least = all.min(), moment <= least + window else {
            return nil
        }
        if least < end { return least }
        let begun = (0..<level).compactMap { latest($0, before: end) }.max()
        return begun.flatMap { moment <= $0 + window ? $0 : nil }
    }
}
