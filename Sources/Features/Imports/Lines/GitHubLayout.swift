import Engines
import Vocabulary

extension LineLayout {
    /// Objects of GitHub's REST API: issues, pull requests, releases, deployments, workflow runs,
    /// also as `gh … --json` names their members.
    ///
    /// Source: GitHub REST API, version 2022-11-28.
    static let github: LineLayout = {
        var paths = JSONPaths()
        var columns: [Column] = []
        func add(_ name: String, _ type: ValueType, _ wanted: String...) {
            let keys = wanted.map { String($0.prefix { $0 != "." }) }
            columns.append(Column(name: name, type: type, sql: paths.first(wanted), keys: keys))
        }
        /// A number, or a list of which the length is meant, as `gh` writes it.
        func addCount(_ name: String, _ wanted: String...) {
            let sql = paths.first(wanted)
            columns.append(
                Column(
                    name: name, type: .integer,
                    sql: "case when \(sql) like '[%' then "
                        + "cast(json_array_length(\(sql)) as varchar) else \(sql) end",
                    keys: wanted))
        }
        func addList(_ name: String, key: String, _ member: String) {
            columns.append(
                Column(
                    name: name, type: .text, sql: JSONPaths.joined("\(key)[*].\(member)"),
                    keys: [key]))
        }
        add("number", .integer, "number")
        add("id", .text, "id")
        add("title", .text, "title")
        columns.append(
            Column(
                name: "state", type: .text, sql: "lower(\(paths.first(["state"])))",
                keys: ["state"]))
        add("state_reason", .text, "state_reason", "stateReason")
        add("created_at", .instant, "created_at", "createdAt")
        add("updated_at", .instant, "updated_at", "updatedAt")
        add("closed_at", .instant, "closed_at", "closedAt")
        add("merged_at", .instant, "merged_at", "mergedAt", "pull_request.merged_at")
        add("published_at", .instant, "published_at", "publishedAt")
        add("author", .text, "user.login", "author.login", "creator.login", "actor.login")
        add("author_type", .text, "user.type", "creator.type", "actor.type")
        add("author_association", .text, "author_association", "authorAssociation")
        addList("assignees", key: "assignees", "login")
        addList("labels", key: "labels", "name")
        add("milestone", .text, "milestone.title")
        add("draft", .boolean, "draft", "isDraft")
        let pull = paths.first(["pull_request.url", "base.ref", "baseRefName"])
        columns.append(
            Column(
                name: "is_pull_request", type: .boolean,
                sql: "case when \(pull) is null then 'false' else 'true' end", keys: ["number"]))
        add("base_ref", .text, "base.ref", "baseRefName")
        add("head_ref", .text, "head.ref", "headRefName", "head_branch", "headBranch")
        add("merge_commit", .text, "merge_commit_sha", "mergeCommit.oid")
        addCount("comments", "comments")
        addCount("review_comments", "review_comments")
        addCount("commits", "commits")
        add("additions", .integer, "additions")
        add("deletions", .integer, "deletions")
        add("changed_files", .integer, "changed_files", "changedFiles")
        add("tag", .text, "tag_name", "tagName")
        add("name", .text, "name")
        add("prerelease", .boolean, "prerelease", "isPrerelease")
        add("environment", .text, "environment")
        add("ref", .text, "ref")
        add("commit", .text, "sha", "head_sha", "headSha")
        add("task", .text, "task")
        add("event", .text, "event")
        add("status", .text, "status")
        add("conclusion", .text, "conclusion")
        add("started_at", .instant, "run_started_at", "startedAt")
        return LineLayout(
            columns: columns, taken: paths.taken, isRow: "f is not null",
            expectation: "a JSON object")
    }()
}
