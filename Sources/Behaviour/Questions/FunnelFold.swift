import Vocabulary

/// Counts how far people come through a funnel.
struct FunnelFold: HistoryFold {
    private let question: FunnelQuestion
    private let table: EventTable
    private let people: PeopleTable
    private let steps: Int
    /// By group and number of steps reached.
    private var peopleLevels: [Int]
    private var entryLevels: [Int]
    /// By group and step.
    private var times: [[Int64]]

    init(_ question: FunnelQuestion, _ schema: IndexSchema) {
        self.question = question
        steps = question.steps.count
        table = EventTable(question.steps + question.excluded.map(\.events))
        people = PeopleTable(question.people, schema)
        peopleLevels = Array(repeating: 0, count: people.groups * (steps + 1))
        entryLevels = peopleLevels
        times = Array(repeating: [], count: people.groups * steps)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        var walk = FunnelWalk(question, block.clock)
        var matches = FunnelMatches(steps: steps, keepsOthers: question.order == .strict)
        var plain = PlainFunnelWalk(question, block.clock)
        let isPlain = PlainFunnelWalk.suits(question)
        let (table, people) = (table, people)
        table.masks.withUnsafeBufferPointer { masks in
            for slot in 0..<block.count {
                guard let group = people.group(slot, block.attributes) else { continue }
                let events = Int(block.starts[slot])..<Int(block.starts[slot &+ 1])
                guard matches.find(block, events, masks, question.order != .any) else { continue }
                matches.check(block, table)
                if isPlain, let level = plain.level(matches, block.clock) {
                    peopleLevels[group &* (steps &+ 1) &+ level] &+= 1
                    continue
                }
                matches.order(block.clock)
                walk.go(matches)
                count(&walk, group, Clock.tick)
            }
        }
    }

    private mutating func count(_ walk: inout FunnelWalk, _ group: Int, _ tick: Int64) {
        guard !walk.isRemoved else { return }
        let row = group &* (steps &+ 1)
        guard question.entry != .furthest else {
            peopleLevels[row &+ walk.best] &+= 1
            if question.wantsTimes { note(walk.times, walk.best, group, tick) }
            return
        }
        var best = 0
        for entry in walk.entries {
            entryLevels[row &+ entry.level] &+= 1
            best = max(best, entry.level)
        }
        peopleLevels[row &+ best] &+= 1
        guard question.wantsTimes else { return }
        for entry in walk.entries {
            let ticks = walk.entryTimes[entry.times..<entry.times + steps]
            note(Array(ticks), entry.level, group, tick)
        }
    }

    private mutating func note(_ ticks: [Int64], _ level: Int, _ group: Int, _ tick: Int64) {
        guard level > 1 else { return }
        for step in 1..<level { times[group &* steps &+ step].append(ticks[step] &* tick) }
    }

    mutating func merge(_ other: FunnelFold) {
        peopleLevels.add(other.peopleLevels)
        entryLevels.add(other.entryLevels)
        for index in times.indices { times[index] += other.times[index] }
    }

    var answer: FunnelAnswer {
        let people = reached(peopleLevels)
        let sorted = times.map { $0.sorted() }
        return FunnelAnswer(
            people: people, entries: question.entry == .furthest ? people : reached(entryLevels),
            times: (0..<self.people.groups).map { group in
                Array(sorted[(group * steps + 1)..<((group + 1) * steps)])
            })
    }

    /// From "exactly so far" to "at least so far".
    private func reached(_ levels: [Int]) -> [[Int]] {
        levels.rows(of: steps + 1).map { row in
            (1...steps).map { row[$0...].reduce(0, +) }
        }
    }
}
