import Vocabulary

/// The visits that a question about paths or campaigns looks at: what it is made of as a metric.
///
/// Definitions write it as a metric's formula alone. Its rules are those of the question, but that
/// visits are told apart from the beginning of the data, not anew in each range.
public struct VisitsRecipe: Hashable, Sendable {
    /// A question that looks at visits.
    public enum Question: Hashable, Sendable {
        /// Visits that have the anchor of paths, with what is beside it.
        case paths(PathsDefinition)
        /// All visits, with where they come from and whether they lead to it.
        case campaigns(CampaignsDefinition)
    }

    /// The question.
    public let question: Question

    /// Makes a recipe.
    public init(_ question: Question) { self.question = question }

    /// The column with when the visit began.
    public static let started = "started"
    /// The column of paths with the value next to the anchor; none where the visit ends there.
    public static let beside = "beside"
    /// The column of campaigns that is true where the visit led to it.
    public static let converted = "converted"
    /// The column of campaigns with what its conversions are worth.
    public static let value = "value"
    /// The columns of campaigns that say where the visit comes from.
    public static let labels = CampaignsDefinition.labelKeys.map(\.key)

    /// The columns that it has beside the entity's and those of dimensions.
    public var columns: [String] {
        switch question {
        case .paths: [Self.started, Self.beside]
        case .campaigns: [Self.started, Self.converted, Self.value] + Self.labels
        }
    }

    private var definition: any ReadableBehaviour {
        switch question {
        case .paths(let definition): definition
        case .campaigns(let definition): definition
        }
    }

    /// Whose visits they are.
    ///
    /// - Throws: `definition/unknown-entity` where the source has several and none is named.
    public func entity(of source: SourceDefinition) throws(Failure) -> RecipeKey {
        switch question {
        case .paths(let definition): try definition.entity(of: source)
        case .campaigns(let definition): try definition.entity(of: source)
        }
    }

    /// The dimensions of the question's source whose values it keeps: those of a visit's first row.
    ///
    /// - Parameter source: The question's source.
    /// - Returns: Their names, sorted; those left out that a column of the recipe's own has, or that
    ///   change with the clock.
    public func dimensions(of source: SourceDefinition) -> [String] {
        guard let entity = try? entity(of: source) else { return [] }
        let own = Set(columns + [entity.name])
        return source.dimensions.keys.filter {
            !own.contains($0) && !source.changesDaily(dimension: $0)
        }.sorted()
    }

    /// The share of paths that have a value beside their anchor.
    static func share(of value: String, among visits: FormulaRows) -> Formula {
        .ratio(
            visits.aggregate(
                .count(nil), where: .binary(.equal, .named(beside), .literal(.text(value)))),
            to: visits.aggregate(.count(nil)))
    }

    /// A number of campaigns; nil where they lack what it needs.
    static func number(
        _ number: CampaignNumber, of campaigns: CampaignsDefinition, among visits: FormulaRows,
        _ paid: FormulaRows?, entity: RecipeKey?
    ) -> Formula? {
        let all = visits.aggregate(.count(nil))
        let conversions = visits.aggregate(.count(nil), where: .named(converted))
        let cost = campaigns.cost
        let sum = { (expression: Expression?) in
            expression.flatMap { paid?.aggregate(.sum($0)) }
        }
        switch number {
        case .conversion: return .ratio(conversions, to: all)
        case .visits: return all
        case .people: return entity.map { visits.aggregate(.distinct(.named($0.name))) }
        case .conversions: return conversions
        case .value: return visits.aggregate(.sum(.named(value)))
        case .cost: return sum(cost?.amount)
        case .clickThrough:
            guard let clicks = sum(cost?.clicks), let shown = sum(cost?.impressions) else {
                return nil
            }
            return .ratio(clicks, to: shown)
        case .costPerConversion: return sum(cost?.amount).map { .ratio($0, to: conversions) }
        }
    }
}

extension VisitsRecipe: RecipeForm {
    var sources: [(name: String, path: String)] {
        [(definition.source, "from.\(kind)")]
    }

    private var kind: String {
        switch question {
        case .paths: BehaviourKind.paths.rawValue
        case .campaigns: BehaviourKind.campaigns.rawValue
        }
    }

    /// The question in words for people.
    var phrase: String { "\(kind) \(definition.name) in \(definition.source)" }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        var defaults = RecipeDefaults()
        defaults.time = TimeColumn(column: Self.started)
        guard let source = sources[definition.source] else { return defaults }
        if let entity = try? entity(of: source) {
            defaults.entities = [entity.name: .name(NameReference(entity.name))]
        }
        var names = dimensions(of: source)
        if case .campaigns = question { names += Self.labels }
        for name in names {
            defaults.dimensions[name] = SourceDimension(expression: .name(NameReference(name)))
        }
        defaults.lateness = source.lateness
        return defaults
    }

    /// The recipe on one line, equal for equal rules.
    public var description: String { "{ visits: \(kind), of: \(definition) }" }
}
