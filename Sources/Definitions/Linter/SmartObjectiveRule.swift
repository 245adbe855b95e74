import Vocabulary

/// Objectives that are not specific, measurable, achievable, relevant and time-bound.
///
/// Source: G. T. Doran, "There's a S.M.A.R.T. way to write management's goals and objectives",
/// Management Review 70 (1981), 35–36.
struct SmartObjectiveRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.objectives.compactMap { objective in
            let missing = gaps(of: objective, in: context)
            guard !missing.isEmpty else { return nil }
            return Finding(
                .warning,
                Failure(
                    .objectiveNotSmart,
                    "The objective '\(objective.id)' is not \(listed(missing.map(\.letter))) yet.",
                    hint: missing.map(\.hint).joined(separator: "; "),
                    place: objective.origin.place(of: "objective")))
        }
    }

    private func gaps(
        of objective: Objective, in context: CheckContext
    ) -> [(letter: String, hint: String)] {
        var gaps: [(letter: String, hint: String)] = []
        if objective.meaning == nil { gaps.append(("specific", "say what it is about with is:")) }
        let isMeasured = context.kpis.contains {
            $0.objective == objective.id && $0.target != nil
        }
        if !isMeasured {
            gaps.append(("measurable", "give it a KPI with a target"))
        }
        if objective.achievable == nil {
            gaps.append(("achievable", "say with achievable: why it can be reached"))
        }
        if objective.relevant == nil {
            gaps.append(("relevant", "say with relevant: which larger goal it serves"))
        }
        if objective.by == nil { gaps.append(("time-bound", "add by: 2026-12-31")) }
        return gaps
    }

    private func listed(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension Failure.Code {
    /// An objective is not specific, measurable, achievable, relevant or time-bound.
    public static let objectiveNotSmart: Self = "kpi/objective-not-smart"
}
