import Foundation
import Testing
import Vocabulary

@testable import Features

@Suite("Imports of GitHub exports")
struct GitHubImportTests {
    private static func pull(_ number: Int, merged: String = "null") -> String {
        """
        {"url":"x","id":9\(number),"number":\(number),"state":"closed","title":"Fix \\"it\\" [a]",
         "user":{"login":"ann","type":"User"},"created_at":"2026-01-0\(number)T10:00:00Z",
         "updated_at":"2026-02-01T10:00:00Z","closed_at":"2026-01-09T10:00:00Z",
         "merged_at":\(merged),"labels":[{"id":1,"name":"bug"},{"id":2,"name":"p1"}],
         "milestone":{"title":"1.0"},"draft":false,"author_association":"MEMBER",
         "base":{"ref":"main"},"head":{"ref":"fix"},"comments":\(number)}
        """
    }

    private static let columns =
        "number, state, title, created_at, merged_at, author, labels, milestone, draft, "
        + "is_pull_request, base_ref, comments"

    @Test("pages of a list become rows of typed columns")
    func pages() async throws {
        let workspace = try ExportWorkspace(
            from: "{ github: \"imports/pulls*.json\" }", time: "created_at")
        try workspace.write(
            "[\(Self.pull(1)),\(Self.pull(2, merged: "\"2026-01-08T10:00:00Z\""))]\n"
                + "[]\n[\(Self.pull(3))]",
            to: "imports/pulls.json")

        let report = try await workspace.run()

        #expect(report.rows == 3 && report.files[0].file == "imports/pulls.json")
        #expect(
            try await workspace.rows(Self.columns).prefix(2) == [
                "1|closed|Fix \"it\" [a]|2026-01-01T10:00:00Z|–|ann|bug, p1|1.0|false|true|main|1",
                "2|closed|Fix \"it\" [a]|2026-01-02T10:00:00Z|2026-01-08T10:00:00Z|ann|bug, p1|1.0"
                    + "|false|true|main|2",
            ])
        #expect(
            try await workspace.rows("typeof(number), typeof(created_at), typeof(draft)")[0]
                == "BIGINT|TIMESTAMP|BOOLEAN")
        #expect(try await workspace.run().files[0].state == .unchanged)
        #expect(try workspace.inbox.isEmpty)
    }

    @Test("issues, objects one a line, and what a search found are read alike")
    func otherForms() async throws {
        let issue = """
            {"number":7,"title":"t","state":"OPEN","createdAt":"2026-01-01T00:00:00Z",
             "author":{"login":"bob"},"labels":[],"comments":[{"id":"a"},{"id":"b"}]}
            """
        let workspace = try ExportWorkspace(
            from: "{ github: imports/ }", time: "created_at")
        try workspace.write(
            "\u{FEFF}\(issue.replacing("\n", with: ""))\n\(issue.replacing("7", with: "8"))\n",
            to: "imports/a.json")
        try workspace.write(
            "{\"total_count\":1,\"items\":[\(issue.replacing("7", with: "9"))],\"more\":[{}]}",
            to: "imports/b.json")

        let report = try await workspace.run()

        #expect(report.files.map(\.rowsStored) == [2, 1])
        #expect(
            try await workspace.rows("number, state, author, labels, is_pull_request, comments")
                == ["7|open|bob|–|false|2", "8|open|bob|–|false|2", "9|open|bob|–|false|2"])
    }

    @Test("releases have tags, which stay texts")
    func releases() async throws {
        let workspace = try ExportWorkspace(
            from: "{ github: imports/releases.json }", time: "published_at")
        try workspace.write(
            """
            [{"id":1,"tag_name":"1.10","name":"Ten","draft":false,"prerelease":true,
              "created_at":"2026-01-01T00:00:00Z","published_at":"2026-01-02T00:00:00Z",
              "author":{"login":"ann"}}]
            """, to: "imports/releases.json")

        _ = try await workspace.run()

        #expect(
            try await workspace.rows("tag, name, prerelease, published_at, author")
                == ["1.10|Ten|true|2026-01-02T00:00:00Z|ann"])
    }

    @Test("a row whose value does not fit is refused with the number of its object")
    func refusedRow() async throws {
        let workspace = try ExportWorkspace(
            from: "{ github: imports/pulls.json }", time: "created_at")
        try workspace.write(
            "[\(Self.pull(1)),\(Self.pull(2).replacing("\"number\":2", with: "\"number\":2.5"))]",
            to: "imports/pulls.json")

        let file = try await workspace.run().files[0]

        #expect(file.rowsStored == 1)
        #expect(file.refusals.map(\.line) == [2] && file.refusals.map(\.column) == ["number"])
        #expect(file.refusals.map(\.text) == ["2.5"])
    }

    @Test(
        "what is no answer of GitHub is told",
        arguments: [
            ("<!DOCTYPE html><html></html>", "imports/x.json is a web page and not JSON."),
            (
                "[{\"number\":1},{\"number\":2,\"ti",
                "imports/x.json is cut off after 1 complete objects, in line 1."
            ),
            ("[{\"number\":1}", "imports/x.json is cut off after 1 complete objects, in line 1."),
            ("[]", "imports/x.json holds no objects."),
            ("", "imports/x.json holds no objects."),
            (
                "{\"message\":\"Bad credentials\",\"documentation_url\":\"u\"}",
                "imports/x.json holds an error that GitHub answered with."
            ),
            ("[{\"a\":1}]", "imports/x.json holds no objects of GitHub."),
            (
                "number,title\n",
                "imports/x.json is not a list of JSON objects: line 1 has 'n' where an object "
                    + "should begin."
            ),
        ])
    func noAnswer(text: String, message: String) async throws {
        let workspace = try ExportWorkspace(
            from: "{ github: imports/x.json }", time: "created_at")
        try workspace.write(text, to: "imports/x.json")

        let failure = await #expect(throws: Failure.self) { try await workspace.run() }

        #expect(failure?.message == message)
        #expect(failure?.hint != nil)
    }

    @Test("a broken file is refused and the others go on")
    func brokenAmongOthers() async throws {
        let workspace = try ExportWorkspace(
            from: "{ github: \"imports/*.json\" }", time: "created_at")
        try workspace.write("[\(Self.pull(1))]", to: "imports/a.json")
        try workspace.write("[\(Self.pull(2).dropLast(3))", to: "imports/b.json")

        let report = try await workspace.run()

        #expect(report.files.map(\.state) == [.stored, .refused])
        #expect(report.rows == 1)
    }

    @Test("a CSV export is read as CSV, with times in UTC")
    func csv() async throws {
        let workspace = try ExportWorkspace(
            from: "{ github: imports/issues.csv }", time: "created_at")
        try workspace.write(
            "number,state,created_at,comments\n1,open,2026-01-01T10:00:00Z,none\n",
            to: "imports/issues.csv")

        _ = try await workspace.run()

        #expect(
            try await workspace.rows("number, created_at, comments")
                == ["1|2026-01-01T10:00:00Z|none"])
    }
}
