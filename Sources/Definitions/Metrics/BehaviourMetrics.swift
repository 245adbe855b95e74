import Vocabulary

/// Writes out the metrics whose formulas are numbers of questions about behaviour, when all files
/// are read.
struct BehaviourMetrics {
    private let reading: CatalogReading
    /// The definitions of the questions, by the name that stands for the number in formulas.
    private let definitions: [String: any ReadableBehaviour]
    /// The starts of retentions, as sources of the metrics' own.
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
            if case .retained(let age) = number.which {
                guard let retention = definition as? RetentionDefinition else { continue }
                guard let cell = retention.cellNames.firstIndex(of: age) else {
                    BehaviourMetrics.report(age, of: retention, number, reading.problems)
                    continue
                }
                sources[name] = SourceDefinition(
                    starts: RetentionRecipe(definition: retention, cell: cell), named: name,
                    of: number, metric)
            }
            definitions[name] = definition
        }
        self.reading = reading
        self.definitions = definitions
        self.sources = sources
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
        if case .retained = number.which {
            guard sources[leaf.source] != nil else { return nil }
            return RetentionRecipe.share(
                of: FormulaRows(source: leaf.source, filter: leaf.filter, question: question))
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
    /// The starts of a retention as a source of a metric.
    fileprivate init(
        starts recipe: RetentionRecipe, named name: String, of number: BehaviourNumber,
        _ metric: Origin
    ) {
        self.init(
            name: name, meaning: "Made for a metric: \(Recipe.retention(recipe).phrase).",
            owner: nil, files: nil, time: nil, columnTypes: [:], entities: [:], dimensions: [:],
            event: nil, quality: [], completeThrough: nil, lateness: nil,
            origin: Origin(
                place: metric.place, yaml: metric.yaml,
                places: ["from.retention": number.namePlace, "from.age": number.whichPlace]),
            recipe: .retention(recipe), isImplicit: true)
    }
}

extension Failure.Code {
    /// A metric is a number of a question about behaviour that is not defined.
    public static let unknownBehaviourOfMetric: Self = "definition/unknown-behaviour"
    /// A metric is a number that a question about behaviour does not have.
    public static let behaviourMetric: Self = "definition/behaviour-metric"
}
