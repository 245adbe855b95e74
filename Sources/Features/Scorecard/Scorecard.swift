import Definitions
import Planning
import Vocabulary

/// How all active KPIs of a workspace stand.
public struct Scorecard: Sendable {
    /// When it was made.
    public let asOf: Instant
    /// The objectives that KPIs serve.
    public let objectives: [Objective]
    /// The KPIs, in the order of their names.
    public let kpis: [KPIStatus]

    /// What needs attention first, and why.
    public var attention: [(kpi: String, text: String)] {
        let ranked = kpis.compactMap { status -> (Int, KPIStatus, String)? in
            guard let (rank, text) = status.concern else { return nil }
            return (rank, status, text)
        }
        return ranked.sorted { ($0.0, $0.1.kpi.id) < ($1.0, $1.1.kpi.id) }
            .map { ($0.1.kpi.id, $0.2) }
    }

    /// The scorecard as the API and `status --format json` print it.
    public var json: JSON {
        [
            "asOf": .text(asOf.description),
            "objectives": .list(
                objectives.map { objective in
                    objective.json(kpis: kpis.map(\.kpi).filter { $0.objective == objective.id })
                }),
            "kpis": .list(kpis.map(\.json)),
            "attention": .list(
                attention.map { ["kpi": .text($0.kpi), "text": .text($0.text)] }),
        ]
    }
}

extension Objective {
    /// The objective as the API prints it.
    func json(kpis: [KPI]) -> JSON {
        [
            "id": .text(id), "title": .text(title), "is": .optional(meaning),
            "owner": .optional(owner), "starts": .optional(starts?.description),
            "by": .optional(by?.description), "achievable": .optional(achievable),
            "relevant": .optional(relevant), "kpis": .list(kpis.map { .text($0.id) }),
        ]
    }
}

extension KPIStatus {
    /// How urgent it is, 0 first, and why; nil where all is well.
    var concern: (Int, String)? {
        if let failure { return (0, failure.message) }
        switch judgement.course {
        case .offCourse: return (1, "Off course: \(judgement.text)\(untilTarget).")
        case .noData: return (2, "There is no value for a complete period yet.")
        default: break
        }
        if freshness.state == .stale {
            return (3, "The data is stale: last seen \(freshness.text).")
        }
        if judgement.course == .atRisk { return (4, "At risk: \(judgement.text)\(untilTarget).") }
        if isBetter == false, cell?.change?.isWithinNoise == false {
            return (
                5,
                "On course, but worse than in the \(cell?.change?.comparedWith?.label ?? "period before"), beyond its noise."
            )
        }
        return nil
    }

    private var untilTarget: String {
        guard let target = kpi.target, let period else { return "" }
        let days = target.by.day.number - period.range.end.number
        guard days > 0 else { return ", and its date has passed" }
        return days > 14 ? ", \(days / 7) weeks left" : ", \(days) days left"
    }
}
