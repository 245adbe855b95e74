import Definitions
import Vocabulary

/// Amounts in several currencies: what they are worth, and what of a change is exchange alone.
extension LedgerWriter {
    /// The rates, and that of the workspace's own currency, which is one for ever.
    mutating func writeRates(_ rates: LedgerRates) {
        let own = text.bind(.text(plan.inputs.catalog.settings.currency))
        let code = "upper(trim(\(text.expression(rates.currency))))"
        let day =
            rates.time.isDay
            ? rates.time.name : text.local.date(instant: rates.time.name, binder: &text.binder)
        let rate = text.expression(rates.rate)
        add(
            "rates", "What a unit of a currency is worth from a day on.",
            """
            SELECT \(code) AS code, \(day) AS from_day, \(LedgerAmounts.rateUnits(rate)) AS rate
            FROM \(rates.input.table) WHERE \(code) <> \(own)
            UNION ALL SELECT \(own), DATE '0001-01-01', \(LedgerAmounts.rateUnits("1"))
            """)
    }

    /// Periods with the rate at which they enter the ledger.
    mutating func writePriced() {
        guard let rates = plan.rates else { return }
        writeRates(rates)
        let isMonthly = plan.recipe.exchange?.rule == .monthly
        let began = plan.recipe.overlap == .latest ? "began" : "starts"
        let (start, first) = (time.day("starts", &text.binder), time.day(began, &text.binder))
        let valued =
            isMonthly
            ? "greatest(first_day, CAST(date_trunc('month', start_day) AS DATE))" : "first_day"
        add(
            "priced",
            "Periods with the rate of the day on which they begin, or of a month's start since then.",
            """
            SELECT \(line)starts, ends, start_day, amount AS original, rate
            FROM (
              SELECT *, \(valued) AS valued_day
              FROM (SELECT *, \(start) AS start_day, \(first) AS first_day FROM \(visible))
            ) AS dated
            ASOF JOIN rates ON currency = code AND valued_day >= from_day
            """)
        if isMonthly { writeRevaluations() }
    }

    /// Rates at the starts of months, and what they change in the periods that are open then.
    private mutating func writeRevaluations() {
        add(
            "month_rates",
            "The rates at the starts of months, up to the month after the last rate.",
            """
            SELECT codes.code, month, rate
            FROM (
              SELECT code, CAST(unnest(generate_series(
                CAST(date_trunc('month', min(from_day)) AS TIMESTAMP),
                CAST(date_trunc('month', max(from_day)) + INTERVAL 1 MONTH AS TIMESTAMP),
                INTERVAL 1 MONTH)) AS DATE) AS month
              FROM rates WHERE from_day > DATE '0001-01-01' GROUP BY code
            ) AS codes
            ASOF JOIN rates ON codes.code = rates.code AND month >= from_day
            """)
        add(
            "month_steps", "The rate of a month beside that of the month before.",
            """
            SELECT *, lag(rate) OVER (PARTITION BY code ORDER BY month) AS rate_before,
              CAST(month - INTERVAL 1 MONTH AS DATE) AS month_before
            FROM month_rates
            """)
        let endDay = time.dayBefore("ends", &text.binder)
        add(
            "dated", "Periods with the last day on which they count.",
            "SELECT *, \(endDay) AS end_day FROM priced")
        var months = LedgerRows(
            """
            (SELECT \(line)month, original, month_steps.rate,
                CASE WHEN month_before <= start_day THEN dated.rate ELSE rate_before END AS rate_before
              FROM dated JOIN month_steps ON currency = code AND month > start_day
                AND (end_day IS NULL OR month <= end_day))
            """)
        let moment = time.start(ofDay: "month", in: &months, &text.binder)
        let now = LedgerAmounts.converted("original", rate: "rate")
        let then = LedgerAmounts.converted("original", rate: "rate_before")
        add(
            "revaluations", "What a new month's rate changes in the periods that are open.",
            """
            SELECT \(line)\(moment) AS moment, \(now) - \(then) AS revalued
            FROM \(months.from)
            WHERE rate <> rate_before
            """)
    }

    /// The borders of periods in several currencies.
    var exchangedBorders: String {
        let isMonthly = plan.recipe.exchange?.rule == .monthly
        let worth = LedgerAmounts.converted("original", rate: "rate")
        let end =
            isMonthly
            ? "CASE WHEN month > start_day THEN last_rate ELSE rate END" : "rate"
        let lost = LedgerAmounts.converted("original", rate: end)
        let ended =
            isMonthly
            ? """
            (SELECT * FROM dated ASOF LEFT JOIN \
            (SELECT code, month, rate AS last_rate FROM month_rates) AS months
                ON currency = code AND end_day >= month WHERE ends IS NOT NULL)
            """ : "priced WHERE ends IS NOT NULL"
        var sql = """
            SELECT \(line)starts AS moment, \(worth) AS gained, original AS gained_original,
              0 AS lost, 0 AS lost_original, 0 AS revalued, rate
            FROM priced
            UNION ALL SELECT \(line)ends, 0, 0, \(lost), original, 0, NULL
            FROM \(ended)
            """
        if isMonthly {
            sql += "\nUNION ALL SELECT \(line)moment, 0, 0, 0, 0, revalued, NULL\nFROM revaluations"
        }
        return sql
    }

    /// Parts a change into movement and exchange.
    ///
    /// Where a customer gets something new in a currency at the moment at which something in that
    /// currency ends, what ends is valued at the new rate first: a renewal at another rate, or a
    /// swap of plans, then moves what changed in the currency itself and nothing else.
    mutating func writeMoves() {
        let worth = LedgerAmounts.converted("lost_original", rate: "rate_now")
        add(
            "valued", "What ends, at the rate of what begins in the same currency.",
            """
            SELECT *, CASE WHEN rate_now IS NULL OR lost_original = 0 THEN lost
                WHEN gained_original = lost_original THEN gained
                ELSE \(worth) END AS lost_now
            FROM (
              SELECT *, max(rate) OVER (PARTITION BY customer, moment, currency) AS rate_now
              FROM \(last)
            )
            """)
        add(
            "moves", "Movement and exchange of a change, apart.",
            """
            SELECT \(line)moment, gained - lost_now AS amount,
              gained_original - lost_original AS original, FALSE AS is_exchange
            FROM valued WHERE gained <> lost_now OR gained_original <> lost_original
            UNION ALL SELECT \(line)moment, revalued + lost_now - lost, 0, TRUE
            FROM valued WHERE revalued + lost_now <> lost
            """)
    }
}
