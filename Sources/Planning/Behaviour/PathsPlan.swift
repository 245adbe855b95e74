import Definitions
import Vocabulary

extension BehaviourPlan where Definition == PathsDefinition {
    /// The statement that counts; its rows are read by ``PathsAnswer``.
    ///
    /// Each session becomes one row with a column for each position; equal rows are counted
    /// together before anything else is made of them. A path's part is the value of the first row
    /// of its session, whether the path shows that row or not.
    ///
    /// - Parameter waysMax: How many whole paths are told, of all and of each part.
    /// - Returns: The statement.
    /// - Throws: `definition/no-event-column` and `expression/…`, with the place.
    public func counts(
        waysMax: Int = PathsAnswer.topMax
    ) throws(Failure) -> Statement {
        let paths = question.definition
        var rows = try ChosenRows(self)
        rows.add(try node(&rows.text), as: "e")
        try rows.addSession(paths.session)
        rows.read(from: question.range.start, before: question.range.end)
        let wanted = wanted(&rows.text)
        let anchor = paths.anchor.event.map { rows.text.bind(.text($0)) }
        let sessions = SessionTables.tables(paths.session)
        let tables =
            ["chosen AS (\n  \(rows.select)\n)"] + sessions.tables + [
                "kept AS (SELECT w, s, t, e FROM \(sessions.last) WHERE \(wanted))"
            ] + numbered + [placed(anchor)] + opened(sessions.last) + [units]
            + shown(waysMax) + parted
        return rows.statement(tables, selects + partSelects(waysMax))
    }

    /// The tables up to `visit`: each session that has the anchor, as `w`, when it `began`, the value
    /// `e` beside the anchor, and the values `p` of its first row.
    ///
    /// - Parameters:
    ///   - rows: The rows that are looked at; what the tables need is added.
    ///   - names: The dimensions whose values are kept.
    /// - Returns: The tables.
    /// - Throws: As ``counts(waysMax:)``.
    func visits(
        _ rows: inout ChosenRows, keeping names: [String]
    ) throws(Failure) -> [String] {
        let paths = question.definition
        rows.add(try node(&rows.text), as: "e")
        try rows.addValues(names, as: "p")
        try rows.addSession(paths.session)
        let wanted = wanted(&rows.text)
        let anchor = paths.anchor.event.map { rows.text.bind(.text($0)) }
        let sessions = SessionTables.tables(paths.session)
        var beside = 2
        if case .ends = paths.anchor { beside = positions.upperBound - 1 }
        return ["chosen AS (\n  \(rows.select)\n)"] + sessions.tables + [
            "kept AS (SELECT w, s, t, e FROM \(sessions.last) WHERE \(wanted))"
        ] + numbered + [
            placed(anchor),
            """
            opened AS (
              SELECT w, s, min(t) AS began, struct_extract(min({'t': t, 'e': e, 'p': p}), 'p') AS p
              FROM \(sessions.last)
              GROUP BY w, s
            ), visit AS (
              SELECT w, began, p, max(CASE WHEN k = \(beside) THEN e END) AS e
              FROM placed JOIN opened USING (w, s)
              GROUP BY w, s, began, p
            )
            """,
        ]
    }

    private var hasParts: Bool { question.dimension != nil }

    private var positions: ClosedRange<Int> { 1...question.definition.length }

    /// What the positions of a path are, as a text.
    private func node(_ text: inout BehaviourText) throws(Failure) -> String {
        if let node = question.definition.node {
            let typed = try text.typed(node, at: "of")
            let value = text.expression(typed)
            return typed.type == .text ? value : "CAST(\(value) AS VARCHAR)"
        }
        guard let event = input.scope.source.event else {
            throw Failure(
                .noEventColumn,
                "The source '\(input.scope.source.name)' does not name its event column.",
                hint: "Write event: COLUMN in the source's definition, or say of: COLUMN.",
                place: input.origin.place(of: "from"))
        }
        return try text.value(.name(NameReference(event)), at: "from")
    }

    /// The condition that a row is looked at.
    private func wanted(_ text: inout BehaviourText) -> String {
        var conditions = ["e IS NOT NULL"]
        for (names, isIn) in [
            (question.definition.only, "IN"), (question.definition.hidden, "NOT IN"),
        ] where !names.isEmpty {
            let list = names.map { text.bind(.text($0)) }.joined(separator: ", ")
            conditions.append("e \(isIn) (\(list))")
        }
        return conditions.joined(separator: " AND ")
    }

    /// The rows in their order within the session; those of one moment are in that of their names.
    private var numbered: [String] {
        let number = "row_number() OVER (PARTITION BY w, s ORDER BY t, e) AS n"
        guard question.definition.joinsRepeats else {
            return ["numbered AS (SELECT *, \(number) FROM kept)"]
        }
        return [
            """
            neighbours AS (
              SELECT *, lag(e) OVER (PARTITION BY w, s ORDER BY t, e) AS before FROM kept
            ), numbered AS (
              SELECT w, s, t, e, \(number) FROM neighbours WHERE before IS NULL OR before <> e
            )
            """
        ]
    }

    /// The rows with their position in the path, which is 1 for the first of it.
    private func placed(_ anchor: String?) -> String {
        let first =
            anchor.map { "min(CASE WHEN e = \($0) THEN n END) OVER (PARTITION BY w, s)" } ?? "1"
        var place = "n - a + 1"
        if case .ends = question.definition.anchor { place = "n - a + \(positions.upperBound)" }
        return """
            anchored AS (
              SELECT *, \(first) AS a FROM numbered
            ), placed AS (
              SELECT w, s, t, e, \(place) AS k FROM anchored WHERE a IS NOT NULL
            )
            """
    }

    /// The position beyond the path's open end; it tells whether the session goes on there.
    private var beyond: Int {
        if case .ends = question.definition.anchor { return 0 }
        return positions.upperBound + 1
    }

    /// One row for each session, then for each different path.
    private var units: String {
        let columns = positions.map { "max(CASE WHEN k = \($0) THEN e END) AS e\($0)" }
        let names = positions.map { "e\($0)" }.joined(separator: ", ")
        let once =
            question.definition.counting == .sessions
            ? "taken"
            : """
            (SELECT *, row_number() OVER (PARTITION BY w ORDER BY began, s) AS place FROM taken)
              WHERE place = 1
            """
        let part = hasParts ? ", p" : ""
        return """
            taken AS (
              SELECT w, s\(part), min(t) AS began, \(columns.joined(separator: ", ")), \
            max(CASE WHEN k = \(beyond) THEN 1 ELSE 0 END) AS more
              FROM placed\(hasParts ? " JOIN opened USING (w, s)" : "")
              WHERE k BETWEEN 0 AND \(positions.upperBound + 1)
              GROUP BY w, s\(part)
            ), paths AS MATERIALIZED (
              SELECT \(names), more\(part), count(*) AS n
              FROM \(once)
              GROUP BY \(names), more\(part)
            )
            """
    }

    /// With a dimension: its value in the first row of each session.
    private func opened(_ table: String) -> [String] {
        guard hasParts else { return [] }
        return [
            """
            opened AS (
              SELECT w, s, struct_extract(min({'t': t, 'e': e, 'p': p}), 'p') AS p
              FROM \(table)
              GROUP BY w, s
            )
            """
        ]
    }

    /// With a dimension: the paths of each of its commonest values, of all others, of none.
    private var parted: [String] {
        guard hasParts else { return [] }
        let names = positions.map { "e\($0)" }
        let limit = question.limit
        return [
            """
            ranked AS (
              SELECT p, row_number() OVER (ORDER BY sum(n) DESC, p) AS place
              FROM paths WHERE p IS NOT NULL
              GROUP BY p
            ), parted AS MATERIALIZED (
              SELECT CASE WHEN paths.p IS NULL THEN \(limit + 2) ELSE least(place, \(limit + 1)) END \
            AS part, CASE WHEN place <= \(limit) THEN paths.p END AS value, \
            \(names.joined(separator: ", ")), n
              FROM paths LEFT JOIN ranked ON paths.p = ranked.p
            ), ways AS (
              SELECT part, \(names.joined(separator: ", ")), sum(n) AS n, row_number() OVER (
                PARTITION BY part
                ORDER BY sum(n) DESC, \(names.map { "\($0) NULLS FIRST" }.joined(separator: ", "))
              ) AS place
              FROM parted
              GROUP BY part, \(names.joined(separator: ", "))
            )
            """
        ]
    }

    private func partSelects(_ waysMax: Int) -> [String] {
        guard hasParts else { return [] }
        let none = positions.map { _ in "NULL" }.joined(separator: ", ")
        let names = positions.map { "e\($0)" }.joined(separator: ", ")
        return [
            """
            SELECT 5, part, value, CAST(sum(n) AS BIGINT), NULL, \(none)
            FROM parted GROUP BY part, value
            """,
            """
            SELECT 6, part, NULL, CAST(n AS BIGINT), NULL, \(names)
            FROM ways WHERE place <= \(waysMax)
            """,
        ]
    }

    /// The commonest values of each position; others are shown as one.
    private func shown(_ waysMax: Int) -> [String] {
        let joins = positions.map { "LEFT JOIN top\($0) ON paths.e\($0) = top\($0).e" }
        let labels = positions.map {
            "CASE WHEN e\($0) IS NULL OR top\($0).e IS NOT NULL THEN e\($0) "
                + "ELSE '\(PathsAnswer.rest)' END AS l\($0)"
        }
        return positions.map { position in
            """
            top\(position) AS (
              SELECT e\(position) AS e FROM paths WHERE e\(position) IS NOT NULL
              GROUP BY 1 ORDER BY sum(n) DESC, 1 LIMIT \(question.limit)
            )
            """
        } + [
            """
            named AS MATERIALIZED (
              SELECT n, more, \(labels.joined(separator: ", "))
              FROM paths \(joins.joined(separator: " "))
            ), whole AS (
              SELECT \(positions.map { "e\($0)" }.joined(separator: ", ")), sum(n) AS n
              FROM paths
              GROUP BY ALL
              ORDER BY n DESC, \(positions.map { "e\($0) NULLS FIRST" }.joined(separator: ", "))
              LIMIT \(waysMax)
            )
            """
        ]
    }

    /// Kind, position, value, count, value after it, and for whole paths the values.
    private var selects: [String] {
        let none = positions.map { _ in "NULL" }.joined(separator: ", ")
        let typed = positions.map { "CAST(NULL AS VARCHAR) AS e\($0)" }.joined(separator: ", ")
        let last = positions.upperBound
        var selects = [
            """
            SELECT 0 AS kind, CAST(NULL AS BIGINT) AS position, CAST(NULL AS VARCHAR) AS value, \
            CAST(coalesce(sum(n), 0) AS BIGINT) AS count, CAST(NULL AS VARCHAR) AS following, \
            \(typed)
            FROM paths
            """
        ]
        for position in positions {
            selects.append(
                """
                SELECT 1, \(position), l\(position), CAST(sum(n) AS BIGINT), NULL, \(none)
                FROM named WHERE l\(position) IS NOT NULL GROUP BY 3
                """)
        }
        for position in positions.dropLast() {
            selects.append(
                """
                SELECT 2, \(position), l\(position), CAST(sum(n) AS BIGINT), l\(position + 1), \
                \(none)
                FROM named WHERE l\(position) IS NOT NULL AND l\(position + 1) IS NOT NULL
                GROUP BY 3, 5
                """)
        }
        for position in positions {
            let isOpen = beyond == 0 ? position == 1 : position == last
            let next = beyond == 0 ? position - 1 : position + 1
            let ends = isOpen ? "more = 0" : "l\(next) IS NULL"
            selects.append(
                """
                SELECT 3, \(position), NULL, CAST(coalesce(sum(n), 0) AS BIGINT), NULL, \(none)
                FROM named WHERE l\(position) IS NOT NULL AND \(ends)
                """)
        }
        selects.append(
            """
            SELECT 4, NULL, NULL, CAST(n AS BIGINT), NULL, \
            \(positions.map { "e\($0)" }.joined(separator: ", "))
            FROM whole
            """)
        return selects
    }
}
