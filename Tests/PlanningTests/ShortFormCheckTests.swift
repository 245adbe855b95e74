import Planning
import Testing
import Vocabulary

/// Short forms against numbers and SQL by hand.
@Suite("Short forms")
struct ShortFormCheckTests {
    /// Customer a falls and rises within February; b leaves in March and comes back in April.
    private static let ledger = """
        create table source.ledger as select * from (values
          (date '2025-01-05', 'a', 'new', 100.0::double, 1),
          (date '2025-01-05', 'b', 'new', 100.0, 1),
          (date '2025-02-10', 'a', 'contraction', -40.0, 0),
          (date '2025-02-20', 'a', 'expansion', 40.0, 0),
          (date '2025-03-03', 'c', 'new', 50.0, 1),
          (date '2025-03-10', 'b', 'churn', -100.0, -1),
          (date '2025-04-02', 'b', 'reactivation', 80.0, 1),
          (date '2025-04-30', 'd', 'new', 10.0, 1)
        ) t(moment, customer, movement, amount, customers)
        """

    private static let answers = """
        create table source.answers as select * from (values
          (date '2025-03-01', 5, timestamp '2025-03-01 10:00', timestamp '2025-03-01 10:30'),
          (date '2025-03-02', 4, timestamp '2025-03-02 10:00', timestamp '2025-03-03 10:00'),
          (date '2025-03-03', 3, timestamp '2025-03-03 10:00', null),
          (date '2025-03-04', 1, null, null), (date '2025-03-05', null, null, null),
          (date '2025-03-06', 6, null, null), (date '2025-03-31', 0, null, null)
        ) t(day, score, opened, closed)
        """

    private static let definitions =
        Bench.definitions + """

            ---
            source: ledger
            is: Movements.
            time: moment
            entities: { customer: customer }
            ---
            source: answers
            is: Answers.
            time: day
            """

    private static func values(
        _ formula: String, unit: String = "number", over: String, grain: Grain? = .month,
        more: String = ""
    ) async throws -> [String: Double] {
        let metric = "metric: x\nis: X.\nowner: t\nunit: \(unit)\nformula: \(formula)\n"
        let bench = try await Bench(
            metrics: metric + more,
            setUp: [Bench.rows, Bench.snapshots, ledger, answers], definitions: definitions)
        return try await bench.values(bench.question(["x"], over: over, grain: grain))
    }

    @Test(
        "of recurring revenue agree with the movements added up by hand (K50, K59, K60, K61)",
        arguments: [
            ("mrr", "money", [200, 200, 150, 240]), ("arr", "money", [2400, 2400, 1800, 2880]),
            ("customers", "count", [2, 2, 2, 4]), ("arpa", "money", [100, 100, 75, 60]),
            ("new", "money", [200, 0, 50, 10]), ("contraction", "money", [0, 40, 0, 0]),
            ("churn", "money", [0, 0, 100, 0]), ("net_new", "money", [200, 0, -50, 90]),
            ("new_customers", "count", [2, 0, 1, 1]), ("lost_customers", "count", [0, 0, 1, 0]),
            ("logo_churn", "share", [nil, 0, 0.5, 0]),
            ("logo_churn, denominator: average", "share", [nil, 0, 0.5, 0]),
            ("gross_revenue_churn", "share", [nil, 0.2, 0.5, 0]),
            ("net_revenue_churn", "ratio", [nil, 0, 0.5, 0]),
            ("net_revenue_churn, reactivation: counted", "ratio", [nil, 0, 0.5, -80.0 / 150]),
            ("grr", "share", [nil, 0.8, 0.5, 1]), ("nrr", "ratio", [nil, 1, 0.5, 1]),
            ("quick_ratio", "ratio", [nil, 1, 0.5, nil]),
            ("quick_ratio, reactivation: counted", "ratio", [nil, 1, 0.5, nil]),
        ] as [(String, String, [Double?])])
    func movements(quantity: String, unit: String, expected: [Double?]) async throws {
        let asked = try await Self.values(
            "{ subscription: \(quantity), from: ledger }", unit: unit,
            over: "2025-01-01..2025-04-30")

        expectSame(asked, Self.byMonth(expected), quantity)
    }

    @Test(
        "of recurring revenue by two moments do not see what is undone within the month (K60)",
        arguments: [
            ("grr", "share", [nil, 1, 0.5, 1]), ("nrr", "ratio", [nil, 1, 0.5, 1]),
            ("contraction", "money", [0, 0, 0, 0]), ("churn", "money", [0, 0, 100, 0]),
            ("reactivation", "money", [0, 0, 0, 80]), ("logo_churn", "share", [nil, 0, 0.5, 0]),
            ("new_customers", "count", [2, 0, 1, 1]), ("net_new", "money", [200, 0, -50, 90]),
        ] as [(String, String, [Double?])])
    func snapshots(quantity: String, unit: String, expected: [Double?]) async throws {
        let asked = try await Self.values(
            "{ subscription: \(quantity), method: snapshots, from: ledger }", unit: unit,
            over: "2025-01-01..2025-04-30")

        expectSame(asked, Self.byMonth(expected), quantity)
    }

    @Test("churn by the day compounds what each day leaves (K44)")
    func dailyChurn() async throws {
        let asked = try await Self.values(
            "{ subscription: logo_churn, denominator: daily, from: ledger }", unit: "share",
            over: "2025-02-01..2025-04-30")

        // On the 10th one of the three of the 9th leaves.
        expectSame(
            asked, ["2025-02-01": 0, "2025-03-01": 1.0 / 3, "2025-04-01": 0], "daily churn")
    }

    @Test(
        "of contracts have their first payment in or out (K63)",
        arguments: [
            ("", 800), (", discount: 1%, first_payment: out", 1900.0 / 3),
            (", discount: 1%, first_payment: in", 2020.0 / 3),
        ])
    func lifetimeValue(options: String, expected: Double) async throws {
        let fifty = """
            ---
            metric: fifty
            is: What a customer pays.
            owner: t
            unit: money
            formula: { max: customers * 50, from: ledger }

            """
        let asked = try await Self.values(
            "{ lifetime_value: contractual, arpa: fifty, margin: 80%, churn: 5%\(options) }",
            unit: "money", over: "2025-01-01..2025-01-31", more: fifty)

        expectSame(asked, ["2025-01-01": expected], options)
    }

    @Test(
        "of opinion leave out what is no answer (K74)",
        arguments: [
            ("csat: score, scale: 5", 0.5), ("csat: score, scale: 3", 0.5),
            ("csat: score, scale: 10", 0), ("ces: score, scale: 7", 0.4),
        ])
    func opinion(form: String, expected: Double) async throws {
        let asked = try await Self.values(
            "{ \(form), from: answers }", unit: "share", over: "2025-03-01..2025-03-31")

        expectSame(asked, ["2025-03-01": expected], form)
    }

    @Test("of durations count seconds, and days between dates")
    func durations() async throws {
        let seconds = try await Self.values(
            "{ duration: { from: opened, to: closed, average: true }, in: answers }",
            unit: "duration", over: "2025-03-01..2025-03-31")
        let days = try await Self.values(
            "{ duration: { from: day, to: closed, percentile: 100 }, in: answers }",
            unit: "duration", over: "2025-03-01..2025-03-31")

        expectSame(seconds, ["2025-03-01": 44_100], "half an hour and a day")
        expectSame(days, ["2025-03-01": 86_400], "a date beside an instant")
    }

    @Test(
        "of stickiness agree with SQL by hand, each as its name says (K23)",
        arguments: [
            (
                "dau_mau", "share",
                "(select avg(n) from daily where d >= m and d < m + interval 1 month) / "
                    + "(select count(distinct person) from rows where moment >= m "
                    + "and moment < m + interval 1 month)"
            ),
            (
                "rolling", "share",
                "(select avg(n / (select count(distinct person) from rows where moment < d + "
                    + "interval 1 day and moment >= d - interval 27 day)) from daily "
                    + "where d >= m and d < m + interval 1 month)"
            ),
            (
                "days_active", "ratio",
                "(select sum(n) from daily where d >= m and d < m + interval 1 month) / "
                    + "(select count(distinct person) from rows where moment >= m "
                    + "and moment < m + interval 1 month)"
            ),
            (
                "yesterday", "share",
                "(select avg((select count(distinct a.person) from rows a join rows b "
                    + "on a.person = b.person and a.moment::date = d "
                    + "and b.moment::date = d - interval 1 day) / (select o.n from daily o "
                    + "where o.d = daily.d - interval 1 day)) from daily "
                    + "where d >= m and d < m + interval 1 month)"
            ),
            (
                "l7", "ratio",
                "(select sum(n) from daily where d < m + interval 1 month "
                    + "and d >= m + interval 1 month - interval 7 day) / "
                    + "(select count(distinct person) from rows where moment < m + interval 1 month "
                    + "and moment >= m + interval 1 month - interval 7 day)"
            ),
        ])
    func stickiness(kind: String, unit: String, byHand: String) async throws {
        let metric = """
            metric: x
            is: X.
            owner: t
            unit: \(unit)
            formula: { stickiness: \(kind), by: person, from: events }
            """
        let bench = try await Bench(metrics: metric)

        let asked = try await bench.values(
            bench.question(["x"], over: "2025-02-01..2025-04-30", grain: .month))

        let check = try await bench.check(
            """
            with rows as (select * from source.events where person is not null),
            daily as (select moment::date as d, count(distinct person)::double as n from rows
              group by 1)
            select cast(m as varchar), \(byHand)
            from (values (date '2025-02-01'), (date '2025-03-01'), (date '2025-04-01')) t(m)
            """)
        expectSame(asked, check, kind)
    }

    private static func byMonth(_ values: [Double?]) -> [String: Double] {
        Dictionary(
            uniqueKeysWithValues: values.enumerated().compactMap { index, value in
                value.map { ("2025-0\(index + 1)-01", $0) }
            })
    }
}
