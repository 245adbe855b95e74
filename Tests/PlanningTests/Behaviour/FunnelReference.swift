import Definitions

/// One event of a history, with what a funnel looks at.
struct HistoryEvent {
    let person: Int
    /// Seconds after the beginning.
    let second: Int
    /// `a` to `d`, or `x`.
    let name: String
    /// A bit of its own for each name.
    let bit: Int
    /// What parts are by; some events have none.
    var shade: String? { tie == 0 ? nil : item }
    /// What may have to stay the same.
    let item: String
    /// What ties may be decided by.
    let tie: Int

    static let names = ["a", "b", "c", "d", "x"]

    init(person: Int, second: Int, name: String, item: String = "i", tie: Int = 0) {
        self.person = person
        self.second = second
        self.name = name
        self.item = item
        self.tie = tie
        bit = HistoryEvent.bits([name])
    }

    /// The bits of some names.
    static func bits(_ wanted: [String]) -> Int {
        names.enumerated().reduce(0) { wanted.contains($1.element) ? $0 | 1 << $1.offset : $0 }
    }
}

/// A unit that counts: who, and at which second each step was reached.
struct CountedUnit: Hashable, Comparable, CustomStringConvertible {
    let person: Int
    let seconds: [Int?]
    /// The value by which it is in a part.
    var part: String?

    var description: String {
        "p\(person) " + seconds.map { $0.map(String.init) ?? "-" }.joined(separator: " ")
            + (part.map { " in \($0)" } ?? "")
    }

    static func < (left: CountedUnit, right: CountedUnit) -> Bool {
        if left.person != right.person { return left.person < right.person }
        for (a, b) in zip(left.seconds, right.seconds) where a != b {
            return (a ?? .max) < (b ?? .max)
        }
        return (left.part ?? "~") < (right.part ?? "~")
    }
}

/// A funnel's rules, carried out event by event as they read, without regard to speed.
struct FunnelReference {
    let funnel: FunnelDefinition
    /// The seconds in which attempts begin.
    let range: Range<Int>
    let session: Int?
    private let steps: [Int]
    private let excluded: [Int]

    init(funnel: FunnelDefinition, range: Range<Int>) {
        self.funnel = funnel
        self.range = range
        if case .sessions(.pause(let seconds)) = funnel.counting {
            session = seconds
        } else {
            session = nil
        }
        steps = funnel.steps.map { HistoryEvent.bits($0.rows.events) }
        excluded = funnel.exclusions.map { HistoryEvent.bits($0.rows.events) }
    }

    /// An attempt, from its start on.
    struct Attempt {
        let start: HistoryEvent
        /// When each step was reached.
        var seconds: [Int?]
        /// When it converted, was ended or ran out of time.
        var stopped: Int
        /// Whether an exclusion takes the person out.
        var isOut = false
    }

    func units(_ history: [HistoryEvent]) -> [CountedUnit] {
        let people = Dictionary(grouping: history, by: \.person)
        return people.values.flatMap(unitsOfPerson).sorted()
    }

    /// The same units with the shades by which they are in parts.
    func parted(_ history: [HistoryEvent]) -> [CountedUnit] {
        let people = Dictionary(grouping: history, by: \.person)
        return units(history).map { unit in
            let shades = funnel.steps.indices.map { step in
                (people[unit.person] ?? []).filter {
                    takes($0, step) && $0.second == unit.seconds[step]
                }.compactMap(\.shade).min()
            }
            var unit = unit
            switch funnel.parts {
            case .first: unit.part = shades.compactMap { $0 }.first
            case .last: unit.part = shades.compactMap { $0 }.last
            case .step(let position): unit.part = shades[position]
            }
            return unit
        }.sorted()
    }

    private func takes(_ event: HistoryEvent, _ step: Int) -> Bool {
        steps[step] & event.bit != 0
    }

    private func unitsOfPerson(_ history: [HistoryEvent]) -> [CountedUnit] {
        let window = funnel.windowSeconds ?? 0
        let read = history.filter {
            $0.second >= range.lowerBound - funnel.toleranceSeconds
                && $0.second < range.upperBound + window
        }
        let sessions = sessions(read)
        if funnel.order == .any { return sessions.compactMap { anyOrder($0) } }
        let attempts = sessions.map { events in
            let walks =
                funnel.same.isEmpty
                ? [events]
                : Dictionary(grouping: events, by: \.item)
                    .values.map { $0 }
            let all = walks.flatMap { self.attempts(ordered($0)) }
            guard funnel.reentry == .never else { return all }
            let first = all.min { left, right in
                (left.start.second, left.start.item) < (right.start.second, right.start.item)
            }
            return first.map { [$0] } ?? []
        }
        if attempts.joined().contains(where: \.isOut) { return [] }
        if funnel.counting == .attempts { return attempts.joined().map(unit) }
        return attempts.compactMap { $0.min(by: isBetter) }.map(unit)
    }

    /// The parts of a history in which an attempt must stay.
    private func sessions(_ history: [HistoryEvent]) -> [[HistoryEvent]] {
        guard let session else { return [history] }
        var sessions: [[HistoryEvent]] = []
        for event in history.sorted(by: { $0.second < $1.second }) {
            if let last = sessions.last?.last, event.second - last.second <= session {
                sessions[sessions.count - 1].append(event)
            } else {
                sessions.append([event])
            }
        }
        return sessions
    }

    /// Events in the order in which they follow each other.
    private func ordered(_ events: [HistoryEvent]) -> [HistoryEvent] {
        let names = funnel.order == .strict
        let looked = events.filter { event in
            names || (steps + excluded).contains { $0 & event.bit != 0 }
        }
        return looked.sorted { left, right in
            if left.second != right.second { return left.second < right.second }
            if case .by = funnel.ties, left.tie != right.tie { return left.tie < right.tie }
            for step in funnel.steps.indices where takes(left, step) != takes(right, step) {
                return takes(left, step)
            }
            return false
        }
    }

    private func attempts(_ events: [HistoryEvent]) -> [Attempt] {
        var attempts: [Attempt] = []
        for (index, event) in events.enumerated()
        where takes(event, 0) && range.contains(event.second) {
            if let last = attempts.last {
                switch funnel.reentry {
                case .everyStart: break
                case .never: continue
                case .afterWindow:
                    guard event.second > max(last.start.second, last.stopped) else { continue }
                case .afterConversion:
                    guard let end = last.seconds[funnel.steps.count - 1],
                        event.second > max(last.start.second, end)
                    else { continue }
                }
            }
            attempts.append(attempt(from: index, events))
        }
        return attempts
    }

    /// The position of the first event that may follow another and takes a step.
    private func follower(
        of index: Int, taking step: Int, _ events: [HistoryEvent]
    ) -> Int? {
        events.indices.first { other in
            guard takes(events[other], step) else { return false }
            if funnel.order == .strict { return other == index + 1 }
            if funnel.toleranceSeconds > 0 {
                return events[other].second >= events[index].second - funnel.toleranceSeconds
            }
            if funnel.ties == .apart { return events[other].second > events[index].second }
            return other > index
        }
    }

    private func attempt(from start: Int, _ events: [HistoryEvent]) -> Attempt {
        let begun = events[start].second
        let until = begun + (funnel.windowSeconds ?? 0)
        var chain: [Int: Int] = [0: start]
        var current = start
        for step in funnel.required.dropFirst() {
            let before = funnel.order == .anchored ? start : current
            guard let next = follower(of: before, taking: step, events),
                events[next].second <= until
            else { break }
            // In any order a step is reached with the last of those up to it.
            if funnel.order != .anchored || events[next].second >= events[current].second {
                current = next
            }
            chain[step] = current
        }
        var hits: [Int: Int] = [:]
        for (index, excluded) in funnel.exclusions.enumerated() {
            guard let after = chain[excluded.after] else { continue }
            let end = chain[excluded.before].map { events[$0].second } ?? until + 1
            hits[index] = events.filter {
                self.excluded[index] & $0.bit != 0 && $0.second > events[after].second
                    && $0.second < end
            }.map(\.second).min()
        }
        let isStopped = { (second: Int, step: Int) in
            hits.contains { index, hit in
                let excluded = funnel.exclusions[index]
                return excluded.rule == .attempt && excluded.after < step && second > hit
            }
        }
        var attempt = Attempt(
            start: events[start], seconds: funnel.steps.map { _ in nil }, stopped: until)
        attempt.seconds[0] = begun
        var previous = start
        for step in funnel.steps.indices.dropFirst() {
            if funnel.steps[step].isOptional {
                guard let found = follower(of: previous, taking: step, events) else { continue }
                let second = events[found].second
                let next = funnel.required.first { $0 > step }.flatMap { chain[$0] }
                let end = next.map { events[$0].second } ?? until
                if second <= min(until, end), !isStopped(second, step) {
                    attempt.seconds[step] = second
                }
            } else {
                guard let taken = chain[step], !isStopped(events[taken].second, step) else { break }
                attempt.seconds[step] = events[taken].second
                previous = taken
            }
        }
        if let end = attempt.seconds[funnel.steps.count - 1] {
            attempt.stopped = end
        } else {
            for (index, hit) in hits where funnel.exclusions[index].rule == .attempt {
                attempt.stopped = min(attempt.stopped, hit)
            }
        }
        attempt.isOut = hits.keys.contains { funnel.exclusions[$0].rule == .person }
        return attempt
    }

    /// Furthest first, then earliest, then with most optional steps.
    private func isBetter(_ left: Attempt, _ right: Attempt) -> Bool {
        let (a, b) = (rank(left), rank(right))
        return a.lexicographicallyPrecedes(b)
    }

    private func rank(_ attempt: Attempt) -> [Int] {
        let level = funnel.required.count { attempt.seconds[$0] != nil }
        let optional = attempt.seconds.count { $0 != nil } - level
        return [-level, attempt.seconds[0] ?? 0, -optional]
            + attempt.seconds.dropFirst().map { $0 ?? .max }
    }

    private func unit(_ attempt: Attempt) -> CountedUnit {
        CountedUnit(person: attempt.start.person, seconds: attempt.seconds)
    }

    /// Steps in any order: the first moment at which most of them lie in one window.
    private func anyOrder(_ session: [HistoryEvent]) -> CountedUnit? {
        let walks =
            funnel.same.isEmpty
            ? [session] : Array(Dictionary(grouping: session, by: \.item).values)
        var best: (level: Int, second: Int, entry: Int)?
        for events in walks {
            for level in stride(from: funnel.steps.count, through: 1, by: -1) {
                guard let found = earliest(level, events) else { continue }
                let isBetter =
                    best.map {
                        (-level, found.second, found.entry) < (-$0.level, $0.second, $0.entry)
                    } ?? true
                if isBetter { best = (level, found.second, found.entry) }
                break
            }
        }
        guard let best, let person = session.first?.person else { return nil }
        return CountedUnit(
            person: person,
            seconds: funnel.steps.indices.map { step in
                if step == 0 { return best.entry }
                if step >= best.level { return nil }
                return step == best.level - 1 ? best.second : best.entry
            })
    }

    /// The first moment at which the first steps lie in a window, and when the latest such began.
    private func earliest(_ level: Int, _ events: [HistoryEvent]) -> (second: Int, entry: Int)? {
        let window = funnel.windowSeconds ?? 0
        for second in Set(events.map(\.second)).sorted() {
            let entries = events.filter { event in
                (0..<level).contains { takes(event, $0) } && range.contains(event.second)
                    && event.second <= second && second <= event.second + window
            }.map(\.second)
            let entry = Set(entries).sorted(by: >).first { entry in
                (0..<level).allSatisfy { step in
                    events.contains {
                        takes($0, step) && $0.second >= entry && $0.second <= second
                    }
                }
            }
            if let entry { return (second, entry) }
        }
        return nil
    }
}
