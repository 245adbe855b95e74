import Testing
import Vocabulary

@Suite("A question without a range")
struct RangeTextTests {
    private func usual(_ covered: String?, today: String) -> String {
        func day(_ text: Substring) -> Day { Day(iso: String(text)) ?? Day(number: 0) }
        let range = covered.map { text in
            let sides = text.split(separator: " ")
            return TimeRange(start: day(sides[0]), end: day(sides[1]).adding(days: 1))
        }
        let text = RangeText(
            calendar: WorkCalendar(zone: .utc), today: day(today[...]), covered: range)
        return "\(text.usual)"
    }

    @Test("is about twelve months that are over, where any data lies in them")
    func months() {
        let year = "2025-11-01..2026-10-31"

        #expect(usual(nil, today: "2026-11-23") == year)
        #expect(usual("2026-10-31 2026-11-22", today: "2026-11-23") == year)
        #expect(usual("2020-01-01 2025-11-01", today: "2026-11-23") == year)
    }

    @Test("is about all data where it began this month, or ended long ago")
    func all() {
        #expect(usual("2026-11-20 2026-11-23", today: "2026-11-23") == "2026-11-20..2026-11-23")
        #expect(usual("2009-12-01 2011-12-09", today: "2026-11-23") == "2009-12-01..2011-12-09")
    }

    @Test("is not about data that comes after the day that is called today")
    func later() {
        #expect(usual("2026-06-10 2026-06-11", today: "2026-05-02") == "2025-05-01..2026-04-30")
    }
}
