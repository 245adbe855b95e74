import Definitions
import Planning
import Statistics
import Testing
import Vocabulary

/// Projected renewals and life tables, asked as questions.
///
/// The data are the two kinds of customers of P. S. Fader and B. G. S. Hardie, "How to project
/// customer retention", Journal of Interactive Marketing 21 (2007), table 1: of 1,000 each, how
/// many were left after 0 to 7 years. The paper gives α 0.704 and β 1.182 for the regular ones and
/// 0.668 and 3.806 for the high-end ones; the further digits are SciPy's (1.17.1) and mpmath's
/// (1.3.0).
@Suite("Renewals")
struct RenewalTests {
    private static let survivors = """
        create table source.survivors as
        select kind, year, active
        from (values ('regular', [1000, 631, 468, 382, 326, 289, 262, 241]),
            ('high end', [1000, 869, 743, 653, 593, 551, 517, 491])) t(kind, list),
            unnest(list) with ordinality u(active, number),
            lateral (select cast(number - 1 as bigint) as year)
        """

    private static let definitions = """
        source: survivors
        is: Customers left after so many years.
        dimensions: { kind: kind }
        ---
        source: renewals
        is: Customers lost at and kept after a renewal.
        from:
          rows: survivors
          previous: { by: [kind], order: year, take: { before: active } }
          next: { by: [kind], order: year, take: { later: year } }
          add: { lost: before - active, kept: case when later is null then active else 0 end }
        dimensions: { kind: kind }
        """

    private static func metric(_ id: String, _ formula: String, unit: String = "share") -> String {
        "metric: \(id)\nis: X.\nunit: \(unit)\nformula: \(formula)\n---\n"
    }

    private static let metrics =
        [7, 8, 12].map {
            metric(
                "left_\($0)",
                "{ survival: year, lost: lost, kept: kept, at: \($0), model: sbg, from: renewals }")
        }.joined()
        + metric(
            "half", "{ survival_median: year, lost: lost, kept: kept, model: sbg, from: renewals }",
            unit: "number")
        + metric(
            "lifetime",
            "{ survival_lifetime: year, lost: lost, kept: kept, until: 12, discount: 10%, "
                + "model: sbg, from: renewals }", unit: "number")
        + metric(
            "seen", "{ survival: year, lost: lost, kept: kept, at: 5, from: renewals }")
        + metric("retention_8", "{ derived: share(left_8 / left_7) }")

    private func bench() async throws -> Bench {
        try await Bench(
            metrics: Self.metrics, setUp: [Self.survivors], definitions: Self.definitions)
    }

    @Test(
        "K66: renewals are projected beyond the data, and not by one churn for all",
        arguments: [
            (
                "regular",
                [
                    "left_8": 0.220084966534, "left_12": 0.170037452812, "half": 2,
                    "lifetime": 3.31224158041, "retention_8": 0.92076662685,
                ]
            ),
            (
                "high end",
                [
                    "left_8": 0.46043967182, "left_12": 0.377999071597, "half": 7,
                    "lifetime": 5.02310719794, "retention_8": 0.941774649439,
                ]
            ),
        ])
    func projected(kind: String, expected: [String: Double]) async throws {
        let bench = try await bench()
        for (metric, value) in expected {
            let values = try await bench.values(
                try bench.question([metric], over: "2026", by: ["kind"]))
            let found = try #require(values["|\(kind)"])
            #expect(abs(found / value - 1) < 1e-6, "\(metric): \(found)")
        }
    }

    /// mpmath 1.3.0: the curvature of the likelihood by its own differences, the delta method on
    /// log(−log S) and on log(lifetime − 1).
    @Test(
        "An estimate has an interval by the delta method",
        arguments: [
            ("left_8", 0.194366528491, 0.246868065928), ("left_12", 0.144963560473, 0.196837054971),
            ("lifetime", 3.15323529132, 3.48298973536),
        ])
    func intervals(metric: String, low: Double, high: Double) async throws {
        let bench = try await bench()
        let answer = try await bench.answer(
            try bench.question([metric], over: "2026", filters: ["kind = 'regular'"]))
        let cell = try #require(answer.rows.first?.cells.first)
        let interval = try #require(cell.interval)
        #expect(cell.quantity.count == 1000)
        #expect(abs(interval.low / low - 1) < 1e-5)
        #expect(abs(interval.high / high - 1) < 1e-5)
    }

    @Test("A life table has the curve and the interval that its customers would have, one by one")
    func lifeTable() async throws {
        let bench = try await Bench(
            metrics: Self.metrics
                + Self.metric(
                    "seen_singly",
                    "{ survival: year, ended: has_left, at: 5, from: customers }")
                + Self.metric(
                    "left_singly",
                    "{ survival: year, ended: has_left, at: 12, model: sbg, from: customers }"),
            setUp: [
                Self.survivors,
                """
                create table source.customers as
                with groups as (
                    select kind, year, lag(active) over (order by year) - active as lost,
                        case when year = 7 then active else 0 end as kept
                    from source.survivors where kind = 'regular'
                )
                select year, true as has_left from groups, range(coalesce(lost, 0))
                union all select year, false from groups, range(kept)
                """,
            ],
            definitions: Self.definitions + "\n---\nsource: customers\nis: Customers.\n")
        for (grouped, single) in [("seen", "seen_singly"), ("left_12", "left_singly")] {
            let table = try await bench.answer(
                try bench.question([grouped], over: "2026", filters: ["kind = 'regular'"]))
            let rows = try await bench.answer(try bench.question([single], over: "2026"))
            let (left, right) = (table.rows.first?.cells.first, rows.rows.first?.cells.first)
            #expect(left?.quantity.value != nil && left?.interval != nil)
            #expect(left?.quantity == right?.quantity)
        }
        let seen = try await bench.answer(
            try bench.question(["seen"], over: "2026", filters: ["kind = 'regular'"]))
        let value = try #require(seen.rows.first?.cells.first?.quantity.value)
        #expect(abs(value - 0.289) < 1e-12)
    }

    private func answer(_ rows: String, model: String = ", model: sbg") async throws -> AnswerOf {
        let bench = try await Bench(
            metrics: Self.metric(
                "left",
                "{ survival: year, lost: lost, kept: kept, at: 8\(model), from: groups }"),
            setUp: [
                """
                create table source.groups as
                select * from (values \(rows)) t(year, lost, kept)
                """
            ],
            definitions: "source: groups\nis: Groups.\n")
        let answer = try await bench.answer(try bench.question(["left"], over: "2026"))
        return AnswerOf(
            value: answer.rows.first?.cells.first?.quantity.value,
            notes: answer.notes.filter { $0.code == "answer/no-estimate" }.map(\.message))
    }

    private struct AnswerOf {
        let value: Double?
        let notes: [String]
    }

    @Test(
        "Rows that are no counts, or no renewals, are refused",
        arguments: [
            (
                "(1.0, 0.37, 0.0), (2.0, 0.0, 0.63)", Failure.Code.notACount,
                "A group of 'groups' lost 0.37 at 1; a count is a whole number from 0 on.",
                "Give how many of the group were lost at that time, not a share; in a table of "
                    + "survivors, those lost are the difference to the row before."
            ),
            (
                "(1, 4, 0), (2, 0, -3)", Failure.Code.notACount,
                "A group of 'groups' kept -3 at 2; a count is a whole number from 0 on.",
                "Give how many of the group were kept at that time, not a share; in a table of "
                    + "survivors, those lost are the difference to the row before."
            ),
            (
                "(1.5, 4, 0), (2.0, 0, 3)", Failure.Code.impossibleTime,
                "A model of renewals counts whole renewals; 1.5 is none.",
                "Give the number of the renewal: 1, 2, 3 …"
            ),
            (
                "(0, 4, 0), (2, 3, 3)", Failure.Code.impossibleTime,
                "A customer cannot leave at renewal 0, before the first one.",
                "Give the number of the renewal at which a customer left: 1, 2, 3 …"
            ),
            (
                "(-1, 0, 4), (2, 3, 3)", Failure.Code.impossibleTime,
                "A duration of -1.0 is not possible.",
                "Leave out rows that end before they begin."
            ),
        ])
    func refused(rows: String, code: Failure.Code, message: String, hint: String) async throws {
        let failure = await #expect(throws: Failure.self) { try await self.answer(rows) }
        #expect(failure?.code == code)
        #expect(failure?.message == message)
        #expect(failure?.hint == hint)
    }

    @Test("Counts are checked for the observed curve as well")
    func refusedWithoutModel() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await self.answer("(1, 0.5, 0.5)", model: "")
        }
        #expect(failure?.code == .notACount)
    }

    @Test("Customers who all behave alike leave the number open, and the answer says why")
    func noEstimate() async throws {
        let found = try await answer("(1, 3, 0)")
        #expect(found.value == nil)
        #expect(
            found.notes == [
                "Left: The model's parameters cannot be told from this data. Take more customers "
                    + "or a longer range; where all customers behave alike, a model of their "
                    + "differences does not fit."
            ])
        let nobody = try await answer("(1, 0, 0)")
        #expect(nobody.value == nil)
        #expect(nobody.notes.first?.contains("A model of renewals needs customers.") == true)
    }
}
