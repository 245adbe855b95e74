import Definitions
import Planning
import Statistics
import Vocabulary

/// Who came back, by when they began and how long ago that was.
struct CohortPanel: Panel {
    let kind = "cohorts"
    private let desk: PanelDesk
    private let source: String
    private let entity: String
    private let ages: Grain

    init?(_ desk: PanelDesk) {
        for source in desk.sources {
            guard case .returns(let recipe)? = source.recipe else { continue }
            self.desk = desk
            self.source = source.name
            entity = recipe.entity.name
            ages = [.day, .week].contains(desk.grain) ? desk.grain : .month
            return
        }
        return nil
    }

    var title: String { "Who came back, by \(ages.rawValue) of the start" }

    /// How many ages a table shows at most.
    private static let agesMax = 24

    func json() async throws(Failure) -> JSON? {
        let age = "age_\(ages.rawValue)s"
        let people = Formula.over(source, .distinct(.named(entity)))
        let observed = Formula.over(source, .min(.named("known_\(ages.rawValue)s")))
        let metrics = [Metric.made("people", people), Metric.made("observed", observed)]
        let sizes = try await desk.answer(
            try desk.question(metrics.map(\.id), over: usualRange, grain: ages), made: metrics)
        let cells = try await desk.answer(
            try desk.question(
                ["people"], over: usualRange, grain: ages, by: ["panel_age"],
                limit: CohortPanel.agesMax), made: [metrics[0]],
            dimensions: [source: ["panel_age": .named(age)]])
        var counts: [String: [Int: Int]] = [:]
        for row in cells.rows {
            guard let text = row.part.values.first?.text, let age = Int(text), age >= 0 else {
                continue
            }
            counts[row.period.key, default: [:]][age] = Int(row.cells[0].quantity.value ?? 0)
        }
        let cohorts = sizes.rows.compactMap { row -> Cohort? in
            guard let size = row.cells[0].quantity.value, size > 0 else { return nil }
            return Cohort(
                period: row.period, size: Int(size),
                observed: Int(row.cells[1].quantity.value ?? 0),
                counts: counts[row.period.key] ?? [:])
        }
        guard !cohorts.isEmpty else { return nil }
        return desk.panel(
            kind, title: title,
            [
                ("ages", .text(ages.rawValue)), ("unit", "share"), ("source", .text(source)),
                ("cohorts", .list(cohorts.map(\.json))), ("pooled", .list(pooled(cohorts))),
            ], notes: sizes.notes.map(\.json))
    }

    private var usualRange: String {
        switch ages {
        case .day: "last 21 days"
        case .week: "last 16 weeks"
        default: "last 18 months"
        }
    }

    /// Over all cohorts whose cell is complete: those who came back ÷ those who could.
    private func pooled(_ cohorts: [Cohort]) -> [JSON] {
        let last = cohorts.map(\.lastAge).max() ?? 0
        return (0...last).compactMap { age in
            let complete = cohorts.filter { $0.isComplete(age) }
            let (count, of) = (
                complete.reduce(0) { $0 + ($1.counts[age] ?? 0) },
                complete.reduce(0) { $0 + $1.size }
            )
            guard of > 0 else { return nil }
            return .object([("age", .integer(age))] + share(count, of) + [("of", .integer(of))])
        }
    }
}

/// Those who began in a period, and how many of them came back at each age.
private struct Cohort {
    let period: Period
    let size: Int
    /// How many whole ages have been observed for every one of them.
    let observed: Int
    let counts: [Int: Int]

    /// The last age that has begun to be observed.
    var lastAge: Int { max(0, min(observed, 60), counts.keys.max() ?? 0) }

    func isComplete(_ age: Int) -> Bool { age < observed }

    var json: JSON {
        let cells = (0...lastAge).map { age -> JSON in
            .object(
                [("age", .integer(age))] + share(counts[age] ?? 0, size)
                    + [("complete", .boolean(isComplete(age)))])
        }
        return [
            "period": .text(period.key), "label": .text(period.label),
            "range": .text(period.range.description), "size": .integer(size),
            "cells": .list(cells),
        ]
    }
}

/// A share with its Wilson interval, as members of an object.
private func share(_ count: Int, _ of: Int) -> [(name: String, value: JSON)] {
    let interval = try? WilsonInterval(Share(numerator: count, denominator: of)).interval()
    return [
        ("count", .integer(count)), ("value", .number(Double(count) / Double(of))),
        ("low", .optional(interval?.low)), ("high", .optional(interval?.high)),
    ]
}
