import Testing
import Vocabulary

@Suite("Work calendars")
struct WorkCalendarTests {
    private func range(_ start: String, _ end: String) throws -> TimeRange {
        TimeRange(
            start: try #require(Day(iso: start)), end: try #require(Day(iso: end)))
    }

    @Test("weeks begin with the weekday that the workspace names")
    func weeks() throws {
        let day = try #require(Day(iso: "2026-06-10"))
        for (weekday, start) in [
            (Weekday.monday, "2026-06-08"), (.sunday, "2026-06-07"), (.saturday, "2026-06-06"),
        ] {
            let calendar = WorkCalendar(zone: .utc, firstWeekday: weekday)
            #expect(calendar.start(of: .week, containing: day).description == start)
        }
    }

    @Test("a fiscal year from February has its quarters from there (K5)")
    func fiscalMonths() throws {
        let calendar = WorkCalendar(zone: .utc, fiscal: .months(first: 2))
        let day = try #require(Day(iso: "2026-01-15"))

        #expect(calendar.start(of: .year, containing: day).description == "2025-02-01")
        #expect(calendar.start(of: .quarter, containing: day).description == "2025-11-01")
        #expect(calendar.start(of: .month, containing: day).description == "2026-01-01")
        #expect(calendar.range(of: .year, containing: day).days == 365)
    }

    @Test(
        "a year of weeks has 52 or 53, cut by the pattern; the last month takes the 53rd (K5)",
        arguments: [
            (FiscalRule.WeekPattern.fourFourFive, [4, 4, 5]), (.fourFiveFour, [4, 5, 4]),
            (.fiveFourFour, [5, 4, 4]),
        ])
    func fiscalWeeks(pattern: FiscalRule.WeekPattern, weeks: [Int]) throws {
        let calendar = WorkCalendar(zone: .utc, fiscal: .weeks(first: 2, pattern: pattern))
        var lengths: Set<Int> = []
        var start = calendar.start(of: .year, containing: try #require(Day(iso: "2015-06-01")))
        for _ in 0..<28 {
            let year = calendar.range(of: .year, containing: start)
            let months = calendar.periods(in: year, by: .month).map { $0.range.days / 7 }
            lengths.insert(year.days / 7)
            #expect(months.count == 12)
            #expect(Array(months.prefix(3)) == weeks)
            #expect(months.reduce(0, +) * 7 == year.days)
            #expect(months[11] == weeks[2] + year.days / 7 - 52)
            #expect(calendar.periods(in: year, by: .quarter).count == 4)
            start = year.end
        }
        #expect(lengths == [52, 53])
    }

    @Test("the ranges of a grain follow each other and cover every day once")
    func tiling() throws {
        let rules: [FiscalRule] = [
            .calendar, .months(first: 4), .weeks(first: 1, pattern: .fourFourFive),
        ]
        for rule in rules {
            let calendar = WorkCalendar(zone: .utc, firstWeekday: .sunday, fiscal: rule)
            let whole = try range("2019-11-17", "2027-02-03")
            for grain in [Grain.day, .week, .month, .quarter, .year] {
                let periods = calendar.periods(in: whole, by: grain)
                #expect(periods.first?.range.start == whole.start)
                #expect(periods.last?.range.end == whole.end)
                for (left, right) in zip(periods, periods.dropFirst()) {
                    #expect(left.range.end == right.range.start)
                    #expect(left.instants.end == right.instants.start)
                }
            }
        }
    }

    @Test("a day of 25 hours has 25, of which two show the same clock with another offset")
    func hoursOfALongDay() throws {
        let calendar = WorkCalendar(zone: try #require(Zone(name: "Europe/Berlin")))

        let hours = calendar.periods(in: try range("2025-10-26", "2025-10-27"), by: .hour)

        #expect(hours.count == 25)
        #expect(hours[2].key == "2025-10-26T02:00+02:00")
        #expect(hours[3].key == "2025-10-26T02:00+01:00")
        #expect(hours.allSatisfy { $0.instants.seconds == 3_600 })
    }

    @Test("Lord Howe's half-hour change makes one short hour (K1)")
    func halfHour() throws {
        let calendar = WorkCalendar(zone: try #require(Zone(name: "Australia/Lord_Howe")))

        let hours = calendar.periods(in: try range("2025-10-05", "2025-10-06"), by: .hour)

        #expect(hours.map(\.instants.seconds).reduce(0, +) == 84_600)
        #expect(hours.filter { $0.instants.seconds == 1_800 }.count == 1)
    }

    @Test("periods are called by their names")
    func labels() throws {
        let calendar = WorkCalendar(zone: .utc)
        let fiscal = WorkCalendar(zone: .utc, fiscal: .months(first: 2))
        let year = try range("2026-01-01", "2027-01-01")

        #expect(calendar.periods(in: year, by: .quarter)[1].label == "Q2 2026")
        #expect(calendar.periods(in: year, by: .month)[5].label == "June 2026")
        #expect(calendar.periods(in: year, by: .day)[0].label == "1 January 2026")
        #expect(
            calendar.period(.week, try range("2026-06-08", "2026-06-15")).label
                == "week of 8 June 2026")
        #expect(fiscal.period(.year, try range("2025-02-01", "2026-02-01")).label == "FY2026")
    }
}
