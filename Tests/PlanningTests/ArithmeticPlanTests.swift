import Definitions
import Planning
import Testing
import Vocabulary

/// Arithmetic over metrics: powers, bounds, days and periods further back.
@Suite("Arithmetic of plans")
struct ArithmeticPlanTests {
    private static let metrics = """
        metric: total
        is: Sum of amounts.
        unit: number
        formula: { sum: amount, from: events }
        ---
        metric: people
        is: People of the period.
        unit: count
        formula: { distinct: person, from: events }
        ---
        metric: stickiness
        is: Mean daily people in those of the period.
        unit: number
        formula: { derived: average_of_days(people) / people }
        ---
        metric: growth
        is: Compound monthly growth over three months.
        unit: number
        formula: { derived: "(total / positive(previous(total, 3))) ^ (1 / 3) - 1" }
        ---
        metric: paid_share
        is: Paid events of a day.
        unit: share
        formula: { ratio: { of: { count: rows, from: events, where: paid }, to: { count: rows, from: events } } }
        ---
        metric: compounded
        is: Paid share of days, compounded.
        unit: share
        formula: { derived: compounded_of_days(paid_share) }
        ---
        metric: too_much
        is: More than all.
        unit: share
        formula: { derived: share(people / people + people / people) }
        """

    private static func bench() async throws -> Bench { try await Bench(metrics: metrics) }

    private static let daily = """
        (select date_trunc('day', moment) as day, count(distinct person) as people,
          avg(paid::integer) as share from source.events
         where moment >= '2025-02-01' and moment < '2025-05-01' group by all)
        """

    @Test("The mean of daily people is over the days, and the whole is recounted")
    func stickiness() async throws {
        let bench = try await Self.bench()
        expectSame(
            try await bench.values(
                try bench.question(["stickiness"], over: "2025-02..2025-04", grain: .month)),
            try await bench.check(
                """
                select strftime(month, '%Y-%m-%d'), mean / people from
                (select date_trunc('month', day) as month, avg(people) as mean from \(Self.daily)
                 group by all) join (select date_trunc('month', moment) as month,
                 count(distinct person) as people from source.events group by all) using (month)
                """), "stickiness")
    }

    @Test("A rate of every day joins to one of the period")
    func compounded() async throws {
        let bench = try await Self.bench()
        expectSame(
            try await bench.values(
                try bench.question(["compounded"], over: "2025-02..2025-04", grain: .month)),
            try await bench.check(
                """
                select strftime(date_trunc('month', day), '%Y-%m-%d'), 1 - product(1 - share)
                from \(Self.daily) group by all
                """), "compounded")
    }

    @Test("Growth looks back as far as it says, and has no base before the data begins (K70)")
    func growth() async throws {
        let bench = try await Self.bench()
        let found = try await bench.values(
            try bench.question(["growth"], over: "2024-12..2025-06", grain: .month))
        expectSame(
            found,
            try await bench.check(
                """
                select strftime(a.month, '%Y-%m-%d'), pow(a.total / b.total, 1 / 3.0) - 1
                from (select date_trunc('month', moment) as month, sum(amount) as total
                  from source.events group by all) a
                join (select date_trunc('month', moment) as month, sum(amount) as total
                  from source.events group by all) b on b.month = a.month - interval 3 months
                where a.month <= '2025-06-01'
                """), "growth")
        #expect(found["2025-01-01"] == nil)
    }

    @Test("A share above one is not shown, and the answer says why")
    func bounds() async throws {
        let bench = try await Self.bench()
        let answer = try await bench.answer(
            try bench.question(["too_much"], over: "2025-03", grain: .month))
        #expect(answer.rows.first?.cells.first?.quantity.value == nil)
        #expect(answer.notes.contains { $0.code == "answer/not-a-share" })
    }
}
