import Vocabulary

/// Models of customers who never say goodbye, over customers who do.
///
/// Where a customer cancels, the end is observed: a model that guesses who is still alive from the
/// pauses between purchases is wrong there, and survival is right.
///
/// Source: P. S. Fader and B. G. S. Hardie, "Probability models for customer-base analysis",
/// Journal of Interactive Marketing 23 (2009), 61-69.
struct ContractualLifetimeCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.aggregates.compactMap { metric, located in
            guard case .lifetime(let model) = located.aggregate.function,
                let source = context.catalog.sources[located.aggregate.source],
                let column = endingColumn(of: source, in: context)
            else { return nil }
            // Orders are cancelled too, and their customers may well come back.
            let isSure = !looseName(column).hasPrefix("cancel")
            return Finding(
                isSure ? .error : .warning,
                Failure(
                    .contractualLifetime,
                    "The metric '\(metric.id)' guesses by \(model.family.rawValue) who is still a "
                        + "customer, but the source '\(source.name)' seems to say who left: it "
                        + "has '\(column)'.",
                    hint: "use survival: { survival: DURATION, ended: CONDITION, at: 365 }",
                    place: metric.origin.place(of: "model", in: located.path)))
        }
    }

    /// A name in the source that tells when or whether a customer left; those that are sure first.
    private func endingColumn(of source: SourceDefinition, in context: CheckContext) -> String? {
        let stored = context.facts[source.name]?.columns.map(\.name) ?? []
        let names =
            stored + source.columnTypes.keys + source.entities.keys + source.dimensions.keys
        let sure = names.sorted().first { name in
            let loose = looseName(name)
            return loose.hasPrefix("churn") || Self.endings.contains(loose)
        }
        return sure ?? names.sorted().first { looseName($0).hasPrefix("cancel") }
    }

    private static let endings: Set = [
        "enddate", "ended", "endedat", "endsat", "contractend", "subscriptionend",
        "subscriptionended", "unsubscribedat", "terminated", "terminatedat",
    ]
}

extension Failure.Code {
    /// A model for customers who never say goodbye is used where they do.
    public static let contractualLifetime: Self = "definition/contractual-lifetime"
}
