import Engines
import Features
import Foundation
import Testing
import Vocabulary

@Suite("Imports of access logs")
struct AccessLogTests {
    private static let lines = """
        83.149.9.216 - - [17/May/2015:10:05:03 +0000] "GET /a/b?c=d HTTP/1.1" 200 203023 \
        "http://www.Semicomplete.com/presentations/" "Mozilla/5.0 (X11)"
        2001:db8::1 - ann [31/Dec/2026:23:59:59 +0200] "POST /x HTTP/2.0" 404 - "-" \
        "Mozilla/5.0 (compatible; Googlebot/2.1; \\"quoted\\")" "10.0.0.1" 0.123
        10.0.0.7 - - [17/May/2015:10:05:04 +0000] "-" 408 0 "-" "-"

        """

    @Test("a line becomes a row of typed columns")
    func columns() async throws {
        let bench = try ImportBench()

        let report = try await bench.run(
            bench.file("access.log", Self.lines), format: .accessLog, time: .init(column: "time"))

        #expect(report.rows == 3 && report.files[0].rowsRefused == 0)
        #expect(
            try await bench.types() == [
                "time TIMESTAMP", "client VARCHAR", "identity VARCHAR", "user VARCHAR",
                "method VARCHAR", "path VARCHAR", "protocol VARCHAR", "status BIGINT",
                "bytes BIGINT", "referrer VARCHAR", "referrer_host VARCHAR",
                "user_agent VARCHAR", "is_bot BOOLEAN", "visitor VARCHAR", "_file INTEGER",
            ])
        // The visitor's digits are the first of sha256sum of the user agent.
        #expect(
            try await bench.rows() == [
                "2015-05-17T10:05:03Z|83.149.9.216|–|–|GET|/a/b?c=d|HTTP/1.1|200|203023|"
                    + "http://www.Semicomplete.com/presentations/|semicomplete.com|"
                    + "Mozilla/5.0 (X11)|false|83.149.9.216 578b1a5c3f7e",
                "2026-12-31T21:59:59Z|2001:db8::1|–|ann|POST|/x|HTTP/2.0|404|0|–|–|"
                    + "Mozilla/5.0 (compatible; Googlebot/2.1; \\\"quoted\\\")|true|"
                    + "2001:db8::1 06fb3efe1f37",
                "2015-05-17T10:05:04Z|10.0.0.7|–|–|–|–|–|408|0|–|–|–|false|"
                    + "10.0.0.7 3973e022e932",
            ])
    }

    @Test("lines that do not fit are refused with their numbers and texts")
    func refusedLines() async throws {
        let bench = try ImportBench()
        let good = "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"a\""
        let impossible = good.replacing("17/May", with: "31/Feb")

        let report = try await bench.run(
            bench.file(
                "access.log",
                "\(good)\n\n\(good.prefix(60))\n<html>\n\(impossible)\n\(good.dropLast(4))\n"),
            format: .accessLog, time: .init(column: "time"))

        let file = report.files[0]
        #expect(file.rowsStored == 1 && file.rowsRefused == 4)
        #expect(file.refusals.map(\.line) == [3, 4, 5, 6])
        #expect(
            file.refusals[0].reason == "The line is not a line of the combined log format.")
        #expect(file.refusals[0].text == String(good.prefix(60)))
        #expect(file.refusals[2].text == "2015-02-31T10:05:03+00:00")
    }

    @Test("a line whose user agent is cut off is a row")
    func cutAgent() async throws {
        let bench = try ImportBench()

        let report = try await bench.run(
            bench.file(
                "access.log",
                "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"Googl\n"),
            format: .accessLog)

        #expect(report.rows == 1)
        #expect(try await bench.rows("user_agent") == ["Googl"])
    }

    @Test("the same log again, packed or not, changes nothing")
    func again() async throws {
        let bench = try ImportBench()
        let log = try bench.file("access.log", Self.lines)
        _ = try await bench.run(log, format: .accessLog)

        let report = try await bench.run(log, format: .accessLog)

        #expect(report.files.map(\.state) == [.unchanged] && report.version == 1)
    }

    @Test(
        "a real log has the counts of its oracle",
        .enabled(if: SharedData.has("open/web/apache_access_combined.log.gz"), "no shared data"))
    func oracle() async throws {
        let bench = try ImportBench()
        let data = try Data(contentsOf: SharedData.file("open/web/apache_access_combined.log.gz"))

        let report = try await bench.run(
            bench.file("access.log.gz", data), format: .accessLog, time: .init(column: "time"))

        // data/oracles/web_apache_log.json, computed with pandas 2.3.3 and DuckDB 2.0.0.
        #expect(report.rows == 10_000 && report.files[0].rowsRefused == 0)
        #expect(try await bench.number("count(distinct client)") == 1_753)
        #expect(try await bench.number("count(distinct visitor)") == 1_862)
        #expect(try await bench.number("cast(sum(bytes) as bigint)") == 2_747_282_740)
        #expect(try await bench.number("count(*) filter (where is_bot)") == 1_398)
        #expect(try await bench.number("count(*) filter (where referrer is null)") == 4_073)
        let grouped = { (column: String, condition: String) in
            try await bench.engine.run(
                Statement(
                    """
                    select \(column), count(*) from source.orders where \(condition)
                    group by 1 order by 2 desc, 1
                    """))
        }
        let statuses = try await grouped("status", "true")
        #expect(
            (0..<statuses.count).map { statuses.columns[1].integer($0) } == [
                9_126, 445, 213, 164, 45, 3, 2, 2,
            ])
        let hosts = try await grouped("referrer_host", "referrer_host <> 'semicomplete.com'")
        #expect(
            (0..<3).map { hosts.columns[0].text($0) } == [
                "google.com", "s-chassis.co.nz", "google.fr",
            ])
        #expect((0..<3).map { hosts.columns[1].integer($0) } == [228, 51, 46])
        let own = try await bench.number(
            "count(*) filter (where referrer_host = 'semicomplete.com')")
        #expect(own == 5_039)
        let paths = try await grouped("path", "true")
        #expect(paths.columns[0].text(0) == "/favicon.ico" && paths.columns[1].integer(0) == 807)
        #expect(paths.columns[0].text(9) == "/robots.txt" && paths.columns[1].integer(9) == 180)
        let days = try await grouped("cast(time as date)", "true")
        #expect(
            (0..<days.count).map { days.columns[1].integer($0) } == [2_896, 2_893, 2_579, 1_632])
    }
}
