import Vocabulary

/// The sources that a metric's short forms bring along, each made by a recipe.
final class ImplicitSources {
    private let metric: String
    private let origin: Origin
    private(set) var sources: [SourceDefinition] = []

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
        let number = sources.isEmpty ? "" : "_\(sources.count + 1)"
        let name = "\(metric).\(kind)\(number)"
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
}
