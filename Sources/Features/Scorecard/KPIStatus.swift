import Definitions
import Planning
import Statistics
import Vocabulary

/// How a KPI stands.
public struct KPIStatus: Sendable {
    /// The KPI.
    public let kpi: KPI
    /// Its metric.
    public let metric: Metric
    /// The unit of its values, with the currency filled in.
    public let unit: Vocabulary.Unit
    /// The last complete period; nil without one.
    public let period: Period?
    /// The period's number.
    public let cell: AnswerCell?
    /// Where the value stands on the target's path.
    public let judgement: CourseJudgement
    /// How fresh the data is.
    public let freshness: Freshness
    /// The values of the last periods, oldest first; the last may be incomplete.
    public let sparkline: [Spark]
    /// Names the receipt.
    public let receipt: String?
    /// Why there is no number, where a failure is the reason.
    public let failure: Failure?

    /// A point of a sparkline.
    public struct Spark: Sendable {
        /// The period's first day.
        public let period: String
        /// Its value.
        public let value: Double?
        /// Whether all its data has arrived.
        public let isComplete: Bool
    }
}

/// How fresh the data under a number is.
public struct Freshness: Sendable {
    /// How fresh.
    public enum State: String, Sendable {
        /// As it should be, older than it should be, none at all.
        case fresh, stale, empty
    }

    /// The data is known up to here.
    public let watermark: Instant?
    /// How fresh that is.
    public let state: State
    /// The same in words.
    public let text: String

    /// Judges a watermark.
    ///
    /// - Parameters:
    ///   - watermark: The earliest watermark of the sources; nil without data.
    ///   - now: The present instant.
    ///   - limitDays: After so many days data is stale.
    public init(watermark: Instant?, now: Instant, limitDays: Int) {
        self.watermark = watermark
        guard let watermark else {
            (state, text) = (.empty, "no data")
            return
        }
        let seconds = max(0, now.seconds - watermark.seconds)
        state = seconds > limitDays * 86_400 ? .stale : .fresh
        text = Freshness.age(seconds)
    }

    private static func age(_ seconds: Int) -> String {
        switch seconds {
        case ..<90: "just now"
        case ..<5_400: "\(seconds / 60) minutes ago"
        case ..<172_800: "\(max(2, seconds / 3_600)) hours ago"
        case ..<5_184_000: "\(seconds / 86_400) days ago"
        default: "\(seconds / 2_629_746) months ago"
        }
    }
}

extension KPIStatus {
    /// Whether the change is for the better; nil without a change or a direction.
    var isBetter: Bool? {
        guard let change = cell?.change?.value, change != 0 else { return nil }
        switch metric.better {
        case .up: return change > 0
        case .down: return change < 0
        case .none: return nil
        }
    }

    /// The status as `status --format json` and the API print it.
    public var json: JSON {
        let quantity = cell?.quantity
        return [
            "kpi": .text(kpi.id), "title": .text(kpi.title), "metric": .text(metric.id),
            "owner": .optional(kpi.owner), "team": .optional(kpi.team ?? kpi.owner),
            "objective": .optional(kpi.objective), "unit": .text(unit.name),
            "currency": unit.currency.map(JSON.text) ?? .null,
            "better": .text(metric.better.rawValue), "review": .text(kpi.review.rawValue),
            "status": .text(kpi.status.rawValue), "period": period.map(\.json) ?? .null,
            "value": .optional(quantity?.value), "low": .optional(cell?.interval?.low),
            "high": .optional(cell?.interval?.high), "n": .optional(quantity?.count),
            "numerator": .optional(quantity?.numerator),
            "denominator": .optional(quantity?.denominator), "change": changeJSON,
            "target": targetJSON, "course": .text(judgement.course.rawValue),
            "courseText": .text(judgement.text), "benchmark": kpi.benchmark?.json ?? .null,
            "guardrail": .optional(kpi.guardrail),
            "freshness": [
                "watermark": .optional(freshness.watermark?.description),
                "state": .text(freshness.state.rawValue), "text": .text(freshness.text),
            ],
            "sparkline": .list(
                sparkline.map {
                    [
                        "period": .text($0.period), "value": .optional($0.value),
                        "complete": .boolean($0.isComplete),
                    ]
                }),
            "receipt": .optional(receipt), "failure": failure?.json ?? .null,
        ]
    }

    private var changeJSON: JSON {
        guard let change = cell?.change, change.previous != nil else { return .null }
        let direction = isBetter.map { $0 ? "better" : "worse" } ?? "same"
        return [
            "previous": .optional(change.previous), "value": .optional(change.value),
            "unit": .text(change.unit.rawValue), "low": .optional(change.interval?.low),
            "high": .optional(change.interval?.high),
            "withinNoise": change.isWithinNoise.map(JSON.boolean) ?? .null,
            "direction": .text(direction), "comparedWith": .optional(change.comparedWith?.label),
        ]
    }

    private var targetJSON: JSON {
        guard let target = kpi.target else { return .null }
        return [
            "path": .optional(judgement.path), "by": .text(target.by.day.description),
            "value": .number(target.by.value), "floor": .optional(target.floor),
            "stretch": .optional(target.stretch),
            "from": target.from.map {
                ["date": .text($0.day.description), "value": .number($0.value)]
            } ?? .null,
        ]
    }
}

extension Vocabulary.Unit {
    /// The currency of an amount of money.
    var currency: String? { if case .money(let currency) = self { currency } else { nil } }
}

extension Period {
    /// The period as the API prints it; the end is the day after the last.
    var json: JSON {
        [
            "start": .text(range.start.description), "end": .text(range.end.description),
            "label": .text(label), "grain": .optional(grain?.rawValue),
        ]
    }
}

extension Benchmark {
    /// The benchmark as the API prints it.
    var json: JSON {
        [
            "value": .number(value), "source": .optional(source),
            "seen": .optional(seen?.description),
        ]
    }
}
