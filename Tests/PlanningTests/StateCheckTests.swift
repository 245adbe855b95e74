import Definitions
import Planning
import Testing
import Vocabulary

/// What is open, who moved and who came back, against queries written by hand.
@Suite("State checks")
struct StateCheckTests {
    private static let definitions = """
        source: issues
        is: One row per issue.
        time: opened_at
        dimensions: { team: team }
        ---
        source: changes
        is: One row per change of what a customer pays.
        time: changed_at
        entities: { customer: customer }
        dimensions: { plan: plan }
        """

    private static let rows = [
        """
        create table source.issues as
        select i as id, opened_at,
          case when hash(i * 3) % 4 = 0 then null
            else opened_at + to_seconds(hash(i * 5) % 8000000) end as closed_at,
          case when hash(i * 7) % 3 = 0 then 'web' else 'app' end as team
        from (select i, timestamp '2025-01-01 00:00:00' + to_seconds(hash(i) % 31536000) as opened_at
          from range(800) t(i))
        """,
        """
        create table source.changes as
        select customer, changed_at, plan,
          case when n = 1 then 10 when n % 3 = 0 then -total else 5 + hash(n) % 20 end as amount
        from (select 'c' || (i % 60) as customer,
            timestamp '2025-01-01 00:00:00' + to_seconds(hash(i * 3) % 31536000) as changed_at,
            case when i % 60 < 20 then 'pro' else 'team' end as plan,
            row_number() over (partition by i % 60 order by hash(i * 3) % 31536000) as n,
            0 as total
          from range(420) t(i))
        """,
        // Every third change of a customer ends what there was; others add or take a little.
        """
        create or replace table source.changes as
        with recursive steps as (
          select customer, changed_at, plan, n, 10::double as amount, 10::double as total
          from (select *, row_number() over (partition by customer order by changed_at) as n
            from source.changes) where n = 1
          union all
          select c.customer, c.changed_at, c.plan, c.n,
            case when c.n % 4 = 0 then -s.total when s.total = 0 then 7
              when hash(c.n, c.customer) % 2 = 0 then 3 else -1 end,
            s.total + case when c.n % 4 = 0 then -s.total when s.total = 0 then 7
              when hash(c.n, c.customer) % 2 = 0 then 3 else -1 end
          from steps s join (select *, row_number() over (partition by customer order by changed_at)
            as n from source.changes) c on c.customer = s.customer and c.n = s.n + 1)
        select customer, changed_at, plan, amount from steps
        """,
    ]

    private static func bench(_ metrics: String) async throws -> Bench {
        try await Bench(metrics: metrics, setUp: rows, definitions: definitions)
    }

    private static let months = """
        (select unnest(generate_series(timestamp '2025-01-01', timestamp '2025-12-01',
          interval 1 month)) as month)
        """

    @Test("Open rows are those that have started and not ended when the period ends")
    func open() async throws {
        let bench = try await Self.bench(
            """
            metric: backlog
            is: Open issues.
            unit: count
            formula: { open: rows, started: opened_at, ended: closed_at, from: issues }
            ---
            metric: age
            is: Age of open issues.
            unit: duration
            formula: { open: percentile, rank: 85, started: opened_at, ended: closed_at, from: issues }
            """)
        let backlog = try await bench.values(
            try bench.question(["backlog"], over: "2025", grain: .month, by: ["team"]))
        let end = "month + interval 1 month"
        expectSame(
            backlog,
            try await bench.check(
                """
                select strftime(month, '%Y-%m-%d'), team, count(*) from \(Self.months), source.issues
                where opened_at < \(end) and (closed_at is null or closed_at >= \(end))
                group by all
                """), "backlog by team")
        let ages = try await bench.values(
            try bench.question(["age"], over: "2025", grain: .month))
        expectSame(
            ages,
            try await bench.check(
                """
                select strftime(month, '%Y-%m-%d'), quantile_cont(
                  epoch(month + interval 1 month - opened_at), 0.85)
                from \(Self.months), source.issues
                where opened_at < \(end) and (closed_at is null or closed_at >= \(end))
                group by all
                """), "age of open issues")
    }

    @Test("Moves of running sums add up from the opening to the closing, in every part and period")
    func transitions() async throws {
        let kinds = Transition.allCases.map(\.rawValue)
        let bench = try await Self.bench(
            kinds.flatMap { kind in
                [("", ", amount: amount"), ("_who", "")].map { suffix, amount in
                    """
                    metric: \(kind)\(suffix)
                    is: Moves.
                    unit: \(amount.isEmpty ? "count" : "number")
                    formula: { transition: \(kind), of: customer\(amount), from: changes }
                    """
                }
            }.joined(separator: "\n---\n"))
        // The state of every customer at the end of every month, by brute force.
        let states = """
            (select month, customer, plan,
              coalesce(sum(amount) filter (where changed_at < month), 0) as opening,
              coalesce(sum(amount) filter (where changed_at < month + interval 1 month), 0) as closing,
              bool_or(known) as known
            from (select m.month, c.*, (select count(*) from (select sum(amount) over
                (order by changed_at) as running, changed_at from source.changes e
                where e.customer = c.customer) r where r.running > 0
                and r.changed_at < m.month) > 0 as known
              from \(Self.months) m, source.changes c)
            group by all)
            """
        let wholes = [
            "opening": "opening", "closing": "closing",
            "expansion": "case when opening > 0 and closing > opening then closing - opening end",
            "churn": "case when opening > 0 and closing = 0 then opening end",
            "contraction":
                "case when closing > 0 and closing < opening then opening - closing end",
            "retained": "least(opening, closing)",
            "new": "case when opening = 0 and closing > 0 and not known then closing end",
            "reactivation": "case when opening = 0 and closing > 0 and known then closing end",
        ]
        for (kind, amount) in wholes {
            let found = try await bench.values(
                try bench.question([kind], over: "2025", grain: .month))
            expectSame(
                found,
                try await bench.check(
                    """
                    select strftime(month, '%Y-%m-%d'), coalesce(sum(\(amount)), 0) from \(states)
                    group by all
                    """), kind)
            let who = try await bench.values(
                try bench.question(["\(kind)_who"], over: "2025", grain: .month))
            expectSame(
                who,
                try await bench.check(
                    """
                    select strftime(month, '%Y-%m-%d'), count(*) filter (where (\(amount)) > 0)
                    from \(states) group by all
                    """), "\(kind), customers")
        }
        // What came before the range that is asked for is known as well.
        let back = try await bench.values(
            try bench.question(["reactivation_who"], over: "2025", grain: .month))
        #expect(back.values.reduce(0, +) > 0)
        for (month, people) in back {
            let alone = try await bench.values(
                try bench.question(["reactivation_who"], over: String(month.prefix(7))))
            #expect(alone.values.first == people, "\(month)")
        }
        for grain in [Grain.week, .month, .quarter] {
            let question = try bench.question(kinds, over: "2025", grain: grain, by: ["plan"])
            for row in try await bench.answer(question).rows {
                let value = Dictionary(
                    uniqueKeysWithValues: zip(
                        kinds, row.cells.map { $0.quantity.value ?? 0 }))
                let moved =
                    (value["new"] ?? 0) + (value["reactivation"] ?? 0) + (value["expansion"] ?? 0)
                    - (value["contraction"] ?? 0) - (value["churn"] ?? 0)
                #expect(
                    abs((value["opening"] ?? 0) + moved - (value["closing"] ?? 0)) < 1e-9,
                    "\(row.period.label)")
            }
        }
    }

    @Test(
        "New, current and resurrected people are all active ones; dormant ones were active before")
    func lifecycle() async throws {
        let stages = LifecycleStage.allCases.map(\.rawValue)
        let bench = try await Bench(
            metrics: stages.map {
                """
                metric: \($0)
                is: Stage.
                unit: count
                formula: { lifecycle: \($0), of: person, from: events }
                """
            }.joined(separator: "\n---\n"), zone: "Asia/Kolkata")
        // Half past five hours east of UTC, so that weeks do not begin where UTC's do.
        let weeks = """
            (select distinct person, date_trunc('week', moment + interval '5 hours 30 minutes') as week
             from source.events where person is not null)
            """
        let asked = "week >= '2025-01-06' and week < '2025-06-30'"
        let expected = [
            "new": "not exists (from \(weeks) b where b.person = a.person and b.week < a.week)",
            "current":
                "exists (from \(weeks) b where b.person = a.person and b.week = a.week - interval 7 days)",
        ]
        for (stage, condition) in expected {
            expectSame(
                try await bench.values(
                    try bench.question([stage], over: "2025-W02..2025-W26", grain: .week)
                ).filter { $0.value > 0 },
                try await bench.check(
                    """
                    select strftime(week, '%Y-%m-%d'), count(*) from \(weeks) a
                    where \(asked) and \(condition) group by all
                    """), stage)
        }
        let rows = try await bench.answer(
            try bench.question(stages, over: "2025-W02..2025-W26", grain: .week)
        ).rows
        let active = try await bench.check(
            "select strftime(week, '%Y-%m-%d'), count(*) from \(weeks) where \(asked) group by all")
        let numbers = rows.map { $0.cells.map { $0.quantity.value ?? 0 } }
        for (row, values) in zip(rows, numbers) {
            #expect(values[0] + values[1] + values[2] == active[row.period.key])
        }
        // Whoever was active in a week is either current or dormant in the next.
        for (before, after) in zip(numbers, numbers.dropFirst()) {
            #expect(before[0] + before[1] + before[2] == after[1] + after[3])
        }
    }
}
