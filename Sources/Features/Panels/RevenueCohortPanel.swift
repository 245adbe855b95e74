import Definitions
import Planning
import Vocabulary

/// What is left of the recurring revenue of customers who began together, period by period.
///
/// A cell is their revenue at the end of a period, so that the cells of one period, with what
/// earlier customers pay, add up to the revenue at its end. In a slice, such as one plan, the
/// customers of a row are those who were ever in it: whoever upgrades later is one of them.
struct RevenueCohortPanel: Panel {
    let kind = "cohorts"
    private let ledger: LedgerDesk
    private let ages: Grain

    init?(_ desk: PanelDesk) {
        guard let ledger = LedgerDesk(desk) else { return nil }
        self.ledger = ledger
        ages = [.week, .quarter, .year].contains(desk.grain) ? desk.grain : .month
    }

    var title: String { "What is left of revenue, by \(ages.rawValue) of the start" }

    /// How many periods a table shows at most; of more, the last ones.
    private static let periodsMax = 36

    func json() async throws(Failure) -> JSON? {
        let question = try self.question
        let periods = Timeline(question).periods
        let desk = ledger.desk
        let starts = [ledger.ledger.name: ["panel_start": start(periods)]]
        let answer = try await desk.answer(
            question, made: metrics(isSliced: !question.filters.isEmpty), dimensions: starts)
        let sizes = try await desk.answer(
            people(question), made: [Metric.made("people", people)], dimensions: starts)
        let book = CohortBook(answer, sizes, periods)
        guard !book.cohorts.isEmpty else { return nil }
        return desk.panel(
            kind, title: title,
            [
                ("ages", .text(ages.rawValue)), ("unit", "money"),
                ("currency", .optional(ledger.money.currency)), ("grain", .text(ages.rawValue)),
                ("cohorts", .list(book.cohorts.map(\.json))), ("pooled", .list(book.pooled)),
                ("closing", book.closing),
            ] + ledger.members,
            // A customer begins once, so that he never moves from one row to another.
            notes: answer.notes.filter { $0.code != "answer/moving-between-parts" }.map(\.json))
    }

    private var question: Question {
        get throws(Failure) {
            var question = try ledger.question(
                ["revenue", "customers"], over: usualRange, grain: ages)
            let last = Timeline(question).periods.suffix(RevenueCohortPanel.periodsMax)
            if let first = last.first, let end = last.last {
                question.range = TimeRange(start: first.range.start, end: end.range.end)
            }
            question.dimensions = ["panel_start"]
            question.limit = last.count + 1
            return question
        }
    }

    /// The same rows over the whole table at once, where a customer is counted once.
    private func people(_ question: Question) -> Question {
        var people = question
        people.metrics = ["people"]
        people.grain = nil
        return people
    }

    /// Everybody who has an entry.
    private var people: Formula { .over(ledger.ledger.name, .distinct(.named("customer"))) }

    private var usualRange: String {
        switch ages {
        case .week: "last 16 weeks"
        case .quarter: "last 12 quarters"
        case .year: "last 8 years"
        default: "last 18 months"
        }
    }

    /// What is asked; `isSliced` says that only some of a customer's rows may count.
    ///
    /// The column `customers` stands on one row of a moment and cannot be split, so that customers
    /// are counted one by one then.
    private func metrics(isSliced: Bool) -> [Metric] {
        let (source, customer) = (ledger.ledger.name, Expression.named("customer"))
        let paying: Formula =
            isSliced
            ? .over(source, .transition(.closing, of: customer, amount: nil))
            : ledger.sum("customers").sinceTheBeginning
        return [
            Metric.made("revenue", unit: ledger.money, ledger.sum("amount").sinceTheBeginning),
            Metric.made("customers", paying),
        ]
    }

    /// The key of the period in which a row's customer began; `earlier` for one before them.
    private func start(_ periods: [Period]) -> Expression {
        let columns = ledger.desk.snapshot.facts[ledger.ledger.name]?.columns ?? []
        let isDay = columns.contains { $0.name == "started" && $0.type == .day }
        func branch(_ key: String, before day: Day, _ instant: Instant) -> ChoiceBranch {
            ChoiceBranch(
                condition: .binary(
                    .less, .named("started"), .literal(isDay ? .day(day) : .instant(instant))),
                value: .literal(.text(key)))
        }
        let before = periods.prefix(1).map {
            branch(CohortBook.earlier, before: $0.range.start, $0.instants.start)
        }
        let own = periods.map { branch($0.key, before: $0.range.end, $0.instants.end) }
        return .choice(before + own, otherwise: nil)
    }
}

/// The cells of a table of revenue cohorts, from the answer by period and by period of the start.
private struct CohortBook {
    /// The name of all customers who began before the table.
    static let earlier = "earlier"

    let cohorts: [RevenueCohort]
    /// The last period that is complete: its revenue, and what of it is in no row of the table.
    let closing: JSON

    init(_ answer: Answer, _ sizes: Answer, _ periods: [Period]) {
        var people: [String: Double] = [:]
        for row in sizes.rows {
            people[row.part.values.first?.text ?? ""] = row.cells[0].quantity.value
        }
        var cells: [String: [String: [AnswerCell]]] = [:]
        for row in answer.rows {
            let start = row.part.values.first?.text ?? ""
            cells[start, default: [:]][row.period.key] = row.cells
        }
        cohorts = periods.indices.compactMap { index in
            let key = periods[index].key
            guard let size = people[key], size > 0 else { return nil }
            return RevenueCohort(periods[index...], size: Int(size), cells[key] ?? [:])
        }
        closing = CohortBook.closing(answer, periods)
    }

    private static func closing(_ answer: Answer, _ periods: [Period]) -> JSON {
        let complete = Set(answer.rows.filter { $0.cells[0].isComplete }.map(\.period))
        guard let last = periods.last(where: complete.contains) else { return .null }
        let rows = answer.rows.filter { $0.period == last }
        let shown = Set(periods.map(\.key))
        func total(_ rows: [AnswerRow]) -> JSON {
            .number(rows.reduce(0) { $0 + ($1.cells[0].quantity.value ?? 0) })
        }
        return [
            "period": .text(last.key), "label": .text(last.label), "value": total(rows),
            "earlier": total(rows.filter { !shown.contains($0.part.values.first?.text ?? "") }),
        ]
    }

    /// For each age, the sums over all cohorts that have reached it: never a mean of their shares.
    var pooled: [JSON] {
        let count = cohorts.map(\.cells.count).max() ?? 0
        return (0..<count).map { age in
            let old = cohorts.filter { $0.cells.count > age }
            let sums = RevenueCohort.Cell(
                revenue: old.reduce(0) { $0 + $1.cells[age].revenue },
                customers: old.reduce(0) { $0 + $1.cells[age].customers })
            return .object(
                sums.members(age, of: old.reduce(0) { $0 + $1.cells[0].revenue })
                    + [("size", .integer(old.reduce(0) { $0 + $1.size }))])
        }
    }
}

/// Customers who began in a period, and what they pay at the end of it and of those after it.
private struct RevenueCohort {
    /// What is paid at the end of a period.
    struct Cell {
        let revenue: Double
        let customers: Int

        func members(_ age: Int, of first: Double) -> [(name: String, value: JSON)] {
            [
                ("age", .integer(age)), ("value", .number(revenue)), ("of", .number(first)),
                ("share", first > 0 ? .number(revenue / first) : .null),
                ("count", .integer(customers)),
            ]
        }
    }

    /// Its own period, and those after it.
    let periods: ArraySlice<Period>
    /// How many customers began, of those who were ever in the slice.
    let size: Int
    /// The cells of complete periods, from the first one on; none where that is not over yet.
    let cells: [Cell]

    init(_ periods: ArraySlice<Period>, size: Int, _ answers: [String: [AnswerCell]]) {
        let ages = periods.map { answers[$0.key] }
        self.periods = periods
        self.size = size
        cells = ages.prefix { $0?[0].isComplete == true }.map { cell in
            Cell(
                revenue: cell?[0].quantity.value ?? 0, customers: Int(cell?[1].quantity.value ?? 0))
        }
    }

    var json: JSON {
        let first = cells.first?.revenue ?? 0
        let members = zip(periods, cells).enumerated().map { age, pair in
            JSON.object(
                pair.1.members(age, of: first) + [
                    ("until", .text(pair.0.range.end.adding(days: -1).description)),
                    ("complete", .boolean(true)),
                ])
        }
        let period = periods[periods.startIndex]
        return [
            "period": .text(period.key), "label": .text(period.label),
            "range": .text(period.range.description), "size": .integer(size),
            "cells": .list(members),
        ]
    }
}
