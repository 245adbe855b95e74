import Vocabulary

/// Collects the attempts that count.
struct AttemptsFold: HistoryFold {
    private let question: AttemptsQuestion
    private let table: EventTable
    /// By the code of the value that is told: its place among the values as texts.
    private let ranks: [UInt32]
    /// Whether the attempt that counts may be found in the plain way.
    private let isPlain: Bool
    private(set) var answer: AttemptsAnswer

    init(_ question: AttemptsQuestion, _ schema: IndexSchema) {
        self.question = question
        table = EventTable(question.steps + question.excluded.map(\.events))
        ranks = question.property.map { ValueRanks.ranks(schema.properties[$0]) } ?? []
        answer = AttemptsAnswer(steps: question.steps.count)
        isPlain = PlainAttemptsWalk.suits(question)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        guard !answer.isFull else { return }
        guard question.order != .any, question.same.isEmpty else {
            addApart(block)
            return
        }
        let steps = question.steps.count
        var matches = FunnelMatches(steps: steps, keepsOthers: question.order == .strict)
        var walk = AttemptsWalk(question, block.clock)
        let plain = isPlain ? PlainAttemptsWalk(question, block.clock) : nil
        let chain = UnsafeMutablePointer<Int32>.allocate(capacity: steps * 2)
        defer { chain.deallocate() }
        let (table, property, ranks) = (table, question.property, ranks)
        let values = property.map { block.properties[$0] }
        table.masks.withUnsafeBufferPointer { masks in
            for slot in 0..<block.count {
                let events = Int(block.starts[slot])..<Int(block.starts[slot &+ 1])
                guard matches.find(block, events, masks, true) else { continue }
                matches.check(block, table)
                matches.orderBySteps(block.clock) { place in
                    values.map { ranks[$0[Int(place)]] } ?? 0
                }
                if let plain, matches.count <= PlainAttemptsWalk.eventsMax {
                    let reached = plain.best(matches, chain)
                    guard reached > 0 else { continue }
                    let place = Int(matches.places[Int(chain[0])])
                    answer.append(value: values.map { UInt16($0[place]) }) { step in
                        step < reached
                            ? block.clock.origin &+ matches.ticks[Int(chain[step])] &* Clock.tick
                            : AttemptsAnswer.never
                    }
                    continue
                }
                walk.go(matches) { place in values.map { ranks[$0[Int(place)]] } ?? 0 }
                for attempt in walk.taken {
                    let place = Int(matches.places[attempt.start])
                    answer.append(value: values.map { UInt16($0[place]) }) { step in
                        walk.tick(of: attempt, step: step, matches)
                            .map { block.clock.origin &+ $0 &* Clock.tick }
                            ?? AttemptsAnswer.never
                    }
                }
            }
        }
    }

    /// An attempt among those with other values that stay the same.
    private struct Found {
        let ticks: [Int64?]
        let value: UInt16?
        /// What decides which one counts: the lower, from the first number on.
        let order: [Int64]
    }

    /// Looks at the events with the same values by themselves, and then which attempt counts.
    private mutating func addApart<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        let steps = question.steps.count
        let keepsOthers = question.order == .strict
        var matches = FunnelMatches(steps: steps, keepsOthers: keepsOthers)
        var part = FunnelMatches(steps: steps, keepsOthers: keepsOthers)
        var walk = AttemptsWalk(question, block.clock)
        var anyWalk = AnyOrderWalk(question, block.clock)
        var keys = SameKeys(question.same.map { block.properties[$0] })
        let values = question.property.map { block.properties[$0] }
        let ranks = ranks
        let rank = { (place: UInt32) in values.map { ranks[$0[Int(place)]] } ?? 0 }
        var found: [Found] = []
        for slot in 0..<block.count {
            let events = Int(block.starts[slot])..<Int(block.starts[slot &+ 1])
            guard table.masks.withUnsafeBufferPointer({ matches.find(block, events, $0, true) })
            else { continue }
            matches.check(block, table)
            matches.orderBySteps(block.clock, rank)
            found.removeAll(keepingCapacity: true)
            var isOut = false
            keys.read(matches)
            for number in keys.parts.indices {
                part.take(matches, keys.parts[number])
                if question.order == .any {
                    if let best = anyWalk.best(part) {
                        found.append(Self.found(best, steps, part, values, rank))
                    }
                    continue
                }
                walk.go(part, rank)
                isOut = isOut || walk.isOut
                for attempt in walk.taken {
                    found.append(Self.found(attempt, steps, part, walk, values, rank))
                }
            }
            if isOut { continue }
            if question.onlyBest, found.count > 1 {
                found =
                    found.min { $0.order.lexicographicallyPrecedes($1.order) }.map { [$0] } ?? []
            }
            for attempt in found {
                answer.append(value: attempt.value) { step in
                    attempt.ticks[step].map { block.clock.origin &+ $0 &* Clock.tick }
                        ?? AttemptsAnswer.never
                }
            }
        }
    }

    private static func found(
        _ best: AnyOrderWalk.Best, _ steps: Int, _ part: borrowing FunnelMatches,
        _ values: CodeColumn?, _ rank: (UInt32) -> UInt32
    ) -> Found {
        // The first value of those at the beginning of the window.
        var place: UInt32?
        for index in 0..<part.count
        where part.ticks[index] == best.entry && part.masks[index] != 0 {
            if place.map({ rank(part.places[index]) < rank($0) }) ?? true {
                place = part.places[index]
            }
        }
        return Found(
            ticks: (0..<steps).map { step in
                step >= best.level
                    ? nil : step > 0 && step == best.level - 1 ? best.last : best.entry
            }, value: values.flatMap { column in place.map { UInt16(column[Int($0)]) } },
            order: [-Int64(best.level), best.last, best.entry])
    }

    private static func found(
        _ attempt: AttemptsWalk.Attempt, _ steps: Int, _ part: borrowing FunnelMatches,
        _ walk: AttemptsWalk, _ values: CodeColumn?, _ rank: (UInt32) -> UInt32
    ) -> Found {
        let place = part.places[attempt.start]
        var ticks: [Int64?] = []
        for step in 0..<steps { ticks.append(walk.tick(of: attempt, step: step, part)) }
        return Found(
            ticks: ticks, value: values.map { UInt16($0[Int(place)]) },
            order: [
                -Int64(attempt.reached), part.ticks[attempt.start], -Int64(attempt.extra),
                Int64(rank(place)),
            ] + ticks.map { $0 ?? .max })
    }

    mutating func merge(_ other: AttemptsFold) { answer.append(other.answer) }
}
