import Vocabulary

/// How a source is made from the rows of other sources: a closed set of forms, never a text of SQL.
///
/// The planner writes a recipe as one statement; its rows are stored like those of an import, and
/// made anew when what they rest on changes.
public indirect enum Recipe: Hashable, Sendable {
    /// One row per value of an entity.
    case each(EachRecipe)
    /// Every row of a source, with columns of other sources or of its neighbours.
    case rows(RowsRecipe)
    /// An entity's rows without a long pause between them.
    case sessions(SessionsRecipe)
    /// On which days who started came back.
    case returns(ReturnsRecipe)
    /// Which starts reached a finish in time.
    case attempts(AttemptsRecipe)
    /// The movements of subscriptions.
    case ledger(LedgerRecipe)
    /// The attempts of a funnel; metrics alone bring it along.
    case funnel(FunnelRecipe)
    /// The starts of a retention; metrics alone bring it along.
    case retention(RetentionRecipe)
    /// The visits of paths or campaigns; metrics alone bring it along.
    case visits(VisitsRecipe)

    /// The keys that say that a source is made by a recipe, and by which.
    static let kinds = ["each", "rows", "sessions", "returns", "attempts", "ledger"]

    /// The form's name as definitions write it.
    public var kind: String {
        switch self {
        case .each: "each"
        case .rows: "rows"
        case .sessions: "sessions"
        case .returns: "returns"
        case .attempts: "attempts"
        case .ledger: "ledger"
        case .funnel: "funnel"
        case .retention: "retention"
        case .visits: "visits"
        }
    }

    private var form: any RecipeForm {
        switch self {
        case .each(let recipe): recipe
        case .rows(let recipe): recipe
        case .sessions(let recipe): recipe
        case .returns(let recipe): recipe
        case .attempts(let recipe): recipe
        case .ledger(let recipe): recipe
        case .funnel(let recipe): recipe
        case .retention(let recipe): recipe
        case .visits(let recipe): recipe
        }
    }

    /// The sources that it reads, each once, the main one first.
    public var upstream: [String] {
        var names: [String] = []
        for name in form.sources.map(\.name) where !names.contains(name) { names.append(name) }
        return names
    }

    /// The sources that tell up to which time the rows are known.
    public var pace: [String] {
        switch self {
        case .returns(let recipe): [recipe.startSource]
        case .attempts(let recipe): [recipe.source, recipe.finishSource]
        case .each, .rows, .sessions, .ledger, .funnel, .retention, .visits:
            Array(upstream.prefix(1))
        }
    }

    /// The sources that it reads, and under which path of the definition each is written.
    var sources: [(name: String, path: String)] { form.sources }

    /// What a source made by it has where its definition says nothing else.
    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        form.defaults(sources)
    }
}

extension Recipe: CustomStringConvertible {
    /// The recipe on one line, as a definition could write it; equal for equal recipes.
    public var description: String { form.description }
}

extension Recipe {
    /// Where the rows come from, in words for people.
    public var phrase: String {
        switch self {
        case .each(let recipe):
            "one row per \(recipe.keys.map(\.name).joined(separator: " and ")) of \(recipe.source)"
        case .rows(let recipe):
            ["rows of \(recipe.source)", recipe.lookups.map(\.source).joined(separator: " and ")]
                .filter { !$0.isEmpty }.joined(separator: " with columns of ")
        case .sessions(let recipe):
            "sessions of \(recipe.source) by \(recipe.entity.name), "
                + "with pauses of at most \(recipe.gap)"
        case .returns(let recipe):
            "days on which each \(recipe.entity.name) came back to \(recipe.activity) since "
                + (recipe.since == .first ? "the first row" : recipe.startSource)
        case .attempts(let recipe):
            "attempts by \(recipe.entity.name) from \(recipe.source) to \(recipe.finishSource) "
                + "within \(recipe.within)"
        case .ledger(let recipe): "movements of subscriptions in \(recipe.source)"
        case .funnel(let recipe):
            ["attempts of the funnel \(recipe.funnel)", recipe.definition?.source]
                .compactMap { $0 }.joined(separator: " in ")
        case .retention(let recipe):
            "starts of the retention \(recipe.definition.name) in \(recipe.definition.source)"
        case .visits(let recipe): "visits of the \(recipe.phrase)"
        }
    }
}

/// What all forms of recipes tell of themselves.
protocol RecipeForm: CustomStringConvertible, Sendable {
    /// The sources that it reads, the main one first, and where each is written.
    var sources: [(name: String, path: String)] { get }

    /// What a source made by it has where its definition says nothing else.
    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults
}

/// What a derived source takes over from what it is made of.
struct RecipeDefaults {
    var time: TimeColumn?
    var entities: [String: Expression] = [:]
    var dimensions: [String: SourceDimension] = [:]
    var event: String?
    var lateness: Span?
}

extension RecipeDefaults {
    /// The names of a source that make sense when only some of its columns are kept; nil keeps all.
    init(of source: SourceDefinition?, keeping kept: [String]? = nil) {
        guard let source else { return }
        let columns = kept.map { Set($0.map(looseName)) }
        let isKept = { (name: String, expression: Expression) -> Bool in
            source.rests(expression, ofName: name, onlyOn: columns, depth: 0)
        }
        let time = source.time.map { TimeColumn(column: $0.column) }
        if let time, columns?.contains(looseName(time.column)) ?? true { self.time = time }
        entities = source.entities.filter { isKept($0.key, $0.value) }
        dimensions = source.dimensions.filter { isKept($0.key, $0.value.expression) }
        if let event = source.event, columns?.contains(looseName(event)) ?? true {
            self.event = event
        }
        lateness = source.lateness
    }
}

extension SourceDefinition {
    /// Whether an expression needs no other columns than some.
    fileprivate func rests(
        _ expression: Expression, ofName name: String, onlyOn columns: Set<String>?, depth: Int
    ) -> Bool {
        guard let columns else { return true }
        return (expression.names + entitiesAsked(by: expression)).allSatisfy { reference in
            let other = reference.name
            if other != name, depth < 20,
                let inner = dimensions[other]?.expression ?? entities[other]
            {
                return rests(inner, ofName: other, onlyOn: columns, depth: depth + 1)
            }
            return columns.contains(looseName(other))
        }
    }
}
