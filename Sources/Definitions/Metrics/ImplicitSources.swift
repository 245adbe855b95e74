import Vocabulary

/// The sources that a metric's short forms bring along, each made by a recipe.
final class ImplicitSources {
    private let metric: String
    private let origin: Origin
    private(set) var sources: [SourceDefinition] = []
    /// Numbers of questions about behaviour, by the name that stands for each in the formula.
    private(set) var asked: [String: BehaviourNumber] = [:]

    /// Collects the sources of a metric.
    init(metric: String, origin: Origin) {
        self.metric = metric
        self.origin = origin
    }

    /// Adds a source.
    ///
    /// - Parameters:
    ///   - recipe: How it is made.
    ///   - kind: The short form that needs it.
    ///   - lateness: How long after a period's end its rows may change; nil leaves that to the
    ///     recipe.
    ///   - places: Where the recipe's parts are written.
    /// - Returns: Its name, such as `activation.conversion`.
    func add(
        _ recipe: Recipe, kind: String, lateness: Span? = nil, places: [String: Place?]
    ) -> String {
        let name = name(kind)
        sources.append(
            SourceDefinition(
                name: name, meaning: "Made for the metric '\(metric)': \(recipe.phrase).",
                owner: nil, files: nil, time: nil, columnTypes: [:], entities: [:],
                dimensions: [:], event: nil, quality: [], completeThrough: nil,
                lateness: lateness,
                origin: Origin(
                    place: origin.place, yaml: origin.yaml,
                    places: places.compactMapValues { $0 }),
                recipe: recipe, isImplicit: true))
        return name
    }

    /// Notes a number of a question about behaviour, which is written out when all files are read.
    ///
    /// - Returns: The name that stands for it.
    func ask(_ number: BehaviourNumber) -> String {
        let name = name(number.kind.rawValue)
        asked[name] = number
        return name
    }

    private func name(_ kind: String) -> String {
        let count = sources.count + asked.count
        return "\(metric).\(kind)\(count == 0 ? "" : "_\(count + 1)")"
    }
}
