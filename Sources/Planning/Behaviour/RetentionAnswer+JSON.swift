import Definitions
import Statistics
import Vocabulary

extension RetentionAnswer {
    /// The answer as the command line and the API print it.
    public var json: JSON {
        let retention = question.retention
        var members: [(name: String, value: JSON)] = [
            ("retention", .text(retention.name)), ("title", .text(retention.title)),
            ("definition", .text(retention.description)),
            ("range", .text(question.range.description)),
            ("age", .text(retention.age.rawValue)), ("mode", .text(retention.mode.rawValue)),
            ("criterion", .text(retention.criterion.word)),
            ("average", .text(retention.average.rawValue)),
            ("cohorts", .list(cohorts.map(row))),
            ("averages", .list(retention.cells.indices.map(averages))),
        ]
        if let dimension = question.dimension {
            members.append(("dimension", .text(dimension)))
            members.append(("parts", .list(parts.map(part))))
        }
        return .object(members + [("notes", .list(notes.map(JSON.text)))])
    }

    private func part(_ part: Part) -> JSON {
        let averages = question.retention.cells.indices.map { cell -> JSON in
            let counts = RetentionAnswer.pooledCounts(part.cohorts, cell: cell)
            return [
                "age": name(cell), "share": JSON.share(counts.numerator, of: counts.denominator),
                "difference": part.differences[cell]?.json ?? .null,
            ]
        }
        return .object(
            part.part.members + [
                ("size", .integer(part.cohorts.reduce(0) { $0 + $1.size })),
                ("averages", .list(averages)),
            ])
    }

    /// What a reader should know beside the numbers.
    public var notes: [String] {
        var notes = ["Only returns that are later than the start itself count, at age 0 as well."]
        if cohorts.contains(where: { $0.isComplete.contains(false) }) {
            notes.append("Cells that are not complete are left out of the averages.")
        }
        if question.retention.criterion == .onOrAfter {
            notes.append("'On or after' rises while later ages are still to come.")
        }
        if question.retention.criterion == .streak {
            notes.append("A streak is a return at that age and at each before it, from 1 on.")
        }
        if question.dimension != nil {
            notes.append(
                "Parts are by the value of the row that starts; their shares are pooled over complete cells."
            )
            notes.append(
                "A part differs beyond noise where Holm's correction of the two-proportion tests of an age leaves p below 0.05."
            )
        }
        return notes
    }

    private func name(_ cell: Int) -> JSON { .text(question.retention.cellNames[cell]) }

    private func share(_ count: Int, _ size: Int) -> [(name: String, value: JSON)] {
        let share = try? Share(numerator: count, denominator: size)
        let interval = share.flatMap { try? WilsonInterval($0).interval() }
        return [
            ("count", .integer(count)), ("value", .optional(share?.value)),
            ("low", .optional(interval?.low)), ("high", .optional(interval?.high)),
        ]
    }

    private func row(_ cohort: Cohort) -> JSON {
        [
            "period": .text(cohort.period.key), "label": .text(cohort.period.label),
            "size": .integer(cohort.size),
            "cells": .list(
                question.retention.cells.indices.map { cell in
                    var members = [("age", name(cell))] + share(cohort.counts[cell], cohort.size)
                    if question.retention.value != nil {
                        members.append(("sum", .number(cohort.amounts[cell])))
                    }
                    return .object(members + [("complete", .boolean(cohort.isComplete[cell]))])
                }),
        ]
    }

    private func averages(_ cell: Int) -> JSON {
        var members: [(name: String, value: JSON)] = [("age", name(cell))]
        if let pooled = pooled(cell: cell) {
            members += share(pooled.numerator, pooled.denominator)
            members.append(("of", .integer(pooled.denominator)))
        }
        for kind in RetentionDefinition.Average.allCases {
            members.append((kind.rawValue, .optional(average(kind, cell: cell))))
        }
        return .object(members)
    }
}
