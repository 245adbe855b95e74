import Vocabulary

/// Everything that the checks and the KPI linter find in a catalogue, sorted by place.
///
/// Problems of reading and of names are found by ``CatalogLoader/load(_:)``; print both together.
///
/// - Parameters:
///   - catalog: The sound definitions.
///   - facts: What is known of each source's data; sources that are missing have no data yet, and
///     their columns are not checked.
///   - today: The present day in the workspace's zone.
/// - Returns: The findings.
public func check(_ catalog: Catalog, facts: [String: SourceFacts], today: Day) -> [Finding] {
    let context = CheckContext(catalog: catalog, facts: facts, today: today)
    return (definitionChecks + linterRules).flatMap { $0.findings(in: context) }.sortedByPlace()
}

/// One kind of mistake in definitions.
protocol DefinitionCheck: Sendable {
    /// Where the catalogue makes this mistake.
    func findings(in context: CheckContext) -> [Finding]
}

/// The checks, in no particular order.
private let definitionChecks: [any DefinitionCheck] = [
    SourceExpressionCheck(), SourceColumnCheck(), MetricExpressionCheck(), EntityCheck(),
    EventCheck(), SourceTimeCheck(), UnitCheck(), CurrencyCheck(), UnmatchableFilterCheck(),
    DuplicateCalculationCheck(), TargetDateCheck(), TargetValueCheck(), TargetSideCheck(),
    ObjectiveDateCheck(), DescriptionCheck(), ContractualLifetimeCheck(), BehaviourCheck(),
]

/// The rules of good KPIs.
private let linterRules: [any DefinitionCheck] = [
    SmartObjectiveRule(), OwnerRule(), TargetRule(), BaselineRule(), TooManyRule(), VanityRule(),
    GuardrailRule(), BenchmarkRule(), ObjectiveRule(), SameMetricRule(), StaleDataRule(),
    TargetOverRule(), DirectionRule(), DeliveryTargetRule(),
]

/// What checks look at.
struct CheckContext {
    let catalog: Catalog
    let facts: [String: SourceFacts]
    let today: Day
    private let scopes: [String: ExpressionScope]

    init(catalog: Catalog, facts: [String: SourceFacts], today: Day) {
        let catalog = catalog.asOf(today)
        self.catalog = catalog
        self.facts = facts
        self.today = today
        scopes = catalog.sources.mapValues { source in
            ExpressionScope(
                source: source, facts: facts[source.name] ?? .empty, others: facts)
        }
    }

    /// The metrics, by their names.
    var metrics: [Metric] { catalog.metrics.values.sorted { $0.id < $1.id } }

    /// The sources that people defined, by their names.
    var sources: [SourceDefinition] { catalog.writtenSources }

    /// The KPIs that are not retired, by their names.
    var kpis: [KPI] {
        catalog.kpis.values.filter { $0.status != .retired }.sorted { $0.id < $1.id }
    }

    /// The objectives, by their names.
    var objectives: [Objective] { catalog.objectives.values.sorted { $0.id < $1.id } }

    /// The names that a source's expressions may use.
    func scope(of source: String) -> ExpressionScope? { scopes[source] }

    /// The unit of a metric, a workspace's currency written out.
    func unit(of metric: String) -> Unit? {
        guard let unit = catalog.metrics[metric]?.unit else { return nil }
        return unit == .money(currency: nil)
            ? .money(currency: catalog.settings.currency) : unit
    }

    /// Every aggregate of every metric.
    var aggregates: [(metric: Metric, located: LocatedAggregate)] {
        metrics.flatMap { metric in
            metric.formula.locatedAggregates().map { (metric, $0) }
        }
    }
}

/// The failure of a calculation, if it throws one.
func failure(of check: () throws(Failure) -> Void) -> Failure? {
    do throws(Failure) {
        try check()
        return nil
    } catch {
        return error
    }
}
