import Vocabulary

/// The types of functions of dates and instants.
extension ExpressionTyping {
    mutating func datePart(
        _ function: ExpressionFunction, _ argument: Expression
    ) throws(Failure) -> TypedExpression {
        let value = try temporal(argument, function)
        if function == .hour, value.type == .day {
            throw failure(
                .expressionTypeClash, "A date has no hour: '\(argument)'.", near: argument)
        }
        return TypedExpression(
            .call(function, [value]), type: .integer, isNullable: value.isNullable)
    }

    mutating func dateDifference(
        _ function: ExpressionFunction, _ arguments: [Expression]
    ) throws(Failure) -> TypedExpression {
        let from = try temporal(arguments[0], function)
        let to = try temporal(arguments[1], function)
        return TypedExpression(
            .call(function, [from, to]), type: .integer,
            isNullable: from.isNullable || to.isNullable)
    }

    mutating func timeDifference(
        _ arguments: [Expression]
    ) throws(Failure) -> TypedExpression {
        var values: [TypedExpression] = []
        for argument in arguments {
            let value = try temporal(argument, .secondsBetween)
            guard value.type != .day else {
                throw failure(
                    .expressionTypeClash, "A date has no seconds: '\(argument)'.", near: argument,
                    hint: "days between dates are date_diff_days(from, to)")
            }
            values.append(value)
        }
        return TypedExpression(
            .call(.secondsBetween, values), type: .number,
            isNullable: values.contains(where: \.isNullable))
    }

    private mutating func temporal(
        _ argument: Expression, _ function: ExpressionFunction
    ) throws(Failure) -> TypedExpression {
        let value = try type(argument)
        if let text = value.constantText, let day = Day(iso: text) {
            return TypedExpression(.literal(.day(day)), type: .day, isNullable: false)
        }
        guard value.type == .day || value.type == .instant || value.type == .unknown else {
            throw failure(
                .expressionTypeClash,
                "\(function.rawValue) works on dates and instants; '\(argument)' is "
                    + "\(value.type.phrase).", near: argument,
                hint: value.type == .text
                    ? "pin the column's type in the source: columns: { name: date }" : nil)
        }
        return value
    }

    /// Seconds between moments of one kind or of both; a date has no time of the day, so that
    /// beside it only days are counted.
    mutating func elapsed(_ arguments: [Expression]) throws(Failure) -> TypedExpression {
        let from = try temporal(arguments[0], .timeBetween)
        let to = try temporal(arguments[1], .timeBetween)
        return TypedExpression(
            .call(.timeBetween, [from, to]), type: .number,
            isNullable: from.isNullable || to.isNullable)
    }

    mutating func civilDate(_ argument: Expression) throws(Failure) -> TypedExpression {
        let value = try temporal(argument, .date)
        if value.type == .day { return value }
        return TypedExpression(.call(.date, [value]), type: .day, isNullable: value.isNullable)
    }

    /// The column of the source that says when a row happened.
    mutating func rowTime(near whole: Expression) throws(Failure) -> TypedExpression {
        guard let time = scope.source.time else {
            throw failure(
                .noTime, "The source '\(scope.source.name)' has no time.", near: whole,
                hint: "add time: column_name to the source")
        }
        // The column itself, even where a dimension has its name.
        if let column = scope.column(named: time.column) {
            return TypedExpression(
                .column(column.name), type: column.type, isNullable: column.isNullable)
        }
        return try type(.name(NameReference(time.column)))
    }
}
