import Engines
import Features
import Foundation
import Testing
import Vocabulary

@Suite("Imports into a source")
struct SourceImporterTests {
    @Test("types are found, and codes with leading zeros stay text")
    func typesAreFound() async throws {
        let bench = try ImportBench()
        let file = try bench.file(
            "a.csv",
            """
            code,count,price,paid,day,at,name,long
            007,1,2.50,true,2026-01-31,2026-01-31 10:00:00,"Ann ""A"" Lee",12345678901234567890123
            008,-20,3,false,2026-02-01,2026-02-01T11:30,Bob,1

            """)

        let report = try await bench.run(file, time: .init(column: "at"))

        #expect(
            try await bench.types() == [
                "code VARCHAR", "count BIGINT", "price DOUBLE", "paid BOOLEAN", "day DATE",
                "at TIMESTAMP", "name VARCHAR", "long VARCHAR", "_file INTEGER",
            ])
        #expect(
            try await bench.rows().first
                == "007|1|2.5|true|2026-01-31|2026-01-31T10:00:00Z|Ann \"A\" Lee|12345678901234567890123"
        )
        #expect(report.rows == 2 && report.version == 1)
        #expect(report.files.map(\.state) == [.stored])
    }

    @Test("the same content twice changes nothing, under another name too")
    func sameContentIsUnchanged() async throws {
        let bench = try ImportBench()
        let first = try bench.file("a.csv", "a,b\n1,x\n")
        let copy = try bench.file("copy.csv", "a,b\n1,x\n")
        _ = try await bench.run(first)

        let report = try await bench.run(first, copy)

        #expect(report.files.map(\.state) == [.unchanged, .unchanged])
        #expect(report.version == 1 && report.rows == 1)
        #expect(try await bench.rows() == ["1|x"])
    }

    @Test("a changed file takes the place of its old rows, others stay")
    func changedFileIsReplaced() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(
            bench.file("a.csv", "a,b\n1,x\n2,y\n"), bench.file("b.csv", "a,b\n9,z\n"))

        let report = try await bench.run(bench.file("a.csv", "a,b\n3,new\n"))

        #expect(report.files.map(\.state) == [.replaced])
        #expect(report.version == 2 && report.rows == 2)
        #expect(Set(try await bench.rows()) == ["9|z", "3|new"])
    }

    @Test("in the first import a column widens rather than refuse a row")
    func columnsWiden() async throws {
        let bench = try ImportBench()
        let many = (0..<12_000).map { "\($0),\($0)\n" }.joined()

        let report = try await bench.run(bench.file("a.csv", "a,b\n" + many + "1.5,007\n"))

        #expect(report.files[0].rowsRefused == 0 && report.rows == 12_001)
        #expect(try await bench.types().prefix(2) == ["a DOUBLE", "b VARCHAR"])
    }

    @Test("a field of blanks is absent in a column of numbers, and a word is refused")
    func blanksAreAbsent() async throws {
        let bench = try ImportBench()

        let report = try await bench.run(
            bench.file("a.csv", "a,b\n1,2.5\n2, \n3,none\n"), pins: ["b": .decimal])

        #expect(report.rows == 2 && report.files[0].rowsRefused == 1)
        let values = try await bench.rows("a, coalesce(cast(b as varchar), 'absent')")
        #expect(Set(values) == ["1|2.500000", "2|absent"])
    }

    @Test("line ends inside quotes may differ from those of the file")
    func mixedLineEnds() async throws {
        let bench = try ImportBench()

        let report = try await bench.run(bench.file("a.csv", "a,b\n1,\"x\r\ny\"\n2,z\n"))

        #expect(report.rows == 2 && report.files[0].rowsRefused == 0)
    }

    @Test("later rows that do not fit are refused, counted and quoted with their lines")
    func laterRowsAreRefused() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(bench.file("a.csv", "a,b\n1,x\n"))
        let file = try bench.file(
            "b.csv", "a,b\n1,\"x\ny\nz\"\n\n2.5,p\n3\n007,\"two\nlines\"\n4,q,r\n5,ok\nabc,end\n")

        let report = try await bench.run(file).files[0]

        #expect(report.rowsRead == 7 && report.rowsStored == 2 && report.rowsRefused == 5)
        #expect(
            report.refusals.map { "\($0.line ?? 0) \($0.column ?? "–") \($0.text ?? "–")" } == [
                "6 a 2.5", "7 – 3", "8 a 007", "10 – 4,q,r", "12 a abc",
            ])
        #expect(report.refusals[0].reason == "The value is not a whole number.")
        #expect(report.refusals[1].reason == "The row has 1 values, and the header names 2.")
        #expect(try await bench.rows("a") == ["1", "1", "5"])
    }

    @Test("only ten refused rows are quoted, all are counted")
    func tenAreQuoted() async throws {
        let bench = try ImportBench()
        let bad = (0..<50).map { "x\($0)\n" }.joined()

        let report = try await bench.run(
            bench.file("a.csv", "a\n1\n" + bad), pins: ["a": .integer])

        #expect(report.files[0].rowsRefused == 50)
        #expect(report.files[0].refusals.map(\.line) == Array(3...12))
    }

    @Test("columns that come later are added, and those that miss are absent; both are said")
    func columnsComeAndGo() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(bench.file("a.csv", "a,b\n1,x\n"))

        let report = try await bench.run(bench.file("b.csv", "A,new col\n2,2026-01-01\n"))

        #expect(try await bench.rows() == ["1|x|–", "2|–|2026-01-01"])
        #expect(
            report.files[0].notes == [
                "The column 'new col' is new.",
                "The file does not have 'b'; these values are absent.",
            ])
    }

    @Test("a column without values takes its type from the first file that has some")
    func emptyColumnsStayOpen() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(bench.file("a.csv", "a,b\n1,\n"))

        _ = try await bench.run(bench.file("b.csv", "a,b\n2,5\n"))

        #expect(try await bench.types().prefix(2) == ["a BIGINT", "b BIGINT"])
    }

    @Test("pinned types win, and keep what they cannot take out")
    func pinsWin() async throws {
        let bench = try ImportBench()
        let file = try bench.file(
            "a.csv", "id,n,price,when\n1,007,2.5,2026-01-01\n2,x,3.123456,2026-01-02\n")

        let report = try await bench.run(
            file,
            pins: ["id": .text, "n": .integer, "price": .decimal, "when": .instant])

        #expect(
            try await bench.types().prefix(4) == [
                "id VARCHAR", "n BIGINT", "price DECIMAL(18,6)", "when TIMESTAMP",
            ])
        #expect(report.files[0].refusals.map(\.line) == [3])
    }

    @Test("a failed import leaves the source as it was")
    func failedImportChangesNothing() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(bench.file("a.csv", "a,b\n1,x\n"))
        let good = try bench.file("b.csv", "a,b\n2,y\n")
        let bad = ImportFile(path: "/etc/hostname", label: "outside")

        let failure = await #expect(throws: Failure.self) { try await bench.run(good, bad) }

        #expect(failure?.code == .engineForbidden)
        #expect(try await bench.rows() == ["1|x"])
        #expect(try await bench.run(good).version == 2)
    }

    @Test("a cancelled import leaves the source as it was, and it can be done again")
    func cancelledImportChangesNothing() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(bench.file("a.csv", "a,b\n1,x\n"))
        let rows = (0..<400_000).map { "\($0),some text of a row\n" }.joined()
        let file = try bench.file("big.csv", "a,b\n" + rows)
        let (started, report) = AsyncStream.makeStream(of: Void.self)
        let request = ImportRequest(
            source: "orders", files: [file], format: .csv, zone: .gmt)
        let task = Task {
            try await SourceImporter(bench.engine).run(request, now: Instant(seconds: 0)) { _ in
                report.yield()
            }
        }
        for await _ in started { break }

        task.cancel()
        let result = await task.result

        if case .failure(let failure) = result {
            #expect((failure as? Failure)?.code == .engineCancelled)
            #expect(try await bench.rows() == ["1|x"])
        }
        #expect(try await bench.run(file).rows == 400_001)
    }

    @Test("an import whose process is killed leaves the source as it was")
    func killedImportChangesNothing() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(bench.file("a.csv", "a,b\n1,x\n"))
        let rows = (0..<600_000).map { "\($0),some text of a row\n" }.joined()
        let big = try bench.file("big.csv", "a,b\n" + rows)
        await bench.engine.close()
        let folder = bench.folder

        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            let engine = try DuckDBEngine(
                .file(folder + "/data.duckdb"), access: .init(folders: [folder + "/imports"]))
            let file = ImportFile(path: folder + "/imports/big.csv", label: "imports/big.csv")
            _ = try await SourceImporter(engine).run(
                ImportRequest(source: "orders", files: [file], format: .csv, zone: .gmt),
                now: Instant(seconds: 0)
            ) { progress in
                if progress.rows > 0 { kill(getpid(), SIGKILL) }
            }
            kill(getpid(), SIGKILL)
        }

        let engine = try DuckDBEngine(
            .file(folder + "/data.duckdb"), access: .init(folders: [folder + "/imports"]))
        let count = try await engine.run(Statement("select count(*), max(a) from source.orders"))
        #expect([1, 600_001].contains(count.columns[0].integer(0) ?? 0))
        let report = try await SourceImporter(engine).run(
            ImportRequest(source: "orders", files: [big], format: .csv, zone: .gmt),
            now: Instant(seconds: 0))
        #expect(report.rows == 600_001)
    }

    @Test("JSON lines and Parquet come in like CSV")
    func otherFormats() async throws {
        let bench = try ImportBench()
        let lines = try bench.file(
            "a.jsonl",
            """
            {"id": 1, "at": "2026-01-01T10:00:00Z", "tags": ["a"], "q\\"x": 1.5}

            {"id": 2, "at": "2026-01-01T12:00:00+02:00", "later": true}
            {"id": 3
            [1]
            """)

        let report = try await bench.run(
            lines, format: .jsonl, time: .init(column: "at"))

        #expect(report.files[0].rowsStored == 2 && report.files[0].rowsRefused == 2)
        #expect(report.files[0].refusals.map(\.line) == [4, 5])
        #expect(
            try await bench.rows("id, \"at\", tags, later") == [
                "1|2026-01-01T10:00:00Z|[\"a\"]|–", "2|2026-01-01T10:00:00Z|–|true",
            ])
    }

    @Test("Parquet's own types are kept")
    func parquet() async throws {
        let bench = try ImportBench()
        let path = bench.folder + "/imports/a.parquet"
        try await bench.engine.execute(
            Statement(
                """
                copy (select 1::integer as id, 1.25::decimal(9,2) as price, [1, 2] as list,
                    timestamp '2026-07-01 12:00:00' as local, timestamptz '2026-07-01 12:00:00+00' as at)
                to '\(path)' (format parquet)
                """))

        let report = try await bench.run(
            ImportFile(path: path, label: "a.parquet"), format: .parquet,
            time: .init(column: "at"), zone: "Europe/Berlin")

        #expect(report.rows == 1)
        #expect(
            try await bench.rows() == [
                "1|1.25|[1, 2]|2026-07-01T10:00:00Z|2026-07-01T12:00:00Z"
            ])
        #expect(try await bench.types()[1] == "price DECIMAL(9,2)")
    }
}
