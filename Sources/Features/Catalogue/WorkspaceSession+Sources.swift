import Definitions
import Engines
import Planning
import Vocabulary

/// What is stored: the data page.
extension WorkspaceSession {
    /// Every source with its rows, columns, imports and the state of its quality rules.
    public func sourcesJSON() async throws(Failure) -> JSON {
        let snapshot = snapshot
        let sources = snapshot.catalog.writtenSources
        let names = sources.map(\.name)
        let files = try await engine.withConnection { connection throws(Failure) in
            var files: [String: [ImportLedger.File]] = [:]
            for name in names { files[name] = try ImportLedger(connection).files(of: name) }
            return files
        }
        var list: [JSON] = []
        for source in sources {
            list.append(try await json(source, files: files[source.name] ?? [], snapshot))
        }
        return ["sources": .list(list)]
    }

    private func json(
        _ source: SourceDefinition, files: [ImportLedger.File], _ snapshot: Snapshot
    ) async throws(Failure) -> JSON {
        let facts = snapshot.facts[source.name] ?? .empty
        let completeness = Completeness(
            catalog: snapshot.catalog, facts: snapshot.facts, calendar: snapshot.calendar)
        let watermark = completeness.watermark(of: source.name)
        let freshness = Freshness(
            watermark: facts.rows == 0 ? nil : watermark, now: clock.now,
            limitDays: source.freshDays ?? 9)
        let checks = try await QualityReport(source: source, facts: facts, engine: engine)
            .checks(freshness: freshness)
        return [
            "name": .text(source.name), "is": .text(source.meaning),
            "owner": .optional(source.owner), "rows": .integer(facts.rows),
            "version": .integer(facts.version), "first": .optional(facts.first?.description),
            "watermark": .optional(watermark?.description),
            "state": .text(freshness.state.rawValue), "freshness": .text(freshness.text),
            "from": .optional(source.origins),
            "takes": .text(source.takes),
            "format": .optional(source.files?.format.rawValue),
            "recipe": .optional(source.recipe?.description),
            "rests_on": .list(snapshot.catalog.upstream(of: source.name).map(JSON.text)),
            "failure": .optional(snapshot.derivationFailures[source.name]?.message),
            "columns": .list(
                facts.columns.map {
                    ["name": .text($0.name), "type": .text($0.type.rawValue)]
                }),
            "imports": .list(
                files.map {
                    [
                        "file": .text($0.label), "rows": .integer($0.rowsStored),
                        "refused": .integer($0.rowsRefused), "bytes": .integer($0.bytes),
                        "at": .text($0.importedAt.description),
                    ]
                }),
            "quality": .list(checks.map(\.json)), "file": .text(source.origin.place.file),
            "histories": await historiesStatus(of: source.name)?.json ?? .null,
        ]
    }
}

extension SourceDefinition {
    /// Where its rows come from, in words; nil where only files that are handed over are read.
    fileprivate var origins: String? {
        recipe?.phrase ?? files?.path ?? (intake == nil ? nil : "events of applications")
    }

    /// What can be given to it: `files`, `events`, or `nothing` where it is made from others.
    fileprivate var takes: String {
        recipe != nil ? "nothing" : intake != nil ? "events" : "files"
    }

    /// After how many days the source's own rule calls its data stale.
    var freshDays: Int? {
        quality.compactMap { rule in
            if case .freshWithin(let span) = rule { span.days + span.months * 31 } else { nil }
        }.min()
    }
}

/// Checks a source's data against its quality rules.
struct QualityReport {
    let source: SourceDefinition
    let facts: SourceFacts
    let engine: DuckDBEngine

    /// One rule and how the data keeps it.
    struct Check {
        let rule: String
        let state: String
        let text: String

        var json: JSON { ["check": .text(rule), "state": .text(state), "text": .text(text)] }
    }

    func checks(freshness: Freshness) async throws(Failure) -> [Check] {
        guard facts.rows > 0 else { return [] }
        var checks: [Check] = []
        for rule in source.quality {
            switch rule {
            case .unique(let columns): checks.append(try await unique(columns))
            case .notNull(let columns):
                for column in columns { checks.append(try await notNull(column)) }
            case .freshWithin(let span):
                checks.append(
                    Check(
                        rule: "fresh within \(span)",
                        state: freshness.state == .fresh ? "good" : "warning",
                        text: "The last row is from \(freshness.text)."))
            }
        }
        return checks
    }

    private func unique(_ columns: [String]) async throws(Failure) -> Check {
        let list = try names(columns).joined(separator: ", ")
        let frame = try await engine.run(
            Statement(
                """
                SELECT coalesce(sum(copies - 1), 0) FROM (
                  SELECT count(*) AS copies FROM \(SourceImporter.table(of: source.name).sql)
                  GROUP BY \(list) HAVING count(*) > 1
                )
                """))
        let extra = frame.columns[0].integer(0) ?? 0
        return Check(
            rule: "unique \(columns.joined(separator: ", "))",
            state: extra == 0 ? "good" : "warning",
            text: extra == 0
                ? "No two rows are alike."
                : "\(extra) rows repeat another row's values.")
    }

    private func notNull(_ column: String) async throws(Failure) -> Check {
        let name = try names([column])[0]
        let frame = try await engine.run(
            Statement(
                "SELECT count(*) FROM \(SourceImporter.table(of: source.name).sql) WHERE \(name) IS NULL"
            ))
        let missing = frame.columns[0].integer(0) ?? 0
        return Check(
            rule: "\(column) is never missing", state: missing == 0 ? "good" : "warning",
            text: missing == 0 ? "Every row has a value." : "\(missing) rows have no value.")
    }

    private func names(_ columns: [String]) throws(Failure) -> [String] {
        let scope = ExpressionScope(source: source, facts: facts)
        var names: [String] = []
        for column in columns {
            guard let stored = scope.column(named: column) else {
                throw Failure(
                    .unknownColumn,
                    "The source '\(source.name)' has no column '\(column)'.",
                    place: source.origin.place(of: "quality"))
            }
            names.append(quotedName(stored.name))
        }
        return names
    }
}
