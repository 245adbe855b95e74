import Definitions
import Statistics
import Vocabulary

/// What came of a retention: a row of cells for each cohort, and averages over the cohorts.
public struct RetentionAnswer: Sendable {
    /// The question.
    public let question: RetentionQuestion
    /// The cohorts with anybody in them, in order.
    public let cohorts: [Cohort]

    /// Those who began in a period.
    public struct Cohort: Sendable {
        /// When they began.
        public let period: Period
        /// How many they are.
        public let size: Int
        /// How many are retained, cell by cell.
        public let counts: [Int]
        /// What their returns add up to, cell by cell.
        public let amounts: [Double]
        /// Whether all of a cell has been observed for all of them.
        public let isComplete: [Bool]
    }

    /// Reads what the statement of counts returned.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - frame: The statement's frame.
    ///   - known: Up to when the source's data is known; nil without data.
    public init(_ question: RetentionQuestion, frame: Frame, known: Instant?) {
        self.question = question
        var sizes: [Int: Int] = [:]
        var counts: [Int: [Int: (people: Int, amount: Double)]] = [:]
        for row in 0..<frame.count {
            guard let cohort = frame.columns[0].integer(row),
                let people = frame.columns[2].integer(row)
            else { continue }
            if let age = frame.columns[1].integer(row) {
                counts[cohort, default: [:]][age] = (people, frame.columns[3].number(row) ?? 0)
            } else {
                sizes[cohort] = people
            }
        }
        cohorts = question.cohorts.enumerated().compactMap { index, period in
            guard let size = sizes[index + 1], size > 0 else { return nil }
            let own = counts[index + 1] ?? [:]
            let cells = RetentionAnswer.cells(question.retention, own)
            return Cohort(
                period: period, size: size, counts: cells.map(\.people),
                amounts: cells.map(\.amount),
                isComplete: question.retention.cells.map { cell in
                    known.map { $0 >= question.end(of: cell.upperBound, period) } ?? false
                })
        }
    }

    /// The counts of the cells: as they come, or added up from one side.
    private static func cells(
        _ retention: RetentionDefinition, _ counts: [Int: (people: Int, amount: Double)]
    ) -> [(people: Int, amount: Double)] {
        let none = (people: 0, amount: 0.0)
        return retention.cells.indices.map { cell in
            switch retention.criterion {
            case .on, .brackets: return counts[cell] ?? none
            case .onOrAfter, .onOrBefore:
                let isAfter = retention.criterion == .onOrAfter
                return counts.filter { isAfter ? $0.key >= cell : $0.key <= cell }.values
                    .reduce(none) { ($0.people + $1.people, $0.amount + $1.amount) }
            }
        }
    }

    /// The average share of a cell over the cohorts in which it is complete; nil without any.
    public func average(_ kind: RetentionDefinition.Average, cell: Int) -> Double? {
        let complete = cohorts.filter { $0.isComplete[cell] }
        return RetentionAnswer.average(
            kind, complete.map { (count: $0.counts[cell], size: $0.size) })
    }

    /// An average of shares.
    ///
    /// Mixpanel's published example weights numerator and denominator by the cohort's size once
    /// more: 40 of 50 and 50 of 100 are 56 % there, 60 % pooled, and 65 % as a simple mean.
    public static func average(
        _ kind: RetentionDefinition.Average, _ cohorts: [(count: Int, size: Int)]
    ) -> Double? {
        let cohorts = cohorts.filter { $0.size > 0 }
        guard !cohorts.isEmpty else { return nil }
        switch kind {
        case .simple:
            let shares = cohorts.map { Double($0.count) / Double($0.size) }
            return shares.reduce(0, +) / Double(shares.count)
        case .pooled, .mixpanel:
            let weight = { (size: Int) in kind == .pooled ? 1 : Double(size) }
            let above = cohorts.reduce(0) { $0 + Double($1.count) * weight($1.size) }
            let below = cohorts.reduce(0) { $0 + Double($1.size) * weight($1.size) }
            return above / below
        }
    }

    /// The pooled share of a cell, over complete cells; nil without any.
    public func pooled(cell: Int) -> Share? {
        let complete = cohorts.filter { $0.isComplete[cell] }
        return try? Share(
            numerator: complete.reduce(0) { $0 + $1.counts[cell] },
            denominator: complete.reduce(0) { $0 + $1.size })
    }
}

extension RetentionQuestion {
    /// When an age is over for everybody of a cohort.
    func end(of age: Int, _ cohort: Period) -> Instant {
        switch retention.mode {
        case .calendar:
            calendar.zone.start(
                of: calendar.start(of: retention.age, steps: age + 1, from: cohort.range.start))
        case .rolling:
            cohort.instants.end.adding(seconds: (age + 1) * rollingDays * 86_400)
        }
    }
}

extension RetentionAnswer {
    /// The answer as the command line and the API print it.
    public var json: JSON {
        let retention = question.retention
        return [
            "retention": .text(retention.name), "title": .text(retention.title),
            "definition": .text(retention.description),
            "range": .text(question.range.description), "age": .text(retention.age.rawValue),
            "mode": .text(retention.mode.rawValue), "criterion": .text(retention.criterion.word),
            "average": .text(retention.average.rawValue),
            "cohorts": .list(cohorts.map(row)),
            "averages": .list(retention.cells.indices.map(averages)),
            "notes": .list(notes.map(JSON.text)),
        ]
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
        return notes
    }

    private func name(_ cell: Int) -> JSON {
        let range = question.retention.cells[cell]
        return .text(
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)")
    }

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
