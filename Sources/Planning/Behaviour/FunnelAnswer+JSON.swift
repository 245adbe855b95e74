import Definitions
import Vocabulary

extension FunnelAnswer {
    /// The answer as the command line and the API print it.
    ///
    /// `steps` has counts, shares of all entries and of the step before with their intervals, and
    /// seconds to convert; `trend` and `parts` have the same counts for a period or a value.
    public var json: JSON {
        let funnel = question.funnel
        var members: [(name: String, value: JSON)] = [
            ("funnel", .text(funnel.name)), ("title", .text(funnel.title)),
            ("rules", rules),
            ("range", .optional(question.range?.description)),
            ("zone", .text(question.calendar.zone.name)),
            ("entries", .integer(total.counts[0])),
            ("converted", .integer(total.counts[total.counts.count - 1])),
            ("conversion", share(total, total.counts.count - 1, of: 0)),
            ("steps", .list(funnel.steps.indices.map { step(total, $0) })),
            (
                "biggest_drop",
                biggestDrop.map { .text(funnel.steps[$0].label) } ?? .null
            ),
        ]
        if question.grain != nil {
            members.append(("trend", .list(trend.map(period))))
        }
        if let dimension = question.dimension {
            members.append(("dimension", .text(dimension)))
            members.append(("parts", .list(parts.map(part))))
        }
        members.append(("notes", .list(notes.map(JSON.text))))
        return .object(members)
    }

    /// The rules by which it was counted, as the definition's words.
    private var rules: JSON {
        let funnel = question.funnel
        return [
            "order": .text(funnel.order.rawValue), "counting": .text(funnel.counting.word),
            "reentry": .text(funnel.reentry.rawValue),
            "within_seconds": .optional(funnel.windowSeconds),
            "tolerance_seconds": .integer(funnel.toleranceSeconds),
            "parts": .text(funnel.parts.word),
            "like": .optional(funnel.dialect?.rawValue),
            "definition": .text(funnel.description),
            "filters": .list(question.filters.map { .text($0.description) }),
        ]
    }

    /// What a reader should know beside the numbers.
    public var notes: [String] {
        var notes: [String] = []
        if trend.contains(where: \.isCensored) {
            notes.append(
                "Entries of the periods that are marked as censored may still convert, since their window has not passed."
            )
        }
        if question.dimension != nil {
            notes.append(partsNote)
            notes.append(
                "A part differs beyond noise where Holm's correction of the two-proportion tests leaves p below 0.05."
            )
        }
        return notes
    }

    /// By which value an entry is in a part.
    private var partsNote: String {
        let funnel = question.funnel
        switch funnel.parts {
        case .first: return "Parts are by the first value that an event of the steps taken has."
        case .last: return "Parts are by the last value that an event of the steps taken has."
        case .step(let position):
            let step =
                position == 0 ? "the first step's event" : "the event of step \(position + 1)"
            let missing =
                funnel.dropsValueless
                ? "; who has no value there is in none"
                : position == 0 ? "" : "; who did not take that step is in none"
            return "Parts are by the value of \(step)\(missing)."
        }
    }

    private func share(_ group: Group, _ step: Int, of base: Int) -> JSON {
        JSON.share(group.counts[step], of: group.counts[base])
    }

    private func step(_ group: Group, _ index: Int) -> JSON {
        let step = question.funnel.steps[index]
        let before = previous(of: index)
        var members: [(name: String, value: JSON)] = [
            ("step", .integer(index + 1)), ("label", .text(step.label)),
            ("optional", .boolean(step.isOptional)), ("count", .integer(group.counts[index])),
            ("conversion", share(group, index, of: 0)),
        ]
        if let before {
            members.append(("from_previous", share(group, index, of: before)))
            members.append(("dropped", .integer(group.counts[before] - group.counts[index])))
        }
        if index < group.fromFirst.count, index > 0 {
            members.append(("seconds_from_first", times(group.fromFirst[index])))
            members.append(("seconds_from_previous", times(group.fromPrevious[index])))
        }
        return .object(members)
    }

    private func times(_ values: [Double?]) -> JSON {
        .object(
            zip(FunnelPlan.ranks, values).map { rank, value in
                (rank == 0.5 ? "median" : "p\(Int(rank * 100))", .optional(value))
            })
    }

    private func period(
        _ row: (period: Period, group: Group, isCensored: Bool)
    ) -> JSON {
        [
            "period": .text(row.period.key), "label": .text(row.period.label),
            "counts": .list(row.group.counts.map { .integer($0) }),
            "conversion": share(row.group, row.group.counts.count - 1, of: 0),
            "censored": .boolean(row.isCensored),
        ]
    }

    private func part(_ part: FunnelPart) -> JSON {
        return [
            "value": .optional(part.value),
            "kind": .text(part.isRest ? "other" : part.value == nil ? "none" : "value"),
            "counts": .list(part.group.counts.map { .integer($0) }),
            "conversion": share(part.group, part.group.counts.count - 1, of: 0),
            "steps": .list(question.funnel.steps.indices.map { step(part.group, $0) }),
            "difference": part.difference?.json ?? .null,
        ]
    }
}
