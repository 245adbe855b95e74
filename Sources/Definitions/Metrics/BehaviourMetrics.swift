import Vocabulary

/// Writes out the metrics whose formulas are numbers of questions about behaviour, when all files
/// are read.
struct BehaviourMetrics {
    private let reading: CatalogReading
    /// The definitions of the questions, by the name that stands for the number in formulas.
    private let definitions: [String: any ReadableBehaviour]
    /// The starts of retentions and the visits of paths and campaigns, as sources of the metrics' own.
    let sources: [String: SourceDefinition]

    /// Finds the questions, and reports those that are not there, and numbers that they do not
    /// have.
    ///
    /// - Parameters:
    ///   - reading: What the files say.
    ///   - isDefined: Reports a question that is defined nowhere; true if it is.
    init(
        _ reading: CatalogReading,
        isDefined: (_ kind: BehaviourKind, _ name: String, _ place: Place) -> Bool
    ) {
        var definitions: [String: any ReadableBehaviour] = [:]
        var sources: [String: SourceDefinition] = [:]
        for (name, (number, metric)) in reading.asked.sorted(by: { $0.key < $1.key }) {
            guard isDefined(number.kind, number.name, number.namePlace),
                let definition = reading.behaviours[number.kind]?[number.name]
            else { continue }
            switch (number.which, definition) {
            case (.retained(let age), let retention as RetentionDefinition):
                guard let cell = retention.cellNames.firstIndex(of: age) else {
                    BehaviourMetrics.report(age, of: retention, number, reading.problems)
                    continue
                }
                let recipe = RetentionRecipe(definition: retention, cell: cell)
                sources[name] = SourceDefinition(
                    made: .retention(recipe), named: name, of: number, metric)
            case (.path, let paths as PathsDefinition):
                guard BehaviourMetrics.isSound(number, of: paths, reading.problems) else {
                    continue
                }
                sources[name] = SourceDefinition(
                    made: .visits(VisitsRecipe(.paths(paths))), named: name, of: number, metric)
            case (.campaigns(let which), let campaigns as CampaignsDefinition):
                guard BehaviourMetrics.isSound(which, number, of: campaigns, reading.problems)
                else { continue }
                if !which.needsNoVisits {
                    sources[name] = SourceDefinition(
                        made: .visits(VisitsRecipe(.campaigns(campaigns))), named: name,
                        of: number, metric)
                }
            default: break
            }
            definitions[name] = definition
        }
        self.reading = reading
        self.definitions = definitions
        self.sources = sources
    }

    /// Whether a share of paths is of the side on which they go on, and of visits.
    private static func isSound(
        _ number: BehaviourNumber, of paths: PathsDefinition, _ problems: Problems
    ) -> Bool {
        guard case .path(let beside, let key) = number.which else { return false }
        var problem: (message: String, hint: String)?
        switch (paths.anchor, key) {
        case (.ends(let event), .to):
            problem = (
                "The paths '\(paths.name)' end with '\(event)', so nothing comes next in them.",
                "write from: \(beside)"
            )
        case (.starts, .from), (.opening, .from):
            problem = (
                "The paths '\(paths.name)' begin with their anchor, so nothing comes before it.",
                "write to: \(beside)"
            )
        default: break
        }
        if paths.counting == .people {
            problem = (
                "The paths '\(paths.name)' count people by their first path in a range, which no "
                    + "period of a metric knows.", "write counting: sessions in the paths"
            )
        }
        guard let problem else { return true }
        problems.report(
            .error,
            Failure(
                .behaviourMetric, problem.message, hint: problem.hint, place: number.whichPlace))
        return false
    }

    /// Whether campaigns say what a number of theirs needs.
    private static func isSound(
        _ which: CampaignNumber, _ number: BehaviourNumber, of campaigns: CampaignsDefinition,
        _ problems: Problems
    ) -> Bool {
        let missing: (what: String, hint: String)?
        switch which {
        case .value where campaigns.value == nil:
            missing = ("what a conversion is worth", "write value: EXPRESSION in the campaigns")
        case .cost where campaigns.cost == nil, .costPerConversion where campaigns.cost == nil:
            missing = ("what they cost", "write cost: { from: SOURCE, amount: … } in the campaigns")
        case .clickThrough
        where campaigns.cost?.clicks == nil || campaigns.cost?.impressions == nil:
            missing = (
                "how often they were shown and clicked",
                "write clicks: and impressions: in the campaigns' cost"
            )
        default: missing = nil
        }
        guard let missing else { return true }
        problems.report(
            .error,
            Failure(
                .behaviourMetric,
                "The campaigns '\(campaigns.name)' do not say \(missing.what).",
                hint: missing.hint, place: number.whichPlace))
        return false
    }

    private static func report(
        _ age: String, of retention: RetentionDefinition, _ number: BehaviourNumber,
        _ problems: Problems
    ) {
        let names = retention.cellNames
        let what = names.contains { $0.contains("-") } ? "bracket" : "age"
        problems.report(
            .error,
            Failure(
                .behaviourMetric,
                "The retention '\(retention.name)' has no \(what) '\(shortened(age))'.",
                hint: names.count > 8
                    ? "take one from \(names[0]) to \(names[names.count - 1])"
                    : "take one of \(names.joined(separator: ", "))",
                place: number.whichPlace))
    }

    /// The metrics with their formulas written out.
    ///
    /// - Parameter sources: The sources that are sound.
    /// - Returns: The metrics, without those whose questions are not sound.
    func metrics(over sources: [String: SourceDefinition]) -> [String: Metric] {
        reading.metrics.compactMapValues { metric in
            let isPlain = metric.formula.aggregates.allSatisfy { reading.asked[$0.source] == nil }
            if isPlain { return metric }
            return metric.formula.replacing { aggregate in
                guard let (number, _) = reading.asked[aggregate.source] else {
                    return .aggregate(aggregate)
                }
                return formula(number, for: aggregate, over: sources)
            }.map(metric.calculated(by:))
        }
    }

    private func formula(
        _ number: BehaviourNumber, for leaf: Aggregate, over sources: [String: SourceDefinition]
    ) -> Formula? {
        guard let definition = definitions[leaf.source], let source = sources[definition.source]
        else { return nil }
        let question = "\(number.kind.rawValue) \(number.name)"
        let made = FormulaRows(source: leaf.source, filter: leaf.filter, question: question)
        let isMade = sources[leaf.source] != nil
        switch (number.which, definition) {
        case (.retained, _): return isMade ? RetentionRecipe.share(of: made) : nil
        case (.path(let beside, _), _):
            return isMade ? VisitsRecipe.share(of: beside, among: made) : nil
        case (.campaigns(let number), let campaigns as CampaignsDefinition):
            let paid = campaigns.cost.map {
                FormulaRows(source: $0.source, filter: nil, question: question)
            }
            if number.needsCosts, campaigns.cost.map({ sources[$0.source] == nil }) ?? true {
                return nil
            }
            guard isMade || number.needsNoVisits else { return nil }
            return VisitsRecipe.number(
                number, of: campaigns, among: made, paid, entity: try? campaigns.entity(of: source))
        default: break
        }
        guard let key = try? definition.usedEntity(of: source) else { return nil }
        let filters = [definition.filter, leaf.filter].compactMap { $0 }
        let rows = { (events: [String]) in
            FormulaRows(
                source: source.name,
                filter: filters.dropFirst().reduce(filters.first) { both, next in
                    both.map { .binary(.and, $0, next) }
                }, events: events, question: question)
        }
        let written = { (events: [String]) in
            BehaviourFormula(event: source.event, entity: key.value, rows: rows(events))
        }
        return switch (number.which, definition) {
        case (.lifecycle(let number), let definition as LifecycleDefinition):
            written(definition.events).lifecycle(number)
        case (.activity(let number), let definition as ActivityDefinition):
            written(definition.events).activity(number)
        case (.adoption(let number), let definition as AdoptionDefinition):
            written([]).adoption(number, definition)
        case (.segment(let number), let definition as SegmentDefinition):
            // Who is in a segment has other rows too: what it looks at says the segment itself.
            BehaviourFormula(
                event: source.event, entity: key.value,
                rows: FormulaRows(source: source.name, filter: leaf.filter, question: question)
            ).segment(number, named: definition.name)
        default: nil
        }
    }
}

extension ReadableBehaviour {
    /// ``entity(of:)``, called where only the protocol is known.
    fileprivate func usedEntity(of source: SourceDefinition) throws(Failure) -> RecipeKey {
        try entity(of: source)
    }
}

extension Metric {
    /// The same metric, calculated by another formula.
    fileprivate func calculated(by formula: Formula) -> Metric {
        Metric(
            id: id, title: title, meaning: meaning, owner: owner, unit: unit, better: better,
            formula: formula, written: written, empty: empty, origin: origin)
    }
}

extension SourceDefinition {
    /// What a metric's number of a question about behaviour is made of, as a source.
    fileprivate init(
        made recipe: Recipe, named name: String, of number: BehaviourNumber, _ metric: Origin
    ) {
        self.init(
            name: name, meaning: "Made for a metric: \(recipe.phrase).",
            owner: nil, files: nil, time: nil, columnTypes: [:], entities: [:], dimensions: [:],
            event: nil, quality: [], completeThrough: nil, lateness: nil,
            origin: Origin(
                place: metric.place, yaml: metric.yaml,
                places: [
                    "from.\(number.kind.rawValue)": number.namePlace,
                    "from.age": number.whichPlace,
                ]), recipe: recipe, isImplicit: true)
    }
}

extension Failure.Code {
    /// A metric is a number of a question about behaviour that is not defined.
    public static let unknownBehaviourOfMetric: Self = "definition/unknown-behaviour"
    /// A metric is a number that a question about behaviour does not have.
    public static let behaviourMetric: Self = "definition/behaviour-metric"
}
