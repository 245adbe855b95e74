import Definitions
import Vocabulary

/// What makes a ledger wrong before it is made: rows that mean no period, and money without a rate.
///
/// Each statement finds the first row of each reason; it must find none.
struct LedgerRefusals {
    private let plan: LedgerPlan

    init(_ plan: LedgerPlan) { self.plan = plan }

    var all: [RecipeRefusal] {
        var all = [rows]
        if let rates = plan.rates {
            all += [self.rates(rates), uncovered(rates)]
        } else if plan.has("currency") {
            all.append(foreign)
        }
        return all
    }

    /// A column of every statement below: the row in words that a person finds again.
    private static let who = """
        coalesce('customer ' || CAST(customer AS VARCHAR), 'nobody') || ', ' || \
        coalesce('starting ' || CAST(starts AS VARCHAR), 'without a start') AS who
        """

    /// Rows that mean no period.
    private var rows: RecipeRefusal {
        var writer = LedgerWriter(plan)
        writer.writeRows(isJudged: false)
        writer.writeIntervals()
        var reasons: [String] = []
        if plan.status != nil {
            reasons.append("WHEN kept IS NULL THEN 'status'")
            reasons.append("WHEN NOT kept THEN NULL")
        }
        reasons.append("WHEN customer IS NULL THEN 'customer'")
        reasons.append("WHEN starts IS NULL THEN 'start'")
        reasons.append("WHEN amount IS NULL THEN 'amount'")
        if plan.ends != nil { reasons.append("WHEN ends <= starts THEN 'end'") }
        if plan.every != nil { reasons.append("WHEN intervals.every IS NULL THEN 'interval'") }
        let join = plan.every == nil ? "" : "LEFT JOIN intervals ON intervals.every = rows.every"
        let values = [
            plan.status == nil ? nil : "WHEN 'status' THEN status",
            plan.ends == nil ? nil : "WHEN 'end' THEN CAST(ends AS VARCHAR)",
            plan.every == nil ? nil : "WHEN 'interval' THEN CAST(every AS VARCHAR)",
        ].compactMap { $0 }
        let value = values.isEmpty ? "NULL" : "CASE reason \(values.joined(separator: " ")) END"
        let statement = writer.statement(
            """
            SELECT reason, \(Self.who), CAST(\(value) AS VARCHAR) AS value, source_row + 1 AS number,
              count(*) OVER () AS count
            FROM (
              SELECT rows.*, CASE \(reasons.joined(separator: " ")) END AS reason
              FROM source_rows AS rows \(join)
            )
            WHERE reason IS NOT NULL
            ORDER BY source_row
            LIMIT 1
            """)
        let source = plan.input.name
        let places = LedgerPlaces(plan)
        return RecipeRefusal(statement) { frame in
            LedgerRefusals.failure(LedgerBadRow(frame), source: source, places)
        }
    }

    private static func failure(
        _ row: LedgerBadRow, source: String, _ places: LedgerPlaces
    ) -> Failure {
        let found = "row \(row.number) of '\(source)' (\(row.who))"
        switch row.reason {
        case "status":
            let value = row.value.map { "'\($0)'" } ?? "no status"
            return Failure(
                .ledgerStatus,
                "The policy of the ledger does not say what \(value) means: \(found).",
                hint: row.value.map { "Add \($0): keep or \($0): exclude to the policy." }
                    ?? "Write status: coalesce(COLUMN, 'none') and add none to the policy.",
                place: places.policy, details: row.others)
        case "customer", "start", "amount":
            return Failure(
                .ledgerIncomplete, "A row of the ledger has no \(row.reason): \(found).",
                hint: "Correct the data, or leave such rows out with where: … is not null.",
                place: places.ledger, details: row.others)
        case "end":
            return Failure(
                .ledgerEnd,
                "A period of the ledger ends on \(row.value ?? "") and so not after its start: "
                    + "\(found).",
                hint: "Correct the data, or leave such rows out with where: ENDS > STARTS.",
                place: places.ends, details: row.others)
        default:
            let value = row.value.map { "'\($0.prefix(40))'" } ?? "no interval"
            return Failure(
                .ledgerInterval, "\(value) is no billing interval: \(found).",
                hint: "An interval reads like '1 month', '2 years', 'weekly', or is a whole number "
                    + "of months.", place: places.every, details: row.others)
        }
    }

    /// Amounts in another currency where there are no rates.
    private var foreign: RecipeRefusal {
        var writer = LedgerWriter(plan)
        writer.writeRows(isJudged: true)
        let currency = plan.inputs.catalog.settings.currency
        let own = writer.text.bind(.text(currency))
        let statement = writer.statement(
            """
            SELECT 'currency' AS reason, \(Self.who), currency AS value,
              source_row + 1 AS number, count(*) OVER () AS count
            FROM source_rows WHERE currency IS DISTINCT FROM \(own) ORDER BY source_row LIMIT 1
            """)
        let source = plan.input.name
        let place = plan.inputs.place("from.currency")
        return RecipeRefusal(statement) { frame in
            let row = LedgerBadRow(frame)
            return Failure(
                .ledgerCurrency,
                "An amount of the ledger is in \(row.value ?? "no currency"), not in \(currency): "
                    + "row \(row.number) of '\(source)' (\(row.who)).",
                hint: "Add rates: { source: …, currency: …, rate: … } to the ledger.",
                place: place, details: row.others)
        }
    }

    /// Rates that are no rates: not positive, without a currency or a day, or two for one day.
    private func rates(_ rates: LedgerRates) -> RecipeRefusal {
        var writer = LedgerWriter(plan)
        let code = "upper(trim(\(writer.text.expression(rates.currency))))"
        let rate = writer.text.expression(rates.rate)
        let time = rates.time.name
        let day =
            rates.time.isDay
            ? time : writer.text.local.date(instant: time, binder: &writer.text.binder)
        let statement = writer.text.statement(
            """
            SELECT code, CAST(day AS VARCHAR) AS day, CAST(any_value(rate) AS VARCHAR) AS rate,
              count(*) AS count
            FROM (SELECT \(code) AS code, \(day) AS day, \(rate) AS rate FROM \(rates.input.table))
            GROUP BY code, day
            HAVING count(*) > 1 OR code IS NULL OR day IS NULL OR coalesce(min(rate) <= 0, TRUE)
            ORDER BY day, code LIMIT 1
            """)
        let source = rates.input.name
        let place = plan.inputs.place("from.rates")
        return RecipeRefusal(statement) { frame in
            let value = { (name: String) in frame[name]?.text(0) }
            let what = "\(value("code") ?? "no currency") on \(value("day") ?? "no day")"
            let count = frame["count"]?.integer(0) ?? 1
            return Failure(
                .ledgerRate,
                count > 1
                    ? "The source '\(source)' has \(count) rates of \(what)."
                    : "The source '\(source)' has a rate of \(what) that is none: "
                        + "\(value("rate") ?? "absent").",
                hint: "A rate is a positive number, one for a currency and a day.", place: place)
        }
    }

    /// Periods for whose currency there is no rate when they start.
    private func uncovered(_ rates: LedgerRates) -> RecipeRefusal {
        var writer = LedgerWriter(plan)
        writer.writeRows(isJudged: true)
        writer.writeRates(rates)
        let day = writer.time.day("starts", &writer.text.binder)
        let statement = writer.statement(
            """
            SELECT CASE WHEN currency IN (SELECT code FROM rates) THEN 'rate' ELSE 'currency' END \
            AS reason, \(Self.who), currency AS value, source_row + 1 AS number,
              count(*) OVER () AS count, CAST(start_day AS VARCHAR) AS day
            FROM (SELECT *, \(day) AS start_day FROM source_rows WHERE starts IS NOT NULL) AS dated
            ASOF LEFT JOIN rates ON currency = code AND start_day >= from_day
            WHERE rate IS NULL
            ORDER BY source_row LIMIT 1
            """)
        let (source, table) = (plan.input.name, rates.input.name)
        let place = plan.inputs.place("from.rates")
        return RecipeRefusal(statement) { frame in
            let row = LedgerBadRow(frame)
            let found = "row \(row.number) of '\(source)' (\(row.who))"
            let currency = row.value ?? "no currency"
            guard row.reason == "rate" else {
                return Failure(
                    .ledgerCurrency,
                    "An amount of the ledger is in \(currency), of which '\(table)' has no rate: "
                        + "\(found).",
                    hint: "Import rates of it into '\(table)', or correct the currency.",
                    place: place, details: row.others)
            }
            return Failure(
                .ledgerNoRate,
                "There is no rate of \(currency) on \(frame["day"]?.text(0) ?? "") or before: "
                    + "\(found).",
                hint: "Import earlier rates into '\(table)'.", place: place, details: row.others)
        }
    }
}

/// Where the parts of a ledger stand.
private struct LedgerPlaces: Sendable {
    let ledger: Place
    let policy: Place
    let ends: Place
    let every: Place

    init(_ plan: LedgerPlan) {
        ledger = plan.inputs.place("from.ledger")
        policy = plan.inputs.place("from.policy")
        ends = plan.inputs.place("from.ends")
        every = plan.inputs.place("from.every")
    }
}

/// The first row that is wrong.
private struct LedgerBadRow {
    let reason: String
    let who: String
    let value: String?
    let number: Int
    /// A line that says how many more rows there are.
    let others: [String]

    init(_ frame: Frame) {
        reason = frame["reason"]?.text(0) ?? ""
        who = frame["who"]?.text(0) ?? ""
        value = frame["value"]?.text(0)
        number = frame["number"]?.integer(0) ?? 0
        let count = frame["count"]?.integer(0) ?? 1
        others = count > 1 ? ["\(count) rows are refused in all"] : []
    }
}

extension Failure.Code {
    /// A period's state is not in the policy of the ledger.
    public static let ledgerStatus: Self = "ledger/unknown-status"
    /// A row names no customer, no start or no amount.
    public static let ledgerIncomplete: Self = "ledger/incomplete"
    /// A period does not end after its start.
    public static let ledgerEnd: Self = "ledger/ends-before-start"
    /// An amount is in a currency that has no rate at all.
    public static let ledgerCurrency: Self = "ledger/unknown-currency"
    /// A currency has no rate yet when a period starts.
    public static let ledgerNoRate: Self = "ledger/no-rate"
    /// A rate is not positive, incomplete, or there are two for one day.
    public static let ledgerRate: Self = "ledger/bad-rate"
}
