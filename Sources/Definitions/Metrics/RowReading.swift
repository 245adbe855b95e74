import Vocabulary

/// The rows that a formula of a short kind is made of: its source and its filters.
///
/// Every aggregate that it is written out into looks at the same rows.
struct FormulaRows {
    let source: String
    let filter: Expression?
    let events: [String]
    /// The question about behaviour whose number they are, such as `funnel checkout`.
    let question: String?

    /// Reads `from` (or another key), `where` and `events`.
    init?(_ reader: NodeReader, key: String = "from", example: String) {
        let source = reader.text(key, required: true, example: example)
        filter = reader.expression("where")
        events = reader.names("events")
        question = nil
        guard let source else { return nil }
        self.source = source
    }

    /// Rows of a source that a short form brings along, or that a question about behaviour reads.
    init(
        source: String, filter: Expression?, events: [String] = [], question: String? = nil
    ) {
        self.source = source
        self.filter = filter
        self.events = events
        self.question = question
    }

    /// An aggregate over the rows, or over those of them that meet one more condition.
    func aggregate(_ function: AggregateFunction, where condition: Expression? = nil) -> Formula {
        var filters = filter.map { [$0] } ?? []
        if let condition { filters.append(condition) }
        let both = filters.dropFirst().reduce(filters.first) { sum, next in
            sum.map { .binary(.and, $0, next) }
        }
        return .aggregate(
            Aggregate(
                source: source, function: function, filter: both, events: events,
                question: question))
    }
}

extension Formula {
    /// One formula over another.
    static func ratio(_ of: Formula, to: Formula) -> Formula {
        .ratio(of: .formula(of), to: .formula(to))
    }

    /// All that the formula came to since the beginning.
    var sinceBeginning: Formula { .cumulative(.formula(self), .toDate(nil)) }

    /// The value of the period before.
    var before: Formula { .derived(.previous(.formula(self), periods: 1)) }

    /// The formula as a part of arithmetic; arithmetic itself is not nested further.
    var term: Arithmetic {
        if case .derived(let arithmetic) = self { arithmetic } else { .formula(self) }
    }

    static func + (left: Formula, right: Formula) -> Formula {
        .derived(.binary(.plus, left.term, right.term))
    }

    static func - (left: Formula, right: Formula) -> Formula {
        .derived(.binary(.minus, left.term, right.term))
    }
}

extension Expression {
    /// A name of a source's own, as a short kind needs it.
    static func named(_ name: String) -> Expression { .name(NameReference(name)) }

    /// Whether the value is one of some texts.
    func isOne(of texts: [String]) -> Expression {
        texts.count == 1
            ? .binary(.equal, self, .literal(.text(texts[0])))
            : .isIn(self, texts.map { .literal(.text($0)) }, negated: false)
    }

    /// The value where it lies between two whole numbers, both included, else nothing.
    func within(_ bounds: ClosedRange<Int>) -> Expression {
        .choice(
            [
                ChoiceBranch(
                    condition: .isBetween(
                        self, low: .literal(.integer(Int64(bounds.lowerBound))),
                        high: .literal(.integer(Int64(bounds.upperBound))), negated: false),
                    value: self)
            ], otherwise: nil)
    }
}
