import Definitions
import Vocabulary

extension BehaviourPlan where Definition == CampaignsDefinition {
    /// The statement that counts visits: for all together, then by source, medium and campaign.
    ///
    /// A visit is of the campaign of the first of its rows that names any, and of the part of the
    /// first of its rows.
    ///
    /// - Throws: `expression/…`, with the place in the definition.
    public func counts() throws(Failure) -> Statement {
        var rows = try ChosenRows(self)
        try add(to: &rows)
        rows.read(from: question.range.start, before: question.range.end)
        let hasParts = question.dimension != nil
        let part = hasParts ? ", p" : ""
        let noPart = hasParts ? ", CAST(NULL AS VARCHAR) AS p" : ""
        let keys = labels + (hasParts ? ["p"] : [])
        let names = labels.map { "struct_extract(label, '\($0)') AS \($0)" }
        let tables =
            visited(rows, hasParts: hasParts) + [
                """
                labelled AS MATERIALIZED (
                  SELECT w, converted, value, \(names.joined(separator: ", "))\(part)
                  FROM visit
                )
                """
            ]
        let measures = "count(*), count(DISTINCT w), sum(converted), sum(value)"
        let none = labels.map { "CAST(NULL AS VARCHAR) AS \($0)" }.joined(separator: ", ")
        return rows.text.statement(
            """
            WITH \(tables.joined(separator: ", "))
            SELECT 0 AS kind, \(none), count(*) AS visits, count(DISTINCT w) AS people, \
            sum(converted) AS conversions, sum(value) AS value\(noPart)
            FROM labelled
            UNION ALL
            SELECT 1, \(labels.joined(separator: ", ")), \(measures)\(part)
            FROM labelled
            GROUP BY \(keys.joined(separator: ", "))
            ORDER BY kind, visits DESC, \(keys.map { "\($0) NULLS LAST" }.joined(separator: ", "))
            LIMIT \(CampaignsAnswer.rowsMax + 1)
            """)
    }

    /// The tables up to `visit`: each visit as `w`, when it `began`, whether it `converted`, what
    /// that was worth, where it comes from (`label`), and the values `p` of its first row.
    ///
    /// - Parameters:
    ///   - rows: The rows that are looked at; what the tables need is added.
    ///   - names: The dimensions whose values are kept.
    /// - Returns: The tables.
    /// - Throws: As ``counts()``.
    func visits(
        _ rows: inout ChosenRows, keeping names: [String]
    ) throws(Failure) -> [String] {
        try add(to: &rows)
        try rows.addValues(names, as: "p")
        return visited(rows, hasParts: true)
    }

    /// The names of the columns that say where a row comes from.
    private var labels: [String] { question.definition.labels.indices.map { "l\($0)" } }

    /// Adds what is looked at of each row.
    private func add(to rows: inout ChosenRows) throws(Failure) {
        let definition = question.definition
        rows.add(try rows.text.isOne(of: definition.converts, at: "converts"), as: "c")
        var amount = "CAST(0 AS DOUBLE)"
        if let value = definition.value {
            amount = try Self.number(value, &rows.text, input, at: "value")
        }
        rows.add(amount, as: "v")
        for (index, label) in definition.labels.enumerated() {
            let key = CampaignsDefinition.labelKeys[index].key
            let value = try rows.text.value(label, at: key)
            rows.add("nullif(CAST(\(value) AS VARCHAR), '')", as: "l\(index)")
        }
        try rows.addSession(definition.session)
    }

    /// The tables up to `visit`.
    private func visited(_ rows: ChosenRows, hasParts: Bool) -> [String] {
        let sessions = SessionTables.tables(question.definition.session)
        let named = labels.map { "\($0) IS NOT NULL" }.joined(separator: " OR ")
        let fields = labels.map { "'\($0)': \($0)" }.joined(separator: ", ")
        let first = hasParts ? ", struct_extract(min({'t': t, 'p': p}), 'p') AS p" : ""
        return ["chosen AS (\n  \(rows.select)\n)"] + sessions.tables + [
            """
            visit AS (
              SELECT w, s, min(t) AS began, max(CASE WHEN c THEN 1 ELSE 0 END) AS converted, \
            sum(CASE WHEN c THEN v ELSE 0 END) AS value, \
            min(CASE WHEN \(named) THEN {'t': t, \(fields)} END) AS label\(first)
              FROM \(sessions.last)
              GROUP BY w, s
            )
            """
        ]
    }

    /// The statement that adds up what campaigns cost; nil where the definition names no costs, or
    /// where a filter of the question would leave them as they are.
    ///
    /// - Throws: `question/no-data`, `question/no-time-column`, `expression/…`.
    public func costs(
        catalog: Catalog, facts: [String: SourceFacts]
    ) throws(Failure) -> Statement? {
        guard let cost = question.definition.cost, question.filters.isEmpty else { return nil }
        let paid = try BehaviourInput(
            cost.source, catalog: catalog, facts: facts, calendar: question.calendar,
            origin: question.definition.origin)
        let time = try paid.requiredTime()
        var text = BehaviourText(paid, question.range)
        var labels: [String] = []
        for (index, label) in cost.labels.enumerated() {
            guard let label else {
                labels.append("CAST(NULL AS VARCHAR)")
                continue
            }
            let key = CampaignsDefinition.labelKeys[index].key
            let value = try text.value(label, at: "cost.\(key)")
            labels.append("nullif(CAST(\(value) AS VARCHAR), '')")
        }
        var sums: [String] = []
        for (key, expression) in [
            ("amount", cost.amount), ("clicks", cost.clicks), ("impressions", cost.impressions),
        ] {
            guard let expression else {
                sums.append("CAST(NULL AS DOUBLE)")
                continue
            }
            sums.append("sum(\(try Self.number(expression, &text, paid, at: "cost.\(key)")))")
        }
        let conditions = text.between(
            time, from: time.start(of: question.range.start),
            before: time.start(of: question.range.end))
        return text.statement(
            """
            SELECT \(labels.joined(separator: ", ")), \(sums.joined(separator: ", "))
            FROM \(paid.table)
            WHERE \(conditions.joined(separator: " AND "))
            GROUP BY 1, 2, 3
            ORDER BY 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST
            LIMIT \(CampaignsAnswer.rowsMax)
            """)
    }

    /// An expression as a number that is never absent.
    private static func number(
        _ expression: Expression, _ text: inout BehaviourText, _ input: BehaviourInput,
        at path: String
    ) throws(Failure) -> String {
        do {
            let typed = try TypingScope(scope: input.scope).numeric(expression)
            return "coalesce(CAST(\(text.expression(typed)) AS DOUBLE), 0)"
        } catch {
            throw error.located(at: input.origin.place(of: path))
        }
    }
}
