import Definitions
import Engines
import Features
import Foundation
import Testing
import Vocabulary

/// Recipes on real data, against numbers that pandas 2.3.3 and DuckDB 2.0.0 computed from the files.
@Suite(
    "Recipes on open data",
    .enabled(if: SharedData.has("open/process/helpdesk.csv.gz"), "no shared data"))
struct OpenDataRecipeTests {
    /// Imports files and returns what a query finds, as texts.
    private func rows(
        zone: String = "UTC", _ definitions: String, files: [(source: String, path: String)],
        queries: [String]
    ) async throws -> [[String]] {
        let workspace = try TemporaryWorkspace([
            "yardstick.yaml": "workspace: Open\nzone: \(zone)\n",
            "definitions/open.yaml": definitions,
        ])
        let session = try await workspace.open()
        for (source, path) in files {
            _ = try await session.importFiles(source: source, files: [SharedData.file(path)])
        }
        let errors = session.findings.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map(\.failure.description))")
        await session.close()
        let engine = try DuckDBEngine(
            .file(workspace.folder.appending(path: "data/facts.duckdb").path))
        var results: [[String]] = []
        for query in queries {
            let frame = try await engine.run(Statement(query))
            results.append(
                (0..<frame.count).map { row in
                    frame.columns.map { $0.text(row) ?? "-" }.joined(separator: " ")
                })
        }
        await engine.close()
        return results
    }

    @Test("cases of a help desk: how long they took and which way they went")
    func helpdesk() async throws {
        let found = try await rows(
            """
            source: steps
            is: One row per step.
            time: CompleteTimestamp
            columns: { CaseID: text, ActivityID: text }
            entities: { desk_case: CaseID }
            ---
            source: cases
            is: One row per case.
            from:
              each: desk_case
              of: steps
              keep:
                opened: { first: CompleteTimestamp }
                closed: { last: CompleteTimestamp }
                variant: { path: ActivityID }
                steps: { count: rows }
                kinds: { distinct: ActivityID }
            time: closed
            ---
            source: waits
            is: One row per step with the time of the step before.
            from: { rows: steps, previous: { by: [desk_case], take: { before: CompleteTimestamp } } }
            """, files: [("steps", "open/process/helpdesk.csv.gz")],
            queries: [
                """
                select count(*), round(avg(epoch(closed - opened)) / 86400, 8),
                  round(quantile_cont(epoch(closed - opened), 0.85) / 86400, 8),
                  count(distinct variant), round(avg((kinds < steps)::integer), 10)
                from source.cases
                """,
                """
                select variant || ' ' || count(*) from source.cases
                group by variant order by count(*) desc limit 5
                """,
                """
                select count(before), round(quantile_cont(
                  epoch("CompleteTimestamp" - before), 0.5) / 3600, 8) from source.waits
                """,
            ])

        // data/oracles/cycle_helpdesk.json
        #expect(found[0] == ["3804 8.7981577 21.06567361 154 0.2741850683"])
        #expect(
            found[1] == ["1>8>6 2173", "1>8>9>6 276", "1>8>9>8>6 222", "1>1>8>6 207", "1>6 146"])
        #expect(found[2] == ["9906 4.03041667"])
    }

    @Test("leads and the deals that they became")
    func leads() async throws {
        let found = try await rows(
            """
            source: leads
            is: One row per lead.
            time: first_contact_date
            ---
            source: deals
            is: One row per deal.
            time: won_date
            ---
            source: outcomes
            is: One row per lead, with its deal.
            from: { rows: leads, with: { source: deals, match: { mql_id: mql_id }, take: { won: won_date } } }
            """,
            files: [
                ("leads", "open/funnel/olist_mql.csv.gz"),
                ("deals", "open/funnel/olist_closed_deals.csv.gz"),
            ],
            queries: [
                "select count(*), count(won) from source.outcomes",
                """
                select count(*), count(won), round(median(epoch(won) - epoch(first_contact_date))
                  / 86400, 8) from source.outcomes where origin = 'paid_search'
                """,
            ])

        // data/oracles/conversion_olist_leads.json
        #expect(found[0] == ["8000 842"])
        #expect(found[1] == ["1586 195 15.67459491"])
    }

    @Test("customers of a shop who came back in the months after their first purchase")
    func retail() async throws {
        let found = try await rows(
            """
            source: lines
            is: One row per line of an invoice.
            time: InvoiceDate
            columns: { InvoiceNo: text, CustomerID: text }
            entities: { customer: CustomerID }
            ---
            source: purchases
            is: Months in which customers came back.
            from:
              returns: lines
              by: customer
              since: first
              where: not starts_with(InvoiceNo, 'C') and Quantity > 0 and UnitPrice > 0
            """, files: [("lines", "open/ecommerce/online_retail_2010-12_to_2011-06.csv.gz")],
            queries: [
                """
                select strftime(started, '%Y-%m'), age_months, count(distinct customer)
                from source.purchases where strftime(started, '%Y-%m') < '2011-02'
                group by all order by all
                """, "select count(distinct customer) from source.purchases",
            ])

        // data/oracles/retention_online_retail_2011H1.json
        let december = [885, 324, 286, 340, 321, 352, 321].enumerated().map {
            "2010-12 \($0.offset) \($0.element)"
        }
        let january = [417, 92, 111, 96, 134, 120].enumerated().map {
            "2011-01 \($0.offset) \($0.element)"
        }
        #expect(found[0] == december + january)
        #expect(found[1] == ["2960"])
    }

    @Test("students who were active so many days and months after they registered")
    func students() async throws {
        let found = try await rows(
            """
            source: engagement
            is: One row per student and day.
            time: date_engaged
            entities: { student: student_id }
            ---
            source: students
            is: One row per student.
            time: date_registered
            entities: { student: student_id }
            ---
            source: activity
            is: Days on which students came back.
            from: { returns: engagement, by: student, since: students }
            """,
            files: [
                ("engagement", "open/subscriptions/edtech_engagement_even.csv.gz"),
                ("students", "open/subscriptions/edtech_students_even.csv.gz"),
            ],
            queries: [
                """
                select count(distinct student), count(distinct student) filter (where age_days = 0),
                  count(distinct student) filter (where age_days = 1),
                  count(distinct student) filter (where age_days = 7),
                  count(distinct student) filter (where age_days = 30),
                  count(distinct student) filter (where age_months = 0),
                  count(distinct student) filter (where age_months = 3)
                from source.activity where strftime(started, '%Y-%m') = '2022-02'
                """
            ])

        // data/oracles/engagement_edtech_even.json, cohort of February
        #expect(found[0] == ["1584 684 169 58 20 777 50"])
    }

    @Test("users of a shop in Shanghai who came back days after their first visit")
    func shanghai() async throws {
        let found = try await rows(
            zone: "Asia/Shanghai",
            """
            source: behaviour
            is: One row per event.
            time: { column: timestamp, format: epoch_seconds }
            event: behavior
            entities: { person: user_id }
            ---
            source: activity
            is: Days on which users came back.
            from:
              returns: behaviour
              by: person
              since: first
              where: timestamp between date '2017-11-25' and date '2017-12-03'
            ---
            source: visits
            is: Visits.
            from: { sessions: behaviour, by: person, gap: 30 minutes, keep: { views: { count: rows, where: "behavior = 'pv'" } } }
            """, files: [("behaviour", "open/web/taobao_userbehavior_even.csv.gz")],
            queries: [
                """
                select age_days, count(distinct person) from source.activity
                where started < timestamp '2017-11-25 16:00' group by 1 order by 1
                """,
                "select sum(rows)::bigint from source.visits",
                """
                select count(*) = (
                  select count(*) from (select *, lag("timestamp") over (
                    partition by user_id order by "timestamp") as before from source.behaviour)
                  where before is null or "timestamp" > before + interval 30 minutes)
                from source.visits
                """,
            ])

        // data/oracles/engagement_taobao_even.json: the cohort of 25 November, and all rows.
        #expect(
            found[0] == [
                "0 298", "1 239", "2 235", "3 244", "4 224", "5 233", "6 236", "7 292", "8 293",
            ])
        #expect(found[1] == ["45183"])
        #expect(found[2] == ["true"])
    }
}
