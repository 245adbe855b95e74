import Vocabulary

/// Reads the kinds that tell of states: what is open, alive, or changed between two moments.
extension AggregateReading {
    /// `{ open: rows, started: created_at, ended: resolved_at }`.
    func open() -> AggregateFunction? {
        let words: [(String, OpenRows.Measure)] = [
            ("rows", .count), ("average_age", .averageAge), ("percentile", .percentileAge(50)),
        ]
        var measure = reader.word("open", of: words)
        if case .percentileAge? = measure {
            measure = reader.rank("rank", example: "85").map { .percentileAge($0) }
        }
        let started = reader.required("started", example: "created_at")
        let ended = reader.required("ended", example: "resolved_at")
        guard let measure, let started, let ended else { return nil }
        return .open(OpenRows(measure, started: started, ended: ended))
    }

    /// `{ transition: churn, of: customer, amount: amount }`.
    func transition() -> AggregateFunction? {
        let transition = reader.requiredWord("transition", as: Transition.self)
        let entity = reader.required("of", example: "customer")
        let amount = reader.expression("amount")
        guard let transition, let entity else { return nil }
        return .transition(transition, of: entity, amount: amount)
    }

    /// `{ lifecycle: resurrected, of: person }`.
    func lifecycle() -> AggregateFunction? {
        let stage = reader.requiredWord("lifecycle", as: LifecycleStage.self)
        let entity = reader.required("of", example: "person")
        guard let stage, let entity else { return nil }
        return .lifecycle(stage, of: entity)
    }
}
