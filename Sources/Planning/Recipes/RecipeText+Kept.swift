import Definitions
import Vocabulary

/// Columns that are made of several rows.
extension RecipeText {
    /// The aggregates of some kept columns, with their names.
    mutating func aggregates(
        _ kept: [KeptColumn], of input: RecipeInput, order: String
    ) throws(Failure) -> [String] {
        var columns: [String] = []
        for column in kept {
            let text: String
            do {
                text = try aggregate(column, of: input, order: order)
            } catch {
                throw error.located(at: inputs.place("from.keep.\(column.name)"))
            }
            columns.append("\(text) AS \(quotedName(column.name))")
        }
        return columns
    }

    private mutating func aggregate(
        _ column: KeptColumn, of input: RecipeInput, order: String
    ) throws(Failure) -> String {
        let path = "from.keep.\(column.name)"
        var conditions: [String] = []
        if let filter = column.filter {
            let place = inputs.place(path + ".where")
            for condition in try input.typing.conditions(filter, at: place) {
                conditions.append(expression(condition))
            }
        }
        let value = try typed(column, of: input, path: path)
        let text = value.map { expression($0) } ?? ""
        if case .path = column.function { conditions.append("\(order) IS NOT NULL") }
        let filter =
            conditions.isEmpty
            ? "" : " FILTER (WHERE \(conditions.joined(separator: " AND ")))"
        let call = call(column.function, text, order: order) + filter
        switch column.function {
        case .sum: return "coalesce(\(call), 0)"
        case .any: return "coalesce(\(call), FALSE)"
        default: return call
        }
    }

    private func typed(
        _ column: KeptColumn, of input: RecipeInput, path: String
    ) throws(Failure) -> TypedExpression? {
        guard let expression = column.function.expression else { return nil }
        let place = inputs.place("\(path).\(column.function.kind)")
        switch column.function {
        case .sum, .average, .median:
            _ = try input.typed(expression, at: place)
            do {
                return try input.typing.numeric(expression)
            } catch {
                throw error.located(at: place)
            }
        case .any: return try ExpressionTyper().typedFilter(expression, in: input.scope, at: place)
        default: return try input.typed(expression, at: place)
        }
    }

    private func call(
        _ function: KeptColumn.Function, _ value: String, order: String
    ) -> String {
        switch function {
        case .first: "arg_min_null(\(value), \(order))"
        case .last: "arg_max_null(\(value), \(order))"
        case .count(nil): "count(*)"
        case .count: "count(\(value))"
        case .distinct: "count(DISTINCT \(value))"
        case .sum: "sum(\(value))"
        case .average: "avg(\(value))"
        case .median: "quantile_cont(CAST(\(value) AS DOUBLE), 0.5)"
        case .min: "min(\(value))"
        case .max: "max(\(value))"
        case .path: "string_agg(CAST(\(value) AS VARCHAR), '>' ORDER BY \(order))"
        case .any: "bool_or(\(value))"
        }
    }
}
