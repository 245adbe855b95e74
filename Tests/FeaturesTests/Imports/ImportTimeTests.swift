import Engines
import Features
import Foundation
import Testing
import Vocabulary

@Suite("Times in imports")
struct ImportTimeTests {
    @Test("local times of Berlin become UTC on both sides of its changes")
    func berlin() async throws {
        // 2026: clocks go forward on 29 March at 01:00Z, back on 25 October at 01:00Z.
        let bench = try ImportBench()
        let cases = [
            ("2026-01-15 12:00:00", "2026-01-15T11:00:00Z"),
            ("2026-07-15 12:00:00", "2026-07-15T10:00:00Z"),
            ("2026-03-29 01:59:59", "2026-03-29T00:59:59Z"),
            ("2026-03-29 02:30:00", "2026-03-29T01:30:00Z"),
            ("2026-03-29 03:00:00", "2026-03-29T01:00:00Z"),
            ("2026-10-25 01:59:59", "2026-10-24T23:59:59Z"),
            ("2026-10-25 02:30:00", "2026-10-25T00:30:00Z"),
            ("2026-10-25 03:00:00", "2026-10-25T02:00:00Z"),
        ]
        let file = try bench.file("a.csv", "at\n" + cases.map { $0.0 + "\n" }.joined())

        let report = try await bench.run(file, time: .init(column: "at"), zone: "Europe/Berlin")

        #expect(try await bench.rows() == cases.map(\.1))
        #expect(
            report.files[0].notes == [
                "1 rows have a local time that never occurred, since clocks were set forward; it is read with the offset from before.",
                "1 rows have a local time in 'at' that occurred twice, since clocks were set back; the first one is meant.",
            ])
    }

    @Test("texts that stand for no value do not make a column of times or numbers one of texts")
    func missing() async throws {
        let bench = try ImportBench()
        let file = try bench.file(
            "a.csv", "id,at,size\n1,29/2/2016 06:38,?\n2,?,7\n3,n/a,\n4,2/3/2016 12:06,\"?\"\n")

        _ = try await bench.run(file, options: .init(missing: ["?", "n/a"]))

        #expect(try await bench.types().prefix(3) == ["id BIGINT", "at TIMESTAMP", "size BIGINT"])
        #expect(
            try await bench.rows() == [
                "1|2016-02-29T06:38:00Z|–", "2|–|7", "3|–|–", "4|2016-03-02T12:06:00Z|–",
            ])
    }

    @Test("a column that is pinned as a time is one even while it has no value")
    func noValueYet() async throws {
        let bench = try ImportBench()
        let first = try bench.file("a.csv", "id,closed_at,day\n1,,\n")
        let second = try bench.file(
            "b.csv", "id,closed_at,day\n2,2026-03-02T12:06:00Z,31.12.2026\n")
        let pins: [String: ValueType] = ["closed_at": .instant, "day": .day]

        _ = try await bench.run(first, pins: pins)
        #expect(
            try await bench.types().prefix(3) == ["id BIGINT", "closed_at TIMESTAMP", "day DATE"])
        _ = try await bench.run(second, pins: pins)

        #expect(
            try await bench.rows() == ["1|–|–", "2|2026-03-02T12:06:00Z|2026-12-31"])
    }

    @Test("times that could be read in two ways are read as the format of the time column says")
    func alike() async throws {
        let bench = try ImportBench()
        let file = try bench.file("a.csv", "at,done\n1/2/2016 06:38,2/3/2016 12:06\n")

        _ = try await bench.run(
            file, time: .init(column: "at", format: "%d/%m/%Y %H:%M"), pins: ["done": .instant])

        #expect(try await bench.rows() == ["2016-02-01T06:38:00Z|2016-03-02T12:06:00Z"])
    }

    @Test(
        "every hour of three years agrees with Foundation",
        arguments: [
            "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Casablanca",
            "Australia/Lord_Howe", "UTC",
        ])
    func agreesWithFoundation(name: String) async throws {
        let bench = try ImportBench()
        let zone = try #require(TimeZone(identifier: name))
        let start = 1_735_689_600
        let sql = localToUTC(
            "l", zone: zone, from: Instant(seconds: start - 86_400),
            to: Instant(seconds: start + 3 * 366 * 86_400))
        let frame = try await bench.engine.run(
            Statement(
                """
                select l, \(sql) as u from (
                    select make_timestamp((\(start) + i * 1800) * 1000000) as l from range(52560) r(i)) order by l
                """))

        var wrong = 0
        for row in 0..<frame.count {
            let local = try #require(frame.columns[0].instant(row)).seconds
            let utc = try #require(frame.columns[1].instant(row)).seconds
            let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc)))
            let earlier = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc - 7_200)))
            if utc + offset != local && utc + earlier != local { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test(
        "times are read in the ways people write them",
        arguments: [
            ("2010-12-01 08:26:00", nil, "2010-12-01T08:26:00Z"),
            ("2010-12-01T08:26:00.5Z", nil, "2010-12-01T08:26:00.500000Z"),
            ("2010-12-01T08:26:00+05:30", nil, "2010-12-01T02:56:00Z"),
            ("12/31/2010 8:26", nil, "2010-12-31T08:26:00Z"),
            ("31/12/2010 08:26", nil, "2010-12-31T08:26:00Z"),
            ("31.12.2010 08:26", nil, "2010-12-31T08:26:00Z"),
            ("12/31/2010 8:26 PM", nil, "2010-12-31T20:26:00Z"),
            ("1/2/2010", "%d/%m/%Y", "2010-02-01"),
            ("20100201", "%Y%m%d", "2010-02-01"),
            ("1291191960", "epoch_seconds", "2010-12-01T08:26:00Z"),
            ("1291191960500", "epoch_milliseconds", "2010-12-01T08:26:00.500000Z"),
            ("2010-12-31", nil, "2010-12-31"),
        ] as [(String, String?, String)])
    func written(text: String, format: String?, expected: String) async throws {
        let bench = try ImportBench()

        _ = try await bench.run(
            bench.file("a.csv", "at,n\n\(text),1\n"), time: .init(column: "at", format: format))

        #expect(try await bench.rows("\"at\"") == [expected])
    }

    @Test("a date whose day and month cannot be told apart is refused with both formats named")
    func ambiguousDate() async throws {
        let bench = try ImportBench()
        let file = try bench.file("a.csv", "at,n\n01/02/2026,1\n03/04/2026,2\n")

        let failure = await #expect(throws: Failure.self) {
            try await bench.run(file, time: .init(column: "at"))
        }

        #expect(failure?.code == .importAmbiguousDate)
        #expect(failure?.hint?.contains("%d/%m/%Y") == true)
    }

    @Test("rows whose time is missing, impossible or in another format are refused")
    func badTimes() async throws {
        let bench = try ImportBench()
        let file = try bench.file(
            "a.csv",
            "at,n\n2026-01-01,1\n,2\n0000-00-00,3\n1900-02-29,4\n31.12.2026,5\n9999-12-31,6\ninfinity,7\n"
        )

        let report = try await bench.run(file, time: .init(column: "at")).files[0]

        #expect(report.refusals.map(\.line) == [3, 4, 5, 6, 8])
        #expect(report.refusals[0].reason == "The row has no value in the time column.")
        #expect(report.rowsStored == 2)
    }

    @Test("a time column that is missing or holds no times is refused")
    func noTimeColumn() async throws {
        let bench = try ImportBench()
        let file = try bench.file("a.csv", "invoice_date,n\nhello,1\n")

        for column in ["invoice_dat", "invoice_date"] {
            let failure = await #expect(throws: Failure.self) {
                try await bench.run(file, time: .init(column: column))
            }
            #expect(failure?.code == .importTimeColumn)
        }
    }

    @Test("a column of times keeps its type, and a file with offsets is read with them")
    func laterOffsets() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(
            bench.file("a.csv", "at\n2026-07-01 12:00:00\n"), time: .init(column: "at"),
            zone: "Europe/Berlin")

        _ = try await bench.run(
            bench.file("b.csv", "at\n2026-07-01T12:00:00Z\n"), time: .init(column: "at"),
            zone: "Europe/Berlin")

        #expect(try await bench.rows() == ["2026-07-01T10:00:00Z", "2026-07-01T12:00:00Z"])
    }
}
