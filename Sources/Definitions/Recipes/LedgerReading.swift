import Vocabulary

extension LedgerRecipe {
    /// Reads a ledger; nil, with findings, if a needed part is missing.
    init?(_ reader: NodeReader) {
        let source = reader.text("ledger", required: true, example: "invoices")
        let reading = LedgerReading(reader: reader)
        let customer = reading.needed("customer", example: "customer_id")
        let starts = reading.needed("starts", example: "period_start")
        let amount = reading.needed("amount", example: "price")
        let every = reading.interval()
        let rows = RowSelection(reader)
        let change = reading.options()
        guard let source, let customer, let starts, let amount, let every else { return nil }
        self.init(source: source, customer: customer, starts: starts, amount: amount, every: every)
        self.rows = rows
        change(&self)
    }
}

/// Reads the keys of a ledger.
private struct LedgerReading {
    let reader: NodeReader

    func needed(_ key: String, example: String) -> Expression? {
        if !reader.has(key) { reader.missing(key, example: example) }
        return reader.expression(key)
    }

    /// A length in words, or an expression that gives one for each row.
    func interval() -> LedgerRecipe.Interval? {
        if let text = reader.node("every")?.scalar, let fixed = LedgerInterval(text: text) {
            return .fixed(fixed)
        }
        return needed("every", example: "1 month").map(LedgerRecipe.Interval.written)
    }

    /// All that has a default, as a change to a recipe.
    func options() -> (inout LedgerRecipe) -> Void {
        let ends = reader.expression("ends").map(LedgerRecipe.End.written)
        let (plan, subscription) = (reader.expression("plan"), reader.expression("subscription"))
        let (discount, tax) = (reader.expression("discount"), reader.expression("tax"))
        let (exchange, policy, cancellation) = (exchange(), policy(), cancellation())
        let grace = reader.span("grace")
        let overlap = reader.word("overlap", as: LedgerRecipe.Overlap.self)
        let counts = reader.word(
            "counts",
            of: [("at_once", LedgerRecipe.Counts.atOnce), ("month_start", .monthStart)])
        let group = reader.length("group", example: "60 minutes")
        let keep = kept()
        return { recipe in
            recipe.ends = ends ?? .afterInterval
            recipe.plan = plan
            recipe.subscription = subscription
            recipe.discount = discount
            recipe.tax = tax
            recipe.exchange = exchange
            recipe.policy = policy
            recipe.cancellation = cancellation
            recipe.grace = grace
            recipe.overlap = overlap ?? .add
            recipe.counts = counts ?? .atOnce
            recipe.group = group
            recipe.keep = keep
        }
    }

    private func exchange() -> LedgerExchange? {
        let currency = reader.expression("currency")
        let rule = reader.word("exchange", as: LedgerExchange.Rule.self)
        let rates = reader.mapping("rates", what: "rates of the ledger").flatMap(rates)
        if !reader.has("currency"), reader.has("rates") || rule != nil {
            reader.missing("currency", example: "currency")
        }
        if rule != nil, !reader.has("rates") {
            reader.missing("rates", example: "{ source: rates, currency: code, rate: euros }")
        }
        return currency.map { LedgerExchange(currency: $0, rates: rates, rule: rule ?? .fixed) }
    }

    private func rates(_ rates: NodeReader) -> LedgerExchange.Rates? {
        let source = rates.text("source", required: true, example: "rates")
        let inner = LedgerReading(reader: rates)
        let currency = inner.needed("currency", example: "code")
        let rate = inner.needed("rate", example: "euros")
        rates.finish()
        guard let source, let currency, let rate else { return nil }
        return LedgerExchange.Rates(source: source, currency: currency, rate: rate)
    }

    private func policy() -> LedgerPolicy? {
        let status = reader.expression("status")
        guard let table = reader.mapping("policy", what: "policy of the ledger") else {
            if reader.has("status"), !reader.has("policy") {
                reader.missing("policy", example: "{ active: keep, trial: exclude }")
            }
            return nil
        }
        var isKept: [String: Bool] = [:]
        for state in table.keys {
            isKept[state] = table.word(state, of: [("keep", true), ("exclude", false)])
        }
        if !reader.has("status") { reader.missing("status", example: "status") }
        return status.map { LedgerPolicy(status: $0, isKept: isKept) }
    }

    private func cancellation() -> LedgerCancellation? {
        let moment = reader.expression("cancelled")
        let rule = reader.word("churn", as: LedgerCancellation.Rule.self)
        if rule == .atCancel, !reader.has("cancelled") {
            reader.missing("cancelled", example: "cancelled_at")
        }
        return moment.map { LedgerCancellation(moment: $0, rule: rule ?? .atEnd) }
    }

    private func kept() -> [String: Expression] {
        guard let keep = reader.mapping("keep", what: "columns to keep") else { return [:] }
        var kept: [String: Expression] = [:]
        for name in keep.keys where keep.isPlainName(name) {
            guard !LedgerRecipe.columns.contains(name) else {
                keep.report(
                    .badName, "'\(name)' is a column of every ledger.", at: keep.entry(name)?.place,
                    hint: "name it otherwise, such as customer_\(name)")
                continue
            }
            kept[name] = keep.expression(name)
        }
        return kept
    }
}
