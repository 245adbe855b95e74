import Definitions
import Engines
import Planning
import Vocabulary

/// The texts of a request for the rows behind a number.
public struct RowsWords: Hashable, Sendable {
    /// The metric.
    public var metric: String
    /// Range and filters.
    public var question: QuestionWords
    /// Which side of a ratio: `numerator` or `denominator`.
    public var side: String?
    /// A source that the metric rests on, all of whose rows are meant; nil means those that count.
    public var source: String?
    /// How many rows; at most 1,000.
    public var limit: Int
    /// How many rows are passed over.
    public var offset: Int

    /// Makes the texts of a request.
    public init(
        metric: String, question: QuestionWords = QuestionWords(metrics: []), side: String? = nil,
        source: String? = nil, limit: Int = 100, offset: Int = 0
    ) {
        self.metric = metric
        self.question = question
        self.side = side
        self.source = source
        self.limit = limit
        self.offset = offset
    }
}

extension WorkspaceSession {
    /// The rows on which a number stands, the latest first; where it is what a model of purchases
    /// expects, the customers, those first of whom most is expected.
    ///
    /// - Returns: `{"source", "columns", "rows", "total", "filters"}`; cells are as JSON has them.
    /// - Throws: `question/…`; `statistics/…` where a model does not fit.
    public func rows(_ words: RowsWords) async throws(Failure) -> JSON {
        var asked = words.question
        asked.metrics = [catalog.kpis[words.metric]?.metric ?? words.metric]
        asked.by = []
        asked.grain = nil
        asked.compare = nil
        var question = try question(asked)
        guard (1...1_000).contains(words.limit), words.offset >= 0 else {
            throw Failure(
                .badLimit, "\(words.limit) rows after \(words.offset) are not possible.",
                hint: "Take a limit from 1 to 1000 and an offset of 0 or more.")
        }
        let side = words.side.map { RowsBehind.Side(rawValue: $0) } ?? .numerator
        guard let side else {
            throw Failure(
                .badChoice, "There is no side '\(words.side ?? "")'.",
                hint: "take numerator or denominator")
        }
        let snapshot = snapshot(for: question)
        var catalog = snapshot.catalog
        if let source = words.source {
            let all = try whole(source, of: question.metrics[0])
            catalog = catalog.adding([all])
            question.metrics = [all.id]
        }
        let plan = try Planner(catalog: catalog, facts: snapshot.facts).plan(question)
        if let behind = CustomersBehind(plan, side: side) {
            return try await CustomersAnswer(session: self, behind: behind)
                .json(question, limit: words.limit, offset: words.offset)
        }
        guard let behind = RowsBehind(plan, side: side) else {
            return [
                "source": .null, "columns": [], "rows": [], "total": 0, "filters": [],
            ]
        }
        let columns = snapshot.facts[behind.source]?.columns ?? []
        let frame = try await engine.run(
            behind.statement(
                columns: columns.map(\.name), limit: words.limit, offset: words.offset))
        let total = try await engine.run(behind.count).columns[0].integer(0) ?? 0
        return [
            "source": .text(behind.source),
            // Rows without a time lie in no range.
            "range": snapshot.catalog.sources[behind.source]?.time == nil
                ? .null : .text(question.range.description),
            "columns": .list(
                columns.map { ["name": .text($0.name), "type": .text($0.type.rawValue)] }),
            "rows": .list(
                (0..<frame.count).map { row in
                    .list(frame.columns.map { $0.json(row) })
                }), "total": .integer(total),
            "filters": .list(behind.filters.map(JSON.text)),
        ]
    }
}

extension WorkspaceSession {
    /// The rows of a source, all of them, as a metric that no file defines.
    fileprivate func whole(_ source: String, of metric: String) throws(Failure) -> Metric {
        let known = catalog.sources(of: metric)
        guard known.contains(source) else {
            throw Failure(
                .badChoice, "'\(metric)' does not rest on a source '\(source)'.",
                hint: nearestName(to: source, among: known).map { "did you mean '\($0)'?" }
                    ?? "take one of \(known.sorted().joined(separator: ", "))")
        }
        return Metric.made("rows_of_\(source)", .over(source, .count(nil)))
    }
}

extension FrameColumn {
    /// A cell as JSON has it; days and instants are texts.
    func json(_ row: Int) -> JSON {
        switch values {
        case .booleans(let values): values[row].map(JSON.boolean) ?? .null
        case .integers(let values): values[row].map { .integer(Int($0)) } ?? .null
        case .numbers(let values): .optional(values[row])
        case .texts, .days, .instants: .optional(text(row))
        }
    }
}
