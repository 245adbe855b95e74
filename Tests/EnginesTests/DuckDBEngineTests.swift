import Foundation
import Testing
import Vocabulary

@testable import Engines

@Suite("The DuckDB engine")
struct DuckDBEngineTests {
    private func values(_ sql: String, _ bound: [Value] = []) async throws -> FrameColumn.Values {
        let engine = try DuckDBEngine(.memory, connections: 1)
        let frame = try await engine.run(Statement(sql, bound))
        return try #require(frame.columns.first).values
    }

    @Test(
        "every type of a column arrives as what it means",
        arguments: [
            ("select true union all select null", .booleans([true, nil])),
            ("select (-128)::tinyint", .integers([-128])),
            ("select (-32768)::smallint", .integers([-32_768])),
            ("select 2147483647::integer", .integers([2_147_483_647])),
            ("select (-9223372036854775808)::bigint", .integers([.min])),
            ("select 255::utinyint", .integers([255])),
            ("select 65535::usmallint", .integers([65_535])),
            ("select 4294967295::uinteger", .integers([4_294_967_295])),
            ("select 9223372036854775807::ubigint", .integers([.max])),
            ("select 18446744073709551615::ubigint", .numbers([0x1p64])),
            ("select 9007199254740993::hugeint", .numbers([9_007_199_254_740_992])),
            ("select (-170141183460469231731687303715884105727)::hugeint", .numbers([-0x1p127])),
            ("select 340282366920938463463374607431768211455::uhugeint", .numbers([0x1p128])),
            ("select 0.1::decimal(4,1)", .numbers([0.1])),
            ("select (-12345.678)::decimal(18,3)", .numbers([-12_345.678])),
            (
                "select 1234567890123456789.0123456789::decimal(38,10)",
                .numbers([0x1.12210f47de981p60])
            ),
            ("select 1.5::float", .numbers([1.5])),
            ("select 'nan'::double = 'nan'::double", .booleans([true])),
            ("select 'short'", .texts(["short"])),
            (
                "select 'a text of more than twelve bytes ü'",
                .texts(["a text of more than twelve bytes ü"])
            ),
            ("select ''", .texts([""])),
            ("select null", .texts([nil])),
            ("select 'b'::enum('a', 'b')", .texts(["b"])),
            ("select date '1969-12-31'", .days([Day(number: -1)])),
            ("select date '0001-01-01'", .days([Day(iso: "0001-01-01")])),
            (
                "select timestamp '2026-01-31 12:00:00.000001'",
                .instants([Instant(iso: "2026-01-31T12:00:00.000001Z")])
            ),
            (
                "select timestamptz '2026-01-31 12:00:00+02'",
                .instants([Instant(iso: "2026-01-31T10:00:00Z")])
            ),
            (
                "select '2026-01-31 12:00:01'::timestamp_s",
                .instants([Instant(iso: "2026-01-31T12:00:01Z")])
            ),
            (
                "select '2026-01-31 12:00:00.5'::timestamp_ms",
                .instants([Instant(iso: "2026-01-31T12:00:00.5Z")])
            ),
            (
                "select '1969-12-31 23:59:59.999999999'::timestamp_ns",
                .instants([Instant(microseconds: -1)])
            ),
        ] as [(String, FrameColumn.Values)])
    func typesArrive(sql: String, expected: FrameColumn.Values) async throws {
        #expect(try await values(sql) == expected)
    }

    @Test(
        "every bound value comes back as it was",
        arguments: [
            (.null, .texts([nil])), (.boolean(true), .booleans([true])),
            (.integer(.min), .integers([.min])), (.number(0.1), .numbers([0.1])),
            (.text("it's \"quoted\" \u{0} ü"), .texts(["it's \"quoted\" \u{0} ü"])),
            (.text(""), .texts([""])),
            (.day(Day(number: -719_162)), .days([Day(number: -719_162)])),
            (.instant(Instant(microseconds: -1)), .instants([Instant(microseconds: -1)])),
        ] as [(Value, FrameColumn.Values)])
    func boundValuesComeBack(value: Value, expected: FrameColumn.Values) async throws {
        #expect(try await values("select $1", [value]) == expected)
    }

    @Test("a bound instant is a timestamp without a zone")
    func instantsHaveNoZone() async throws {
        let type = try await values(
            "select typeof($1)", [.instant(Instant(seconds: 0))])

        #expect(type == .texts(["TIMESTAMP"]))
    }

    @Test("results of many chunks keep their order and their gaps")
    func manyChunks() async throws {
        let column = try await values(
            "select case when i % 3 = 0 then null else i end from range(10000) r(i) order by i")

        #expect(column == .integers((0..<10_000).map { $0 % 3 == 0 ? nil : $0 }))
    }

    @Test(
        "a text must hold exactly one statement",
        arguments: ["", "-- nothing", "select 1; select 2", "select 1; drop table t"])
    func exactlyOneStatement(sql: String) async throws {
        let engine = try DuckDBEngine(.memory, connections: 1)

        let failure = await #expect(throws: Failure.self) { try await engine.run(Statement(sql)) }

        #expect(failure?.code == .engineOneStatement)
    }

    @Test("a question cannot change data")
    func questionsOnlyRead() async throws {
        let engine = try DuckDBEngine(.memory, connections: 1)
        try await engine.execute(Statement("create table t (a integer)"))

        let failure = await #expect(throws: Failure.self) {
            try await engine.run(Statement("delete from t"))
        }

        #expect(failure?.code == .engineReadOnly)
    }

    @Test(
        "what the database says becomes a failure with a code",
        arguments: [
            ("select nothing", .engineInvalidStatement), ("selec 1", .engineInvalidStatement),
            ("select * from missing", .engineInvalidStatement),
            ("select 'x'::integer", .engineInvalidValue),
            ("select [1, 2]", .engineUnsupportedType),
            ("select $1", .engineInvalidStatement),
        ] as [(String, Failure.Code)])
    func failuresHaveCodes(sql: String, code: Failure.Code) async throws {
        let engine = try DuckDBEngine(.memory, connections: 1)

        let failure = await #expect(throws: Failure.self) { try await engine.run(Statement(sql)) }

        #expect(failure?.code == code)
    }

    @Test("a statement that needs too much memory fails, and the next one works")
    func memoryIsLimited() async throws {
        let limits = EngineLimits(memoryBytes: 50_000_000)
        let engine = try DuckDBEngine(.memory, limits: limits, connections: 1)

        let failure = await #expect(throws: Failure.self) {
            try await engine.run(
                Statement(
                    "select list(i || 'a long text of many bytes') l from range(20000000) r(i) group by i % 7 order by l"
                ))
        }
        let next = try await engine.run(Statement("select 1"))

        #expect(failure?.code == .engineOutOfMemory)
        #expect(next.count == 1)
    }

    private static let endless =
        "select count(*) from range(100000000) a(i), range(100000000) b(j) where i * j = -1"

    @Test("a statement that runs too long is stopped, and the next one works")
    func timeIsLimited() async throws {
        let engine = try DuckDBEngine(
            .memory, limits: EngineLimits(seconds: 0.1), connections: 1)

        let failure = await #expect(throws: Failure.self) {
            try await engine.run(Statement(Self.endless))
        }
        // With a limit of its own, since a busy machine can take longer over it than that above.
        let next = try await engine.withConnection(seconds: 600) { connection throws(Failure) in
            try connection.run(Statement("select 1"))
        }

        #expect(failure?.code == .engineTimeout)
        #expect(next.count == 1)
    }

    @Test("cancelling the task stops the statement, and the next one works")
    func cancellationStops() async throws {
        let engine = try DuckDBEngine(
            .memory, limits: EngineLimits(seconds: 600), connections: 1)
        let (started, report) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await engine.run(Statement(Self.endless)) { _ in report.yield() }
        }
        for await _ in started { break }

        task.cancel()
        let result = await task.result
        let next = try await engine.run(Statement("select 1"))

        #expect(throws: Failure(.engineCancelled, "The statement was cancelled.")) {
            try result.get()
        }
        #expect(next.count == 1)
    }

    @Test("work that waits in the queue can be cancelled too")
    func waitingWorkIsCancelled() async throws {
        let engine = try DuckDBEngine(
            .memory, limits: EngineLimits(seconds: 600), connections: 1)
        let task = Task { try await engine.run(Statement(Self.endless)) }
        task.cancel()

        let result = await task.result

        #expect(throws: Failure.self) { try result.get() }
    }

    @Test("many questions at once all get their own answers")
    func manyAtOnce() async throws {
        let engine = try DuckDBEngine(.memory)

        let sums = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await engine.run(Statement("select $1 + 1", [.integer(Int64(number))]))
                        .columns[0].integer(0)
                }
            }
            return try await group.reduce(into: Set<Int>()) { if let sum = $1 { $0.insert(sum) } }
        }

        #expect(sums == Set(1...200))
    }

    @Test("a transaction that throws leaves nothing behind")
    func transactionsRollBack() async throws {
        let engine = try DuckDBEngine(.memory, connections: 1)

        _ = await #expect(throws: Failure.self) {
            try await engine.withConnection { connection throws(Failure) in
                try connection.transaction { () throws(Failure) in
                    try connection.execute("create table t (a integer)")
                    throw Failure(.engineConflict, "Stop.")
                }
            }
        }

        #expect(try await engine.schema(of: TableName(name: "t")).isEmpty)
    }

    @Test("a table tells its columns and about how many values they have")
    func tablesTellFacts() async throws {
        let engine = try DuckDBEngine(.memory, connections: 1)
        try await engine.execute(
            Statement(
                "create table t as select i % 1000 as \"a b\", i::varchar as c from range(50000) r(i)"
            ))

        let estimate = try await engine.approximateDistinct(
            table: TableName(name: "t"), column: "a b")

        #expect(
            try await engine.schema(of: TableName(name: "t")) == [
                TableColumn(name: "a b", type: "BIGINT"), TableColumn(name: "c", type: "VARCHAR"),
            ])
        #expect(try (600...1_700).contains(#require(estimate)))
    }

    @Test(
        "an amount of memory is read as people write it",
        arguments: [
            ("4GB", 4_000_000_000), ("512 MiB", 536_870_912), ("1.5gb", 1_500_000_000),
            ("100", 100), ("GB", nil), ("4 apples", nil), ("-1GB", nil),
        ] as [(String, Int?)])
    func memoryIsRead(text: String, bytes: Int?) {
        #expect(EngineLimits.memoryBytes(text) == bytes)
    }
}
