import Definitions
import Vocabulary

/// What a recipe is written from: the source that it makes, and those that it reads.
struct RecipeInputs {
    /// The source that is made.
    let source: SourceDefinition
    let catalog: Catalog
    let facts: [String: SourceFacts]
    let calendar: WorkCalendar

    /// Where a part of the recipe stands, or the recipe where the part is not written.
    func place(_ path: String) -> Place {
        source.origin.places[path] ?? source.origin.place(of: "from")
    }

    /// A source that the recipe reads.
    func input(_ name: String, at path: String) throws(Failure) -> RecipeInput {
        guard let definition = catalog.sources[name] else {
            throw Failure(
                .unknownSource, "There is no source named '\(name)'.",
                hint: nearestName(to: name, among: catalog.writtenSources.map(\.name))
                    .map { "did you mean '\($0)'?" }, place: place(path))
        }
        let others = facts
        let facts = facts[name] ?? .empty
        guard !facts.columns.isEmpty else {
            throw Failure(
                .noData, "The source '\(name)' has no data yet.",
                hint: "Import a file first: yardstick import \(name) FILE", place: place(path))
        }
        return RecipeInput(
            scope: ExpressionScope(source: definition, facts: facts, others: others),
            zone: calendar.zone)
    }

    /// The earliest and the latest time that is known of the sources.
    var span: (first: Instant, last: Instant) {
        let own = source.recipe?.upstream.compactMap { facts[$0] } ?? []
        let first = own.compactMap(\.first).min() ?? Instant(seconds: 0)
        return (first, own.compactMap(\.watermark).max() ?? first)
    }

    /// The local clock over all times that the sources of the recipe may hold.
    var local: LocalTime {
        let year = 366 * 86_400
        // Nobody knows where the times lie in the columns of a source without a time.
        let isKnown = source.recipe?.upstream.allSatisfy { facts[$0]?.first != nil } ?? true
        let (first, last) =
            isKnown ? span : (Instant(seconds: 40 * year), Instant(seconds: 80 * year))
        return LocalTime(
            zone: calendar.zone, from: first.adding(seconds: -40 * year),
            to: last.adding(seconds: 10 * year))
    }
}

/// A source that a recipe reads.
struct RecipeInput {
    let scope: ExpressionScope
    let zone: Zone

    var name: String { scope.source.name }
    var table: String { "\(quotedName("source")).\(quotedName(name))" }
    var typing: TypingScope { TypingScope(scope: scope) }
    /// The stored columns, in order.
    var columns: [SourceFacts.Column] { scope.facts.columns }

    func typed(_ expression: Expression, at place: Place?) throws(Failure) -> TypedExpression {
        try ExpressionTyper().typed(expression, in: scope, at: place)
    }

    /// When its rows happen; nil for a source without time.
    func time() throws(Failure) -> TimeAxis? {
        let axis = try typing.time(zone: zone)
        return axis.column == nil ? nil : axis
    }

    /// When its rows happen; `why` goes on after "but".
    func requiredTime(_ why: String, at place: Place) throws(Failure) -> TimeAxis {
        do {
            if let time = try time() { return time }
        } catch {
            throw error.located(at: place)
        }
        throw Failure(
            .recipeNoTime, "The source '\(name)' does not say when its rows happen, but \(why).",
            hint: "Write time: COLUMN in the definition of '\(name)'.", place: place)
    }
}

extension TimeAxis {
    /// The column in SQL.
    var name: String { quotedName(column ?? "") }
}

/// Column names inside statements that no file's column has.
enum Inner {
    static let who = quotedName("yardstick who")
    static let moment = quotedName("yardstick moment")
    static let order = quotedName("yardstick order")
    static let row = quotedName("yardstick row")
    static let clock = quotedName("yardstick clock")
    static let limit = quotedName("yardstick limit")
    static let number = quotedName("yardstick number")
    static let day = quotedName("yardstick day")

    static func key(_ index: Int) -> String { quotedName("yardstick key \(index + 1)") }
}

/// The columns of a derived table, each name once.
struct ColumnList {
    private var known: [String: String] = [:]

    /// Takes a name; DuckDB does not tell names apart by case.
    mutating func take(_ name: String, at place: Place?) throws(Failure) {
        if let other = known.updateValue(name, forKey: name.lowercased()) {
            throw Failure(
                .recipeColumnTwice, "The derived source would have two columns '\(other)'.",
                hint: "Give one of them another name, or keep fewer columns.", place: place)
        }
    }

    /// Whether a name is taken.
    func has(_ name: String) -> Bool { known[name.lowercased()] != nil }
}
