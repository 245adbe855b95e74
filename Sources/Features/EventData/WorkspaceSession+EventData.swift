import Definitions
import Engines
import Events
import Vocabulary

/// What sources of events hold and take: the inventory, the volume, the values.
extension WorkspaceSession {
    /// Which events a source has had, and how they fit the tracking plan.
    ///
    /// - Throws: `question/unknown-source`, `keys/no-events`, `engine/…`.
    public func eventInventory(of name: String) async throws(Failure) -> EventInventory {
        try requireEvents(name)
        let source = try source(named: name)
        guard intake.present != nil else {
            return EventInventory(
                source: source, plan: trackingPlan(of: name), seen: Frame(columns: []))
        }
        let frame = try await engine.run(
            Statement(
                """
                SELECT event, property, type, CAST(sum(count) AS BIGINT), min(first), max(last),
                  any_value(example)
                FROM events.seen_names WHERE source = $1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC, 3
                """, [.text(name)]))
        return EventInventory(source: source, plan: trackingPlan(of: name), seen: frame)
    }

    /// The commonest values of a column, of one event or of all.
    ///
    /// - Returns: `{"values": [{"value", "count"}]}`, at most 20.
    /// - Throws: `question/unknown-source`, `definition/unknown-column`, `engine/…`.
    public func eventValues(
        of name: String, event: String?, property: String
    ) async throws(Failure) -> JSON {
        let source = try source(named: name)
        let scope = ExpressionScope(source: source, facts: facts[name] ?? .empty)
        guard let column = scope.column(named: property) else {
            throw Failure(
                .unknownColumn, "The source '\(name)' has no column '\(property)'.",
                hint: "name a property under columns: of the source to make it one",
                place: source.origin.place(of: "columns"))
        }
        let value = quotedName(column.name)
        var conditions = ["\(value) IS NOT NULL"]
        var values: [Value] = []
        if let event, let named = source.event {
            values.append(.text(event))
            conditions.append("\(quotedName(named)) = $1")
        }
        let frame = try await engine.run(
            Statement(
                """
                SELECT CAST(\(value) AS VARCHAR), count(*) FROM \(SourceImporter.table(of: name).sql)
                WHERE \(conditions.joined(separator: " AND "))
                GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20
                """, values))
        return [
            "values": .list(
                (0..<frame.count).map { row in
                    [
                        "value": .optional(frame.columns[0].text(row)),
                        "count": .integer(frame.columns[1].integer(row) ?? 0),
                    ]
                })
        ]
    }

    /// How taking events in goes for a source, and how many came in each of the last 48 hours.
    ///
    /// - Throws: `question/unknown-source`, `keys/no-events`, `engine/…`.
    public func intake(of name: String) async throws(Failure) -> JSON {
        try requireEvents(name)
        let status = intakeStatus ?? EventIngestionStatus()
        let hour = 3_600 as Int64
        let now = clock.now.microseconds / 1_000_000
        let start = Instant(seconds: Int(now / hour - 47) * Int(hour))
        var counts: [Int64: Int] = [:]
        var last: Instant?
        var refused = 0
        if intake.present != nil {
            let table = EventTables.table(of: name).sql
            let frame = try await engine.run(
                Statement(
                    """
                    SELECT epoch_us(date_trunc('hour', received)), count(*), max(received)
                    FROM \(table) WHERE received >= $1 GROUP BY 1
                    """, [.instant(start)]))
            for row in 0..<frame.count {
                let begin = Int64(frame.columns[0].integer(row) ?? 0) / 1_000_000
                counts[begin] = frame.columns[1].integer(row)
                last = [last, frame.columns[2].instant(row)].compactMap(\.self).max()
            }
            if last == nil {
                last = try await engine.run(Statement("SELECT max(received) FROM \(table)"))
                    .columns[0].instant(0)
            }
            refused =
                try await engine.run(
                    Statement(
                        "SELECT count(*) FROM events.quarantine WHERE source = $1", [.text(name)])
                ).columns[0].integer(0) ?? 0
        }
        let problem = status.failure ?? status.stall
        return [
            "source": .text(name), "last_received": .optional(last?.description),
            "waiting_bytes": .integer(Int(status.lagBytes)),
            "rows": .integer(facts[name]?.rows ?? 0),
            "duplicates": .integer(status.duplicates), "quarantined": .integer(refused),
            "volume": .list(
                (0..<48).map { index in
                    let begin = start.adding(seconds: index * Int(hour))
                    return [
                        "start": .text(begin.description),
                        "events": .integer(counts[begin.microseconds / 1_000_000] ?? 0),
                    ]
                }),
            "failure": problem.map {
                [
                    "code": .text($0.code.rawValue), "message": .text($0.message),
                    "hint": .optional($0.hint),
                ]
            } ?? .null,
        ]
    }
}
