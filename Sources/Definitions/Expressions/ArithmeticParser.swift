import Vocabulary

extension Arithmetic {
    /// Reads arithmetic over metrics, such as `(revenue - previous(revenue)) / previous(revenue)`.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - place: Where its first character stands in a file.
    /// - Throws: A failure with a code `expression/…`.
    public init(parsing text: String, at place: Place? = nil) throws(Failure) {
        try self.init(ExpressionText(text, at: place))
    }

    /// Reads arithmetic from a text with a place.
    init(_ text: ExpressionText) throws(Failure) {
        var parser = try ExpressionParser(text)
        self = try parser.whole { (parser) throws(Failure) in try parser.metricSum() }
    }
}

extension ExpressionParser {
    fileprivate mutating func metricSum() throws(Failure) -> Arithmetic {
        var left = try metricProduct()
        while let joined = acceptOperator(.plus, .minus) {
            try count()
            left = .binary(joined, left, try metricProduct())
        }
        return left
    }

    private mutating func metricProduct() throws(Failure) -> Arithmetic {
        var left = try metricOperand()
        while let joined = acceptOperator(.times, .divided) {
            try count()
            left = .binary(joined, left, try metricOperand())
        }
        return left
    }

    private mutating func metricOperand() throws(Failure) -> Arithmetic {
        try count()
        switch token.kind {
        case .number(let digits):
            switch try number(digits) {
            case .integer(let whole): return .number(Double(whole))
            case .number(let value): return .number(value)
            default: throw unexpected("A number is missing.")
            }
        case .symbol("-"):
            advance()
            return .negated(
                try nested { (parser) throws(Failure) in try parser.metricOperand() })
        case .symbol("("):
            advance()
            let inner = try nested { (parser) throws(Failure) in try parser.metricSum() }
            try expect(symbol: ")", after: "what the bracket opened")
            return inner
        case .name(let name) where following.isSymbol("("):
            guard name.lowercased() == "previous" else {
                throw text.failure(
                    .expressionUnknownFunction, "There is no function of metrics named '\(name)'.",
                    at: token.offset,
                    hint: "the only one is previous(metric), the value of the period before")
            }
            advance()
            advance()
            let metric = try metricReference()
            try expect(symbol: ")", after: "the metric")
            return .previous(metric)
        default: return .metric(try metricReference())
        }
    }

    private mutating func metricReference() throws(Failure) -> NameReference {
        guard case .name(let name) = token.kind else {
            throw unexpected("A metric or a number is missing; here is \(token.shown).")
        }
        let reference = NameReference(name, offset: text.hasColumns ? token.offset : 0)
        advance()
        return reference
    }
}
