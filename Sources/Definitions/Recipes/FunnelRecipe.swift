import Vocabulary

/// The attempts of a funnel, each with when it reached its steps: what a funnel is made of as a
/// metric.
///
/// Definitions write it as a metric's formula alone. The funnel is another definition, so its rules
/// are filled in when all files are read.
public struct FunnelRecipe: Hashable, Sendable {
    /// The funnel's name.
    public let funnel: String
    /// The number of the step that counts; nil is the last one.
    public let step: Int?
    /// The number of the step of whose takers it is a share.
    public let after: Int
    /// The funnel's rules; nil before all files are read.
    public let definition: FunnelDefinition?

    /// The column with what is counted once: a person, a session or an attempt.
    public static let unit = "unit"
    /// The column with when the attempt began.
    public static let entered = "entered"
    /// The column that is true where the attempt took all steps.
    public static let converted = "converted"

    /// The column with when a step was taken.
    public static func taken(_ step: Int) -> String { "step_\(step)" }

    /// The columns that it has beside the entity's and those of dimensions.
    public static func columns(_ definition: FunnelDefinition) -> [String] {
        [unit, entered, converted] + (1...definition.steps.count).map(taken)
    }

    /// The dimensions of the funnel's source whose values it keeps: those of the first step's row.
    ///
    /// - Parameter source: The funnel's source.
    /// - Returns: Their names, sorted; those left out that a column of the recipe's own has, or that
    ///   change with the clock.
    public func dimensions(of source: SourceDefinition) -> [String] {
        guard let definition, let entity = try? definition.entity(of: source) else { return [] }
        let own = Set(Self.columns(definition) + [entity.name])
        return source.dimensions.keys.filter {
            !own.contains($0) && !source.changesDaily(dimension: $0)
        }.sorted()
    }
}

extension FunnelRecipe: RecipeForm {
    var sources: [(name: String, path: String)] {
        definition.map { [($0.source, "from.funnel")] } ?? []
    }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        var defaults = RecipeDefaults()
        defaults.time = TimeColumn(column: Self.entered)
        guard let definition, let source = sources[definition.source] else { return defaults }
        if let entity = try? definition.entity(of: source) {
            defaults.entities = [entity.name: .name(NameReference(entity.name))]
        }
        for name in dimensions(of: source) {
            defaults.dimensions[name] = SourceDimension(expression: .name(NameReference(name)))
        }
        // What began in a period may still take its last step so long after its end.
        defaults.lateness = definition.windowSeconds.map {
            WindowLength.elapsed(seconds: $0).span
        }
        return defaults
    }

    /// The recipe on one line.
    public var description: String {
        "{ funnel: \(funnel)\(definition.map { ", \($0)" } ?? "") }"
    }
}

/// Fills the rules of funnels into the recipes that metrics made of them.
struct FunnelMetrics {
    let reading: CatalogReading
    let problems: Problems
    /// Reports a name that is defined nowhere; true if it is.
    let isDefined: (_ name: String, _ place: Place) -> Bool

    /// The sources, without those whose funnel is not sound or cannot be a metric.
    func sources() -> [String: SourceDefinition] {
        reading.sources.compactMapValues { source in
            guard case .funnel(let recipe)? = source.recipe else { return source }
            let place = source.origin.place(of: "from.funnel")
            guard isDefined(recipe.funnel, place),
                let funnel = reading.behaviours[.funnel]?[recipe.funnel] as? FunnelDefinition
            else { return nil }
            if let problem = problem(recipe, funnel) {
                problems.report(
                    .error,
                    Failure(
                        .funnelMetric, problem.message, hint: problem.hint,
                        place: source.origin.place(of: problem.path)))
                return nil
            }
            return source.made(
                by: .funnel(
                    FunnelRecipe(
                        funnel: recipe.funnel, step: recipe.step, after: recipe.after,
                        definition: funnel)))
        }
    }

    /// Why a number of a funnel cannot be a metric; nil where it can.
    private func problem(
        _ recipe: FunnelRecipe, _ funnel: FunnelDefinition
    ) -> (message: String, hint: String, path: String)? {
        let count = funnel.steps.count
        let step = recipe.step ?? count
        let what = "The funnel '\(funnel.name)'"
        if !(2...count).contains(step) {
            return (
                "A share of the funnel '\(funnel.name)' is of a step from 2 to \(count); here is "
                    + "\(step).", "take one of them, or leave 'step' out for the last", "from.step"
            )
        }
        if !(1..<step).contains(recipe.after) {
            return (
                "Step \(step) of the funnel '\(funnel.name)' does not come after step "
                    + "\(recipe.after).", "write after: a step before \(step)", "from.after"
            )
        }
        for number in [step, recipe.after] where funnel.steps[number - 1].isOptional {
            return (
                "Step \(number) of the funnel '\(funnel.name)' is optional, so its share depends on "
                    + "which attempt is looked at.", "take a step that is not optional",
                number == step ? "from.step" : "from.after"
            )
        }
        if funnel.order == .any || funnel.sequence != nil {
            return (
                "\(what) cannot be a metric, since its attempts have no first step in time.",
                "take a funnel whose steps have an order and a time", "from.funnel"
            )
        }
        if funnel.exclusions.contains(where: { $0.rule == .person }) {
            return (
                "\(what) cannot be a metric, since it leaves out people by what they do in the whole "
                    + "range.", "write rule: attempt for its exclusions", "from.funnel"
            )
        }
        return nil
    }
}

extension SourceDefinition {
    /// The same source, made by another recipe.
    fileprivate func made(by recipe: Recipe) -> SourceDefinition {
        SourceDefinition(
            name: name, meaning: "Made for a metric: \(recipe.phrase).", owner: owner,
            files: files, time: time, columnTypes: columnTypes, entities: entities,
            dimensions: dimensions, event: event, quality: quality,
            completeThrough: completeThrough, lateness: lateness, origin: origin, recipe: recipe,
            intake: intake, isImplicit: isImplicit)
    }
}

extension Failure.Code {
    /// A number of a funnel cannot be a metric.
    public static let funnelMetric: Self = "definition/funnel-metric"
    /// A metric is of a funnel that is not defined.
    public static let unknownFunnel: Self = "definition/unknown-funnel"
}
