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
                    let typed = try ExpressionTyper().typed(expression, in: scope, at: place)
                    try requireNumber(typed, aggregate.function, key, expression, at: place)
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
        _ typed: TypedExpression, _ function: AggregateFunction, _ key: String,
        _ expression: Expression, at place: Place
    ) throws(Failure) {
        let takesAnything = ["count", "distinct", "new", "active", "per"].contains(key)
        guard !takesAnything, !typed.type.isNumeric else { return }
        throw Failure(
            .expressionTypeClash,
            "\(function.kind) works on numbers; '\(shortened(expression.description, to: 60))' is "
                + "\(typed.type.phrase).",
            hint: typed.type == .boolean
                ? "count the rows with where, or write case when … then 1 else 0 end" : nil,
            place: place)
    }
}
