import Vocabulary

/// Resolves the names between definitions, reports those that mean nothing, and leaves out what
/// uses them.
///
/// What uses a name whose own definition is broken is left out without a finding of its own: the
/// cause has been told.
struct CatalogResolver {
    private let reading: CatalogReading
    private let problems: Problems

    init(_ reading: CatalogReading) {
        self.reading = reading
        problems = reading.problems
    }

    func resolved() -> Catalog {
        let settings = reading.settings ?? WorkspaceSettings(title: "Workspace")
        let segments = (reading.behaviours[.segment] ?? [:]).values.compactMap {
            $0 as? SegmentDefinition
        }
        let written = FunnelMetrics(reading: reading, problems: problems) { name, place in
            isDefined(.funnel, name, code: .unknownFunnel, at: place)
        }.sources()
        let behaviour = BehaviourMetrics(reading) { kind, name, place in
            CatalogReading.Kind(rawValue: kind.rawValue).map {
                isDefined($0, name, code: .unknownBehaviourOfMetric, at: place)
            } ?? false
        }
        let all = written.merging(behaviour.sources) { $1 }
            .mapValues { adding(segments, to: $0, settings) }
        let sources = SourceResolver(sources: all, problems: problems) { name, place in
            isDefined(.source, name, code: .unknownSource, at: place)
        }.resolved()
        let metrics = metrics(behaviour.metrics(over: sources), sources: sources)
        return Catalog(
            settings: settings, sources: sources, metrics: metrics,
            kpis: kpis(metrics: metrics, currency: settings.currency),
            objectives: reading.objectives, descriptions: reading.descriptions,
            behaviours: reading.behaviours.mapValues { definitions in
                definitions.filter { resolves($0.value, sources) }
                    .mapValues { $0 as any BehaviourDefinition }
            }, events: events(sources))
    }

    /// A source with those of some segments that are its own.
    private func adding(
        _ segments: [SegmentDefinition], to source: SourceDefinition,
        _ settings: WorkspaceSettings
    ) -> SourceDefinition {
        var source = source
        source.segments = SourceSegments(
            segments.filter { $0.source == source.name },
            calendar: WorkCalendar(
                zone: Zone(name: settings.zone) ?? .utc, firstWeekday: settings.firstWeekday,
                fiscal: settings.fiscal))
        return source
    }

    /// Whether the sources of a behavioural question are sound; a name that means nothing is told.
    private func resolves(
        _ definition: any ReadableBehaviour, _ sources: [String: SourceDefinition]
    ) -> Bool {
        definition.sources.map { source in
            isDefined(
                .source, source.name, code: .unknownSource,
                at: definition.origin.place(of: source.path)) && sources[source.name] != nil
        }.allSatisfy { $0 }
    }

    /// The events whose sources are sound and take events; two of one name cannot be told apart.
    private func events(_ sources: [String: SourceDefinition]) -> [String: EventDefinition] {
        var first: [String: EventDefinition] = [:]
        return reading.events.filter { id, event in
            var isSound = true
            for source in event.sources {
                guard
                    isDefined(
                        .source, source, code: .unknownSource, at: event.origin.place(of: "from")),
                    sources[source] != nil
                else {
                    isSound = false
                    continue
                }
                if sources[source]?.intake == nil {
                    isSound = false
                    problems.report(
                        .error,
                        Failure(
                            .eventSource, "The source '\(source)' takes no events of applications.",
                            hint: "name a source that says from: events",
                            place: event.origin.place(of: "from")))
                }
            }
            return isSound
        }.sorted { $0.key < $1.key }.reduce(into: [:]) { sound, entry in
            let (id, event) = entry
            let names = event.sources.map { "\($0) \(event.event)" }
            if let other = names.compactMap({ first[$0] }).first {
                problems.report(
                    .error,
                    Failure(
                        .duplicateName,
                        "Two definitions describe the event '\(shortened(event.event))'.",
                        hint: "the other is at \(other.origin.place); keep one",
                        place: event.origin.place))
            } else {
                sound[id] = event
                for name in names { first[name] = event }
            }
        }
    }

    /// How many metrics may build on each other in a row.
    static let levelsMax = 50

    /// The metrics that rest on sources in the end, built from the bottom up.
    private func metrics(
        _ written: [String: Metric], sources: [String: SourceDefinition]
    ) -> [String: Metric] {
        var waiting = written.filter { resolvesItself($0.value) }
        let edges = written.mapValues(\.formula.metricNames)
        for cycle in Cycles(edges: edges).all {
            report(cycle)
            for id in cycle { waiting[id] = nil }
        }
        waiting = waiting.filter { _, metric in
            metric.formula.aggregates.allSatisfy { sources[$0.source] != nil }
        }
        var sound: [String: Metric] = [:]
        for _ in 0..<Self.levelsMax {
            let ready = waiting.filter { _, metric in
                metric.formula.metricNames.allSatisfy { sound[$0] != nil }
            }
            if ready.isEmpty { return sound }
            for (id, metric) in ready {
                sound[id] = metric
                waiting[id] = nil
            }
        }
        let isAlive = { (id: String) in sound[id] != nil || waiting[id] != nil }
        let tops = waiting.keys.filter { id in
            !waiting.values.contains { $0.formula.metricNames.contains(id) }
        }
        for metric in tops.compactMap({ waiting[$0] })
        where metric.formula.metricNames.allSatisfy(isAlive) {
            problems.report(
                .error,
                Failure(
                    .metricsTooDeep,
                    "The metric '\(metric.id)' rests on more than \(Self.levelsMax) others in a row.",
                    hint: "calculate it from sources", place: metric.origin.place(of: "formula")))
        }
        return sound
    }

    /// Whether all names of a metric are defined somewhere.
    private func resolvesItself(_ metric: Metric) -> Bool {
        var isSound = true
        for located in metric.formula.locatedAggregates() {
            isSound =
                isDefined(
                    .source, located.aggregate.source, code: .unknownSource,
                    at: metric.origin.place(of: "from", in: located.path)) && isSound
        }
        for located in metric.formula.locatedReferences() {
            isSound =
                isDefined(
                    .metric, located.reference.name, code: .unknownMetric,
                    at: metric.origin.place(of: located.reference, at: located.path)) && isSound
        }
        return isSound
    }

    private func isDefined(
        _ kind: CatalogReading.Kind, _ name: String, code: Failure.Code, at place: Place
    ) -> Bool {
        guard !reading.declares(kind, name) else { return true }
        let names = reading.names(kind)
        let near = nearestName(to: name, among: names)
        problems.report(
            .error,
            Failure(
                code, "There is no \(kind.rawValue) named '\(shortened(name))'.",
                hint: near.map { "did you mean '\($0)'?" }
                    ?? (names.isEmpty
                        ? "define it: \(kind.rawValue): \(shortened(name))"
                        : "there are \(names.sorted().prefix(8).joined(separator: ", "))"),
                place: place))
        return false
    }

    private func report(_ cycle: [String]) {
        guard let first = cycle.first, let metric = reading.metrics[first] else { return }
        let path = (cycle + [first]).joined(separator: " → ")
        problems.report(
            .error,
            Failure(
                .metricCycle, "The metrics \(path) are calculated from each other.",
                hint: "one of them must be calculated from a source",
                place: metric.origin.place(of: "formula")))
    }

    private func kpis(metrics: [String: Metric], currency: String) -> [String: KPI] {
        var sound: [String: KPI] = [:]
        for (id, (kpi, numbers)) in reading.kpis.sorted(by: { $0.key < $1.key }) {
            let before = problems.errorCount
            checkNames(of: kpi)
            guard let metric = metrics[kpi.metric] else { continue }
            for number in numbers { check(number, of: kpi, metric, currency: currency) }
            guard problems.errorCount == before,
                kpi.guardrail.map({ metrics[$0] != nil }) ?? true,
                kpi.objective.map({ reading.objectives[$0] != nil }) ?? true
            else { continue }
            sound[id] = kpi
        }
        return sound
    }

    private func checkNames(of kpi: KPI) {
        let origin = kpi.origin
        _ = isDefined(.metric, kpi.metric, code: .unknownMetric, at: origin.place(of: "metric"))
        if let objective = kpi.objective {
            _ = isDefined(
                .objective, objective, code: .unknownObjective, at: origin.place(of: "objective"))
        }
        if let guardrail = kpi.guardrail {
            _ = isDefined(
                .metric, guardrail, code: .unknownGuardrail, at: origin.place(of: "guardrail"))
        }
    }

    /// Whether a target's number is written as the metric's unit needs it.
    private func check(
        _ target: TargetNumber, of kpi: KPI, _ metric: Metric, currency: String
    ) {
        var unit = metric.unit
        if unit == .money(currency: nil) { unit = .money(currency: currency) }
        guard let reason = target.number.mismatch(with: unit) else { return }
        problems.report(
            .error,
            Failure(
                .targetUnit,
                "A value of the KPI '\(kpi.id)' does not fit its metric, whose unit is \(unit): "
                    + "\(reason).", hint: "write it as \(unit.exampleNumber)",
                place: kpi.origin.place(of: target.path)))
    }
}

extension Unit {
    /// A number as people write it in this unit.
    var exampleNumber: String {
        switch self {
        case .count, .number: "1200 or 45k"
        case .share: "31%"
        case .money(let currency): "1200 or 1200 \(currency ?? "EUR")"
        case .duration: "2 days"
        case .points: "45"
        case .ratio: "1.8"
        }
    }
}

extension Failure.Code {
    /// A formula reads a source that is not defined.
    public static let unknownSource: Self = "definition/unknown-source"
    /// A name of a metric is not defined.
    public static let unknownMetric: Self = "definition/unknown-metric"
    /// A KPI serves an objective that is not defined.
    public static let unknownObjective: Self = "definition/unknown-objective"
    /// A KPI's guardrail is no metric.
    public static let unknownGuardrail: Self = "definition/unknown-guardrail"
    /// Metrics are calculated from each other.
    public static let metricCycle: Self = "definition/metric-cycle"
    /// Too many metrics build on each other.
    public static let metricsTooDeep: Self = "definition/metrics-too-deep"
    /// A target's number is written in another unit than its metric has.
    public static let targetUnit: Self = "definition/target-unit"
}
