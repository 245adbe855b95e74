import Definitions
import Vocabulary

/// Parts by the value of another event than the one that begins an attempt.
extension FunnelWriter {
    /// Whether the values of `units` are looked up after its steps are known.
    var isValuedLater: Bool {
        guard funnel.parts != .step(0) else { return false }
        return kept.map { !$0.isEmpty } ?? (question.dimension != nil)
    }

    /// The table `units` out of `placed`, with the value of the step that the rule names.
    func valueCTEs() -> [String] {
        guard isValuedLater else { return [] }
        let looked: [Int]
        switch funnel.parts {
        case .first: looked = Array(funnel.steps.indices)
        case .last: looked = funnel.steps.indices.reversed()
        case .step(let position): looked = [position]
        }
        let own = keys.joined(separator: ", ")
        var parts = looked.map { step in
            """
            v\(step) AS (
              SELECT \(own), t, min(p) AS p FROM ordered WHERE k\(step) GROUP BY \(own), t
            )
            """
        }
        let joins = looked.map { step in
            let same =
                keys.map { "placed.\($0) = v\(step).\($0)" } + ["placed.c\(step) = v\(step).t"]
            return "LEFT JOIN v\(step) ON \(same.joined(separator: " AND "))"
        }
        let columns =
            unit.map { "placed.\($0)" } + ["\(value(of: looked)) AS p"]
            + funnel.steps.indices.map { "placed.c\($0)" }
        parts.append(
            """
            units AS MATERIALIZED (
              SELECT \(columns.joined(separator: ", "))
              FROM placed \(joins.joined(separator: " "))
            )
            """)
        return parts
    }

    /// The first value of some steps that there is.
    private func value(of steps: [Int]) -> String {
        guard let kept else {
            return "coalesce(\(steps.map { "v\($0).p" }.joined(separator: ", ")))"
        }
        let fields = kept.indices.map { index in
            let values = steps.map { "struct_extract(v\($0).p, 'd\(index)')" }
            return "'d\(index)': coalesce(\(values.joined(separator: ", ")))"
        }
        return "{\(fields.joined(separator: ", "))}"
    }
}
