import Vocabulary

/// Quantities of recurring revenue by adding up a ledger's movements.
///
/// A ledger has the columns `amount` (signed), `customers` (+1 or -1, once a customer and moment)
/// and `movement`.
struct SubscriptionMovements {
    let rows: FormulaRows

    private var amount: Expression { .named("amount") }
    private var customers: Expression { .named("customers") }

    /// The sum of a column over some movements; none means all.
    private func sum(_ column: Expression, _ movements: [String] = []) -> Formula {
        let condition =
            movements.isEmpty ? nil : Expression.named("movement").isOne(of: movements)
        return rows.aggregate(.sum(column), where: condition)
    }

    /// What some movements took away, as a positive number.
    private func loss(_ column: Expression, _ movements: [String]) -> Formula {
        sum(.unary(.minus, column), movements)
    }

    private var mrr: Formula { sum(amount).sinceBeginning }
    private var level: Formula { sum(customers).sinceBeginning }
    private var lost: Formula { loss(customers, ["churn"]) }

    func formula(
        _ quantity: SubscriptionQuantity, countsReactivation: Bool
    ) -> Formula {
        let returns = countsReactivation ? ["reactivation"] : []
        switch quantity {
        case .mrr: return mrr
        case .arr: return .derived(.binary(.times, .number(12), .formula(mrr)))
        case .customers: return level
        case .arpa: return .ratio(mrr, to: level)
        case .new, .reactivation, .expansion, .exchange: return sum(amount, [quantity.rawValue])
        case .contraction, .churn: return loss(amount, [quantity.rawValue])
        case .netNew: return sum(amount)
        case .newCustomers: return sum(customers, ["new"])
        case .lostCustomers: return lost
        case .logoChurn: return .ratio(lost, to: level.before)
        case .grossRevenueChurn:
            return .ratio(loss(amount, ["churn", "contraction"]), to: mrr.before)
        case .netRevenueChurn:
            return .ratio(
                loss(amount, ["churn", "contraction", "expansion"] + returns), to: mrr.before)
        case .grr:
            return .ratio(
                mrr.before - loss(amount, ["churn", "contraction"]), to: mrr.before)
        case .nrr:
            return .ratio(
                mrr.before - loss(amount, ["churn", "contraction", "expansion"]), to: mrr.before)
        case .quickRatio:
            return .ratio(
                sum(amount, ["new", "expansion"] + returns),
                to: loss(amount, ["churn", "contraction"]))
        }
    }

    /// Those who left, over the mean of the customers at the start and at the end.
    var churnOfAverage: Formula {
        .ratio(
            lost, to: .derived(.binary(.divided, (level.before + level).term, .number(2))))
    }

    /// One minus the product of what each day leaves.
    var churnOfDays: Formula {
        .derived(.overDays(.compounded, .formula(.ratio(lost, to: level.before))))
    }
}

/// Quantities of recurring revenue by comparing every customer at the start and the end.
struct SubscriptionSnapshots {
    let rows: FormulaRows

    private func amount(_ transition: Transition) -> Formula {
        rows.aggregate(.transition(transition, of: .named("customer"), amount: .named("amount")))
    }

    private func customers(_ transition: Transition) -> Formula {
        rows.aggregate(.transition(transition, of: .named("customer"), amount: nil))
    }

    /// A quantity; nil for those that no comparison of two moments gives.
    func formula(
        _ quantity: SubscriptionQuantity, countsReactivation: Bool
    ) -> Formula? {
        let lost = amount(.churn) + amount(.contraction)
        switch quantity {
        case .mrr, .arr, .customers, .arpa, .exchange: return nil
        case .new: return amount(.new)
        case .reactivation: return amount(.reactivation)
        case .expansion: return amount(.expansion)
        case .contraction: return amount(.contraction)
        case .churn: return amount(.churn)
        case .netNew: return amount(.closing) - amount(.opening)
        case .newCustomers: return customers(.new)
        case .lostCustomers: return customers(.churn)
        case .logoChurn: return .ratio(customers(.churn), to: customers(.opening))
        case .grossRevenueChurn: return .ratio(lost, to: amount(.opening))
        case .netRevenueChurn:
            let net = lost - amount(.expansion)
            return .ratio(
                countsReactivation ? net - amount(.reactivation) : net, to: amount(.opening))
        case .grr: return .ratio(amount(.retained), to: amount(.opening))
        case .nrr:
            return .ratio(amount(.retained) + amount(.expansion), to: amount(.opening))
        case .quickRatio:
            let won = amount(.new) + amount(.expansion)
            return .ratio(countsReactivation ? won + amount(.reactivation) : won, to: lost)
        }
    }
}
