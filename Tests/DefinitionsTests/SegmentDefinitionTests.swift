import Definitions
import Testing
import Vocabulary

@Suite("Segments as definitions")
struct SegmentDefinitionTests {
    private static let buyers = """
        segment: buyers
        is: Who buys often.
        from: orders
        by: customer
        did: { event: placed, where: quantity > 0 }
        times: 3
        within: 30 days
        over: 2026-Q1
        where: country = 'DE'
        """

    private func catalog(_ segment: String = buyers, _ more: String = "") -> Catalog {
        CatalogLoader.load(SampleWorkspace.files(more: segment + "\n---\n" + more)).catalog
    }

    private static let metric = """
        metric: bought
        is: Orders of buyers.
        owner: finance
        unit: count
        better: up
        formula: { count: rows, from: orders, where: "not in_segment('buyers')" }
        """

    @Test("every key is read, and printed on one line")
    func keys() throws {
        let segment = try #require(catalog().behaviours(SegmentDefinition.self)["buyers"])

        #expect(segment.times == 3)
        #expect(segment.withinSeconds == 2_592_000)
        #expect(
            segment.description
                == "{ from: orders, by: customer, where: country = 'DE', "
                + "did: { where: quantity > 0, events: [placed] }, times: 3, within: 720 hours, "
                + "over: 2026-q1 }")
        #expect(try SegmentDefinition(yaml: "{ from: orders, did: placed }").times == 1)
    }

    @Test(
        "days that are counted from today move, others do not",
        arguments: [
            ("last 30 days", true), ("month to date", true), ("this year", true),
            ("2026-01..today", true), ("2026-01..2026-03", false), ("2026-W05", false),
        ])
    func days(over: String, moves: Bool) throws {
        let segment = try SegmentDefinition(yaml: "{ from: orders, did: a, over: \(over) }")

        #expect(segment.over?.isMoving == moves)
    }

    @Test("a segment belongs to its source, and is true or false for every row")
    func type() throws {
        let source = try #require(catalog().sources["orders"])
        let scope = ExpressionScope(source: source, facts: .empty)

        let typed = try ExpressionTyper().typedFilter(
            Expression(parsing: "not in_segment('buyers')"), in: scope)

        #expect(source.segments.definitions.keys.sorted() == ["buyers"])
        #expect(typed.type == .boolean)
        #expect(!typed.isNullable)
    }

    @Test("its days are those of the workspace's calendar, on the day that is told")
    func range() throws {
        let moving = Self.buyers.replacing("2026-Q1", with: "last 2 weeks")
        let today = try #require(Day(iso: "2026-07-01"))
        let named = try #require(catalog().sources["orders"]?.segments)
        let segments = try #require(catalog(moving).asOf(today).sources["orders"]?.segments)

        // The sample's fiscal year is named after the one in which it ends; weeks begin on Sundays.
        #expect(
            try named.range(of: named.definitions["buyers"] ?? SegmentDefinition(yaml: "{}"))?
                .description
                == "2025-02-02..2025-05-03")
        #expect(
            try segments.range(of: segments.definitions["buyers"] ?? SegmentDefinition(yaml: "{}"))?
                .description
                == "2026-06-14..2026-06-27")
        #expect(!catalog().movesDaily)
        #expect(catalog(moving).movesDaily)
    }

    @Test("a metric's fingerprint changes with the rules of the segments that it uses alone")
    func fingerprint() {
        let digest = { (segment: String, metric: String) in
            Fingerprint(catalog(segment, Self.metric)).fingerprint(of: metric)
        }
        let fewer = Self.buyers.replacing("times: 3", with: "times: 2")

        #expect(digest(Self.buyers, "bought").count == 64)
        #expect(digest(Self.buyers, "bought") != digest(fewer, "bought"))
        #expect(digest(Self.buyers, "revenue") == digest(fewer, "revenue"))
        #expect(
            digest(Self.buyers, "bought")
                == digest(Self.buyers.replacing("often", with: "a lot"), "bought"))
    }
}
