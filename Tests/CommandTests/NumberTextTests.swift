import Testing
import Vocabulary

@testable import yardstick

@Suite("Numbers as text")
struct NumberTextTests {
    @Test(
        "a number is shown in its unit",
        arguments: [
            (Unit.count, 1_234_567.0, "1,234,567"), (.count, 12.5, "12.5"), (.count, 0, "0"),
            (.share, 0.1234, "12.3 %"), (.share, 1, "100.0 %"), (.share, 0.0004, "0.040 %"),
            (.share, 0, "0.0 %"), (.money(currency: nil), 1234.5, "1,234.50 EUR"),
            (.money(currency: "JPY"), 1_234_567, "1,234,567 JPY"),
            (.money(currency: "USD"), -0.001, "0.00 USD"), (.points, -12.34, "-12.3"),
            (.number, 1234.56, "1,235"), (.number, 123.456, "123.5"), (.number, 12.346, "12.35"),
            (.ratio, 1.23456, "1.235"), (.ratio, 0.012345, "0.0123"), (.number, 1e-6, "1e-06"),
            (.duration, 7500, "2 h 5 min"),
        ] as [(Unit, Double, String)])
    func units(unit: Unit, value: Double, text: String) {
        #expect(NumberText(unit, currency: "EUR").text(value) == text)
    }

    @Test("no value is a dash and never zero", arguments: [nil, Double.nan, .infinity])
    func noValue(value: Double?) {
        #expect(NumberText(.count).text(value) == "–")
    }

    @Test("an interval names its unit once")
    func intervals() {
        #expect(NumberText(.share).interval(0.31, 0.352) == "31.0 – 35.2 %")
        #expect(NumberText(.money(currency: "EUR")).interval(9.5, 1100) == "9.50 – 1,100.00 EUR")
        #expect(NumberText(.count).interval(3, 8) == "3 – 8")
        #expect(NumberText(.count).interval(3, nil) == "")
    }

    @Test(
        "a length of time is told in its two largest parts",
        arguments: [
            (0, "0 s"), (0.0042, "4.2 ms"), (0.35, "350 ms"), (0.9999, "1 s"), (4.25, "4.2 s"),
            (59.96, "1 min"), (750, "12 min 30 s"), (3599.6, "1 h"), (7500, "2 h 5 min"),
            (86_399, "1 day"), (293_760, "3.4 days"), (2_246_400, "26 days"), (-90, "-1 min 30 s"),
        ] as [(Double, String)])
    func durations(seconds: Double, text: String) {
        #expect(DurationText.text(seconds: seconds) == text)
    }

    @Test(
        "a change has a sign and says whether it is per cent or percentage points",
        arguments: [
            ("%", 0.012, "+1.2 %"), ("pp", -0.004, "-0.4 pp"), ("pp", 0.0001, "±0.0 pp"),
            ("points", 3, "+3.0 points"), ("money", 12, "+12.00 EUR"), ("money", -12, "-12.00 EUR"),
        ] as [(String, Double, String)])
    func changes(unit: String, value: Double, text: String) {
        let own = NumberText(.money(currency: "EUR"))

        #expect(ChangeText(unit: unit, own: own).text(value) == text)
    }

    @Test(
        "a period has the name of its grain where it begins with the calendar",
        arguments: [
            ("2026-01-01", "month", "2026-01"), ("2026-04-01", "quarter", "2026-Q2"),
            ("2026-02-01", "quarter", "2026-02-01"), ("2026-01-01", "year", "2026"),
            ("2026-02-01", "year", "2026-02-01"), ("2026-01-05", "week", "2026-01-05"),
            ("2026-01-05T13:00", "hour", "2026-01-05 13:00"),
        ])
    func periods(start: String, grain: String, text: String) {
        #expect(PeriodText.text(start, grain: grain) == text)
    }
}
