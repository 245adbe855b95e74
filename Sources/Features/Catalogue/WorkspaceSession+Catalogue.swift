import Definitions
import Planning
import Vocabulary

/// What is defined, and how well.
extension WorkspaceSession {
    /// Every definition with its health: the catalogue page.
    public func catalogueJSON() -> JSON {
        let snapshot = snapshot
        let findings = findings
        let catalog = snapshot.catalog
        return [
            "metrics": .list(
                catalog.metrics.values.sorted { $0.id < $1.id }.map {
                    entry($0, snapshot, findings).json
                }),
            "kpis": .list(
                catalog.kpis.values.sorted { $0.id < $1.id }.map { kpi in
                    kpi.json(findings: findings.within(kpi.origin))
                }),
            "objectives": .list(
                catalog.objectives.values.sorted { $0.id < $1.id }.map { objective in
                    objective.json(
                        kpis: catalog.kpis.values.filter { $0.objective == objective.id })
                }),
            "sources": .list(
                catalog.writtenSources.map {
                    [
                        "name": .text($0.name), "is": .text($0.meaning),
                        "owner": .optional($0.owner),
                        "rows": .integer(snapshot.facts[$0.name]?.rows ?? 0),
                    ]
                }),
            "behaviours": .list(behaviours(catalog)),
            "dimensions": .list(dimensions(catalog)),
            "findings": .list(findings.map(\.json)),
        ]
    }

    /// The saved questions about behaviour, by kind and name.
    private func behaviours(_ catalog: Catalog) -> [JSON] {
        BehaviourKind.allCases.flatMap { kind in
            (catalog.behaviours[kind] ?? [:]).values.sorted { $0.name < $1.name }.map {
                [
                    "id": .text($0.name), "kind": .text(kind.rawValue), "title": .text($0.title),
                    "is": .text($0.meaning), "source": .text($0.source),
                ]
            }
        }
    }

    /// One metric with its text.
    ///
    /// - Throws: `question/unknown-metric` with the nearest name.
    public func metricJSON(_ id: String) throws(Failure) -> JSON {
        let snapshot = snapshot
        guard let metric = snapshot.catalog.metrics[id] else {
            throw Failure(
                .unknownMetricAsked, "There is no metric named '\(id)'.",
                hint: nearestName(to: id, among: snapshot.catalog.metrics.keys)
                    .map { "did you mean '\($0)'?" })
        }
        let entry = entry(metric, snapshot, findings)
        return .object(entry.members + [("yaml", .text(metric.origin.yaml))])
    }

    /// One KPI: how it stands, what defines it, what was found about it.
    public func kpiJSON(_ id: String) async throws(Failure) -> JSON {
        let snapshot = snapshot
        let status = try await status(of: id)
        let kpi = status.kpi
        let all = findings
        return [
            "status": status.json,
            "definition": [
                "yaml": .text(kpi.origin.yaml),
                "hash": .text(snapshot.fingerprints[kpi.metric] ?? ""),
                "file": .text(kpi.origin.place.file),
            ],
            "metric": .object(
                entry(status.metric, snapshot, all).members
                    + [("yaml", .text(status.metric.origin.yaml))]),
            "objective": kpi.objective.flatMap { snapshot.catalog.objectives[$0] }.map {
                objective in
                objective.json(
                    kpis: snapshot.catalog.kpis.values.filter { $0.objective == objective.id })
            } ?? .null,
            "findings": .list(
                (all.within(kpi.origin) + all.within(status.metric.origin)).map(\.json)),
        ]
    }

    private func entry(_ metric: Metric, _ snapshot: Snapshot, _ findings: [Finding]) -> MetricEntry
    {
        MetricEntry(
            metric: metric, catalog: snapshot.catalog, hash: snapshot.fingerprints[metric.id] ?? "",
            findings: findings.within(metric.origin))
    }

    private func dimensions(_ catalog: Catalog) -> [JSON] {
        var sources: [String: [String]] = [:]
        for source in catalog.writtenSources {
            for name in source.dimensions.keys { sources[name, default: []].append(source.name) }
        }
        return sources.sorted { $0.key < $1.key }.map { name, sources in
            let own = sources.compactMap { catalog.sources[$0]?.dimensions[name]?.meaning }.first
            return [
                "name": .text(name),
                "is": .optional(catalog.descriptions[name]?.meaning ?? own),
                "sources": .list(sources.sorted().map(JSON.text)),
            ]
        }
    }
}

extension KPI {
    /// The KPI as the catalogue prints it.
    func json(findings: [Finding]) -> JSON {
        [
            "id": .text(id), "title": .text(title), "metric": .text(metric),
            "objective": .optional(objective), "owner": .optional(owner),
            "team": .optional(team ?? owner), "review": .text(review.rawValue),
            "status": .text(status.rawValue), "guardrail": .optional(guardrail),
            "file": .text(origin.place.file), "health": .text(findings.health),
            "findings": .list(findings.map(\.json)),
        ]
    }
}
