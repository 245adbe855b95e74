import Testing
import Vocabulary

/// Expected lengths: CORRECTNESS table of odd days, own arithmetic with the IANA database.
@Suite("Zones")
struct ZoneTests {
    @Test(
        "civil days last as long as the zone's rules say (K1)",
        arguments: [
            ("Africa/Cairo", "2025-04-25", 23.0), ("Africa/Cairo", "2025-10-30", 25.0),
            ("Europe/Berlin", "2025-03-30", 23.0), ("Europe/Berlin", "2025-10-26", 25.0),
            ("America/New_York", "2025-11-02", 25.0), ("Australia/Lord_Howe", "2025-04-06", 24.5),
            ("Australia/Lord_Howe", "2025-10-05", 23.5), ("Antarctica/Troll", "2025-03-30", 22.0),
            ("Pacific/Apia", "2011-12-30", 0.0), ("Asia/Beirut", "2025-03-30", 23.0),
            ("America/Santiago", "2025-09-07", 23.0), ("America/Havana", "2025-03-09", 23.0),
            ("America/Sao_Paulo", "2018-11-04", 23.0), ("Asia/Kolkata", "2025-06-01", 24.0),
        ])
    func dayLengths(name: String, text: String, hours: Double) throws {
        let zone = try #require(Zone(name: name))
        let day = try #require(Day(iso: text))

        let seconds = zone.start(of: day.adding(days: 1)).seconds - zone.start(of: day).seconds

        #expect(Double(seconds) / 3_600 == hours)
    }

    @Test(
        "a day whose midnight does not exist begins with its first instant (K2)",
        arguments: [
            ("Africa/Cairo", "2025-04-25", "2025-04-24T22:00:00Z"),
            ("Asia/Beirut", "2025-03-30", "2025-03-29T22:00:00Z"),
            ("America/Santiago", "2025-09-07", "2025-09-07T04:00:00Z"),
            ("America/Havana", "2025-03-09", "2025-03-09T05:00:00Z"),
            ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
        ])
    func firstInstants(name: String, text: String, instant: String) throws {
        let zone = try #require(Zone(name: name))
        let day = try #require(Day(iso: text))

        #expect(zone.start(of: day).description == instant)
    }

    @Test("days follow each other without a gap through a year in odd zones")
    func daysAreContiguous() throws {
        for name in ["Africa/Casablanca", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia"] {
            let zone = try #require(Zone(name: name))
            let first = try #require(Day(iso: "2025-01-01"))
            for number in 0..<366 {
                let start = zone.start(of: first.adding(days: number))
                #expect(zone.day(at: start) == first.adding(days: number))
                #expect(zone.day(at: start.adding(seconds: -1)) == first.adding(days: number - 1))
            }
        }
    }

    @Test("only IANA names are zones")
    func names() {
        #expect(Zone(name: "UTC") != nil)
        #expect(Zone(name: "Mars/Olympus") == nil)
        #expect(Zone(name: "CEST") == nil)
    }
}
