import Vocabulary

/// What rests on what.
extension Catalog {
    /// The metrics that a metric is calculated from, directly or through others, sorted.
    public func dependencies(of metric: String) -> [String] {
        var found: Set<String> = []
        var waiting = metrics[metric]?.formula.metricNames ?? []
        while let name = waiting.popLast() {
            guard found.insert(name).inserted else { continue }
            waiting += metrics[name]?.formula.metricNames ?? []
        }
        found.remove(metric)
        return found.sorted()
    }

    /// The sources that a metric's numbers come from, through other metrics too, sorted.
    public func sources(of metric: String) -> [String] {
        let names = [metric] + dependencies(of: metric)
        let used = names.flatMap { metrics[$0]?.formula.aggregates.map(\.source) ?? [] }
        return Set(used).sorted()
    }

    /// The metrics that are calculated from a metric directly, sorted.
    public func metrics(using metric: String) -> [String] {
        metrics.values.filter { $0.formula.metricNames.contains(metric) }.map(\.id).sorted()
    }

    /// The KPIs that watch a metric, directly, through other metrics or as a guardrail, sorted.
    public func kpis(using metric: String) -> [String] {
        kpis.values.filter { kpi in
            kpi.metric == metric || kpi.guardrail == metric
                || dependencies(of: kpi.metric).contains(metric)
        }.map(\.id).sorted()
    }

    /// The dimensions by which a metric can be split: those that all its sources have, sorted.
    public func dimensions(of metric: String) -> [String] {
        let sets = sources(of: metric).compactMap { sources[$0].map { Set($0.dimensions.keys) } }
        guard let first = sets.first else { return [] }
        return sets.dropFirst().reduce(first) { $0.intersection($1) }.sorted()
    }

    /// The currency of a metric's amounts; nil if it counts something else.
    public func currency(of metric: String) -> String? {
        guard case .money(let currency)? = metrics[metric]?.unit else { return nil }
        return currency ?? settings.currency
    }
}
