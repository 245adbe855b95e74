import Vocabulary

/// Formulas that follow an entity which the source does not have.
struct EntityCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.aggregates.compactMap { metric, located in
            let entity: (key: String, expression: Expression)?
            switch located.aggregate.function {
            case .new(let expression): entity = ("new", expression)
            case .active(let expression, _): entity = ("active", expression)
            case .stock(_, let per?): entity = ("per", per)
            case .transition(_, let expression, _): entity = ("of", expression)
            case .lifecycle(_, let expression): entity = ("of", expression)
            case .lifetime(let model): entity = ("by", model.entity)
            case .concentration(let few): entity = few.entity.map { ("per", $0) }
            default: entity = nil
            }
            // Questions about behaviour may be about whatever a row says.
            guard located.aggregate.question == nil else { return nil }
            guard let entity, let source = context.catalog.sources[located.aggregate.source]
            else { return nil }
            if case .name(let name) = entity.expression, source.entities[name.name] != nil {
                return nil
            }
            let written = entity.expression.description
            let near = nearestName(to: written, among: source.entities.keys)
            return Finding(
                .error,
                Failure(
                    .unknownEntity,
                    "The source '\(source.name)' has no entity named '\(shortened(written))'.",
                    hint: near.map { "did you mean '\($0)'?" }
                        ?? "add entities: { person: person_id } to the source",
                    place: metric.origin.place(of: entity.key, in: located.path)))
        }
    }
}

extension Failure.Code {
    /// A formula follows an entity that its source does not have.
    public static let unknownEntity: Self = "definition/unknown-entity"
}
