import Vocabulary

/// Collects the attempts that count.
struct AttemptsFold: HistoryFold {
    private let question: AttemptsQuestion
    private let table: EventTable
    /// By the code of the value that is told: its place among the values as texts.
    private let ranks: [UInt32]
    private(set) var answer: AttemptsAnswer

    init(_ question: AttemptsQuestion, _ schema: IndexSchema) {
        self.question = question
        table = EventTable(question.steps + question.excluded.map(\.events))
        ranks = question.property.map { ValueRanks.ranks(schema.properties[$0]) } ?? []
        answer = AttemptsAnswer(steps: question.steps.count)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        guard !answer.isFull else { return }
        let steps = question.steps.count
        var matches = FunnelMatches(steps: steps, keepsOthers: question.isStrict)
        var walk = AttemptsWalk(question, block.clock)
        var times = [Int64](repeating: 0, count: steps)
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
                walk.go(matches) { place in values.map { ranks[$0[Int(place)]] } ?? 0 }
                for attempt in walk.taken {
                    let place = Int(matches.places[attempt.start])
                    for step in times.indices where step < attempt.reached {
                        times[step] = walk.time(of: attempt, step: step, matches, block.clock)
                    }
                    answer.append(
                        reached: attempt.reached, value: values.map { UInt16($0[place]) }
                    ) { times[$0] }
                }
            }
        }
    }

    mutating func merge(_ other: AttemptsFold) { answer.append(other.answer) }
}
