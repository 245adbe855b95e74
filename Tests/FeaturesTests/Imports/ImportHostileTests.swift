import Features
import Foundation
import Testing
import Vocabulary

@Suite("Files that an import refuses")
struct ImportHostileTests {
    @Test(
        "a file that cannot be right is refused with a code",
        arguments: [
            ("zero bytes", Data(), .importEmptyFile),
            ("no header", Data("\n1,2\n".utf8), .importHeader),
            ("twice the same column", Data("a,b,A\n1,2,3\n".utf8), .importHeader),
            ("the hidden column", Data("a,_file\n1,2\n".utf8), .importHeader),
            ("NUL in the header", Data("a\u{0},b\n1,2\n".utf8), .importHeader),
            ("open quote in the header", Data("a,\"b\n1,2\n".utf8), .importHeader),
            ("an unclosed quote", Data("a,b\n1,x\n2,\"open\n3,y\n".utf8), .importUnclosedQuote),
            ("latin-1", Data([0x61, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0xe9, 0x0a]), .importEncoding),
            ("a broken gzip", Data([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7]), .importUnreadable),
            ("mixed line ends", Data("a,b\r\n1,2\r\n3,4\n5,6\r\n".utf8), .importUnreadable),
        ] as [(String, Data, Failure.Code)])
    func refusedWithCode(name: String, content: Data, code: Failure.Code) async throws {
        let bench = try ImportBench()
        let file = try bench.file("a.csv", content)

        let failure = await #expect(throws: Failure.self) { try await bench.run(file) }

        #expect(failure?.code == code, "\(name): \(String(describing: failure))")
    }

    @Test("a header without rows is an import of no rows")
    func headerOnly() async throws {
        let bench = try ImportBench()

        let report = try await bench.run(bench.file("a.csv", "a,b\n"))

        #expect(report.rows == 0 && report.files[0].state == .stored)
    }

    @Test(
        "odd but honest files come in whole",
        arguments: [
            (
                "byte order mark", Data([0xef, 0xbb, 0xbf]) + Data("a,b\n1,2\n".utf8), "utf-8",
                "1|2"
            ),
            ("windows line ends", Data("a,b\r\n1,\"x\"\r\n".utf8), "utf-8", "1|x"),
            ("semicolons", Data("a;b\n1;x,y\n".utf8), "utf-8", "1|x,y"),
            ("tabs", Data("a\tb\n1\tx y\n".utf8), "utf-8", "1|x y"),
            ("no line end at the end", Data("a,b\n1,2".utf8), "utf-8", "1|2"),
            ("latin-1", Data([0x61, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0xe9, 0x0a]), "latin-1", "1|é"),
            ("a separator in quotes", Data("\"a\",\"b,c\"\n1,\"2,3\"\n".utf8), "utf-8", "1|2,3"),
            ("spaces around numbers", Data("a,b\n 1 , 2.5\n".utf8), "utf-8", "1|2.5"),
            ("formulas", Data("a,b\n1,=1+1\n".utf8), "utf-8", "1|=1+1"),
            ("hostile names", Data("a,\"x\"\"; drop table t; --\"\n1,2\n".utf8), "utf-8", "1|2"),
        ] as [(String, Data, String, String)])
    func oddButHonest(name: String, content: Data, encoding: String, row: String) async throws {
        let bench = try ImportBench()
        let file = try bench.file("a.csv", content)

        _ = try await bench.run(file, options: .init(encoding: encoding))

        #expect(try await bench.rows() == [row], "\(name)")
    }

    @Test("a line of more than two million bytes is refused as a row")
    func longLine() async throws {
        let bench = try ImportBench()
        let file = try bench.file(
            "a.csv", "a,b\n1," + String(repeating: "x", count: 2_100_000) + "\n2,y\n")

        let report = try await bench.run(file).files[0]

        #expect(report.rowsStored == 1 && report.rowsRefused == 1)
        #expect(report.refusals.first?.reason == "The line is longer than 2,000,000 bytes.")
    }

    @Test("numbers that are none are refused where numbers are kept")
    func notANumber() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(bench.file("a.csv", "a\n1.5\n"))

        let report = try await bench.run(bench.file("b.csv", "a\nNaN\ninf\n1e999\n2.5\n")).files[0]

        #expect(report.rowsStored == 1)
        #expect(report.refusals.map(\.text) == ["NaN", "inf", "1e999"])
    }

    @Test("a file with other columns is refused, and the rest of the import goes on")
    func otherColumns() async throws {
        let bench = try ImportBench()
        _ = try await bench.run(bench.file("a.csv", "a,b\n1,x\n"))

        let report = try await bench.run(
            bench.file("other.csv", "c,d\n1,2\n"), bench.file("b.csv", "a,b\n2,y\n"))

        #expect(report.files.map(\.state) == [.refused, .stored])
        #expect(report.files[0].refusals[0].line == nil)
    }

    @Test("a decimal comma is read where it is asked for")
    func decimalComma() async throws {
        let bench = try ImportBench()

        _ = try await bench.run(
            bench.file("a.csv", "a;b\n1.234,5;1\n-2,25;2\n"), options: .init(decimal: ","))

        #expect(try await bench.rows() == ["1234.5|1", "-2.25|2"])
    }

    @Test("patterns, folders, links and paths that lead out are told apart")
    func filesAreFound() throws {
        let bench = try ImportBench()
        try bench.file("orders-1.csv", "a\n1\n")
        try bench.file("orders-2.csv.gz", "a\n1\n")
        try bench.file("notes.md", "no")
        try FileManager.default.createSymbolicLink(
            atPath: bench.folder + "/imports/link.csv", withDestinationPath: "/etc/passwd")
        let inside = [bench.folder + "/imports"]
        func found(_ pattern: String) throws -> [String] {
            try ImportFiles.named(
                pattern, format: .csv, workspace: bench.folder, within: inside
            ).map(\.label)
        }

        #expect(
            try found("imports/orders*") == ["imports/orders-1.csv", "imports/orders-2.csv.gz"])
        try FileManager.default.removeItem(atPath: bench.folder + "/imports/link.csv")
        #expect(try found("imports/") == ["imports/orders-1.csv", "imports/orders-2.csv.gz"])
        try FileManager.default.createSymbolicLink(
            atPath: bench.folder + "/imports/link.csv", withDestinationPath: "/etc/passwd")
        for (pattern, code) in [
            ("imports/missing.csv", Failure.Code.importMissingFile),
            ("imports/link.csv", .importOutsideFolder),
            ("imports/../../../../../../etc/passwd", .importOutsideFolder),
            ("/etc/passwd", .importOutsideFolder),
        ] {
            let failure = #expect(throws: Failure.self) { try found(pattern) }
            #expect(failure?.code == code, "\(pattern)")
        }
    }
}
