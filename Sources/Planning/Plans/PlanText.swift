import Definitions
import Vocabulary

/// Writes a plan as an indented tree, for people and for golden files.
public struct PlanText {
    private let plan: QuestionPlan

    /// Prepares to write.
    public init(_ plan: QuestionPlan) { self.plan = plan }

    /// The tree: each metric's cells first, then the reads.
    public var text: String {
        var lines: [String] = []
        let periods = plan.timeline.periods
        lines.append(
            "periods  \(periods.count) × \(plan.question.grain?.rawValue ?? "whole range"), "
                + "\(plan.question.range), \(plan.timeline.calendar.zone.name)")
        if let comparison = plan.question.comparison {
            lines.append("compare  \(comparison.rawValue)")
        }
        for metric in plan.metrics {
            lines.append("metric   \(metric.metric.id) (\(metric.unit))")
            write(metric.plan, depth: 1, to: &lines)
        }
        for leader in plan.leaders {
            lines.append(
                "leaders  the \(leader.limit) values of \(leader.key.dimension) with the most")
        }
        for (index, read) in plan.reads.enumerated() {
            lines.append("read \(index + 1)   source \(read.source), \(body(read))")
            lines.append(
                "  time   \(read.time.column ?? "none"), \(read.bucketing.stretches.count) stretches"
            )
            for condition in read.conditions { lines.append("  where  \(condition.phrase)") }
            for part in read.parts {
                lines.append("  by     \(part.dimension) = \(part.value.phrase)")
            }
            for column in read.columns {
                lines.append(
                    "  gives  \(column.name): \(column.type.rawValue)\(column.isNullable ? "?" : "")"
                )
            }
        }
        return lines.joined(separator: "\n")
    }

    private func write(_ node: Plan, depth: Int, to lines: inout [String]) {
        let indent = String(repeating: "  ", count: depth)
        let mark = node.isNullable ? "?" : ""
        switch node {
        case .tally(let tally):
            let reads = (plan.placements[tally]?.reads ?? []).map { "\($0.read + 1)" }
            let place = "read \(reads.joined(separator: " and "))"
            lines.append(
                "\(indent)tally\(mark) \(tally.function.phrase)\(tally.reach.phrase) ← \(place)")
        case .ratio(let left, let right, _, let isShare):
            lines.append("\(indent)\(isShare ? "share" : "ratio")\(mark) ΣN ÷ ΣD")
            write(left, depth: depth + 1, to: &lines)
            write(right, depth: depth + 1, to: &lines)
        case .number(let number): lines.append("\(indent)number \(number)")
        case .negated(let inner):
            lines.append("\(indent)negated\(mark)")
            write(inner, depth: depth + 1, to: &lines)
        case .arithmetic(let sign, let left, let right):
            lines.append("\(indent)\(sign.rawValue)\(mark)")
            write(left, depth: depth + 1, to: &lines)
            write(right, depth: depth + 1, to: &lines)
        case .power(let base, let exponent):
            lines.append("\(indent)power\(mark)")
            write(base, depth: depth + 1, to: &lines)
            write(exponent, depth: depth + 1, to: &lines)
        case .bounded(let bounds, let inner):
            lines.append("\(indent)\(bounds.rawValue) or undefined\(mark)")
            write(inner, depth: depth + 1, to: &lines)
        case .overDays(let joining, let inner):
            lines.append("\(indent)\(joining.rawValue.replacing("_", with: " "))\(mark)")
            write(inner, depth: depth + 1, to: &lines)
        case .previous(let inner):
            lines.append("\(indent)previous\(mark)")
            write(inner, depth: depth + 1, to: &lines)
        case .filled(let inner, let policy):
            lines.append("\(indent)empty is \(policy.rawValue)\(mark)")
            write(inner, depth: depth + 1, to: &lines)
        }
    }

    private func body(_ read: Read) -> String {
        switch read.body {
        case .measures(let measures):
            measures.map { measure in
                measure.kind.phrase
                    + (measure.conditions.isEmpty
                        ? ""
                        : " where " + measure.conditions.map(\.phrase).joined(separator: " and "))
            }.joined(separator: "; ")
        case .firsts(let entity, _): "first row ever of each \(entity.phrase)"
        case .steps(let entity, let reach): "steps of \(entity.phrase), \(reach.phrase)"
        case .snapshot(let value): "sum of \(value.phrase) at the last instant"
        case .lasts(let value, let entity):
            "sum of the last \(value.phrase) of each \(entity.phrase)"
        case .open(_, let started, let ended):
            "rows open from \(started.phrase) until \(ended.phrase)"
        case .transitions(let entity, let amount):
            "moves of the running \(amount.phrase) of each \(entity.phrase)"
        case .lifecycle(let entity): "activity of each \(entity.phrase) from period to period"
        case .durations(let duration, let lost, let kept):
            "durations \(duration.phrase), ended \(lost.phrase), kept \(kept.phrase)"
        case .purchases(let entity, _, _): "histories of purchases of each \(entity.phrase)"
        case .concentration(let value, let entity, _):
            "largest \(value.phrase)\(entity.map { " of each \($0.phrase)" } ?? "")"
        }
    }
}

extension Measure.Kind {
    var phrase: String {
        switch self {
        case .rows: "rows"
        case .present(let value): "rows with \(value.phrase)"
        case .distinct(let value): "different \(value.phrase)"
        case .sum(let value): "sum of \(value.phrase)"
        case .squares(let value): "sum of squares of \(value.phrase)"
        case .products(let left, let right): "sum of \(left.phrase) × \(right.phrase)"
        case .percentile(let rank, let value): "percentile \(rank) of \(value.phrase)"
        case .deviation(let value): "standard deviation of \(value.phrase)"
        case .min(let value): "smallest \(value.phrase)"
        case .max(let value): "largest \(value.phrase)"
        }
    }
}

extension Tally.Function {
    var phrase: String {
        switch self {
        case .rows: "rows"
        case .present(let value): "rows with \(value.phrase)"
        case .distinct(let value): "different \(value.phrase)"
        case .both(let value, let one, let other):
            "different \(value.phrase) with \(one.phrase) and with \(other.phrase)"
        case .firsts(let entity): "first row ever of each \(entity.phrase)"
        case .sum(let value): "sum of \(value.phrase)"
        case .average(let value): "mean of \(value.phrase)"
        case .percentile(let rank, let value): "percentile \(rank) of \(value.phrase)"
        case .min(let value): "smallest \(value.phrase)"
        case .max(let value): "largest \(value.phrase)"
        case .stock(let value, let entity):
            "last \(value.phrase)\(entity.map { " of each \($0.phrase)" } ?? "")"
        case .products(let left, let right): "sum of \(left.phrase) × \(right.phrase)"
        case .deviation(let value): "standard deviation of \(value.phrase)"
        case .promoters(let value, _): "net promoter score of \(value.phrase)"
        case .open(_, let started, let ended):
            "open from \(started.phrase) until \(ended.phrase)"
        case .survival(let table):
            "\(table.estimate.kind) by \(table.duration.phrase), ended \(table.lost.phrase), "
                + "kept \(table.kept.phrase)"
                + (table.estimate.model.map { ", by \($0.title)" } ?? "")
        case .transition(let transition, let entity, let amount, let countsEntities):
            countsEntities
                ? "\(transition.rawValue) \(entity.phrase)"
                : "\(transition.rawValue) of \(amount.phrase)"
        case .lifecycle(let stage, let entity): "\(stage.rawValue) \(entity.phrase)"
        case .lifetime(let lifetime):
            "\(lifetime.model.reading.rawValue) of \(lifetime.entity.phrase) by "
                + lifetime.model.family.rawValue
        case .concentration(let value, let entity, _):
            "share of \(value.phrase) of the top\(entity.map { " \($0.phrase)" } ?? "")"
        }
    }
}

extension Tally.Reach {
    var phrase: String {
        switch self {
        case .period: ""
        case .window(let span): " over \(span)"
        case .toDate(let grain?): " over the \(grain.rawValue) to date"
        case .toDate(nil): " from the beginning"
        }
    }
}

extension Read.Reach {
    var phrase: String {
        switch self {
        case .days(let days): "each day counts for \(days) days"
        case .units: "each day counts to the end of its unit"
        case .always: "each day counts for ever"
        }
    }
}
