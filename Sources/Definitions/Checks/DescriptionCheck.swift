import Vocabulary

/// Descriptions of dimensions and entities that no source has.
struct DescriptionCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.catalog.descriptions.values.sorted { $0.name < $1.name }.compactMap { description in
            let isDimension = description.kind == "dimension"
            let names = context.sources.flatMap { source in
                isDimension ? Array(source.dimensions.keys) : Array(source.entities.keys)
            }
            guard !names.contains(description.name) else { return nil }
            return Finding(
                .warning,
                Failure(
                    isDimension ? .unknownDimension : .unknownEntity,
                    "No source has \(isDimension ? "a dimension" : "an entity") named "
                        + "'\(description.name)'.",
                    hint: nearestName(to: description.name, among: names)
                        .map { "did you mean '\($0)'?" }
                        ?? "add it to \(isDimension ? "dimensions" : "entities") of a source",
                    place: description.origin.place(of: description.kind)))
        }
    }
}

extension Failure.Code {
    /// A dimension is described or asked for that no source has.
    public static let unknownDimension: Self = "definition/unknown-dimension"
}
