import Behaviour
import Vocabulary

/// The questions of the behaviour benchmark, asked of the index; answers are rows as SQL gives them.
struct BehaviourAsked {
    static let names = [
        "active", "funnel", "funnel-split", "retention", "adoption", "paths", "lifecycle",
    ]

    let snapshot: BehaviourSnapshot
    var threads = 2

    /// Asks one question.
    func rows(_ name: String) async throws -> [[String]] {
        switch name {
        case "active": try await active()
        case "funnel": try await funnel()
        case "funnel-split": try await funnelSplit()
        case "retention": try await retention()
        case "adoption": try await adoption()
        case "paths": try await paths()
        case "lifecycle": try await lifecycle()
        default: throw Failure("benchmark/unknown", "There is no question '\(name)'.")
        }
    }

    private func days(_ days: [Int]) -> [Instant] {
        days.map { Instant(seconds: BehaviourData.start + $0 * 86_400) }
    }

    private func active() async throws -> [[String]] {
        let question = ActiveQuestion(
            borders: days(Array(0...BehaviourData.days)), rolling: [28])
        let answer = try await snapshot.answer(question, threads: threads)
        return (0..<BehaviourData.days).map {
            [$0, answer.active[0][$0], answer.rolling[0][0][$0]].map(String.init)
        }
    }

    private func steps(_ conditions: [PropertyCondition] = []) -> [EventSelection] {
        [3, 4, 9, 13].map { EventSelection(events: [$0], conditions: conditions) }
    }

    private static let week: Int64 = 7 * 86_400 * 1_000_000

    private func everyone(
        _ steps: [EventSelection], property: Int? = nil
    ) -> AttemptsQuestion {
        AttemptsQuestion(
            steps: steps, windowMicroseconds: Self.week, entered: days([0])[0]..<days([90])[0],
            property: property)
    }

    private func funnel() async throws -> [[String]] {
        let answer = try await snapshot.answer(everyone(steps()), threads: threads)
        return [Self.levels(answer).map(String.init)]
    }

    private func funnelSplit() async throws -> [[String]] {
        let paying = try snapshot.condition("plan") {
            ["starter", "team", "business"].contains($0)
        }
        var steps = steps([paying])
        steps[3].conditions.append(try snapshot.condition("cents") { (Int($0) ?? 0) > 2_000 })
        let country = BehaviourData.schema.properties[0]
        let answer = try await snapshot.answer(
            everyone(steps, property: 0), threads: threads)
        return country.values.indices.compactMap { place in
            let levels = Self.levels(answer, value: UInt16(place + 2))
            return levels[0] == 0 ? nil : [country.values[place]] + levels.map(String.init)
        }.sorted { $0[0] < $1[0] }
    }

    /// How many attempts came to each step.
    static func levels(_ answer: AttemptsAnswer, value: UInt16? = nil) -> [Int] {
        var levels = [Int](repeating: 0, count: answer.steps)
        for attempt in 0..<answer.count where value == nil || answer.values[attempt] == value {
            for step in levels.indices
            where answer.times[attempt * answer.steps + step] != AttemptsAnswer.never {
                levels[step] += 1
            }
        }
        return levels
    }

    private func retention() async throws -> [[String]] {
        let question = ReturnsQuestion(
            start: .all, comeback: .all,
            cells: (1...11).map { ReturnsQuestion.AgeRange(first: $0, last: $0) },
            borders: days((0...12).map { $0 * 7 }), cohorts: 12)
        let answer = try await snapshot.answer(question, threads: threads)
        return answer.returned[0].enumerated().flatMap { cohort, returned in
            ([answer.sizes[0][cohort]] + returned).enumerated().filter { $0.element > 0 }
                .map { age, people in ["\(cohort)", "\(age)", "\(people)"] }
        }
    }

    private func adoption() async throws -> [[String]] {
        let months = days([0, 31, 59, 90])
        let question = UsageQuestion(
            used: EventSelection(events: [20]), borders: months,
            days: days(Array(0...BehaviourData.days)), begun: months[0]..<months[3])
        let answer = try await snapshot.answer(question, threads: threads)
        return answer.periods[0].enumerated().map { month, counts in
            ["\(month + 1)", "\(counts.eligible)", "\(counts.users)"]
        }
    }

    /// The twenty commonest beginnings of three events of sessions that have as many.
    private func paths() async throws -> [[String]] {
        let all = days([0, 90])
        let answer = try await snapshot.answer(
            WaysQuestion(during: all[0]..<all[1], length: 3, joinsRepeats: false),
            threads: threads)
        var found: [(nodes: [UInt32], count: Int)] = []
        answer.forEachInOrder { way, count in
            guard way.nodes.allSatisfy({ $0 > 0 }) else { return }
            if let last = found.last, last.nodes == way.nodes {
                found[found.count - 1].count += count
            } else {
                found.append((way.nodes, count))
            }
        }
        // Nodes are in the order of their names, which is that of the numbers.
        return found.sorted { $0.count > $1.count }.prefix(20).map { way in
            way.nodes.map { "\($0 - 1)" } + ["\(way.count)"]
        }
    }

    private func lifecycle() async throws -> [[String]] {
        let question = LifecycleQuestion(borders: days((-1...12).map { $0 * 7 }))
        let answer = try await snapshot.answer(question, threads: threads)
        return answer.periods[0].enumerated().map { week, counts in
            [week, counts.new, counts.current, counts.resurrected, counts.dormant].map(String.init)
        }
    }
}
