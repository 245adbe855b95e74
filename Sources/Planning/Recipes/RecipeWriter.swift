import Definitions
import Vocabulary

/// Writes recipes as statements: a select whose columns are the derived source's table.
///
/// All values are bound and all names are quoted. The rows come in an order that follows from the
/// data alone.
public struct RecipeWriter: Sendable {
    private let catalog: Catalog
    private let facts: [String: SourceFacts]
    private let calendar: WorkCalendar

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - catalog: The definitions.
    ///   - facts: What is known of the stored rows, at least of the sources that recipes read.
    ///   - calendar: Where days, weeks and months begin.
    public init(catalog: Catalog, facts: [String: SourceFacts], calendar: WorkCalendar) {
        self.catalog = catalog
        self.facts = facts
        self.calendar = calendar
    }

    /// The statement that makes a source's rows.
    ///
    /// - Throws: `question/no-data` where a source of the recipe has no rows yet, `expression/…`,
    ///   `recipe/…`; each with the place of the part of the recipe that is at fault.
    public func statement(for source: SourceDefinition) throws(Failure) -> Statement {
        try draft(of: source).statement
    }

    /// Statements that must find no row before the recipe's own may run, since it would be wrong.
    ///
    /// - Throws: As ``statement(for:)``.
    public func refusals(for source: SourceDefinition) throws(Failure) -> [RecipeRefusal] {
        try draft(of: source).refusals
    }

    /// The statement and what must hold before it runs.
    ///
    /// - Throws: As ``statement(for:)``.
    public func draft(of source: SourceDefinition) throws(Failure) -> RecipeDraft {
        guard let recipe = source.recipe else {
            throw Failure(
                .notDerived, "The source '\(source.name)' is imported, not made from others.",
                place: source.origin.place)
        }
        let inputs = RecipeInputs(
            source: source, catalog: catalog, facts: facts, calendar: calendar)
        do {
            switch recipe {
            case .each(let recipe): return try EachStatement(recipe, inputs).draft()
            case .rows(let recipe): return try RowsStatement(recipe, inputs).draft()
            case .sessions(let recipe): return try SessionsStatement(recipe, inputs).draft()
            case .returns(let recipe): return try ReturnsStatement(recipe, inputs).draft()
            case .attempts(let recipe): return try AttemptsStatement(recipe, inputs).draft()
            case .ledger(let recipe): return try LedgerStatement(recipe, inputs).draft()
            case .funnel(let recipe): return try FunnelStatement(recipe, inputs).draft()
            case .retention(let recipe): return try RetentionStatement(recipe, inputs).draft()
            case .visits(let recipe): return try VisitsStatement(recipe, inputs).draft()
            }
        } catch {
            throw error.located(at: inputs.place("from"))
        }
    }
}

/// A recipe as the database gets it.
public struct RecipeDraft: Sendable {
    /// The select whose result is the derived source's table.
    public let statement: Statement
    /// What must find no row before it runs.
    public let refusals: [RecipeRefusal]

    init(statement: Statement, refusals: [RecipeRefusal] = []) {
        self.statement = statement
        self.refusals = refusals
    }
}

/// A reason for which a recipe is not carried out: a statement that must find no row.
public struct RecipeRefusal: Sendable {
    /// The statement; its first row is an example of what is wrong.
    public let statement: Statement
    /// The failure that a frame with at least one row makes.
    public let failure: @Sendable (Frame) -> Failure

    /// Makes a refusal.
    public init(_ statement: Statement, failure: @escaping @Sendable (Frame) -> Failure) {
        self.statement = statement
        self.failure = failure
    }
}

extension Failure.Code {
    /// A source that is imported was to be made by a recipe.
    public static let notDerived: Self = "recipe/none"
    /// Two columns of a derived source would have the same name.
    public static let recipeColumnTwice: Self = "recipe/column-twice"
    /// A recipe needs to know when rows happen, and its source does not tell.
    public static let recipeNoTime: Self = "recipe/no-time"
}
