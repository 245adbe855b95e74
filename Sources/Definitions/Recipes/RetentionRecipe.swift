import Vocabulary

/// The starts of a retention, each with whether it is retained at one age: what a retention is made
/// of as a metric.
///
/// Definitions write it as a metric's formula alone. Its rules are those of the retention.
public struct RetentionRecipe: Hashable, Sendable {
    /// The retention.
    public let definition: RetentionDefinition
    /// Which of its ages or brackets, by position.
    public let cell: Int

    /// Makes a recipe.
    public init(definition: RetentionDefinition, cell: Int) {
        self.definition = definition
        self.cell = cell
    }

    /// The column with when the start was.
    public static let started = "started"
    /// The column that is true where the start is retained.
    public static let returned = "returned"
    /// The column that is true where the age is over for the whole cohort of the start.
    public static let observed = "observed"
    /// The columns that it has beside the entity's and those of dimensions.
    public static let columns = [started, returned, observed]

    /// The ages that the cell looks at.
    public var ages: ClosedRange<Int> { definition.cells[cell] }

    /// The dimensions of the retention's source whose values it keeps: those of the row that starts.
    ///
    /// - Parameter source: The retention's source.
    /// - Returns: Their names, sorted; those left out that a column of the recipe's own has, or that
    ///   change with the clock.
    public func dimensions(of source: SourceDefinition) -> [String] {
        guard let entity = try? definition.entity(of: source) else { return [] }
        let own = Set(Self.columns + [entity.name])
        return source.dimensions.keys.filter {
            !own.contains($0) && !source.changesDaily(dimension: $0)
        }.sorted()
    }

    /// The share that is retained, of the starts that could be seen long enough.
    static func share(of starts: FormulaRows) -> Formula {
        let observed = Expression.named(Self.observed)
        return .ratio(
            starts.aggregate(.count(nil), where: .binary(.and, observed, .named(returned))),
            to: starts.aggregate(.count(nil), where: observed))
    }
}

extension RetentionRecipe: RecipeForm {
    var sources: [(name: String, path: String)] { [(definition.source, "from.retention")] }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        var defaults = RecipeDefaults()
        defaults.time = TimeColumn(column: Self.started)
        guard let source = sources[definition.source] else { return defaults }
        if let entity = try? definition.entity(of: source) {
            defaults.entities = [entity.name: .name(NameReference(entity.name))]
        }
        for name in dimensions(of: source) {
            defaults.dimensions[name] = SourceDimension(expression: .name(NameReference(name)))
        }
        return defaults
    }

    /// The recipe on one line, equal for equal rules.
    public var description: String {
        "{ retention: \(definition), age: \(definition.cellNames[cell]) }"
    }
}
