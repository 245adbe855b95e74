import Definitions
import Engines
import Planning
import Vocabulary

/// Asks what panels need: ordinary questions, about metrics that are made up for the purpose.
struct PanelDesk {
    let session: WorkspaceSession
    let snapshot: WorkspaceSession.Snapshot
    let metric: Metric
    let kpi: KPI?
    let words: QuestionWords
    /// Whether what people wrote may be shown.
    let showsTexts: Bool

    init(
        _ session: WorkspaceSession, metric: Metric, kpi: KPI?, words: QuestionWords,
        showsTexts: Bool
    ) {
        self.session = session
        snapshot = session.snapshot
        self.metric = metric
        self.kpi = kpi
        self.words = words
        self.showsTexts = showsTexts
    }

    /// The panels that fit the metric.
    var panels: [any Panel] {
        let all: [(any Panel)?] = [
            BridgePanel(self), RevenueCohortPanel(self), LifetimePanel(self), OpinionPanel(self),
            SurvivalPanel(self), CohortPanel(self), ScatterPanel(self), QuotientPanel(self),
            SplitPanel(self),
        ]
        return all.compactMap { $0 }
    }

    /// The sources that the metric rests on.
    var sources: [SourceDefinition] {
        snapshot.catalog.sources(of: metric.id).compactMap { snapshot.catalog.sources[$0] }
    }

    /// The grain of panels over time.
    var grain: Grain {
        words.grain.flatMap(Grain.init(rawValue:)) ?? kpi?.review.grain ?? .month
    }

    /// The range of panels over time, where none is asked for.
    var usualTrend: String {
        switch grain {
        case .hour, .day: "last 30 days"
        case .week: "last 26 weeks"
        case .month: "last 12 months"
        case .quarter: "last 8 quarters"
        case .year: "last 5 years"
        }
    }

    /// The range of panels that look at one stretch of time, where none is asked for.
    let usualRange = "last 12 months"

    /// The aggregates of the metric and of those it builds on, in order.
    var aggregates: [Aggregate] { aggregates(of: metric.formula, depth: 0) }

    private func aggregates(of formula: Formula, depth: Int) -> [Aggregate] {
        let inner = formula.metricNames.compactMap { snapshot.catalog.metrics[$0]?.formula }
        return formula.aggregates
            + (depth < 24 ? inner.flatMap { aggregates(of: $0, depth: depth + 1) } : [])
    }

    /// A question about metrics, over the range that is asked for or a usual one.
    func question(
        _ metrics: [String], over usual: String, grain: Grain? = nil, by dimensions: [String] = [],
        limit: Int? = nil
    ) throws(Failure) -> Question {
        var asked = words
        asked.metrics = [metric.id]
        asked.over = words.over ?? usual
        if words.over == nil, words.asOf == nil { asked.asOf = lastDay }
        asked.grain = grain?.rawValue
        asked.by = dimensions
        asked.compare = nil
        asked.limit = limit
        var question = try session.question(asked)
        question.metrics = metrics
        return question
    }

    /// The day from which "last" counts where no range is asked for: today, or the end of the
    /// period in which the data ends where that is past, so that panels of old data are not empty.
    private var lastDay: String? {
        let calendar = snapshot.calendar
        let ends = sources.compactMap { source in
            [
                snapshot.facts[source.name]?.watermark,
                source.completeThrough.map(calendar.zone.start(of:)),
            ].compactMap { $0 }.max()
        }
        guard let end = ends.max() else { return nil }
        let day = calendar.zone.day(at: Instant(microseconds: end.microseconds - 1))
        let period = calendar.range(of: max(grain, .month), containing: day)
        return min(period.end, session.today).description
    }

    /// The answer to a question; `made` are metrics and `dimensions` dimensions (by source) that no
    /// file defines.
    func answer(
        _ question: Question, made: [Metric] = [],
        dimensions: [String: [String: Expression]] = [:]
    ) async throws(Failure) -> Answer {
        let catalog = snapshot.catalog.adding(made, dimensions: dimensions)
        let asker = Asker(
            engine: session.engine, catalog: catalog, facts: snapshot.facts,
            fingerprints: snapshot.fingerprints, derivationFailures: snapshot.derivationFailures,
            fits: session.fits)
        return try await asker.answer(question)
    }

    /// Plans a question and runs its reads, for what an answer does not tell.
    func assembly(
        _ question: Question
    ) async throws(Failure) -> (plan: QuestionPlan, assembly: AnswerAssembly) {
        let run = try await session.asker(snapshot).ran(question)
        return (run.plan, run.assembly)
    }

    /// A panel with its kind and title, and what all panels have.
    func panel(
        _ kind: String, title: String, _ members: [(name: String, value: JSON)] = [],
        notes: [JSON] = [], receipt: String? = nil
    ) -> JSON {
        .object(
            [("kind", .text(kind)), ("title", .text(title))] + members
                + [("receipt", .optional(receipt)), ("notes", .list(notes))])
    }
}

extension Metric {
    /// A metric that no file defines.
    static func made(_ id: String, unit: Unit = .count, _ formula: Formula) -> Metric {
        Metric(
            id: id, title: titledName(id), meaning: "", owner: nil, unit: unit, better: .none,
            formula: formula, empty: nil,
            origin: Origin(place: Place(file: "panel", line: 1, column: 1), yaml: ""))
    }

    private static func titledName(_ id: String) -> String { id.replacing("_", with: " ") }
}

extension Catalog {
    /// The catalog with metrics and dimensions (by source) that no file defines.
    func adding(
        _ made: [Metric], dimensions: [String: [String: Expression]] = [:]
    ) -> Catalog {
        var metrics = metrics
        for metric in made { metrics[metric.id] = metric }
        var sources = sources
        for (name, added) in dimensions {
            sources[name] = sources[name]?.adding(
                added.mapValues { SourceDimension(expression: $0) })
        }
        return Catalog(
            settings: settings, sources: sources, metrics: metrics, kpis: kpis,
            objectives: objectives, descriptions: descriptions, behaviours: behaviours)
    }
}

extension Formula {
    /// An aggregate over a source.
    static func over(
        _ source: String, _ function: AggregateFunction, where filter: Expression? = nil
    ) -> Formula {
        .aggregate(Aggregate(source: source, function: function, filter: filter))
    }

    /// An aggregate added up from the beginning.
    var sinceTheBeginning: Formula { .cumulative(.formula(self), .toDate(nil)) }
}

extension Expression {
    /// A column or dimension by its name.
    static func named(_ name: String) -> Expression { .name(NameReference(name)) }
}
