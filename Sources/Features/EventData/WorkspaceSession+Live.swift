import Definitions
import Engines
import Vocabulary

/// What happens now: who is active, on which pages, from where.
extension WorkspaceSession {
    private static let liveMinutes = 30

    /// The last half hour of a source of events.
    ///
    /// Somebody is active by the time at which the event happened; arriving counts by when the
    /// server had it. Events of programs are left out where the source leaves them out.
    ///
    /// - Returns: `{"now", "active_5", "active_30", "minutes", "pages", "referrers", "countries",
    ///   "events", "latest"}`; `minutes` are events received, thirty numbers, the oldest first.
    /// - Throws: `question/unknown-source`, `keys/no-events`, `engine/…`.
    public func live(_ name: String) async throws(Failure) -> JSON {
        try requireEvents(name)
        let now = clock.now
        let minute = 60_000_000 as Int64
        let begin = Instant(
            microseconds: (now.microseconds / minute - Int64(Self.liveMinutes - 1)) * minute)
        var live = LiveTallies(minutes: Self.liveMinutes)
        guard intake.present != nil else { return live.json(now: now, latest: []) }
        let frame = try await engine.run(
            LiveTallies.statement(
                SourceImporter.table(of: name), begin: begin,
                fiveMinutesAgo: now.adding(seconds: -300)))
        for row in 0..<frame.count { live.add(frame, row) }
        return live.json(now: now, latest: try await latest(name, since: begin))
    }

    private func latest(_ name: String, since begin: Instant) async throws(Failure) -> [JSON] {
        let frame = try await engine.run(
            Statement(
                """
                SELECT received, event, coalesce(user_id, anonymous_id), path, country, device
                FROM \(SourceImporter.table(of: name).sql) WHERE received >= $1
                ORDER BY received DESC LIMIT 20
                """, [.instant(begin)]))
        return (0..<frame.count).map { row in
            [
                "time": .optional(frame.columns[0].instant(row)?.description),
                "event": .optional(frame.columns[1].text(row)),
                "person": .optional(frame.columns[2].text(row)),
                "path": .optional(frame.columns[3].text(row)),
                "country": .optional(frame.columns[4].text(row)),
                "device": .optional(frame.columns[5].text(row)),
            ]
        }
    }
}

/// What one scan of the last half hour adds up.
private struct LiveTallies {
    private var active5 = 0
    private var active30 = 0
    private var minutes: [Int]
    private var lists: [String: [JSON]] = [:]

    init(minutes: Int) { self.minutes = Array(repeating: 0, count: minutes) }

    /// Rows of what is counted, under which name, how often.
    static func statement(
        _ table: TableName, begin: Instant, fiveMinutesAgo: Instant
    ) -> Statement {
        let lists = [
            ("pages", "path", "WHERE kind = 'page'"),
            ("referrers", "coalesce(campaign_source, referrer_host)", "WHERE kind = 'page'"),
            ("countries", "country", ""), ("events", "event", ""),
        ].map { list, value, condition in
            """
            UNION ALL SELECT * FROM (
              SELECT '\(list)', \(value) AS name, count(*) FROM recent \(condition)
              GROUP BY 2 HAVING name IS NOT NULL ORDER BY 3 DESC, 2 LIMIT 10)
            """
        }.joined(separator: "\n")
        return Statement(
            """
            WITH recent AS MATERIALIZED (
              SELECT time, received, person, event, kind, path, campaign_source, referrer_host,
                country
              FROM \(table.sql) WHERE received >= $1
            )
            SELECT 'active_5', '', count(DISTINCT person) FILTER (WHERE time >= $2) FROM recent
            UNION ALL
            SELECT 'active_30', '', count(DISTINCT person) FILTER (WHERE time >= $1) FROM recent
            UNION ALL
            SELECT 'minute',
              CAST((epoch_us(received) - \(begin.microseconds)) // 60000000 AS VARCHAR), count(*)
            FROM recent GROUP BY 2
            \(lists)
            """, [.instant(begin), .instant(fiveMinutesAgo)])
    }

    mutating func add(_ frame: Frame, _ row: Int) {
        let name = frame.columns[1].text(row) ?? ""
        let count = frame.columns[2].integer(row) ?? 0
        switch frame.columns[0].text(row) ?? "" {
        case "active_5": active5 = count
        case "active_30": active30 = count
        case "minute":
            if let minute = Int(name), minutes.indices.contains(minute) { minutes[minute] = count }
        case let list:
            lists[list, default: []].append(["name": .text(name), "count": .integer(count)])
        }
    }

    func json(now: Instant, latest: [JSON]) -> JSON {
        func list(_ name: String) -> JSON { .list(lists[name] ?? []) }
        return [
            "now": .text(now.description), "active_5": .integer(active5),
            "active_30": .integer(active30), "minutes": .list(minutes.map { .integer($0) }),
            "pages": list("pages"), "referrers": list("referrers"),
            "countries": list("countries"), "events": list("events"), "latest": .list(latest),
        ]
    }
}
