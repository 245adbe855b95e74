import Engines
import Testing
import Vocabulary

@Suite("Appending to a table")
struct DuckDBAppenderTests {
    private static let table = TableName(name: "t")

    private func engine() async throws -> DuckDBEngine {
        let engine = try DuckDBEngine(.memory)
        try await engine.execute(
            Statement(
                "create table t (a boolean, b integer, c bigint, d double, e varchar, f date, g timestamp)"
            ))
        return engine
    }

    @Test("values of every type arrive as they are, absent ones too")
    func values() async throws {
        let engine = try await engine()

        try await engine.withConnection { connection throws(Failure) in
            let appender = try DuckDBAppender(connection, Self.table)
            appender.boolean(true)
            appender.integer(-7)
            appender.bigInteger(.max)
            appender.number(0.1)
            appender.text("ein längerer Text über zwölf Byte 語")
            appender.day(Day(number: 19_000))
            appender.instant(Instant(microseconds: 1))
            try appender.endRow()
            for _ in 0..<7 { appender.null() }
            try appender.endRow()
            for _ in 0..<4 { appender.null() }
            appender.text("")
            appender.day(nil)
            appender.instant(nil)
            try appender.endRow()
            try appender.finish()
        }

        let frame = try await engine.run(Statement("select * from t order by rowid"))
        #expect(frame.columns[0].values == .booleans([true, nil, nil]))
        #expect(frame.columns[1].values == .integers([-7, nil, nil]))
        #expect(frame.columns[2].values == .integers([.max, nil, nil]))
        #expect(frame.columns[3].values == .numbers([0.1, nil, nil]))
        #expect(
            frame.columns[4].values == .texts(["ein längerer Text über zwölf Byte 語", nil, ""]))
        #expect(frame.columns[5].values == .days([Day(number: 19_000), nil, nil]))
        #expect(frame.columns[6].values == .instants([Instant(microseconds: 1), nil, nil]))
    }

    @Test("rows over several chunks keep their order and their absences")
    func manyRows() async throws {
        let engine = try await engine()

        try await engine.withConnection { connection throws(Failure) in
            let appender = try DuckDBAppender(connection, Self.table)
            for row in 0..<10_000 {
                appender.null()
                appender.integer(row % 3 == 0 ? nil : Int32(row))
                for _ in 0..<2 { appender.null() }
                appender.text("text number \(row)")
                for _ in 0..<2 { appender.null() }
                try appender.endRow()
            }
            try appender.finish()
        }

        let frame = try await engine.run(
            Statement(
                """
                select count(*), count(b), sum(b),
                    count(*) filter (where e = 'text number ' || rowid) from t
                """))
        let sum = (0..<10_000).filter { $0 % 3 != 0 }.reduce(0, +)
        #expect(frame.columns[0].integer(0) == 10_000 && frame.columns[1].integer(0) == 6_666)
        #expect(frame.columns[2].number(0) == Double(sum) && frame.columns[3].integer(0) == 10_000)
    }

    @Test("texts of every length arrive from where they stand, over several chunks")
    func textsInPlace() async throws {
        let engine = try await engine()
        let bytes = Array(String(repeating: "abcdefghijklmnopqrstuvwxyzäöü", count: 3).utf8)

        try await engine.withConnection { connection throws(Failure) in
            let appender = try DuckDBAppender(connection, Self.table)
            let result = bytes.withUnsafeBytes { bytes in
                Result { () throws(Failure) in
                    for row in 0..<5_000 {
                        for _ in 0..<4 { appender.null() }
                        let text = UnsafeRawBufferPointer(rebasing: bytes[..<(row % 26)])
                        appender.text(inPlace: row % 27 == 0 ? nil : DuckDBText(text))
                        for _ in 0..<2 { appender.null() }
                        try appender.endRow()
                    }
                    try appender.finish()
                }
            }
            try result.get()
        }

        let frame = try await engine.run(
            Statement(
                """
                select count(*), count(e),
                    count(*) filter (where e = left('abcdefghijklmnopqrstuvwxyz', rowid % 26)),
                    count(distinct e) from t
                """))
        let counts = (0..<4).map { frame.columns[$0].integer(0) }
        #expect(counts == [5_000, 4_814, 4_814, 26])
    }

    @Test("an appender that is given up leaves nothing")
    func givenUp() async throws {
        let engine = try await engine()

        try await engine.withConnection { connection throws(Failure) in
            let appender = try DuckDBAppender(connection, Self.table)
            for _ in 0..<3 {
                for _ in 0..<7 { appender.null() }
                try appender.endRow()
            }
        }

        let frame = try await engine.run(Statement("select count(*) from t"))
        #expect(frame.columns[0].integer(0) == 0)
    }

    @Test("a table that is not there, and a type that is not known, are refused")
    func refused() async throws {
        let engine = try await engine()
        try await engine.execute(Statement("create table lists (a integer[])"))

        for (name, code) in [
            ("nothing", Failure.Code.engineInvalidStatement), ("lists", .engineUnsupportedType),
        ] {
            let failure = await #expect(throws: Failure.self) {
                try await engine.withConnection { connection throws(Failure) in
                    _ = try DuckDBAppender(connection, TableName(name: name))
                }
            }
            #expect(failure?.code == code)
        }
    }

    @Test("texts and times are read without a frame, and rows without either passed over")
    func scan() async throws {
        let engine = try await engine()
        try await engine.execute(
            Statement(
                """
                insert into t (e, g) values ('short', '1970-01-01 00:00:01'),
                    ('a text of more than twelve bytes', '1970-01-01 00:00:02'), (null, '1970-01-01'),
                    ('x', null)
                """))

        let rows = try await engine.withConnection { connection throws(Failure) in
            var rows: [String] = []
            try connection.scanTexts(Statement("select e, g from t order by rowid")) { text, time in
                rows.append("\(String(decoding: text, as: UTF8.self)) \(time / 1_000_000)")
            }
            return rows
        }

        #expect(rows == ["short 1", "a text of more than twelve bytes 2"])
    }
}
