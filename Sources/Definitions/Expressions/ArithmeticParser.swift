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
        var left = try metricPower()
        while let joined = acceptOperator(.times, .divided) {
            try count()
            left = .binary(joined, left, try metricPower())
        }
        return left
    }

    /// `-x ^ 2` is `-(x ^ 2)`, as everywhere.
    private mutating func metricPower() throws(Failure) -> Arithmetic {
        if case .symbol("-") = token.kind {
            try count()
            advance()
            return .negated(try nested { (parser) throws(Failure) in try parser.metricPower() })
        }
        let base = try metricOperand()
        guard case .symbol("^") = token.kind else { return base }
        try count()
        advance()
        return .power(base, try nested { (parser) throws(Failure) in try parser.metricPower() })
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
        case .symbol("("):
            advance()
            let inner = try nested { (parser) throws(Failure) in try parser.metricSum() }
            try expect(symbol: ")", after: "what the bracket opened")
            return inner
        case .name(let name) where following.isSymbol("("):
            return try metricFunction(name.lowercased())
        default: return .metric(try metricReference())
        }
    }

    /// A function with its arguments in brackets.
    private mutating func metricFunction(_ name: String) throws(Failure) -> Arithmetic {
        let names =
            ["previous"] + DayJoining.allCases.map(\.rawValue)
            + ArithmeticBounds.allCases.map(\.rawValue)
        guard names.contains(name) else {
            throw text.failure(
                .expressionUnknownFunction, "There is no function of metrics named '\(name)'.",
                at: token.offset,
                hint: nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
                    ?? "there are \(names.joined(separator: ", "))")
        }
        advance()
        advance()
        let result: Arithmetic
        if let bounds = ArithmeticBounds(rawValue: name) {
            let inner = try nested { (parser) throws(Failure) in try parser.metricSum() }
            result = .bounded(bounds, inner)
        } else if let joining = DayJoining(rawValue: name) {
            result = .overDays(joining, .metric(try metricReference()))
        } else {
            let metric = try metricReference()
            result = .previous(.metric(metric), periods: try periodsBack())
        }
        try expect(symbol: ")", after: "the metric")
        return result
    }

    /// How many periods back, where it is written.
    private mutating func periodsBack() throws(Failure) -> Int {
        guard case .symbol(",") = token.kind else { return 1 }
        advance()
        guard case .number(let digits) = token.kind, let periods = Int(digits),
            (1...60).contains(periods)
        else {
            throw unexpected("How many periods back is a whole number from 1 to 60.")
        }
        advance()
        return periods
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
