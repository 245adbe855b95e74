import Vocabulary

/// How many people were active in each period, and in the last so many periods up to each.
public struct ActiveQuestion: Hashable, Sendable {
    /// What counts as being active.
    public var events: EventSelection
    /// Who is counted.
    public var people: PeopleSelection
    /// The borders of the periods, one more than periods; the zone is in them.
    public var borders: [Instant]
    /// Lengths of windows that roll over the periods, for example 28 over days.
    public var rolling: [Int]

    /// Asks for active people.
    public init(
        events: EventSelection = .all, people: PeopleSelection = .everyone, borders: [Instant],
        rolling: [Int] = []
    ) {
        self.events = events
        self.people = people
        self.borders = borders
        self.rolling = rolling
    }
}

/// Active people by group and period.
public struct ActiveAnswer: Hashable, Sendable {
    /// By group, by period: how many people were active in it.
    public let active: [[Int]]
    /// By group, by window, by period: how many were active in the window that ends with the period.
    ///
    /// A window that begins before the first border counts only what is after it.
    public let rolling: [[[Int]]]
}

extension BehaviourSnapshot {
    /// Counts active people.
    ///
    /// - Throws: `behaviour/cancelled`.
    public func answer(
        _ question: ActiveQuestion, threads: Int = 2
    ) async throws(Failure) -> ActiveAnswer {
        try await fold(ActiveFold(question, schema), threads: threads).answer
    }
}

private struct ActiveFold: HistoryFold {
    private let table: EventTable
    private let people: PeopleTable
    private let windows: [Int]
    private var borders: BorderTicks
    private var active: [Int]
    /// Steps up and down of the rolling counts: by group and window, one more than periods.
    private var steps: [Int]

    init(_ question: ActiveQuestion, _ schema: IndexSchema) {
        table = EventTable([question.events])
        people = PeopleTable(question.people, schema)
        windows = question.rolling
        borders = BorderTicks(question.borders)
        active = Array(repeating: 0, count: people.groups * borders.count)
        steps = Array(
            repeating: 0, count: people.groups * question.rolling.count * (borders.count + 1))
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        borders.prepare(block.clock)
        let periods = borders.count
        let (table, people, windows) = (table, people, windows)
        var covered = [Int](repeating: 0, count: windows.count)
        borders.ticks.withUnsafeBufferPointer { ticks in
            active.withUnsafeMutableBufferPointer { active in
                steps.withUnsafeMutableBufferPointer { steps in
                    for slot in 0..<block.count {
                        guard let group = people.group(slot, block.attributes) else { continue }
                        var period = -1
                        var until = ticks[0]
                        for index in Int(block.starts[slot])..<Int(block.starts[slot &+ 1]) {
                            let time = block.clock.ticks(index)
                            guard time >= until else { continue }
                            guard table.isAll || Self.isWanted(index, block, table) else {
                                continue
                            }
                            if period < 0 { for window in covered.indices { covered[window] = 0 } }
                            repeat { period &+= 1 } while time >= ticks[period &+ 1]
                            guard period < periods else { break }
                            until = ticks[period &+ 1]
                            active[group &* periods &+ period] &+= 1
                            for window in windows.indices {
                                // The person counts until the window has passed: add only what is
                                // not covered by an earlier day.
                                let row = (group &* windows.count &+ window) &* (periods &+ 1)
                                let end = min(period &+ windows[window], periods)
                                steps[row &+ max(covered[window], period)] &+= 1
                                steps[row &+ end] &-= 1
                                covered[window] = end
                            }
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func isWanted<Clock: HistoryClock>(
        _ index: Int, _ block: HistoryBlock<Clock>, _ table: EventTable
    ) -> Bool {
        table.checked(table.masks[Int(block.events[index])], index, block.properties) != 0
    }

    mutating func merge(_ other: ActiveFold) {
        active.add(other.active)
        steps.add(other.steps)
    }

    var answer: ActiveAnswer {
        let rolling = steps.rows(of: borders.count + 1).map { row in
            var sum = 0
            return row.dropLast().map { step -> Int in
                sum += step
                return sum
            }
        }
        let windows = windows.count
        return ActiveAnswer(
            active: active.rows(of: borders.count),
            rolling: (0..<people.groups).map { Array(rolling[$0 * windows..<($0 + 1) * windows]) })
    }
}
