import Vocabulary

/// The movements of monthly recurring revenue, made of subscription periods or invoices: a
/// double-entry ledger whose running sum is the revenue in force at any instant.
public struct LedgerRecipe: Hashable, Sendable {
    /// The source of periods or invoices.
    public let source: String
    /// Which of its rows count.
    public var rows = RowSelection()
    /// Who pays; movements are classified per customer.
    public let customer: Expression
    /// When a period starts: a date or an instant, which decides what the ledger's moments are.
    public let starts: Expression
    /// When a period ends, the end itself excluded.
    public var ends = End.afterInterval
    /// The money that is charged for one interval.
    public let amount: Expression
    /// How often it is charged.
    public let every: Interval
    /// What is sold.
    public var plan: Expression?
    /// Which contract a period belongs to.
    public var subscription: Expression?
    /// The amount's currency, and what it is worth; nil means the workspace's.
    public var exchange: LedgerExchange?
    /// What is taken off the amount.
    public var discount: Expression?
    /// The part of the amount that is tax; it is subtracted as well.
    public var tax: Expression?
    /// Which states of a period count; nil means that all do.
    public var policy: LedgerPolicy?
    /// When a customer cancelled, and whether revenue is lost then or when what was paid ends.
    public var cancellation: LedgerCancellation?
    /// Gaps of a customer up to this long are bridged.
    public var grace: Span?
    /// What counts where periods of a customer overlap.
    public var overlap = Overlap.add
    /// From when a period counts.
    public var counts = Counts.atOnce
    /// Changes of a customer that follow each other within this are one movement.
    public var group: WindowLength?
    /// Further columns that slice the movements.
    public var keep: [String: Expression] = [:]

    /// When periods end.
    public enum End: Hashable, Sendable {
        /// One interval after the start.
        case afterInterval
        /// At this moment; never where it is absent.
        case written(Expression)
    }

    /// How often an amount is charged.
    public enum Interval: Hashable, Sendable {
        /// The same for all rows.
        case fixed(LedgerInterval)
        /// By a row's text such as `1 month`, or by its whole number of months.
        case written(Expression)
    }

    /// What counts where periods of a customer overlap.
    public enum Overlap: String, CaseIterable, Sendable {
        /// All of them; the one that started last.
        case add, latest
    }

    /// From when a period counts.
    public enum Counts: Hashable, Sendable {
        /// From its start to its end.
        case atOnce
        /// From the first day of a month inside it to the first day of a month outside it.
        case monthStart
    }

    /// Makes a recipe with its four needed parts; the others are properties.
    public init(
        source: String, customer: Expression, starts: Expression, amount: Expression,
        every: Interval
    ) {
        self.source = source
        self.customer = customer
        self.starts = starts
        self.amount = amount
        self.every = every
    }

    /// The columns that every ledger has, whatever it keeps.
    public static let columns = [
        "moment", "customer", "subscription", "plan", "currency", "movement", "amount", "original",
        "customers", "started", "debit", "credit", "value",
    ]
}

/// What amounts in several currencies are worth.
public struct LedgerExchange: Hashable, Sendable {
    /// When an amount is valued.
    public enum Rule: String, CaseIterable, Sendable {
        /// At its period's start, and so until its end.
        case fixed
        /// At its period's start and again at each start of a month.
        case monthly
    }

    /// A period's currency, as ISO 4217.
    public let currency: Expression
    /// The rates; nil means that only the workspace's currency may occur.
    public let rates: Rates?
    /// When an amount is valued.
    public let rule: Rule

    /// Dated rates.
    public struct Rates: Hashable, Sendable {
        /// The source of rates; its time dates them.
        public let source: String
        /// Its column of currencies.
        public let currency: Expression
        /// Its column of rates: units of the workspace's currency for one unit.
        public let rate: Expression

        /// Names rates.
        public init(source: String, currency: Expression, rate: Expression) {
            self.source = source
            self.currency = currency
            self.rate = rate
        }
    }

    /// Makes a rule.
    public init(currency: Expression, rates: Rates? = nil, rule: Rule = .fixed) {
        self.currency = currency
        self.rates = rates
        self.rule = rule
    }
}

/// Which states of a period count as recurring revenue.
public struct LedgerPolicy: Hashable, Sendable {
    /// A period's state.
    public let status: Expression
    /// Whether a period in a state counts, by the state; a state that is not here is refused.
    public let isKept: [String: Bool]

    /// Makes a policy.
    public init(status: Expression, isKept: [String: Bool]) {
        self.status = status
        self.isKept = isKept
    }
}

/// When a cancellation loses revenue.
public struct LedgerCancellation: Hashable, Sendable {
    /// When churn is recognised.
    public enum Rule: String, CaseIterable, Sendable {
        /// When what was paid for ends.
        case atEnd = "at_end"
        /// When the customer cancels.
        case atCancel = "at_cancel"
    }

    /// When a period was cancelled; absent where it was not.
    public let moment: Expression
    /// When churn is recognised.
    public let rule: Rule

    /// Makes a rule.
    public init(moment: Expression, rule: Rule = .atEnd) {
        self.moment = moment
        self.rule = rule
    }
}
