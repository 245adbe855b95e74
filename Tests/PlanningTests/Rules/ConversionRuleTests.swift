import Definitions
import Planning
import Statistics
import Testing
import Vocabulary

/// Shares of those who went on, each with the unit it counts by.
@Suite("Rules of conversion")
struct ConversionRuleTests {
    private static let source = """
        source: acts
        is: What people did.
        time: moment
        entities: { person: person, session: session }
        event: event
        complete_through: 2026-04-10
        """

    private static func acts(_ rows: [(String, String, String, String)]) -> String {
        Bench.table(
            "acts", "moment, person, session, event",
            rows.map { "timestamp '2026-\($0.0)', '\($0.1)', '\($0.2)', '\($0.3)'" })
    }

    @Test("K35: a conversion names its unit, and by the event it can be more than all")
    func units() async throws {
        let bench = try await Bench(
            library: ["conversion-per-person", "conversion-per-session", "conversion-per-view"],
            LibraryBinding(source: "acts"),
            tables: [
                Self.acts([
                    ("03-02 10:00", "ann", "s1", "page_viewed"),
                    ("03-02 10:01", "ann", "s1", "purchased"),
                    ("03-02 10:02", "ann", "s1", "purchased"),
                    ("03-02 10:03", "ann", "s1", "purchased"),
                    ("03-05 10:00", "bob", "s2", "page_viewed"),
                    ("03-06 10:00", "bob", "s3", "opened"),
                ])
            ], sources: Self.source)
        let names = ["conversion_per_person", "conversion_per_session", "purchases_per_visit"]

        let all = try await bench.answer(bench.question(names, over: "2026-03"))
        let ann = try await bench.numbers(names, over: "2026-03", filters: ["person = 'ann'"])

        expectNumbers(all.rows[0].cells.map(\.quantity.value), [0.5, 1.0 / 3, 1.5])
        expectNumbers(ann, [1, 1, 3])
        #expect(bench.catalog.metrics["purchases_per_visit"]?.unit == .ratio)
        #expect(bench.catalog.metrics["conversion_per_person"]?.unit == .share)
        // Wilson's interval of 1 in 2; a ratio of events has none of a share.
        #expect(abs((all.rows[0].cells[0].interval?.low ?? 0) - 0.0945) < 0.0001)
    }

    private static let conversions = Bench.metrics(
        ["person", "attempt"].map {
            (
                "share",
                "{ conversion: { from: signed_up, to: purchased, by: person, within: 7 days, "
                    + "per: \($0) }, in: acts }"
            )
        })

    @Test("K27, K35: of people and of attempts within a window, from the start on")
    func withinWindow() async throws {
        let bench = try await Bench(
            metrics: Self.conversions,
            setUp: [
                Self.acts([
                    ("03-02 10:00", "ann", "s", "signed_up"),
                    ("03-08 10:00", "ann", "s", "purchased"),
                    // The second start opens a window of its own; the first one's has closed.
                    ("03-03 10:00", "bob", "s", "signed_up"),
                    ("03-08 10:00", "bob", "s", "signed_up"),
                    ("03-12 10:00", "bob", "s", "purchased"),
                    ("03-04 10:00", "cat", "s", "signed_up"),
                    ("03-11 10:00", "cat", "s", "purchased"),
                    // Before the start is no conversion.
                    ("03-05 10:00", "dan", "s", "purchased"),
                    ("03-06 10:00", "dan", "s", "signed_up"),
                ])
            ], definitions: Self.source)

        let answer = try await bench.answer(
            bench.question(["m1", "m2"], over: "2026-03-01..2026-03-20"))

        let cells = answer.rows[0].cells.map(\.quantity)
        #expect(cells.map(\.numerator) == [2, 2])
        #expect(cells.map(\.denominator) == [4, 5])
        expectNumbers(cells.map(\.value), [0.5, 0.4])
    }

    @Test("K33: a conversion counts on its start's day, which is open until the window has passed")
    func byStart() async throws {
        let bench = try await Bench(
            metrics: Self.conversions,
            setUp: [
                Self.acts([
                    ("03-20 10:00", "ann", "s", "signed_up"),
                    ("03-21 10:00", "bob", "s", "signed_up"),
                    ("03-24 10:00", "ann", "s", "purchased"),
                    ("04-01 10:00", "cat", "s", "signed_up"),
                    ("04-02 10:00", "cat", "s", "purchased"),
                    ("04-06 10:00", "dan", "s", "signed_up"),
                ])
            ], definitions: Self.source)

        let weeks = try await bench.answer(
            bench.question(["m1"], over: "2026-03-16..2026-04-12", grain: .week))

        // Of the week from 30 March on the last starts, of 5 April, could finish until 12 April.
        let cells = weeks.rows.map { $0.cells[0] }
        expectNumbers(cells.map(\.quantity.value), [0.5, nil, 1, 0])
        #expect(cells.map(\.isComplete) == [true, true, false, false])
        #expect(weeks.notes.map(\.code).contains("answer/incomplete"))
    }

    @Test("K49: click-through of people is of people, and of views can be above one")
    func clickThrough() async throws {
        let bench = try await Bench(
            library: ["click-through-people", "click-through-impressions"],
            LibraryBinding(source: "acts"),
            tables: [
                Self.acts([
                    ("03-02 10:00", "ann", "s1", "shown"), ("03-02 10:01", "ann", "s1", "clicked"),
                    ("03-02 10:02", "ann", "s1", "clicked"),
                    ("03-02 10:03", "ann", "s1", "clicked"),
                    ("03-05 10:00", "bob", "s2", "shown"),
                ])
            ], sources: Self.source)

        let numbers = try await bench.numbers(
            ["click_through_people", "click_through_impressions"], over: "2026-03")

        expectNumbers(numbers, [0.5, 1.5])
        #expect(bench.catalog.metrics["click_through_impressions"]?.unit == .ratio)
    }
}
