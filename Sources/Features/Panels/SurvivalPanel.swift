import Definitions
import Planning
import Statistics
import Vocabulary

/// The survival curves of those who began in the range, whole or by a dimension, and what a model
/// projects of them.
struct SurvivalPanel: Panel {
    let kind = "survival"
    let title = "How long they stay"
    private let desk: PanelDesk

    init?(_ desk: PanelDesk) {
        let isSurvival = desk.aggregates.contains {
            if case .survival = $0.function { true } else { false }
        }
        guard isSurvival else { return nil }
        self.desk = desk
    }

    /// How many steps of a curve are drawn at most.
    private static let pointsMax = 400

    func json() async throws(Failure) -> JSON? {
        let question = try desk.question(
            [desk.metric.id], over: "all", by: Array(desk.words.by.prefix(1)), limit: 6)
        let (plan, assembly) = try await desk.assembly(question)
        guard let metric = plan.metrics.first,
            let (asked, groups) = try assembly.survival(of: metric)
        else { return nil }
        var notes: [JSON] = []
        let curves = groups.compactMap { group -> JSON? in
            guard let curve = try? KaplanMeier(group.counts) else { return nil }
            let name = group.part.values.first.map { $0.text ?? group.part.kind } ?? "all"
            let members = members(of: curve, name: name, counts: group.counts)
            guard let model = asked.model else { return .object(members) }
            let renewals = RenewalProjection(group.counts, longest: curve.lastTime)
            if let failure = renewals.failure { notes.append(note(failure, on: name)) }
            return .object(members + [("model", renewals.json(model))])
        }
        guard !curves.isEmpty else { return nil }
        let test = groups.count > 1 ? try? LogRank(groups.map(\.counts)) : nil
        return desk.panel(
            kind, title: title,
            [
                ("ages", .text(asked.model == nil ? "unit" : "renewal")),
                ("range", .text(question.range.description)),
                ("model", .optional(asked.model?.rawValue)),
                ("curves", .list(curves)),
                (
                    "logRank",
                    test.map {
                        [
                            "chiSquare": .number($0.test.statistic),
                            "degrees": .integer($0.test.degreesOfFreedom),
                            "p": .number($0.test.probability),
                        ]
                    } ?? .null
                ),
            ], notes: notes)
    }

    private func note(_ failure: Failure, on curve: String) -> JSON {
        let hint = failure.hint.map { " " + $0 } ?? ""
        return [
            "code": "answer/no-estimate",
            "message": .text("\(curve): nothing is projected. \(failure.message)\(hint)"),
        ]
    }

    private func members(
        of curve: KaplanMeier, name: String, counts: [SurvivalCount]
    ) -> [(name: String, value: JSON)] {
        let stride = max(1, curve.steps.count / SurvivalPanel.pointsMax)
        let shown = curve.steps.enumerated().filter {
            $0.offset.isMultiple(of: stride) || $0.offset == curve.steps.count - 1
        }
        let points = shown.map { _, step -> JSON in
            let interval = try? curve.interval(at: step.time)
            return [
                "time": .number(step.time), "value": .number(step.survival),
                "low": .optional(interval?.low), "high": .optional(interval?.high),
                "atRisk": .integer(step.atRisk),
            ]
        }
        return [
            ("name", .text(name)),
            ("customers", .integer(counts.reduce(0) { $0 + $1.events + $1.censored })),
            ("events", .integer(counts.reduce(0) { $0 + $1.events })),
            ("median", .optional(curve.time())), ("points", .list(points)),
        ]
    }
}
