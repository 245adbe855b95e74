import Definitions
import Vocabulary

extension Tally {
    /// The measures of a read that give its numbers, the value first.
    var measures: [Measure] {
        switch function {
        case .rows: [Measure(.rows)]
        case .present(let value): [Measure(.present(value))]
        case .distinct(let value): [Measure(.distinct(value))]
        case .both(let value, let one, let other):
            [one, other, Tally.either(one, other)].map { Measure(.distinct(value), where: [$0]) }
        case .sum(let value), .average(let value):
            [Measure(.sum(value)), Measure(.present(value))]
                + (needsSquares ? [Measure(.squares(value))] : [])
        case .percentile(let rank, let value):
            [Measure(.percentile(rank, value)), Measure(.present(value))]
        case .min(let value): [Measure(.min(value)), Measure(.present(value))]
        case .max(let value): [Measure(.max(value)), Measure(.present(value))]
        case .products(let left, let right): [Measure(.products(left, right))]
        case .deviation(let value): [Measure(.deviation(value)), Measure(.present(value))]
        case .promoters(let value, let weight): Tally.promoterMeasures(value, weight)
        case .firsts, .stock, .open, .survival, .transition, .lifecycle, .lifetime, .concentration:
            []
        }
    }

    /// Promoters, detractors and all answers, by number or by weight; then squared weights, and
    /// how many answers there are.
    private static func promoterMeasures(
        _ value: TypedExpression, _ weight: TypedExpression?
    ) -> [Measure] {
        let groups = [(9, 10), (0, 6), (0, 10)].map { between(value, $0.0, $0.1) }
        guard let weight else { return groups.map { Measure(.rows, where: [$0]) } }
        return groups.map { Measure(.sum(weight), where: [$0]) } + [
            Measure(.squares(weight), where: [groups[2]]),
            Measure(.present(weight), where: [groups[2]]),
        ]
    }

    private static func either(
        _ one: TypedExpression, _ other: TypedExpression
    ) -> TypedExpression {
        TypedExpression(
            .binary(.or, one, other), type: .boolean,
            isNullable: one.isNullable || other.isNullable)
    }

    private static func between(
        _ value: TypedExpression, _ low: Int64, _ high: Int64
    ) -> TypedExpression {
        let bounds = [low, high].map {
            TypedExpression(.literal(.integer($0)), type: .integer, isNullable: false)
        }
        return TypedExpression(
            .isBetween(value, low: bounds[0], high: bounds[1], negated: false), type: .boolean,
            isNullable: value.isNullable)
    }
}

extension LifetimeModel.Step {
    /// Its length in days.
    var days: Int {
        switch self {
        case .day: 1
        case .week: 7
        }
    }
}
