import Vocabulary

/// Constants, names, functions, choices and brackets.
extension ExpressionParser {
    /// Words that cannot name a column without quotes.
    static let reserved: Set<String> = [
        "and", "or", "not", "is", "in", "between", "like", "null", "true", "false", "case", "when",
        "then", "else", "end",
    ]

    mutating func primary() throws(Failure) -> Expression {
        switch token.kind {
        case .number(let digits):
            try count()
            return .literal(try number(digits))
        case .text(let content):
            try count()
            advance()
            return .literal(.text(content))
        case .quotedName(let name):
            guard !name.isEmpty else { throw unexpected("A name is empty.") }
            return try reference(name)
        case .symbol("("):
            advance()
            let inner = try nested { (parser) throws(Failure) in try parser.disjunction() }
            try expect(symbol: ")", after: "what the bracket opened")
            return inner
        case .name(let name):
            if accept(word: "case") {
                return try nested { (parser) throws(Failure) in try parser.choice() }
            }
            if let constant = try namedConstant() {
                try count()
                return .literal(constant)
            }
            if following.isSymbol("(") {
                return try nested { (parser) throws(Failure) in try parser.call(name) }
            }
            guard !Self.reserved.contains(name.lowercased()) else {
                throw unexpected("A value is missing; here is \(token.shown).")
            }
            return try reference(name)
        case .end: throw unexpected("The expression ends where a value is missing.")
        case .symbol: throw unexpected("A value is missing; here is \(token.shown).")
        }
    }

    private mutating func reference(_ name: String) throws(Failure) -> Expression {
        try count()
        let reference = NameReference(name, offset: text.hasColumns ? token.offset : 0)
        advance()
        return .name(reference)
    }

    /// `true`, `false`, `null`, `date '…'` or `instant '…'`; nil where the next word is none.
    mutating func namedConstant() throws(Failure) -> Value? {
        if accept(word: "true") { return .boolean(true) }
        if accept(word: "false") { return .boolean(false) }
        if accept(word: "null") { return .null }
        guard token.isWord("date") || token.isWord("instant"),
            case .text(let written) = following.kind
        else { return nil }
        let isDay = token.isWord("date")
        let value =
            isDay ? Day(iso: written).map(Value.day) : Instant(iso: written).map(Value.instant)
        guard let value else {
            throw text.failure(
                .expressionBadDate,
                "'\(shortened(written))' is not \(isDay ? "a date" : "an instant").",
                at: following.offset,
                hint: isDay ? "write date '2026-01-31'" : "write instant '2026-01-31T12:00:00Z'")
        }
        advance()
        advance()
        return value
    }

    mutating func number(_ written: String) throws(Failure) -> Value {
        if !written.contains(where: { ".eE".contains($0) }), let whole = Int64(written) {
            advance()
            return .integer(whole)
        }
        guard let value = Double(written), value.isFinite else {
            throw text.failure(
                .expressionBadNumber, "\(shortened(written)) is not a number that can be held.",
                at: token.offset)
        }
        advance()
        return .number(value)
    }

    private mutating func call(_ name: String) throws(Failure) -> Expression {
        guard let function = ExpressionFunction(rawValue: name.lowercased()) else {
            let names = ExpressionFunction.allCases.map(\.rawValue)
            throw text.failure(
                .expressionUnknownFunction, "There is no function named '\(name)'.",
                at: token.offset,
                hint: nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
                    ?? "the functions are \(names.sorted().joined(separator: ", "))")
        }
        try count()
        advance()
        advance()
        var arguments: [Expression] = []
        if !token.isSymbol(")") {
            repeat { arguments.append(try disjunction()) } while accept(symbol: ",")
        }
        try expect(symbol: ")", after: "the values of \(name)")
        return .call(function, arguments)
    }

    private mutating func choice() throws(Failure) -> Expression {
        try count()
        guard token.isWord("when") else {
            throw unexpected(
                "'when' is missing after case; here is \(token.shown).",
                hint: "write case when country = 'DE' then 'home' else 'abroad' end")
        }
        var branches: [ChoiceBranch] = []
        while accept(word: "when") {
            let condition = try disjunction()
            try expect(word: "then", after: "the condition")
            branches.append(ChoiceBranch(condition: condition, value: try disjunction()))
        }
        let otherwise = accept(word: "else") ? try disjunction() : nil
        try expect(word: "end", after: "the choice")
        return .choice(branches, otherwise: otherwise)
    }
}

extension Failure.Code {
    /// A function's name is not known.
    public static let expressionUnknownFunction: Self = "expression/unknown-function"
    /// A number is too large to be held.
    public static let expressionBadNumber: Self = "expression/bad-number"
    /// A text is not a date or an instant.
    public static let expressionBadDate: Self = "expression/bad-date"
}
