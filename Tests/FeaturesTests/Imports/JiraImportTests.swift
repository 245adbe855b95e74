import Foundation
import Testing
import Vocabulary

@testable import Features

@Suite("Imports of Jira exports")
struct JiraImportTests {
    private static func issue(_ key: String, _ histories: String = "") -> String {
        """
        {"id":"1","key":"\(key)","fields":{"summary":"S [1]","issuetype":{"name":"Bug"},
         "status":{"name":"Done","statusCategory":{"key":"done"}},"priority":{"name":"High"},
         "project":{"key":"APP"},"created":"2026-01-01T09:00:00.000+0100",
         "updated":"2026-01-05T09:00:00.000+0100","resolutiondate":"2026-01-04T09:00:00.000+0100",
         "assignee":{"accountId":"acc-1","displayName":"Ann Lee"},"labels":["x","y"],
         "customfield_10016":3.5,"customfield_10020":[{"id":1,"name":"Sprint 1"},{"id":2,"name":"Sprint 2"}]},
         "changelog":{"total":1,"histories":[\(histories)]}}
        """
    }

    private static func history(_ day: Int, _ from: String, _ to: String) -> String {
        """
        {"id":"\(day)","author":{"accountId":"acc-2","displayName":"Bob"},
         "created":"2026-01-0\(day)T09:00:00.000+0100","items":[
         {"field":"assignee","fromString":null,"toString":"Ann"},
         {"field":"status","fromString":"\(from)","toString":"\(to)"}]}
        """
    }

    @Test("issues become rows of typed columns")
    func issues() async throws {
        let workspace = try ExportWorkspace(
            from: "{ jira: imports/jira.json, story_points: customfield_10016, "
                + "sprint: customfield_10020 }", time: "created")
        try workspace.write(
            "{\"expand\":\"names\",\"startAt\":0,\"total\":2,\"issues\":"
                + "[\(Self.issue("APP-1")),\(Self.issue("APP-2"))],\"names\":{\"a\":\"}]\"}}",
            to: "imports/jira.json")

        let report = try await workspace.run()

        #expect(report.rows == 2)
        #expect(
            try await workspace.rows(
                "key, type, status, status_category, priority, project, summary, created, resolved"
            )
            .first
                == "APP-1|Bug|Done|done|High|APP|S [1]|2026-01-01T08:00:00Z|2026-01-04T08:00:00Z")
        #expect(
            try await workspace.rows("assignee, labels, story_points, sprint").last
                == "acc-1|x, y|3.5|Sprint 1, Sprint 2")
    }

    @Test("the sprints of older servers are found in their texts")
    func olderSprints() async throws {
        let workspace = try ExportWorkspace(
            from: "{ jira: imports/jira.json, sprint: customfield_1, names: true }",
            time: "created")
        try workspace.write(
            """
            {"issues":[{"key":"A-1","fields":{"created":"2026-01-01T09:00:00.000+0000",
             "assignee":{"name":"ann","displayName":"Ann Lee"},
             "customfield_1":["com.atlassian.greenhopper.Sprint@1[id=4,name=Sprint 4,state=X]"]}}]}
            """, to: "imports/jira.json")

        _ = try await workspace.run()

        #expect(try await workspace.rows("sprint, assignee") == ["Sprint 4|Ann Lee"])
    }

    @Test("changes of status become rows, other changes do not")
    func transitions() async throws {
        let workspace = try ExportWorkspace(
            from: "{ jira: imports/jira.json, rows: transitions }", time: "changed_at")
        let histories = [Self.history(2, "To do", "Doing"), Self.history(4, "Doing", "Done")]
        try workspace.write(
            "{\"issues\":[\(Self.issue("APP-1", histories.joined(separator: ","))),"
                + "\(Self.issue("APP-2"))]}",
            to: "imports/jira.json")

        let report = try await workspace.run()

        #expect(report.rows == 2)
        #expect(
            try await workspace.rows(
                "key, type, created, changed_at, from_status, to_status, author") == [
                    "APP-1|Bug|2026-01-01T08:00:00Z|2026-01-02T08:00:00Z|To do|Doing|acc-2",
                    "APP-1|Bug|2026-01-01T08:00:00Z|2026-01-04T08:00:00Z|Doing|Done|acc-2",
                ])
    }

    @Test("in CSV columns of one name are joined, and Jira's dates are read")
    func csv() async throws {
        let workspace = try ExportWorkspace(from: "{ jira: imports/jira.csv }", time: "created")
        try workspace.write(
            """
            Issue key,Issue Type,Created,Resolved,Labels,Labels,Sprint,Sprint,Summary
            APP-1,Bug,21/Nov/26 9:14 AM,,x,y,,,"one, two"
            APP-2,Story,01/Dec/26 12:05 PM,02/Dec/26 1:00 PM,,z,Sprint 1,,three

            """, to: "imports/jira.csv")

        let report = try await workspace.run()

        #expect(report.rows == 2 && report.files[0].rowsRefused == 0)
        #expect(
            try await workspace.rows(
                "key, type, Created, Resolved, Labels, Sprint, Summary") == [
                    "APP-1|Bug|2026-11-21T09:14:00Z|–|x, y|–|one, two",
                    "APP-2|Story|2026-12-01T12:05:00Z|2026-12-02T13:00:00Z|z|Sprint 1|three",
                ])
    }

    @Test("a line of CSV that is cut off is refused with its number")
    func tornLine() async throws {
        let workspace = try ExportWorkspace(from: "{ jira: imports/jira.csv }", time: "created")
        try workspace.write(
            "Issue key,Created,Labels,Labels\nA-1,21/Nov/26 9:14 AM,x,y\nA-2,21/Nov\nA-3,soon,x,y\n",
            to: "imports/jira.csv")

        let file = try await workspace.run().files[0]

        #expect(file.rowsStored == 1)
        #expect(file.refusals.map(\.line) == [3, 4])
        #expect(file.refusals.map(\.text) == ["A-2,21/Nov", "soon"])
    }

    @Test("an error of Jira, and other JSON, are told")
    func noIssues() async throws {
        let workspace = try ExportWorkspace(from: "{ jira: imports/jira.json }", time: "created")
        try workspace.write(
            "{\"errorMessages\":[\"no\"],\"errors\":{}}", to: "imports/jira.json")
        let error = await #expect(throws: Failure.self) { try await workspace.run() }
        try workspace.write("{\"issues\":[]}", to: "imports/jira.json")
        let empty = await #expect(throws: Failure.self) { try await workspace.run() }

        #expect(error?.message == "imports/jira.json holds an error that Jira answered with.")
        #expect(empty?.code == .importEmptyFile)
    }
}
