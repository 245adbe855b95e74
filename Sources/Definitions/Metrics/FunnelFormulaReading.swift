import Vocabulary

/// Reads `{ funnel: checkout, step: 4, after: 1 }`: of who took a step, the share that took a later
/// one. Each person, session or attempt counts once, as the funnel says.
struct FunnelFormulaReading {
    let reader: NodeReader
    let implicit: ImplicitSources

    func formula() -> Formula? {
        let funnel = reader.text("funnel", required: true, example: "checkout")
        let step = number("step")
        let after = number("after") ?? 1
        let filter = reader.expression("where")
        guard let funnel else { return nil }
        let recipe = FunnelRecipe(funnel: funnel, step: step, after: after, definition: nil)
        let name = implicit.add(
            .funnel(recipe), kind: "funnel",
            places: [
                "from.funnel": reader.node("funnel")?.place,
                "from.step": reader.node("step")?.place,
                "from.after": reader.node("after")?.place,
            ])
        let attempts = FormulaRows(source: name, filter: filter, question: "funnel \(funnel)")
        let units = AggregateFunction.distinct(.named(FunnelRecipe.unit))
        let taken = { (step: Int) in
            Expression.isNull(.named(FunnelRecipe.taken(step)), negated: true)
        }
        let reached = step.map(taken) ?? .named(FunnelRecipe.converted)
        return .ratio(
            attempts.aggregate(units, where: reached),
            to: attempts.aggregate(units, where: after > 1 ? taken(after) : nil))
    }

    private func number(_ key: String) -> Int? {
        reader.value(key, is: "the number of a step", example: key == "step" ? "4" : "1") {
            Int($0)
        }
    }
}
