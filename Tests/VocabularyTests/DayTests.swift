import Testing
import Vocabulary

@Suite("Days")
struct DayTests {
    @Test("months clamp to their last day and the step cannot be undone (K6)")
    func monthsClamp() throws {
        let january = try #require(Day(year: 2025, month: 1, day: 31))

        #expect(january.adding(months: 1).description == "2025-02-28")
        #expect(january.adding(months: 1).adding(months: -1).description == "2025-01-28")
        #expect(Day(iso: "2024-02-29")?.adding(months: 12).description == "2025-02-28")
    }

    @Test(
        "ISO weeks at the turn of the year (K4)",
        arguments: [
            ("2027-01-01", 2026, 53), ("2024-12-30", 2025, 1), ("2020-12-31", 2020, 53),
            ("2032-12-31", 2032, 53), ("2026-01-01", 2026, 1), ("2021-01-03", 2020, 53),
        ])
    func isoWeeks(text: String, year: Int, week: Int) throws {
        let day = try #require(Day(iso: text))

        #expect(day.isoWeek == (year, week))
    }

    @Test("a year of 52 weeks has no week 53")
    func noWeek53() {
        #expect(Day(isoYear: 2025, week: 53) == nil)
        #expect(Day(isoYear: 2026, week: 53)?.description == "2026-12-28")
    }

    @Test(
        "texts that are not days are refused",
        arguments: ["1900-02-29", "0000-00-00", "2025-13-01", "2025-1-1", "2025-01-01x", "", "--"])
    func notDays(text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test("a day's parts give the day again, over four hundred years")
    func roundTrip() {
        for number in stride(from: -80_000, to: 80_000, by: 37) {
            let (year, month, day) = Day(number: number).parts
            #expect(Day(year: year, month: month, day: day)?.number == number)
        }
    }

    @Test("a week is seven days and a year is twelve months (K10)")
    func spans() {
        #expect(Span(text: "1 week") == Span(text: "7 days"))
        #expect(Span(text: "12 months") == Span(text: "1 year"))
        #expect(Span(text: "0 days") == nil)
    }
}
