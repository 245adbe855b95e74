import Definitions
import Vocabulary

/// What a reader must know to read an answer rightly.
struct AnswerNotes {
    let plan: QuestionPlan
    let rows: [AnswerRow]
    let minimumCount: Int
    /// For each metric the days of its data; nil without rows that have a time.
    let covered: [TimeRange?]

    var notes: [AnswerNote] {
        [
            outsideRange, timeless, overlapping, movingBetweenParts, incomplete, withoutCounterpart,
            beyondAShare, untold, few,
        ]
        .compactMap { $0 }
    }

    /// Data that begins after the range, or ends before it.
    private var outsideRange: AnswerNote? {
        let messages = zip(plan.metrics, covered).compactMap { metric, days in
            days.flatMap {
                DataOutsideRange(of: metric.metric.title, days: $0, asked: plan.question.range)
            }?.message
        }
        guard !messages.isEmpty else { return nil }
        return AnswerNote(code: "answer/outside-range", message: messages.joined(separator: " "))
    }

    /// Rows without a time count whatever the range is.
    private var timeless: AnswerNote? {
        let names = Set(
            plan.metrics.flatMap { metric in
                metric.plan.tallies.filter { $0.time.column == nil }.map(\.source)
            })
        guard !names.isEmpty else { return nil }
        let list = names.sorted().map { "'\($0)'" }.joined(separator: ", ")
        return AnswerNote(
            code: "answer/no-time",
            message: "The rows of \(list) have no time, so all of them count.")
    }

    /// Parts of distinct counts overlap, so they may add up to more than the whole.
    private var overlapping: AnswerNote? {
        guard !plan.question.dimensions.isEmpty else { return nil }
        let names = plan.metrics.filter { metric in
            metric.plan.tallies.contains { tally in
                switch tally.function {
                case .distinct, .both: true
                default: false
                }
            }
        }.map(\.metric.title)
        guard !names.isEmpty else { return nil }
        return AnswerNote(
            code: "answer/overlapping-parts",
            message: "\(names.joined(separator: ", ")): the same one may be counted in several "
                + "parts, so the parts may add up to more than the whole.")
    }

    /// Whoever changes from one part to another leaves the first and is new in the second.
    private var movingBetweenParts: AnswerNote? {
        guard !plan.question.dimensions.isEmpty else { return nil }
        let names = plan.metrics.filter { metric in
            metric.plan.tallies.contains { tally in
                switch tally.function {
                case .transition, .lifecycle: true
                default: false
                }
            }
        }.map(\.metric.title)
        guard !names.isEmpty else { return nil }
        return AnswerNote(
            code: "answer/moving-between-parts",
            message: "\(names.joined(separator: ", ")): each part is looked at by itself, so who "
                + "moves from one part to another is lost in the first and new in the second.")
    }

    /// A share that came out below 0 or above 1 is no share; the formula does not fit the data.
    private var beyondAShare: AnswerNote? {
        let periods = rows.filter { row in row.cells.contains(where: \.quantity.isOutOfBounds) }
            .map(\.period.label)
        guard let first = periods.first else { return nil }
        return AnswerNote(
            code: "answer/not-a-share",
            message: "A share came out below 0 or above 100 % for \(first)"
                + (periods.count > 1 ? " and \(periods.count - 1) more" : "")
                + ", so it is not shown: what is counted above is not a part of what is below. "
                + "For retention, take those who came back out of the ending customers, or use "
                + "the bridge opening − lost + reactivated + new = ending.")
    }

    /// Estimates that could not be made, and why.
    private var untold: AnswerNote? {
        var reasons: [String] = []
        for (index, metric) in plan.metrics.enumerated() {
            let reason = rows.lazy.compactMap { $0.cells[index].quantity.obstacle }.first
            guard let reason else { continue }
            reasons.append(
                ([metric.metric.title + ": " + reason.message] + [reason.hint].compactMap { $0 })
                    .joined(separator: " "))
        }
        guard !reasons.isEmpty else { return nil }
        return AnswerNote(code: "answer/no-estimate", message: reasons.joined(separator: " "))
    }

    private var incomplete: AnswerNote? {
        let open = rows.filter { row in row.cells.contains { !$0.isComplete } }.map(\.period)
        guard let first = open.first, let last = open.last else { return nil }
        let name = first == last ? first.label : "\(first.label) to \(last.label)"
        return AnswerNote(
            code: "answer/incomplete",
            message: "Not all data has arrived for \(name); it is not compared with anything.")
    }

    private var withoutCounterpart: AnswerNote? {
        let missing = zip(plan.timeline.periods, plan.timeline.counterparts)
            .filter { $0.1 == nil }.map(\.0.label)
        guard let first = missing.first else { return nil }
        return AnswerNote(
            code: "answer/no-counterpart",
            message: "The year before has nothing to compare with \(first)"
                + (missing.count > 1 ? " and \(missing.count - 1) more." : "."))
    }

    private var few: AnswerNote? {
        let isFew = rows.contains { row in
            row.cells.contains { cell in
                guard cell.quantity.denominator != nil, let count = cell.quantity.count else {
                    return false
                }
                return count > 0 && count < minimumCount
            }
        }
        guard isFew else { return nil }
        return AnswerNote(
            code: "answer/few-observations",
            message:
                "Some rates stand on fewer than \(minimumCount) observations; read their counts.")
    }
}
