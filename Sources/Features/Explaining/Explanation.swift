import Definitions
import Engines
import Planning
import Statistics
import Vocabulary

/// What to explain: a KPI, a metric or a receipt, with the options of a question.
public struct ExplainWords: Hashable, Sendable {
    /// The KPI's, metric's or receipt's name.
    public var name: String
    /// Range, grain, dimensions and filters.
    public var question: QuestionWords

    /// Makes the texts of an explanation.
    public init(name: String, question: QuestionWords = QuestionWords(metrics: [])) {
        self.name = name
        self.question = question
    }
}

/// How a number is made: definition, plan, SQL, receipt; and the number made again.
public struct Explanation: Sendable {
    /// The metric.
    public let metric: Metric
    /// The version of its definition.
    public let definition: String
    /// The plan, a line for each node.
    public let plan: String
    /// The statements.
    public let statements: [Statement]
    /// The receipt, rows that were left out counted.
    public let receipt: Receipt
    /// Whether the number came out the same to the bit when it was computed again.
    public let isSame: Bool
    /// The number that came out then.
    public let recomputed: Double?

    /// The explanation as `explain --format json` and the API print it.
    public var json: JSON {
        [
            "definition": [
                "yaml": .text(metric.origin.yaml), "hash": .text(definition),
                "file": .text(metric.origin.place.file),
            ],
            "plan": .text(plan), "sql": .list(statements.map(\.json)),
            "receipt": receipt.json,
            "recomputed": ["same": .boolean(isSame), "value": .optional(recomputed)],
        ]
    }
}

extension WorkspaceSession {
    /// Explains a number and computes it again.
    ///
    /// A KPI without options is explained for the period that the scorecard shows.
    public func explanation(of words: ExplainWords) async throws(Failure) -> Explanation {
        let question = try await question(toExplain: words)
        let snapshot = snapshot(for: question)
        let first = try await answer(question)
        let again = try await asker(snapshot).answer(question)
        let plan = try Planner(catalog: snapshot.catalog, facts: snapshot.facts).plan(question)
        guard let metric = snapshot.catalog.metrics[question.metrics[0]] else {
            throw Failure(.unknownKPI, "There is no metric named '\(question.metrics[0])'.")
        }
        var receipt = again.receipts[0]
        receipt.leftOut = try await leftOut(plan)
        return Explanation(
            metric: metric, definition: snapshot.fingerprints[metric.id] ?? "",
            plan: PlanText(plan).text, statements: receipt.statements, receipt: receipt,
            isSame: first.bits == again.bits, recomputed: again.rows.last?.cells[0].quantity.value)
    }

    private func question(toExplain words: ExplainWords) async throws(Failure) -> Question {
        if let known = remembered(words.name) { return try question(known) }
        var asked = words.question
        guard let kpi = catalog.kpis[words.name] else {
            let id = words.name
            guard catalog.metrics[id] != nil else {
                let names = Array(catalog.kpis.keys) + Array(catalog.metrics.keys)
                throw Failure(
                    .unknownKPI, "There is no KPI, metric or receipt named '\(id)'.",
                    hint: nearestName(to: id, among: names).map { "did you mean '\($0)'?" })
            }
            asked.metrics = [id]
            return try question(asked)
        }
        asked.metrics = [kpi.metric]
        if asked.over == nil, let period = try await status(of: kpi.id).period {
            asked.over = period.range.description
        }
        return try question(asked)
    }

    /// Counts the rows that were left out, and why, over all reads of a plan.
    private func leftOut(_ plan: QuestionPlan) async throws(Failure) -> [Receipt.LeftOut] {
        var result: [Receipt.LeftOut] = []
        var seen: Set<Statement> = []
        for read in plan.reads {
            let census = LeftOutCensus(read)
            guard seen.insert(census.statement).inserted else { continue }
            let frame = try await engine.run(census.statement)
            for (index, reason) in census.reasons.enumerated() {
                let rows = frame.columns[index].integer(0) ?? 0
                if rows > 0 { result.append(Receipt.LeftOut(reason: reason, rows: rows)) }
            }
        }
        return result
    }
}

extension Answer {
    /// Every number of the answer, bit by bit.
    var bits: [UInt64?] {
        rows.flatMap { row in
            row.cells.flatMap { cell in
                [
                    cell.quantity.value, cell.quantity.numerator, cell.quantity.denominator,
                    cell.interval?.low, cell.interval?.high,
                ].map { $0?.bitPattern }
            }
        }
    }
}
