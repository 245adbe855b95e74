import Definitions
import Engines
import TestSupport
import Testing
import Vocabulary

@testable import Planning

@Suite("Campaigns")
struct CampaignsTests {
    private static let definitions = """
        source: events
        is: One row per event.
        time: moment
        event: name
        entities: { person: person }
        ---
        source: spend
        is: What was paid, by day.
        time: day
        """

    private static func bench(_ more: [String] = []) async throws -> Bench {
        let visits =
            [
                "'p', timestamp '2026-01-05 10:00', 'seen', null, null, null, 0",
                "'p', timestamp '2026-01-05 10:05', 'seen', 'google', 'cpc', 'brand', 0",
                "'p', timestamp '2026-01-05 10:06', 'seen', 'news', 'email', 'x', 0",
                "'p', timestamp '2026-01-05 10:10', 'paid', null, null, null, 40",
                "'p', timestamp '2026-01-05 10:11', 'paid', null, null, null, 10",
                "'p', timestamp '2026-01-05 12:00', 'seen', 'google', 'cpc', 'brand', 0",
                "'q', timestamp '2026-01-05 10:00', 'seen', 'news', 'email', 'x', 0",
                "'r', timestamp '2026-01-06 10:00', 'seen', null, '', null, 0",
                "'s', timestamp '2026-01-06 10:00', 'seen', 'bing', 'cpc', 'brand', 0",
            ] + more
        return try await Bench(
            metrics: "entity: person\nis: Somebody.",
            setUp: [
                Bench.table(
                    "events",
                    "person, moment, name, campaign_source, campaign_medium, campaign_name, amount",
                    visits),
                Bench.table(
                    "spend", "day, site, campaign, paid, clicks, shown",
                    [
                        "date '2026-01-05', 'google', 'brand', 30.0, 3, 40",
                        "date '2026-01-06', 'google', 'brand', 10.0, 1, 10",
                        "date '2026-01-06', 'bing', 'brand', 5.0, 2, 1",
                        "date '2026-01-06', 'fax', 'late', 7.0, 0, 100",
                        "date '2026-02-06', 'google', 'brand', 99.0, 1, 10",
                    ]),
            ], definitions: definitions)
    }

    private static func answer(
        _ bench: Bench, _ yaml: String, over: String = "2026-01-05..2026-01-06",
        by dimension: String? = nil, filters: [String] = []
    ) async throws -> CampaignsAnswer {
        let plan = try bench.plan(
            CampaignsDefinition.self, yaml, over: over, by: dimension, filters: filters)
        let frame = try await bench.engine.run(plan.counts())
        var costs: Frame?
        if let statement = try plan.costs(catalog: bench.catalog, facts: bench.facts) {
            costs = try await bench.engine.run(statement)
        }
        return CampaignsAnswer(plan.question, frame: frame, costs: costs)
    }

    private static func texts(_ answer: CampaignsAnswer) -> [String] {
        answer.rows.map { row in
            let labels = row.labels.map { $0 ?? "-" }.joined(separator: "/")
            return "\(labels) \(row.visits) \(row.people) \(row.conversions) \(row.value)"
        }
    }

    @Test("K35: a visit is of the first campaign that it names, and converts once")
    func visits() async throws {
        let bench = try await Self.bench()

        let answer = try await Self.answer(bench, "converts: paid, value: amount")

        #expect(answer.total.visits == 5)
        #expect(answer.total.conversions == 1)
        #expect(
            Self.texts(answer) == [
                "google/cpc/brand 2 1 1 50.0", "bing/cpc/brand 1 1 0 0.0",
                "news/email/x 1 1 0 0.0", "-/-/- 1 1 0 0.0",
            ])
    }

    @Test("K49: costs and clicks are set beside the visits they belong to, also where nobody came")
    func costs() async throws {
        let bench = try await Self.bench()

        let answer = try await Self.answer(
            bench,
            "converts: paid, cost: { from: spend, amount: paid, source: site, "
                + "campaign: campaign, clicks: clicks, impressions: shown }")

        #expect(answer.rows.map(\.cost) == [40, 5, nil, nil, 7])
        #expect(answer.total.cost == 52)
        let rows = answer.json["rows"]?.items ?? []
        #expect(rows[0]["click_through"]?["numerator"] == .integer(4))
        #expect(rows[0]["click_through"]?["denominator"] == .integer(50))
        #expect(rows[0]["cost_per_conversion"] == .number(40))
        // More clicks than impressions are no share.
        #expect(rows[1]["click_through"] == .null)
        #expect(answer.notes.contains { $0.contains("no share of impressions") })
    }

    @Test("a cost that belongs to several rows is only in the total, and filters leave it out")
    func sharedCosts() async throws {
        let bench = try await Self.bench()
        let yaml = "converts: paid, cost: { from: spend, amount: paid, campaign: campaign }"

        let shared = try await Self.answer(bench, yaml)
        let filtered = try await Self.answer(bench, yaml, filters: ["person != 'q'"])

        #expect(shared.rows.map(\.cost) == [nil, nil, nil, nil, 7])
        #expect(shared.total.cost == 52)
        #expect(shared.notes.contains { $0.contains("several rows") })
        #expect(filtered.total.cost == nil)
        #expect(filtered.total.visits == 4)
    }

    @Test("visits are split by the value of their first row, costs are not")
    func parts() async throws {
        let bench = try await Self.bench([
            "'t', timestamp '2026-01-05 10:00', 'seen', 'google', 'cpc', 'brand', 0",
            "'t', timestamp '2026-01-05 10:05', 'paid', null, null, null, 7",
        ])

        let answer = try await Self.answer(
            bench, "converts: paid, cost: { from: spend, amount: paid, source: site }",
            by: "name")

        let rows = answer.rows.map { row in
            "\(row.labels[0] ?? "-") \(row.part ?? "-") \(row.visits) \(row.conversions)"
        }
        #expect(rows == ["google seen 3 2", "bing seen 1 0", "news seen 1 0", "- seen 1 0"])
        #expect(answer.rows.allSatisfy { $0.cost == nil } && answer.total.cost == 52)
        #expect(answer.notes.contains { $0.hasPrefix("Costs are not known by 'name'") })
        #expect(answer.json["by"] == "name")
        #expect(answer.json["rows"]?.items.first?["part"] == "seen")
    }

    @Test("each campaign is set beside what it was in another range, and who is gone is told")
    func compared() async throws {
        let bench = try await Self.bench([
            "'t', timestamp '2026-01-06 10:00', 'seen', 'google', 'cpc', 'brand', 0"
        ])
        let before = try await Self.answer(bench, "converts: paid", over: "2026-01-05")
        let answer = try await Self.answer(bench, "converts: paid", over: "2026-01-06")

        let json = answer.json(before: before)

        let rows = json["rows"]?.items ?? []
        #expect(rows.map { $0["source"] } == ["bing", "google", .null])
        #expect(rows.map { $0["before"]?["visits"] } == [nil, 2, nil])
        #expect(rows.map { $0["before"] == .null } == [true, false, true])
        #expect(rows[1]["change"]?["value"] == .number(-0.5))
        #expect(json["previous"]?["range"] == "2026-01-05..2026-01-05")
        #expect(json["previous"]?["total"]?["visits"] == 3)
        #expect(
            json["notes"]?.items.last
                == "Campaigns with visits in 2026-01-05..2026-01-05 and none now: 1.")
    }

    @Test("a campaign that converts unlike the others is told, one that hardly does is not")
    func differs() async throws {
        let more = (0..<120).flatMap { person -> [String] in
            let site = ["google", "news"][person % 2]
            let medium = site == "google" ? "cpc" : "email"
            let name = site == "google" ? "brand" : "x"
            let row = "'v\(person)', timestamp '2026-01-05 10:00'"
            let seen = "\(row), 'seen', '\(site)', '\(medium)', '\(name)', 0"
            let converts = site == "google" ? person % 10 < 8 : person % 10 == 1
            return converts ? [seen, "\(row), 'paid', null, null, null, 1"] : [seen]
        }
        let bench = try await Self.bench(more)

        let rows = try await Self.answer(bench, "converts: paid").json["rows"]?.items ?? []

        #expect(rows.map { $0["differs"] } == ["above", "below", .null, .null])
    }
}
