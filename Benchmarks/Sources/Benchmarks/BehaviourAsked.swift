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

    private var steps: [EventSelection] {
        [3, 4, 9, 13].map { EventSelection(events: [$0]) }
    }

    private static let week: Int64 = 7 * 86_400 * 1_000_000

    private func funnel() async throws -> [[String]] {
        let question = FunnelQuestion(steps: steps, windowMicroseconds: Self.week)
        return [try await snapshot.answer(question, threads: threads).people[0].map(String.init)]
    }

    private func funnelSplit() async throws -> [[String]] {
        var steps = steps
        steps[3].conditions = [try snapshot.condition("cents") { (Int($0) ?? 0) > 2_000 }]
        let plan = try snapshot.attribute("plan", isIn: ["starter", "team", "business"])
        let country = try snapshot.attribute("country")
        let question = FunnelQuestion(
            steps: steps, windowMicroseconds: Self.week,
            people: PeopleSelection(conditions: [plan.index: plan.codes], split: country.index))
        let answer = try await snapshot.answer(question, threads: threads)
        return answer.people.enumerated().compactMap { code, levels in
            guard let name = snapshot.schema.attributes[country.index].value(UInt16(code)) else {
                return nil
            }
            return [name] + levels.map(String.init)
        }.sorted { $0[0] < $1[0] }
    }

    private func retention() async throws -> [[String]] {
        let question = RetentionQuestion(borders: days((0...12).map { $0 * 7 }))
        let answer = try await snapshot.answer(question, threads: threads)
        return answer.retained[0].enumerated().flatMap { cohort, ages in
            ages.enumerated().filter { $0.element > 0 }.map { age, people in
                ["\(cohort)", "\(age)", "\(people)"]
            }
        }
    }

    private func adoption() async throws -> [[String]] {
        let question = AdoptionQuestion(
            adopted: EventSelection(events: [20]), borders: days([0, 31, 59, 90]))
        let answer = try await snapshot.answer(question, threads: threads)
        return answer.periods[0].enumerated().map { month, counts in
            ["\(month + 1)", "\(counts.active)", "\(counts.adopters)"]
        }
    }

    private func paths() async throws -> [[String]] {
        let answer = try await snapshot.answer(PathQuestion(), threads: threads)
        return answer.paths[0].map { path in
            path.events.map { "\($0)" } + ["\(path.count)"]
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
