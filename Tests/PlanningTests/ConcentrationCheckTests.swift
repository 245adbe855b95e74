import Planning
import Testing
import Vocabulary

/// What few have of all, against queries written by hand and against rows that are counted.
@Suite("Concentration")
struct ConcentrationCheckTests {
    private static let metrics = """
        metric: by_person
        is: Share of the top tenth of people in the amounts.
        owner: t
        unit: share
        formula: { top_share: amount, per: person, top: 10%, from: events, where: paid }
        ---
        metric: by_row
        is: Share of the top quarter of events in the amounts.
        owner: t
        unit: share
        formula: { top_share: amount, top: 25%, from: events }
        """

    @Test("agrees with SQL by hand, for each month and part", arguments: [false, true])
    func byHand(isSplit: Bool) async throws {
        let bench = try await Bench(metrics: Self.metrics)
        let part = isSplit ? "coalesce(country, '(none)')" : "''"
        let shown = isSplit ? ", part" : ""
        for (metric, who, rows, share) in [
            ("by_person", "person", "person is not null and paid", "0.1"),
            ("by_row", "id", "amount is not null", "0.25"),
        ] {
            let asked = try await bench.values(
                bench.question(
                    [metric], over: "2025", grain: .month, by: isSplit ? ["country"] : []))
            let check = try await bench.check(
                """
                with owned as (
                  select strftime(date_trunc('month', moment), '%Y-%m-%d') as month,
                    \(part) as part, \(who) as who, coalesce(sum(amount), 0) as owned
                  from source.events where \(rows) and year(moment) = 2025 group by all)
                select month\(shown), list_sum(list_reverse_sort(list(owned))
                    [1:ceil(count(*) * \(share))::bigint]) / sum(owned)
                from owned group by all
                """)
            #expect(asked.count >= 12)
            expectSame(asked, check, metric)
        }
    }

    private func share(of amounts: [Double], top: String) async throws -> AnswerCell {
        let rows = amounts.map { "(date '2025-03-01', \($0)::double)" }.joined(separator: ", ")
        let bench = try await Bench(
            metrics: """
                metric: x
                is: X.
                owner: t
                unit: share
                formula: { top_share: amount, top: \(top), from: sales }
                """,
            setUp: ["create table source.sales as select * from (values \(rows)) t(day, amount)"],
            definitions: "source: sales\nis: Sales.\ntime: day")
        let answer = try await bench.answer(bench.question(["x"], over: "2025-03-01"))
        let isTold = answer.notes.contains { $0.code == "answer/not-a-share" }
        let cell = try #require(answer.rows.first?.cells.first)
        #expect(isTold == (amounts.contains { $0 < 0 } && amounts.reduce(0, +) > 0))
        return cell
    }

    @Test("rounds the number of the few up, by whole numbers")
    func rounding() async throws {
        // A tenth of thirty are three, though 30 × 0.1 is more than 3 as a binary fraction.
        let thirty = try await share(of: Array(repeating: 1, count: 30), top: "10%")
        let eleven = try await share(of: Array(repeating: 1, count: 11), top: "10%")
        let one = try await share(of: [5], top: "0.1%")

        #expect(thirty.quantity.value == 0.1 && thirty.quantity.count == 30)
        #expect(eleven.quantity.value == 2.0 / 11)
        #expect(one.quantity.value == 1)
    }

    @Test("has no value without a total above zero, and none above one")
    func undefined() async throws {
        let nothing = try await share(of: [0, 0], top: "50%")
        let loss = try await share(of: [5, -6], top: "50%")
        let above = try await share(of: [5, 4, -3], top: "34%")

        #expect([nothing, loss, above].allSatisfy { $0.quantity.value == nil })
    }
}
