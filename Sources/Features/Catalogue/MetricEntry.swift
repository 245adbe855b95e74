import Definitions
import Vocabulary

/// What the catalogue says of a metric.
struct MetricEntry {
    let metric: Metric
    let catalog: Catalog
    let hash: String
    let findings: [Finding]

    var json: JSON { .object(members) }

    var members: [(name: String, value: JSON)] {
        let sources = catalog.sources(of: metric.id)
        let currency =
            metric.unit.currency ?? (metric.unit.name == "money" ? catalog.settings.currency : nil)
        return [
            ("id", .text(metric.id)), ("title", .text(metric.title)), ("is", .text(metric.meaning)),
            ("owner", .optional(metric.owner)), ("unit", .text(metric.unit.name)),
            ("currency", .optional(currency)), ("better", .text(metric.better.rawValue)),
            ("formula", .text(metric.formula.description)), ("kind", .text(metric.kind)),
            ("hasTime", .boolean(sources.allSatisfy { catalog.sources[$0]?.time != nil })),
            ("source", .optional(sources.first)), ("sources", .list(sources.map(JSON.text))),
            ("dependsOn", .list(catalog.dependencies(of: metric.id).map(JSON.text))),
            ("usedBy", .list(catalog.kpis(using: metric.id).map(JSON.text))),
            ("dimensions", .list(catalog.dimensions(of: metric.id).map(JSON.text))),
            ("file", .text(metric.origin.place.file)), ("hash", .text(hash)),
            ("health", .text(findings.health)), ("findings", .list(findings.map(\.json))),
        ]
    }
}

extension [Finding] {
    /// The worst of the findings: `good`, `warning` or `error`.
    var health: String {
        if contains(where: { $0.severity == .error }) { return "error" }
        return contains { $0.severity == .warning } ? "warning" : "good"
    }

    /// The findings inside a definition: in its file, from its first line to the next definition's.
    func within(_ origin: Origin) -> [Finding] {
        let lines = origin.yaml.split(separator: "\n", omittingEmptySubsequences: false).count
        return filter { finding in
            guard let place = finding.failure.place, place.file == origin.place.file else {
                return false
            }
            return place.line >= origin.place.line
                && place.line < origin.place.line + Swift.max(1, lines)
        }
    }
}

extension Finding {
    /// The finding as the API prints it.
    public var json: JSON {
        guard case .object(let members) = failure.json else { return .null }
        return .object([(name: "severity", value: .text(severity.rawValue))] + members)
    }
}
