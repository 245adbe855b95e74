import Definitions
import Planning
import Statistics
import Vocabulary

/// The texts of a trend, as an address gives them: of a KPI or of a metric.
public struct TrendWords: Hashable, Sendable {
    /// The KPI, with its target and benchmark.
    public var kpi: String?
    /// The metric, where no KPI is named.
    public var metric: String?
    /// Grain, range, comparison, dimensions, filters and limit.
    public var question: QuestionWords

    /// Makes the texts of a trend.
    public init(
        kpi: String? = nil, metric: String? = nil,
        question: QuestionWords = QuestionWords(metrics: [])
    ) {
        self.kpi = kpi
        self.metric = metric
        self.question = question
    }
}

extension WorkspaceSession {
    /// The semantic chart of a KPI or metric over time: a `TrendSpec`.
    ///
    /// - Throws: `question/…`.
    public func trend(_ words: TrendWords) async throws(Failure) -> JSON {
        let kpi = try words.kpi.map { id throws(Failure) in try self.kpi(named: id) }
        var asked = words.question
        asked.metrics = [kpi?.metric ?? words.metric ?? ""]
        let grain = asked.grain ?? kpi?.review.grain.rawValue ?? "week"
        asked.grain = grain
        if asked.over == nil {
            asked.over = WorkspaceSession.usualRange(grain)
        }
        var question = try question(asked)
        if words.question.over?.lowercased().hasPrefix("last ") ?? true {
            question.range = withCurrent(question)
        }
        let answer = try await answer(question)
        return TrendSpec(answer, kpi: kpi, currency: settings.currency).json
    }

    private static func usualRange(_ grain: String) -> String {
        switch grain {
        case "hour": "last 2 days"
        case "day": "last 90 days"
        case "week": "last 52 weeks"
        case "month": "last 24 months"
        case "quarter": "last 12 quarters"
        default: "last 6 years"
        }
    }

    /// The range, and the running period after it.
    private func withCurrent(_ question: Question) -> TimeRange {
        guard let grain = question.grain, grain != .hour else { return question.range }
        let end = question.calendar.next(grain, after: question.range.end)
        return TimeRange(start: question.range.start, end: end)
    }
}

/// A trend as a page draws it.
struct TrendSpec {
    let answer: Answer
    let kpi: KPI?
    let currency: String

    init(_ answer: Answer, kpi: KPI?, currency: String) {
        self.answer = answer
        self.kpi = kpi
        self.currency = currency
    }

    var json: JSON {
        let metric = answer.metrics[0]
        let parts = answer.rows.map(\.part).reduce(into: [Part]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let isSplit = !answer.question.dimensions.isEmpty
        var series = parts.map { part in
            TrendSpec.series(
                name: isSplit ? part.name : metric.title, role: isSplit ? "part" : "actual",
                kind: part.kind, points: rows(part).map(TrendSpec.point))
        }
        if let comparison = answer.question.comparison, !isSplit {
            series.append(
                TrendSpec.series(
                    name: comparison.title, role: "comparison", kind: "value",
                    points: rows(.whole).map(TrendSpec.comparisonPoint)))
        }
        return [
            "kind": "trend", "title": .text(kpi?.title ?? metric.title),
            "metric": .text(metric.id), "unit": .text(metric.unit.name),
            "currency": metric.unit.currency.map(JSON.text) ?? .null,
            "better": .text(metric.better.rawValue),
            "grain": .optional(answer.question.grain?.rawValue),
            "zone": .text(answer.question.calendar.zone.name),
            "comparison": .optional(answer.question.comparison?.rawValue),
            "series": .list(series), "target": target,
            "benchmark": kpi?.benchmark?.json ?? .null, "annotations": [],
            "notes": .list(answer.notes.map(\.json)),
            "receipt": .optional(answer.receipts.first?.id),
        ]
    }

    private func rows(_ part: Part) -> [AnswerRow] { answer.rows.filter { $0.part == part } }

    private static func series(
        name: String, role: String, kind: String, points: [JSON]
    ) -> JSON {
        [
            "name": .text(name), "role": .text(role), "part": .text(kind),
            "points": .list(points),
        ]
    }

    private static func point(_ row: AnswerRow) -> JSON {
        let cell = row.cells[0]
        return [
            "period": .text(row.period.key), "end": .text(row.period.range.end.description),
            "label": .text(row.period.label), "value": .optional(cell.quantity.value),
            "low": .optional(cell.interval?.low), "high": .optional(cell.interval?.high),
            "n": .optional(cell.quantity.count), "numerator": .optional(cell.quantity.numerator),
            "denominator": .optional(cell.quantity.denominator),
            "complete": .boolean(cell.isComplete),
            "change": .optional(cell.change?.value),
            "changeUnit": .optional(cell.change?.unit.rawValue),
            "withinNoise": cell.change?.isWithinNoise.map(JSON.boolean) ?? .null,
        ]
    }

    private static func comparisonPoint(_ row: AnswerRow) -> JSON {
        let change = row.cells[0].change
        return [
            "period": .text(row.period.key),
            "label": .optional(change?.comparedWith?.label),
            "value": .optional(change?.previous), "low": .null, "high": .null, "n": .null,
            "numerator": .null, "denominator": .null, "complete": true,
        ]
    }

    private var target: JSON {
        guard let target = kpi?.target else { return .null }
        let points = [target.from, target.by].compactMap { $0 }
        return [
            "points": .list(
                points.map { .list([.text($0.day.description), .number($0.value)]) }),
            "floor": .optional(target.floor), "stretch": .optional(target.stretch),
        ]
    }
}

extension Part {
    /// The part's name in a legend.
    var name: String {
        values.map { $0.text ?? "none" }.joined(separator: " · ")
    }
}

extension Comparison {
    /// What the compared values are called.
    var title: String {
        switch self {
        case .previous: "Period before"
        case .year: "Year before"
        case .weekday: "52 weeks before"
        }
    }
}
