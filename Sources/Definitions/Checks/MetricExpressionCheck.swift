import Vocabulary

/// Filters and values of metrics that name no column or mix types.
struct MetricExpressionCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.aggregates.flatMap { metric, located -> [Finding] in
            let aggregate = located.aggregate
            guard let scope = context.scope(of: aggregate.source) else { return [] }
            var failures: [Failure?] = aggregate.function.expressions.map { key, expression in
                let place = metric.origin.place(of: key, in: located.path)
                return failure { () throws(Failure) in
                    let role = aggregate.function.role(of: key)
                    if role == .condition {
                        _ = try ExpressionTyper().typedFilter(expression, in: scope, at: place)
                        return
                    }
                    let typed = try ExpressionTyper().typed(expression, in: scope, at: place)
                    switch role {
                    case .number: try requireNumber(typed, aggregate.function, expression, place)
                    case .time: try requireTime(typed, aggregate.function, expression, place)
                    case .anything, .condition: break
                    }
                }
            }
            if let filter = aggregate.filter {
                let place = metric.origin.place(of: "where", in: located.path)
                failures.append(
                    failure { () throws(Failure) in
                        _ = try ExpressionTyper().typedFilter(filter, in: scope, at: place)
                    })
            }
            return failures.compactMap { $0 }
                .map { Finding(.error, $0.located(at: metric.origin.place)) }
        }
    }

    private func requireNumber(
        _ typed: TypedExpression, _ function: AggregateFunction, _ expression: Expression,
        _ place: Place
    ) throws(Failure) {
        guard !typed.type.isNumeric else { return }
        throw Failure(
            .expressionTypeClash,
            "\(function.kind) works on numbers; '\(shortened(expression.description, to: 60))' is "
                + "\(typed.type.phrase).",
            hint: typed.type == .boolean
                ? "count the rows with where, or write case when … then 1 else 0 end" : nil,
            place: place)
    }

    private func requireTime(
        _ typed: TypedExpression, _ function: AggregateFunction, _ expression: Expression,
        _ place: Place
    ) throws(Failure) {
        guard ![.day, .instant, .unknown].contains(typed.type) else { return }
        throw Failure(
            .expressionTypeClash,
            "\(function.kind) works on dates and instants; "
                + "'\(shortened(expression.description, to: 60))' is \(typed.type.phrase).",
            hint: typed.type == .text
                ? "pin the column's type in the source: columns: { name: date }" : nil,
            place: place)
    }
}

/// What an expression of a formula must be.
private enum ExpressionRole {
    case anything, number, time, condition
}

extension AggregateFunction {
    fileprivate func role(of key: String) -> ExpressionRole {
        switch (self, key) {
        case (.open, _): .time
        case (.survival, "ended"), (.both, "having"), (.both, "and"): .condition
        case (.transition, "of"), (.lifecycle, "of"), (.lifetime, "by"): .anything
        case (_, "count"), (_, "distinct"), (_, "new"), (_, "active"), (_, "per"): .anything
        default: .number
        }
    }
}
