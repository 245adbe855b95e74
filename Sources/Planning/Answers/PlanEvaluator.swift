import Definitions
import Foundation
import Vocabulary

/// Computes a plan's cells from tallies.
final class PlanEvaluator {
    private let plan: QuestionPlan
    private let reader: TallyReader
    private let slotNumbers: [Period: Int]
    private let asked: Set<Period>
    private var known: [Key: Quantity] = [:]
    private var chains: StandChains

    private struct Key: Hashable {
        let plan: Plan
        let stand: Stand
        let part: Part
    }

    init(_ plan: QuestionPlan, reader: TallyReader) {
        self.plan = plan
        self.reader = reader
        slotNumbers = Dictionary(
            plan.slots.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        asked = Set(plan.timeline.periods)
        chains = StandChains(plan)
    }

    /// A metric's quantity in a period.
    func quantity(_ metric: MetricPlan, period: Period, part: Part) -> Quantity {
        guard let slot = slotNumbers[period] else { return .undefined }
        let stand = Stand(slot: slot, walk: Walk(isAsked: asked.contains(period)))
        return quantity(metric.plan, at: stand, part: part)
    }

    private func quantity(_ node: Plan, at stand: Stand, part: Part) -> Quantity {
        switch node {
        case .tally(let tally): reader.quantity(tally, slot: stand.slot, part: part)
        case .ratio(let left, let right, let cross, let isShare):
            ratio(
                quantity(left, at: stand, part: part), quantity(right, at: stand, part: part),
                products: cross.map { reader.quantity($0, slot: stand.slot, part: part) },
                isShare: isShare)
        case .number(let number): Quantity(value: number, count: nil, evidence: .none)
        case .negated(let inner): negated(quantity(inner, at: stand, part: part))
        case .arithmetic(let sign, let left, let right):
            joined(
                sign, quantity(left, at: stand, part: part),
                quantity(right, at: stand, part: part))
        case .power(let base, let exponent):
            power(
                quantity(base, at: stand, part: part), quantity(exponent, at: stand, part: part))
        case .bounded(let bounds, let inner):
            bounded(bounds, quantity(inner, at: stand, part: part))
        case .overDays(let joining, let inner):
            overDays(joining, inner, at: stand, part: part)
        case .previous(let inner): previous(inner, at: stand, part: part)
        case .filled(let inner, let policy):
            filled(inner, policy: policy, at: stand, part: part)
        }
    }

    /// ΣN ÷ ΣD; a denominator of zero leaves it undefined.
    private func ratio(
        _ left: Quantity, _ right: Quantity, products: Quantity?, isShare: Bool
    ) -> Quantity {
        guard let numerator = left.value, let denominator = right.value else {
            return undefined(left, right)
        }
        var result = Quantity(
            value: denominator == 0 ? nil : numerator / denominator,
            count: Int(exactly: denominator),
            numerator: numerator, denominator: denominator, evidence: .none)
        if isShare, case .count(let of) = left.evidence, case .count(let to) = right.evidence {
            if to > 0, of <= to { result.evidence = .share(of: of, to: to) }
            return result
        }
        if result.count == nil { result.count = right.count ?? left.count }
        if let products = products?.value, let x = left.sums, let y = right.sums {
            let count = max(left.count ?? 0, right.count ?? 0)
            result.evidence = .ratio(
                RatioEvidence(
                    count: count, numerators: numerator, denominators: denominator,
                    squaredNumerators: x, squaredDenominators: y, products: products))
            result.count = count
        }
        return result
    }

    private func negated(_ inner: Quantity) -> Quantity {
        guard let value = inner.value else { return inner }
        return Quantity(value: -value, count: inner.count, evidence: .none)
    }

    /// Nothing is known, for the reason that one of two has.
    private func undefined(_ left: Quantity, _ right: Quantity) -> Quantity {
        var result = Quantity.undefined
        result.obstacle = left.obstacle ?? right.obstacle
        return result
    }

    private func joined(_ sign: BinaryOperator, _ left: Quantity, _ right: Quantity) -> Quantity {
        guard let a = left.value, let b = right.value else { return undefined(left, right) }
        let isShared = left.count == right.count || left.count == nil || right.count == nil
        let count = isShared ? left.count ?? right.count : nil
        switch sign {
        case .plus: return Quantity(value: a + b, count: count, evidence: .none)
        case .minus: return Quantity(value: a - b, count: count, evidence: .none)
        case .times: return Quantity(value: a * b, count: count, evidence: .none)
        case .divided:
            return Quantity(
                value: b == 0 ? nil : a / b, count: count, numerator: a, denominator: b,
                evidence: .none)
        default: return .undefined
        }
    }

    private func power(_ base: Quantity, _ exponent: Quantity) -> Quantity {
        guard let x = base.value, let y = exponent.value else { return undefined(base, exponent) }
        let result = pow(x, y)
        return Quantity(
            value: result.isFinite ? result : nil, count: base.count ?? exponent.count,
            evidence: .none)
    }

    /// The quantity itself where it lies within its bounds.
    private func bounded(_ bounds: ArithmeticBounds, _ inner: Quantity) -> Quantity {
        guard let value = inner.value else { return inner }
        let holds =
            switch bounds {
            case .positive: value > 0
            case .share: value >= 0 && value <= 1
            }
        guard !holds else { return inner }
        var result = Quantity.undefined
        result.count = inner.count
        result.isOutOfBounds = bounds == .share
        return result
    }

    /// The days' values as one number; days without a value are left out of the mean, and where
    /// none has one the first reason is told.
    private func overDays(
        _ joining: DayJoining, _ inner: Plan, at stand: Stand, part: Part
    ) -> Quantity {
        var inside = stand
        inside.walk.need = stand.walk.need.days
        var values: [Double] = []
        var obstacle: Failure?
        for day in plan.days(of: plan.slots[stand.slot]) {
            guard let slot = slotNumbers[day] else { continue }
            inside.slot = slot
            let quantity = quantity(inner, at: inside, part: part)
            if let value = quantity.value { values.append(value) }
            obstacle = obstacle ?? quantity.obstacle
        }
        guard !values.isEmpty else {
            var result = Quantity.undefined
            result.obstacle = obstacle
            return result
        }
        switch joining {
        case .average:
            let sum = values.reduce(0, +)
            return Quantity(
                value: sum / Double(values.count), count: values.count, numerator: sum,
                denominator: Double(values.count), evidence: .none)
        case .compounded:
            let kept = values.reduce(1) { $0 * (1 - $1) }
            return Quantity(value: 1 - kept, count: values.count, evidence: .none)
        }
    }

    private func previous(_ inner: Plan, at stand: Stand, part: Part) -> Quantity {
        let before = Timeline.period(before: plan.slots[stand.slot], in: plan.timeline.calendar)
        guard let slot = slotNumbers[before] else { return .undefined }
        let walk = Walk(need: stand.walk.need.before, isAsked: stand.walk.isAsked)
        return quantity(inner, at: Stand(slot: slot, walk: walk), part: part)
    }

    private func filled(
        _ inner: Plan, policy: EmptyPolicy, at stand: Stand, part: Part
    ) -> Quantity {
        let own = quantity(inner, at: stand, part: part)
        switch policy {
        case .zero:
            guard own.value == nil, own.count == 0 else { return own }
            return Quantity(value: 0, count: 0, numerator: 0, evidence: .none)
        case .none:
            guard own.count == 0 else { return own }
            return Quantity(value: nil, count: 0, evidence: .none)
        case .carry: return carried(own, inner, at: stand, part: part)
        }
    }

    /// The last known value before a period without rows that the data covers.
    ///
    /// It is looked for in the periods that adjoin it and to which the same way leads, so that the
    /// number does not depend on what else is asked.
    private func carried(
        _ own: Quantity, _ inner: Plan, at stand: Stand, part: Part
    ) -> Quantity {
        guard own.count == 0 else { return own }
        let key = Key(plan: inner, stand: stand, part: part)
        if let known = known[key] { return known }
        var result = Quantity(value: nil, count: 0, evidence: .none)
        var earlier = stand
        while let slot = chains.slot(before: earlier) {
            earlier.slot = slot
            let quantity = quantity(inner, at: earlier, part: part)
            if let value = quantity.value, quantity.count != 0 {
                result = Quantity(value: value, count: 0, numerator: value, evidence: .none)
                break
            }
            if let known = known[Key(plan: inner, stand: earlier, part: part)] {
                result = known
                break
            }
        }
        known[key] = result
        return result
    }
}

extension Quantity {
    /// The sum of the squares of what the rows add to it.
    fileprivate var sums: Double? {
        switch evidence {
        case .total(_, let squares): squares
        case .count(let count): Double(count)
        default: nil
        }
    }
}
