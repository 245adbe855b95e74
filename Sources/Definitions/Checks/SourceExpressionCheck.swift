import Vocabulary

/// Dimensions and entities whose expressions name no column or mix types.
struct SourceExpressionCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.sources.flatMap { source -> [Finding] in
            guard let scope = context.scope(of: source.name) else { return [] }
            let names = source.dimensions.keys.sorted() + source.entities.keys.sorted()
            let problems = names.compactMap { name in
                failure { () throws(Failure) in
                    _ = try ExpressionTyper().typed(.name(NameReference(name)), in: scope)
                }
            }
            // A cycle shows in each of its dimensions; the first tells it.
            let isCycle = { (problem: Failure) in problem.code == .dimensionCycle }
            return (problems.filter(isCycle).prefix(1) + problems.filter { !isCycle($0) })
                .map { Finding(.error, $0.located(at: source.origin.place)) }
        }
    }
}
