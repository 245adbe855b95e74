import Definitions
import Vocabulary

/// The statements that list who is in a source, and what one of them did.
public struct PeoplePlan: Sendable {
    /// Whose rows they are, as answers name it.
    public let entity: RecipeKey
    private let input: BehaviourInput
    private let time: TimeAxis

    /// Understands a source.
    ///
    /// - Throws: `question/unknown-source`, `question/no-data`, `question/no-time-column`,
    ///   `definition/unknown-entity`.
    public init(
        _ source: String, catalog: Catalog, facts: [String: SourceFacts], calendar: WorkCalendar
    ) throws(Failure) {
        guard let definition = catalog.sources[source] else {
            throw Failure(
                .unknownSourceAsked, "There is no source named '\(source)'.",
                hint: nearestName(to: source, among: catalog.writtenSources.map(\.name))
                    .map { "did you mean '\($0)'?" })
        }
        input = try BehaviourInput(
            source, catalog: catalog, facts: facts, calendar: calendar,
            origin: definition.origin)
        entity = try definition.usualEntity(for: "list of people", at: definition.origin.place)
        time = try input.requiredTime()
    }

    /// Which entities are meant.
    public enum Choice: Sendable {
        /// All.
        case all
        /// Those whose name contains a text, whatever its case.
        case containing(String)
        /// The one of a name.
        case named(String)
        /// Those of some numbers.
        case numbered([Int])
    }

    /// The statement that lists entities, those seen last first.
    ///
    /// - Parameters:
    ///   - choice: Which of them.
    ///   - limit: How many at most.
    ///   - offset: How many are passed over.
    /// - Returns: A statement with the columns entity, first and last time in microseconds, rows
    ///   and total.
    /// - Throws: `expression/…`.
    public func list(_ choice: Choice, limit: Int, offset: Int) throws(Failure) -> Statement {
        var text = BehaviourText(input, nil)
        let who = try text.value(entity.value, at: "entities")
        return text.statement(
            """
            WITH people AS (
              SELECT \(who) AS w, min(\(moment)) AS first, max(\(moment)) AS last, \
            count(*) AS n
              FROM \(input.table)
              WHERE \(conditions(choice, who, &text).joined(separator: " AND "))
              GROUP BY 1
            )
            SELECT CAST(w AS VARCHAR), first, last, n, count(*) OVER () AS total
            FROM people
            ORDER BY last DESC, w
            LIMIT \(limit) OFFSET \(offset)
            """)
    }

    /// The statement that lists the rows of entities, the latest first; rows of one moment are
    /// not torn apart, so there may be more than asked for.
    ///
    /// - Parameters:
    ///   - choice: Whose rows.
    ///   - columns: The columns of the rows.
    ///   - before: Only rows before this moment; nil lists from the latest on.
    ///   - limit: About how many.
    /// - Returns: A statement whose first column is the time in microseconds.
    /// - Throws: `expression/…`.
    public func rows(
        of choice: Choice, columns: [String], before: Instant?, limit: Int
    ) throws(Failure) -> Statement {
        var text = BehaviourText(input, nil)
        let who = try text.value(entity.value, at: "entities")
        var all = conditions(choice, who, &text)
        all += text.between(time, from: nil, before: before)
        let list = columns.map(quotedName).joined(separator: ", ")
        return text.statement(
            """
            SELECT \(moment) AS moment, \(list)
            FROM \(input.table)
            WHERE \(all.joined(separator: " AND "))
            QUALIFY rank() OVER (ORDER BY \(time.name) DESC) <= \(limit)
            ORDER BY ALL DESC
            LIMIT \(limit + Self.tiesMax)
            """)
    }

    private func conditions(
        _ choice: Choice, _ who: String, _ text: inout BehaviourText
    ) -> [String] {
        let present = ["\(who) IS NOT NULL", "\(time.name) IS NOT NULL"]
        switch choice {
        case .all: return present
        case .containing(let part):
            let term = text.bind(.text(part.lowercased()))
            return present + ["contains(lower(CAST(\(who) AS VARCHAR)), \(term))"]
        case .named(let name):
            return present + ["CAST(\(who) AS VARCHAR) = \(text.bind(.text(name)))"]
        case .numbered(let numbers):
            let list = numbers.map(String.init).joined(separator: ", ")
            return present + [numbers.isEmpty ? "FALSE" : "\(who) IN (\(list))"]
        }
    }

    /// How many rows of one moment are told beyond the limit.
    private static let tiesMax = 1_000

    private var moment: String { BehaviourText.microseconds(time) }
}
