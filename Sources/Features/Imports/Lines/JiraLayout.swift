import Definitions
import Engines
import Vocabulary

extension LineLayout {
    /// Issues of Jira's search.
    ///
    /// Source: Jira REST API, version 2 and 3, `search` and `search/jql`.
    static func jira(_ content: SourceContent) -> LineLayout {
        var paths = JSONPaths()
        var columns: [Column] = []
        func add(_ name: String, _ type: ValueType = .text, _ wanted: String...) {
            let sql = paths.first(wanted.isEmpty ? ["fields.\(name)"] : wanted)
            columns.append(
                Column(name: name, type: type, sql: type == .instant ? time(sql) : sql))
        }
        func addList(_ name: String, _ path: String) {
            columns.append(Column(name: name, type: .text, sql: JSONPaths.joined(path)))
        }
        func addPerson(_ name: String, _ path: String) {
            let ids = ["\(path).accountId", "\(path).key", "\(path).name"]
            let wanted = content.hasNames ? ["\(path).displayName"] + ids : ids
            columns.append(Column(name: name, type: .text, sql: paths.first(wanted)))
        }
        add("key", .text, "key")
        add("project", .text, "fields.project.key")
        add("type", .text, "fields.issuetype.name")
        add("status", .text, "fields.status.name")
        add("status_category", .text, "fields.status.statusCategory.key")
        add("priority", .text, "fields.priority.name")
        add("summary")
        add("created", .instant)
        add("updated", .instant)
        add("resolved", .instant, "fields.resolutiondate")
        add("resolution", .text, "fields.resolution.name")
        addPerson("assignee", "fields.assignee")
        addPerson("reporter", "fields.reporter")
        add("parent", .text, "fields.parent.key")
        addList("labels", "fields.labels[*]")
        addList("components", "fields.components[*].name")
        addList("fix_versions", "fields.fixVersions[*].name")
        if let field = content.storyPoints { add("story_points", .number, "fields.\(field)") }
        if let field = content.sprint {
            columns.append(Column(name: "sprint", type: .text, sql: sprint("fields.\(field)")))
        }
        return LineLayout(
            columns: columns, taken: paths.taken, isRow: "f is not null",
            expectation: "a JSON object")
    }

    /// Changes of status in the change logs of Jira's issues; needs `expand=changelog`.
    static func jiraTransitions(_ content: SourceContent) -> LineLayout {
        func issue(_ path: String) -> String { "json_extract_string(l, '$.\(path)')" }
        func history(_ path: String) -> String { "json_extract_string(f.h, '$.\(path)')" }
        let ids = ["author.accountId", "author.key", "author.name"].map(history)
        let people = content.hasNames ? [history("author.displayName")] + ids : ids
        let changes = """
            list_filter(flatten(list_transform(json_extract(l, '$.changelog.histories[*]'), \
            lambda h: list_transform(json_extract(h, '$.items[*]'), lambda i: {'h': h, 'i': i}))), \
            lambda c: json_extract_string(c.i, '$.field') = 'status')
            """
        return LineLayout(
            columns: [
                Column(name: "key", type: .text, sql: issue("key")),
                Column(name: "project", type: .text, sql: issue("fields.project.key")),
                Column(name: "type", type: .text, sql: issue("fields.issuetype.name")),
                Column(name: "created", type: .instant, sql: time(issue("fields.created"))),
                Column(name: "changed_at", type: .instant, sql: time(history("created"))),
                Column(
                    name: "from_status", type: .text,
                    sql: "json_extract_string(f.i, '$.fromString')"),
                Column(
                    name: "to_status", type: .text, sql: "json_extract_string(f.i, '$.toString')"),
                Column(
                    name: "author", type: .text, sql: "coalesce(\(people.joined(separator: ", ")))"),
            ],
            // A line that is no object gives one row, which is refused.
            taken: "coalesce(\(JSONPaths.ifObject("coalesce(\(changes), [])")), [null])",
            isRow: "f is not null", expectation: "a JSON object", hasManyRows: true)
    }

    /// Jira writes offsets as `+0200`.
    private static func time(_ sql: String) -> String {
        "regexp_replace(\(sql), '([+-][0-9]{2})([0-9]{2})$', '\\1:\\2')"
    }

    /// The names of sprints: objects in Jira Cloud, texts `…[name=Sprint 1,…]` in older servers.
    private static func sprint(_ path: String) -> String {
        let values = "json_extract(l, '$.\(path)[*]')"
        let name = """
            case when json_type(s) = 'OBJECT' then json_extract_string(s, '$.name') \
            else regexp_extract(json_extract_string(s, '$'), '[\\[,]name=([^,\\]]*)', 1) end
            """
        return "nullif(array_to_string(list_transform(\(values), lambda s: \(name)), ', '), '')"
    }
}
