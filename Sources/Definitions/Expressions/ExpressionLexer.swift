import Vocabulary

/// Cuts an expression's text into words.
struct ExpressionLexer {
    private let text: ExpressionText
    private var position = 0

    init(_ text: ExpressionText) { self.text = text }

    /// All words, the end last.
    ///
    /// - Throws: `expression/too-long`, `expression/bad-character`, `expression/unclosed-text`.
    static func tokens(of text: ExpressionText) throws(Failure) -> [ExpressionToken] {
        guard text.characters.count <= ExpressionText.lengthMax else {
            throw Failure(
                .expressionTooLong,
                "The expression has \(text.characters.count) characters; "
                    + "\(ExpressionText.lengthMax) are the most.",
                hint: "put parts of it into dimensions of the source", place: text.place)
        }
        var lexer = ExpressionLexer(text)
        var tokens: [ExpressionToken] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private func character(_ ahead: Int = 0) -> Unicode.Scalar? {
        let index = position + ahead
        return index < text.characters.count ? text.characters[index] : nil
    }

    private mutating func next() throws(Failure) -> ExpressionToken {
        while let space = character(), space.properties.isWhitespace { position += 1 }
        let start = position
        guard let first = character() else { return ExpressionToken(kind: .end, offset: start) }
        if isDigit(first) || (first == "." && character(1).map(isDigit) == true) {
            return ExpressionToken(kind: .number(number()), offset: start)
        }
        if first == "'" {
            return ExpressionToken(kind: .text(try quoted(by: "'")), offset: start)
        }
        if first == "\"" {
            return ExpressionToken(kind: .quotedName(try quoted(by: "\"")), offset: start)
        }
        if isNameStart(first) {
            while let letter = character(), isNamePart(letter) { position += 1 }
            return ExpressionToken(kind: .name(slice(from: start)), offset: start)
        }
        return ExpressionToken(kind: .symbol(try symbol(first)), offset: start)
    }

    private func slice(from start: Int) -> String {
        String(String.UnicodeScalarView(text.characters[start..<position]))
    }

    /// A number with an optional fraction and exponent; a letter behind it is the parser's matter.
    private mutating func number() -> String {
        let start = position
        skipDigits()
        if character() == "." {
            position += 1
            skipDigits()
        }
        if character() == "e" || character() == "E" {
            let signed = character(1) == "+" || character(1) == "-"
            if character(signed ? 2 : 1).map(isDigit) == true {
                position += signed ? 2 : 1
                skipDigits()
            }
        }
        return slice(from: start)
    }

    private mutating func skipDigits() {
        while let digit = character(), isDigit(digit) { position += 1 }
    }

    /// What stands between two quotes; a doubled quote means one.
    private mutating func quoted(by quote: Unicode.Scalar) throws(Failure) -> String {
        let start = position
        var content = String.UnicodeScalarView()
        position += 1
        while let next = character() {
            position += 1
            guard next == quote else {
                content.append(next)
                continue
            }
            guard character() == quote else { return String(content) }
            content.append(quote)
            position += 1
        }
        throw text.failure(
            .expressionUnclosedText, "A quote is opened and never closed.", at: start,
            hint: "a quote inside a text is written twice, as in 'it''s'")
    }

    private mutating func symbol(_ first: Unicode.Scalar) throws(Failure) -> String {
        let pair = String(first) + (character(1).map(String.init) ?? "")
        if ["!=", "<>", "<=", ">="].contains(pair) {
            position += 2
            return pair == "<>" ? "!=" : pair
        }
        if let meant = ["==": "=", "&&": "and", "||": "or, or concat(…) for texts"][pair] {
            throw text.failure(
                .expressionBadCharacter, "'\(pair)' is not an operator of expressions.",
                at: position, hint: "write \(meant)")
        }
        guard "+-*/%^=<>(),".unicodeScalars.contains(first) else {
            let shown = first.properties.isPatternWhitespace || first.value < 32 ? "?" : "\(first)"
            throw text.failure(
                .expressionBadCharacter, "'\(shown)' cannot stand in an expression.", at: position,
                hint: first == "!" ? "write not" : "a column with an odd name stands in \"…\"")
        }
        position += 1
        return String(first)
    }
}

private func isDigit(_ character: Unicode.Scalar) -> Bool {
    character.value >= 48 && character.value <= 57
}

/// Whether a name may begin with this character without quotes.
func isNameStart(_ character: Unicode.Scalar) -> Bool {
    character == "_" || character.properties.isAlphabetic
}

/// Whether a name may hold this character without quotes.
func isNamePart(_ character: Unicode.Scalar) -> Bool {
    isNameStart(character) || isDigit(character)
        || character.properties.generalCategory == .nonspacingMark
}

extension Failure.Code {
    /// An expression is longer than any person would read.
    public static let expressionTooLong: Self = "expression/too-long"
    /// A character or operator means nothing in expressions.
    public static let expressionBadCharacter: Self = "expression/bad-character"
    /// A quote is opened and never closed.
    public static let expressionUnclosedText: Self = "expression/unclosed-text"
}
