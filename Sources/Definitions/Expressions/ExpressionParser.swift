import Vocabulary

extension Expression {
    /// Reads an expression, such as `quantity * unit_price` or `country in ('DE', 'AT')`.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - place: Where its first character stands in a file; failures then have exact places.
    /// - Throws: A failure with a code `expression/…`.
    public init(parsing text: String, at place: Place? = nil) throws(Failure) {
        try self.init(ExpressionText(text, at: place))
    }

    /// Reads an expression from a text with a place.
    init(_ text: ExpressionText) throws(Failure) {
        var parser = try ExpressionParser(text)
        self = try parser.whole { (parser) throws(Failure) in try parser.disjunction() }
    }
}

/// Reads expressions by recursive descent, loosest binding first.
///
/// Nesting and size are limited, so that no text can exhaust the stack, here or in any later walk
/// over the tree.
struct ExpressionParser {
    /// How deep brackets, signs and denials may nest.
    static let depthMax = 64
    /// How many operators, functions and names an expression may have; lists do not count.
    static let partsMax = 500

    let text: ExpressionText
    private let tokens: [ExpressionToken]
    private var index = 0
    private var depth = 0
    private var parts = 0

    init(_ text: ExpressionText) throws(Failure) {
        self.text = text
        tokens = try ExpressionLexer.tokens(of: text)
    }

    /// The word that comes next.
    var token: ExpressionToken { tokens[index] }
    /// The word after that.
    var following: ExpressionToken { tokens[min(index + 1, tokens.count - 1)] }

    mutating func advance() { index = min(index + 1, tokens.count - 1) }

    /// Goes on if the next word is this symbol.
    mutating func accept(symbol: String) -> Bool {
        guard token.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    /// Goes on if the next word is this word of the language.
    mutating func accept(word: String) -> Bool {
        guard token.isWord(word) else { return false }
        advance()
        return true
    }

    mutating func expect(symbol: String, after what: String) throws(Failure) {
        guard accept(symbol: symbol) else {
            throw unexpected("'\(symbol)' is missing after \(what); here is \(token.shown).")
        }
    }

    mutating func expect(word: String, after what: String) throws(Failure) {
        guard accept(word: word) else {
            throw unexpected("'\(word)' is missing after \(what); here is \(token.shown).")
        }
    }

    func unexpected(_ message: String, hint: String? = nil) -> Failure {
        text.failure(.expressionSyntax, message, at: token.offset, hint: hint)
    }

    /// Counts a part of the expression.
    mutating func count() throws(Failure) {
        parts += 1
        guard parts <= Self.partsMax else {
            throw text.failure(
                .expressionTooDeep, "The expression has more than \(Self.partsMax) parts.",
                at: token.offset, hint: "many values of one column stand in a list: x in (…)")
        }
    }

    /// Reads what may contain itself, and counts how deep that goes.
    mutating func nested<Result>(
        _ read: (inout ExpressionParser) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else {
            throw text.failure(
                .expressionTooDeep, "The expression nests more than \(Self.depthMax) levels deep.",
                at: token.offset, hint: "put parts of it into dimensions of the source")
        }
        return try read(&self)
    }

    /// Reads the whole text.
    mutating func whole<Result>(
        _ read: (inout ExpressionParser) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard token.kind != .end else {
            throw unexpected("The expression is empty.")
        }
        let result = try read(&self)
        guard token.kind == .end else {
            throw unexpected(
                "The expression goes on with \(token.shown), which does not fit.",
                hint: leftoverHint)
        }
        return result
    }

    private var leftoverHint: String? {
        if token.isSymbol("=") || token.isSymbol("<") || token.isSymbol(">") {
            return "comparisons do not chain; join them with and"
        }
        if token.isWord("is") { return "only is null and is not null are known" }
        return token.isSymbol(",") ? "only functions and lists have commas" : nil
    }

    // MARK: Logic

    mutating func disjunction() throws(Failure) -> Expression {
        var left = try conjunction()
        while accept(word: "or") {
            try count()
            left = .binary(.or, left, try conjunction())
        }
        return left
    }

    private mutating func conjunction() throws(Failure) -> Expression {
        var left = try denial()
        while accept(word: "and") {
            try count()
            left = .binary(.and, left, try denial())
        }
        return left
    }

    private mutating func denial() throws(Failure) -> Expression {
        guard token.isWord("not") else { return try comparison() }
        advance()
        try count()
        return .unary(.not, try nested { (parser) throws(Failure) in try parser.denial() })
    }

    // MARK: Arithmetic

    mutating func sum() throws(Failure) -> Expression {
        var left = try product()
        while let joined = acceptOperator(.plus, .minus) {
            try count()
            left = .binary(joined, left, try product())
        }
        return left
    }

    private mutating func product() throws(Failure) -> Expression {
        var left = try signed()
        while let joined = acceptOperator(.times, .divided, .modulo) {
            try count()
            left = .binary(joined, left, try signed())
        }
        return left
    }

    /// Goes on if the next word is one of these operators.
    mutating func acceptOperator(_ operators: BinaryOperator...) -> BinaryOperator? {
        guard case .symbol(let symbol) = token.kind,
            let found = operators.first(where: { $0.rawValue == symbol })
        else { return nil }
        advance()
        return found
    }

    private mutating func signed() throws(Failure) -> Expression {
        guard token.isSymbol("-") else {
            if token.isSymbol("+") { throw unexpected("A value has no '+' before it.") }
            return try primary()
        }
        advance()
        try count()
        if case .number(let digits) = token.kind { return .literal(try number("-" + digits)) }
        return .unary(.minus, try nested { (parser) throws(Failure) in try parser.signed() })
    }
}

extension Failure.Code {
    /// An expression does not follow the grammar.
    public static let expressionSyntax: Self = "expression/syntax"
    /// An expression nests too deep or has too many parts.
    public static let expressionTooDeep: Self = "expression/too-deep"
}
