import Definitions
import Planning
import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import Features

@Suite("Numbers of paths, campaigns and segments as metrics")
struct VisitMetricTests {
    private static let campaignNumbers = [
        ("conversion", "share"), ("visits", "count"), ("people", "count"),
        ("conversions", "count"), ("value", "number"), ("cost", "number"),
        ("click_through", "share"), ("cost_per_conversion", "number"),
    ]

    private static func metric(_ name: String, _ unit: String, _ formula: String) -> String {
        BehaviourMetricWorkspace.metric(name, unit, formula)
    }

    private static var definitions: [String: String] {
        var documents = [
            BehaviourMetricWorkspace.source("campaign_source: origin"),
            """
            source: ads
            is: What was paid.
            owner: app
            from: { csv: "imports/ads.csv" }
            time: day
            """,
            "{ paths: after, is: After., owner: app, from: app, starts: a, length: 2 }",
            "{ paths: before, is: Before., owner: app, from: app, ends: c, length: 3, hide: [d] }",
            "{ paths: first, is: First., owner: app, from: app, length: 2, repeats: kept, "
                + "session: visit }",
            """
            campaigns: marketing
            is: What campaigns lead to.
            owner: app
            from: app
            converts: c
            value: amount
            medium: "'web'"
            campaign: campaign
            cost: { from: ads, amount: spend, campaign: campaign, clicks: clicks, impressions: shown }
            """,
            "{ segment: keen, is: Keen., owner: app, from: app, did: c, times: 3 }",
            metric("after_b", "share", "{ paths: after, to: b }"),
            metric("after_c_german", "share", "{ paths: after, to: c, where: country = 'DE' }"),
            metric("before_b", "share", "{ paths: before, from: b }"),
            metric("first_c", "share", "{ paths: first, to: c }"),
            metric("keen", "count", "{ segment: keen }"),
            metric("keen_share", "share", "{ segment: keen, number: share }"),
            "{ objective: sell, title: Sell, is: More sold., owner: app, starts: 2026-01-01, "
                + "by: 2026-12-31, achievable: Yes., relevant: Yes. }",
        ]
        documents += campaignNumbers.map { name, unit in
            metric("campaigns_\(name)", unit, "{ campaigns: marketing, number: \(name) }")
        }
        documents.append(metric("campaigns_usual", "share", "{ campaigns: marketing }"))
        documents += kpis.map { name, metric in
            """
            kpi: \(name)
            metric: \(metric)
            objective: sell
            owner: app
            target: { from: { date: 2026-01-01, value: 1% }, by: { date: 2026-12-31, value: 99% } }
            guardrail: keen
            review: monthly
            status: active
            """
        }
        return [
            "yardstick.yaml": "workspace: App\nzone: UTC\n",
            "definitions/all.yaml": documents.joined(separator: "\n---\n"),
            "imports/app.csv": rows(), "imports/ads.csv": costs(),
        ]
    }

    private static let kpis = [
        ("go-on", "after_b"), ("convert", "campaigns_conversion"), ("keenness", "keen_share"),
    ]

    /// Visits by day, so that none reaches over a midnight, with pauses and repeated events.
    private static func rows() -> String {
        var generator = SeededGenerator(seed: 77)
        let first = Instant(iso: "2026-01-01T08:00:00Z") ?? Instant(seconds: 0)
        var rows: [(time: Instant, text: String)] = []
        for visit in 0..<900 {
            let day = Int.random(in: 0..<120, using: &generator)
            let person = Int.random(in: 0..<90, using: &generator)
            var minute = Int.random(in: 0..<400, using: &generator)
            let country = ["DE", "FR", ""].randomElement(using: &generator) ?? ""
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                minute += Int.random(in: 1...36, using: &generator)
                let time = first.adding(seconds: 86_400 * day + 60 * minute)
                let event = ["a", "a", "b", "c", "d"].randomElement(using: &generator) ?? ""
                let campaign = ["", "", "spring", "autumn"].randomElement(using: &generator) ?? ""
                let origin = campaign.isEmpty ? "" : "mail"
                let amount = Int.random(in: 1...9, using: &generator)
                rows.append(
                    (
                        time,
                        "\(time),p\(person),\(event),\(country),\(origin),\(campaign),\(amount),v\(visit)"
                    ))
            }
        }
        rows.sort { ($0.time, $0.text) < ($1.time, $1.text) }
        return "moment,person,name,country,origin,campaign,amount,visit\n"
            + rows.map(\.text).joined(separator: "\n") + "\n"
    }

    private static func costs() -> String {
        var rows = ["day,campaign,spend,clicks,shown"]
        for day in 1...28 {
            for month in 1...4 {
                let date = "2026-0\(month)-\(day < 10 ? "0" : "")\(day)"
                rows.append("\(date),spring,\(day * month).5,\(day),\(day * 10 + month)")
                rows.append("\(date),summer,3,1,\(day + 4)")
            }
        }
        return rows.joined(separator: "\n") + "\n"
    }

    private func with(_ body: (WorkspaceSession) async throws -> Void) async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()
        let errors = session.snapshot.loadFindings.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors)")
        for source in ["app", "ads"] { _ = try await session.importFiles(source: source) }
        try await body(session)
        await session.close()
    }

    private func cells(
        _ session: WorkspaceSession, _ metrics: [String], over: String, by: [String] = [],
        filters: [String] = []
    ) async throws -> [AnswerRow] {
        try await session.answer(
            session.question(
                QuestionWords(metrics: metrics, by: by, over: over, filters: filters))
        ).rows
    }

    private func count(_ json: JSON, from: String, to: String, position: Int) -> Double {
        json["links"].items.filter {
            $0["position"] == .integer(position) && $0["from"] == .text(from)
                && $0["to"] == .text(to)
        }.compactMap { $0["count"]?.number }.reduce(0, +)
    }

    @Test("a share of paths is that of the answer, after, before and at a visit's beginning")
    func paths() async throws {
        try await with { session in
            var counted = 0.0
            for over in ["2026-01..2026-04", "2026-02", "2026-03-01..2026-03-10"] {
                let answer = { (name: String) in
                    try await session.behaviour(.paths, BehaviourWords(name: name, over: over))
                }
                let metrics = try await cells(
                    session, ["after_b", "before_b", "first_c"], over: over)[0].cells
                let after = try await answer("after")
                let before = try await answer("before")
                let first = try await answer("first")
                let firsts = ["a", "b", "c", "d"].map {
                    count(first, from: $0, to: "c", position: 1)
                }
                for (cell, json, expected) in [
                    (metrics[0], after, count(after, from: "a", to: "b", position: 1)),
                    (metrics[1], before, count(before, from: "b", to: "c", position: 2)),
                    (metrics[2], first, firsts.reduce(0, +)),
                ] {
                    #expect(cell.quantity.numerator == expected, "\(over)")
                    #expect(cell.quantity.denominator == json["total"]?.number, "\(over)")
                    #expect(cell.interval != nil)
                    counted += expected
                }
            }
            #expect(counted > 100)
        }
    }

    @Test("a share of paths by a dimension and with a filter is that of the answer's parts")
    func partsOfPaths() async throws {
        try await with { session in
            let json = try await session.behaviour(
                .paths, BehaviourWords(name: "after", over: "2026-01..2026-04", by: "country"))
            let rows = try await cells(
                session, ["after_b"], over: "2026-01..2026-04", by: ["country"])
            let german = try await cells(session, ["after_c_german"], over: "2026-01..2026-04")
            let share = { (part: JSON, event: String) in
                part["top"].items.filter { $0["events"].items == [.text("a"), .text(event)] }
                    .compactMap { $0["count"]?.number }.reduce(0, +)
            }
            var compared = 0
            for part in json["parts"].items {
                guard case .text(let value)? = part["value"] else { continue }
                let row = rows.first { $0.part.values == [.value(value)] }
                #expect(row?.cells[0].quantity.numerator == share(part, "b"), "\(value)")
                #expect(row?.cells[0].quantity.denominator == part["total"]?.number, "\(value)")
                compared += 1
                guard value == "DE" else { continue }
                #expect(german[0].cells[0].quantity.numerator == share(part, "c"))
                #expect(german[0].cells[0].quantity.denominator == part["total"]?.number)
            }
            #expect(compared == 2)
        }
    }

    @Test("K35, K49: numbers of campaigns are those of the report, whole and of one campaign")
    func campaigns() async throws {
        try await with { session in
            let names = Self.campaignNumbers.map { "campaigns_\($0.0)" }
            for over in ["2026-01..2026-04", "2026-02", "2026-03-01..2026-03-10"] {
                let json = try await session.behaviour(
                    .campaigns, BehaviourWords(name: "marketing", over: over))
                let total = try #require(json["total"])
                let own = try await cells(session, names + ["campaigns_usual"], over: over)[0].cells
                for (cell, (name, _)) in zip(own, Self.campaignNumbers) {
                    let told = total[name]?["value"]?.number ?? total[name]?.number
                    let found = try #require(cell.quantity.value, "\(name) over \(over)")
                    let expected = try #require(told, "\(name) over \(over)")
                    #expect(abs(found - expected) < 1e-9 * abs(expected), "\(name) over \(over)")
                }
                #expect(own[0].interval?.low == total["conversion"]?["low"]?.number)
                #expect(own.last?.quantity == own[0].quantity)
                for row in json["rows"].items where row["visits"]?.number != 0 {
                    guard case .text(let campaign)? = row["campaign"] else { continue }
                    let own = try await cells(
                        session, ["campaigns_visits", "campaigns_conversions", "campaigns_value"],
                        over: over, filters: ["campaign = '\(campaign)'"])[0].cells
                    #expect(own[0].quantity.value == row["visits"]?.number, "\(campaign)")
                    #expect(own[1].quantity.value ?? 0 == row["conversions"]?.number)
                    #expect(own[2].quantity.value ?? 0 == row["value"]?.number)
                }
            }
        }
    }

    @Test("a segment's number is who is in it of those who were there in the period")
    func segment() async throws {
        try await with { session in
            let json = try await session.segment(BehaviourWords(name: "keen"))
            let whole = try await cells(session, ["keen", "keen_share"], over: "2026-01..2026-04")[
                0
            ]
            .cells
            let day = try await cells(session, ["keen", "keen_share"], over: "2026-03-03")[0].cells

            #expect(whole[0].quantity.value == json["members"]?.number)
            #expect(whole[1].quantity.denominator == json["of"]?.number)
            #expect(whole[1].quantity.value == json["share"]?["value"]?.number)
            #expect((day[0].quantity.value ?? 0) < (whole[0].quantity.value ?? 0))
            #expect(day[1].quantity.value != nil)
        }
    }

    @Test("each is a KPI with a target, and its receipt names the question")
    func targets() async throws {
        try await with { session in
            let scorecard = try await session.scorecard()
            for (name, metric) in Self.kpis {
                let status = try #require(scorecard.kpis.first { $0.kpi.id == name })
                let month = try #require(status.period?.range.start.description.prefix(7))
                let expected = try await cells(session, [metric], over: String(month))[0].cells[0]
                #expect(status.cell?.quantity.value == expected.quantity.value, "\(name)")
                #expect(expected.quantity.value != nil && status.judgement.path != nil, "\(name)")
            }
            let answer = try await session.answer(
                session.question(
                    QuestionWords(
                        metrics: ["after_b", "campaigns_cost", "keen_share"], over: "2026-02")))
            let named = ["paths after", "campaigns marketing", "segment keen"]
            for (receipt, name) in zip(answer.receipts, named) {
                #expect(receipt.formula.contains("of the \(name)"), "\(receipt.formula)")
            }
        }
    }

    @Test("what a question does not have is refused with what to write")
    func refusals() async throws {
        let cases = [
            ("{ paths: before, to: b }", "write from: b"),
            ("{ paths: after, from: b }", "write to: b"),
            ("{ paths: people, to: b }", "counting: sessions"),
            ("{ paths: after, to: b, from: c }", "remove one of them"),
            ("{ paths: after }", "add to:"),
            ("{ campaigns: plain, number: cost }", "cost:"),
            ("{ campaigns: plain, number: value }", "value:"),
            ("{ campaigns: plain, number: click_through }", "clicks:"),
            ("{ campaigns: marketing, number: cost, where: country = 'DE' }", "remove where"),
            ("{ campaigns: marketing, number: rate }", ""),
            ("{ segment: unknown }", ""),
        ]
        for (formula, hint) in cases {
            let more = """

                ---
                { paths: people, is: All., owner: app, from: app, starts: a, counting: people }
                ---
                { campaigns: plain, is: All., owner: app, from: app, converts: c, medium: "'web'" }
                ---
                \(Self.metric("wrong", "share", formula))
                """
            var files = Self.definitions
            files["definitions/all.yaml", default: ""] += more
            let workspace = try TemporaryWorkspace(files)
            let session = try await workspace.open()
            let findings = session.snapshot.loadFindings.filter { $0.severity == .error }
            await session.close()
            #expect(findings.count == 1, "\(formula): \(findings)")
            let hints = findings.compactMap(\.failure.hint).joined(separator: " ")
            #expect(hints.contains(hint), "\(formula): \(hints)")
            #expect((findings.first?.failure.place?.line ?? 0) > 1, "\(formula)")
        }
    }
}
