import Vocabulary

/// Comparisons and what else makes a condition of values.
extension ExpressionParser {
    mutating func comparison() throws(Failure) -> Expression {
        let left = try sum()
        if let joined = acceptOperator(
            .equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater)
        {
            try count()
            let start = token.offset
            let right = try sum()
            if left == .literal(.null) || right == .literal(.null) {
                throw text.failure(
                    .expressionNullComparison, "A comparison with null never holds.",
                    at: start,
                    hint: joined == .notEqual ? "write is not null" : "write is null")
            }
            return .binary(joined, left, right)
        }
        if token.isWord("is") { return try nullTest(of: left) }
        let negated = token.isWord("not") && isCondition(following)
        if negated { advance() }
        if accept(word: "in") { return try membership(of: left, negated: negated) }
        if accept(word: "between") { return try range(of: left, negated: negated) }
        if accept(word: "like") { return try match(of: left, negated: negated) }
        return left
    }

    private func isCondition(_ token: ExpressionToken) -> Bool {
        ["in", "between", "like"].contains { token.isWord($0) }
    }

    private mutating func nullTest(of value: Expression) throws(Failure) -> Expression {
        advance()
        try count()
        let negated = accept(word: "not")
        guard accept(word: "null") else {
            throw unexpected(
                "Only null can stand after is; here is \(token.shown).",
                hint: "compare values with =")
        }
        return .isNull(value, negated: negated)
    }

    private mutating func membership(
        of value: Expression, negated: Bool
    ) throws(Failure) -> Expression {
        try count()
        try expect(symbol: "(", after: "in")
        var values: [Expression] = []
        repeat { values.append(.literal(try constant())) } while accept(symbol: ",")
        try expect(symbol: ")", after: "the list")
        return .isIn(value, values, negated: negated)
    }

    /// A constant of a list.
    private mutating func constant() throws(Failure) -> Value {
        let isNegative = accept(symbol: "-")
        switch token.kind {
        case .number(let digits):
            return try number(isNegative ? "-" + digits : digits)
        case .text(let content) where !isNegative:
            advance()
            return .text(content)
        default: break
        }
        if !isNegative, let constant = try namedConstant(), constant != .null { return constant }
        throw text.failure(
            .expressionListNotConstant,
            "A list holds constants other than null; here is \(token.shown).",
            at: token.offset,
            hint: "texts stand in single quotes; test for absent values with is null")
    }

    private mutating func range(of value: Expression, negated: Bool) throws(Failure) -> Expression {
        try count()
        let low = try sum()
        try expect(word: "and", after: "the lower end of between")
        return .isBetween(value, low: low, high: try sum(), negated: negated)
    }

    private mutating func match(of value: Expression, negated: Bool) throws(Failure) -> Expression {
        try count()
        guard case .text(let pattern) = token.kind else {
            throw text.failure(
                .expressionListNotConstant, "A pattern is a text; here is \(token.shown).",
                at: token.offset, hint: "write like 'a%'; % stands for any letters, _ for one")
        }
        advance()
        return .isLike(value, pattern: pattern, negated: negated)
    }
}

extension Failure.Code {
    /// Something is compared with null.
    public static let expressionNullComparison: Self = "expression/null-comparison"
    /// A list or a pattern is not made of constants.
    public static let expressionListNotConstant: Self = "expression/not-constant"
}
