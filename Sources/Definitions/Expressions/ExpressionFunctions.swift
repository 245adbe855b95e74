import Vocabulary

/// The types of functions.
extension ExpressionTyping {
    mutating func call(
        _ function: ExpressionFunction, _ arguments: [Expression], whole: Expression
    ) throws(Failure) -> TypedExpression {
        let counts = function.argumentCounts
        guard counts.contains(arguments.count) else {
            throw failure(
                .expressionArguments,
                "\(function.rawValue) takes \(function.argumentPhrase), not \(arguments.count).",
                near: whole, hint: "write \(function.example)")
        }
        switch function {
        case .coalesce:
            let (values, type) = try common(arguments, "coalesce")
            return TypedExpression(
                .call(function, values), type: type,
                isNullable: values.allSatisfy(\.isNullable))
        case .nullif:
            let (first, second) = try alike(
                try type(arguments[0]), try type(arguments[1]), near: whole)
            return TypedExpression(
                .call(function, [first, second]), type: first.type, isNullable: true)
        case .least, .greatest:
            let (values, type) = try common(arguments, function.rawValue)
            return TypedExpression(
                .call(function, values), type: type,
                isNullable: values.contains(where: \.isNullable)
            )
        case .abs, .round, .floor, .ceil: return try numeric(function, arguments)
        case .dateDiffDays, .monthsBetween: return try dateDifference(function, arguments)
        case .secondsBetween: return try timeDifference(arguments)
        case .timeBetween: return try elapsed(arguments)
        case .date: return try civilDate(arguments[0])
        case .time: return try rowTime(near: whole)
        case .inSegment: return try segmentMembership(arguments[0], near: whole)
        case .year, .quarter, .month, .week, .weekday, .hour, .day:
            return try datePart(function, arguments[0])
        default: return try textual(function, arguments)
        }
    }

    private mutating func numeric(
        _ function: ExpressionFunction, _ arguments: [Expression]
    ) throws(Failure) -> TypedExpression {
        var values: [TypedExpression] = []
        for argument in arguments {
            let value = try type(argument)
            try requireNumeric(value, function.rawValue, near: argument)
            values.append(value)
        }
        if values.count == 2, values[1].constantInteger == nil {
            throw failure(
                .expressionArguments, "The places of round are a whole number.", near: arguments[0],
                hint: "write \(function.example)")
        }
        return TypedExpression(
            .call(function, values), type: values[0].type, isNullable: values[0].isNullable)
    }

    /// Functions of texts; `substring` also takes a place and a length, `split_part` the number of
    /// a part.
    private mutating func textual(
        _ function: ExpressionFunction, _ arguments: [Expression]
    ) throws(Failure) -> TypedExpression {
        var values: [TypedExpression] = []
        for (index, argument) in arguments.enumerated() {
            let value = try type(argument)
            if function == .substring && index > 0 || function == .splitPart && index > 1 {
                guard value.type == .integer || value.type == .unknown else {
                    throw failure(
                        .expressionArguments, "\(function.rawValue) counts in whole numbers.",
                        near: arguments[0], hint: "write \(function.example)")
                }
            } else if function != .concat || ![.integer, .day].contains(value.type) {
                try require(value, .text, function.rawValue, near: argument)
            }
            values.append(value)
        }
        return TypedExpression(
            .call(function, values), type: function.textResult,
            isNullable: function == .splitPart || values.contains(where: \.isNullable))
    }
}

extension TypedExpression {
    fileprivate var constantInteger: Int64? {
        if case .literal(.integer(let value)) = node { value } else { nil }
    }
}

extension ExpressionFunction {
    fileprivate var textResult: ValueType {
        switch self {
        case .length: .integer
        case .contains, .startsWith, .endsWith: .boolean
        default: .text
        }
    }

    /// How many values it takes.
    var argumentCounts: ClosedRange<Int> {
        switch self {
        case .lower, .upper, .trim, .length, .abs, .floor, .ceil, .inSegment: 1...1
        case .year, .quarter, .month, .week, .weekday, .hour, .day, .date: 1...1
        case .contains, .startsWith, .endsWith, .nullif: 2...2
        case .dateDiffDays, .secondsBetween, .timeBetween, .monthsBetween: 2...2
        case .time: 0...0
        case .round: 1...2
        case .substring: 2...3
        case .splitPart: 3...3
        case .concat, .coalesce, .least, .greatest: 2...50
        }
    }

    fileprivate var argumentPhrase: String {
        switch argumentCounts {
        case 0...0: "no value"
        case 1...1: "one value"
        case 2...2: "two values"
        case 1...2: "one or two values"
        case 2...3: "two or three values"
        case 3...3: "three values"
        default: "two values or more"
        }
    }

    /// A call of it, for hints and the manual.
    public var example: String {
        switch self {
        case .contains, .startsWith, .endsWith: "\(rawValue)(page, 'checkout')"
        case .lower, .upper, .trim, .length: "\(rawValue)(country)"
        case .concat: "concat(country, ' ', city)"
        case .substring: "substring(code, 1, 2)"
        case .splitPart: "split_part(version, '.', 1)"
        case .coalesce: "coalesce(channel, 'direct')"
        case .nullif: "nullif(country, 'unknown')"
        case .least, .greatest: "\(rawValue)(quantity, 100)"
        case .abs, .floor, .ceil: "\(rawValue)(amount)"
        case .round: "round(amount, 2)"
        case .year, .quarter, .month, .week, .weekday, .hour, .day: "\(rawValue)(created_at)"
        case .date: "date(created_at)"
        case .time: "date(time())"
        case .inSegment: "in_segment('power_users')"
        case .dateDiffDays, .secondsBetween, .timeBetween, .monthsBetween:
            "\(rawValue)(created_at, closed_at)"
        }
    }
}

extension Failure.Code {
    /// A function has too few, too many or wrong values.
    public static let expressionArguments: Self = "expression/arguments"
}
