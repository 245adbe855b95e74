import Vocabulary

extension Formula: CustomStringConvertible {
    /// The formula as a sentence that people read, for example
    /// `sum of quantity * unit_price in orders where customer_id is not null`.
    public var description: String {
        switch self {
        case .aggregate(let aggregate): aggregate.description
        case .ratio(let of, let to): "\(of.bracketed) ÷ \(to.bracketed)"
        case .derived(let arithmetic): arithmetic.description
        case .cumulative(let operand, .window(let span)):
            "\(operand.bracketed) over the last \(span)"
        case .cumulative(let operand, .toDate(let grain?)):
            "\(operand.bracketed) since the start of the \(grain.rawValue)"
        case .cumulative(let operand, .toDate(nil)): "\(operand.bracketed) since the beginning"
        }
    }
}

extension Operand: CustomStringConvertible {
    /// The metric's name, or the formula as a sentence.
    public var description: String {
        switch self {
        case .metric(let name): name.name
        case .formula(let formula): "\(formula)"
        }
    }

    fileprivate var bracketed: String {
        switch self {
        case .metric(let name): name.name
        case .formula(let formula): "(\(formula))"
        }
    }
}

extension Aggregate: CustomStringConvertible {
    /// The aggregate as a sentence that people read.
    public var description: String {
        let which = events.isEmpty ? "" : " for the events \(events.joined(separator: ", "))"
        return "\(function.phrase) in \(source)\(which)"
            + (filter.map { " where \($0)" } ?? "") + function.ending
            + (question.map { ", of the \($0)" } ?? "")
    }
}

extension AggregateFunction {
    fileprivate var phrase: String {
        switch self {
        case .count(nil): "number of rows"
        case .count(let value?): "number of rows with \(value)"
        case .distinct(let value): "number of different \(value)"
        case .both(let value, let one, let other):
            "number of different \(value) with \(one) and with \(other)"
        case .new(let value): "number of \(value) seen for the first time"
        case .sum(let value): "sum of \(value)"
        case .average(let value): "average of \(value)"
        case .percentile(50, let value): "median of \(value)"
        case .percentile(let rank, let value): "percentile \(printedNumber(rank)) of \(value)"
        case .min(let value): "smallest \(value)"
        case .max(let value): "largest \(value)"
        case .stock(let value, nil): "sum of \(value) over the last snapshot"
        case .stock(let value, let per?): "sum of the last \(value) of each \(per)"
        case .active(let value, _): "number of different \(value) active"
        case .deviation(let value): "standard deviation of \(value)"
        case .promoters(let value, nil): "net promoter score of \(value)"
        case .promoters(let value, let weight?):
            "net promoter score of \(value), weighted by \(weight),"
        case .open(let open): open.phrase
        case .survival(let survival): survival.phrase
        case .transition(let transition, let entity, nil):
            "number of \(entity) with \(transition.phrase)"
        case .transition(let transition, _, let amount?):
            "\(transition.phrase) of \(amount)"
        case .lifecycle(let stage, let entity): "number of \(stage.rawValue) \(entity)"
        case .lifetime(let model): model.phrase
        case .concentration(let few): few.phrase
        }
    }

    fileprivate var ending: String {
        switch self {
        case .active(_, .rolling(let days)): " within \(Span(days: days))"
        case .active(_, .calendar(let grain)): " within the calendar \(grain.rawValue)"
        default: ""
        }
    }
}

extension OpenRows {
    fileprivate var phrase: String {
        let which = "rows open from \(started) until \(ended)"
        return switch measure {
        case .count: "number of \(which)"
        case .averageAge: "mean age of \(which)"
        case .percentileAge(let rank): "percentile \(printedNumber(rank)) of the age of \(which)"
        }
    }
}

extension Survival {
    fileprivate var phrase: String {
        let by = "by \(duration), \(outcome.phrase)," + (model.map { " by \($0.title)," } ?? "")
        return switch reading {
        case .share(let time): "share alive after \(printedNumber(time)) \(by)"
        case .median: "median survival \(by)"
        case .lifetime(let until, let discount):
            "expected lifetime over \(until) renewals \(by)"
                + (discount == 0
                    ? "" : " discounted by \(printedNumber(discount * 100)) % a renewal,")
        }
    }
}

extension Survival.Outcome {
    fileprivate var phrase: String {
        switch self {
        case .ended(let condition): "ended where \(condition)"
        case .counts(let lost, let kept): "\(lost) ended and \(kept) kept"
        }
    }
}

extension Concentration {
    fileprivate var phrase: String {
        "share of \(value) that the top \(percent) of \(entity?.description ?? "rows") have,"
    }
}

extension Transition {
    fileprivate var phrase: String {
        switch self {
        case .new, .reactivation, .expansion, .contraction, .churn: "\(rawValue) in the period"
        case .opening: "something at the start of the period"
        case .closing: "something at the end of the period"
        case .retained: "something kept through the period"
        }
    }
}

extension LifetimeModel {
    fileprivate var phrase: String {
        let name =
            switch family {
            case .bgnbd: "BG/NBD"
            case .paretonbd: "Pareto/NBD"
            case .bgbb: "BG/BB"
            }
        let who = (customers == .all ? "" : "repeating ") + entity.description
        return switch reading {
        case .clv:
            "mean value of \(who) over \(horizon) by \(name), from \(value?.description ?? "")"
                + (margin == 1 ? "" : " at a margin of \(printedNumber(margin * 100)) %")
                + (discount == 0
                    ? "" : ", discounted by \(printedNumber(discount * 100)) % a month,")
        case .purchases: "mean purchases of \(who) over \(horizon) by \(name)"
        case .alive: "share of \(who) alive by \(name)"
        }
    }
}
