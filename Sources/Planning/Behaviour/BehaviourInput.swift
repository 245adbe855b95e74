import Definitions
import Vocabulary

/// The rows that a behavioural question looks at: a source, and which of its rows count.
struct BehaviourInput {
    let scope: ExpressionScope
    let calendar: WorkCalendar
    /// The column that says when rows happen; nil for a source without time.
    let time: TimeAxis?
    /// Where the definition stands, for what is wrong with it.
    let origin: Origin

    init(
        _ source: String, catalog: Catalog, facts: [String: SourceFacts], calendar: WorkCalendar,
        origin: Origin
    ) throws(Failure) {
        guard let definition = catalog.sources[source] else {
            throw Failure(
                .unknownSource, "There is no source named '\(source)'.",
                hint: nearestName(to: source, among: catalog.writtenSources.map(\.name))
                    .map { "did you mean '\($0)'?" }, place: origin.place(of: "from"))
        }
        let others = facts
        let facts = facts[source] ?? .empty
        guard !facts.columns.isEmpty else {
            throw Failure(
                .noData, "The source '\(source)' has no data yet.",
                hint: "Import a file first: yardstick import \(source) FILE",
                place: origin.place(of: "from"))
        }
        scope = ExpressionScope(source: definition, facts: facts, others: others)
        self.calendar = calendar
        self.origin = origin
        let axis = try TypingScope(scope: scope).time(zone: calendar.zone)
        time = axis.column == nil ? nil : axis
    }

    var table: String { "\(quotedName("source")).\(quotedName(scope.source.name))" }

    func requiredTime() throws(Failure) -> TimeAxis {
        if let time { return time }
        throw Failure(
            .noTimeColumn, "The source '\(scope.source.name)' does not say when its rows happen.",
            hint: "Write time: COLUMN in the source's definition.",
            place: origin.place(of: "from"))
    }

    /// The local clock from some days to others, and around them.
    func local(_ range: TimeRange?) -> LocalTime {
        let instants = range.map { calendar.instants(of: $0) }
        let year = 366 * 86_400
        let start = instants?.start ?? Instant(seconds: 40 * year)
        let end = instants?.end ?? Instant(seconds: 80 * year)
        return LocalTime(
            zone: calendar.zone, from: start.adding(seconds: -40 * year),
            to: end.adding(seconds: 10 * year))
    }
}

/// Writes the parts that behavioural statements have in common.
struct BehaviourText: ExpressionWriting {
    var binder = ValueBinder()
    let local: LocalTime
    let input: BehaviourInput

    init(_ input: BehaviourInput, _ range: TimeRange?) {
        self.input = input
        local = input.local(range)
    }

    func statement(_ sql: String) -> Statement { Statement(sql, binder.values) }

    mutating func number(_ value: Int64) -> String { bind(.integer(value)) }

    /// An expression over the source, as SQL.
    mutating func value(_ expression: Expression, at path: String) throws(Failure) -> String {
        self.expression(try typed(expression, at: path))
    }

    func typed(_ expression: Expression, at path: String) throws(Failure) -> TypedExpression {
        try ExpressionTyper().typed(
            expression, in: input.scope, at: input.origin.place(of: path))
    }

    /// The conditions that a filter is, as SQL.
    mutating func conditions(_ filter: Expression?, at path: String) throws(Failure) -> [String] {
        guard let filter else { return [] }
        let place = input.origin.place(of: path)
        return try TypingScope(scope: input.scope).conditions(filter, at: place)
            .map { expression(NullSafeComparisons().safe($0)) }
    }

    /// Whether a row is one of a selection, as SQL that is never absent.
    mutating func isOne(of rows: RowSelection, at path: String) throws(Failure) -> String {
        var all = try conditions(rows.filter, at: path + ".where")
        if !rows.events.isEmpty {
            do {
                all.append(expression(try TypingScope(scope: input.scope).events(rows.events)))
            } catch {
                throw error.located(at: input.origin.place(of: path))
            }
        }
        return all.isEmpty ? "TRUE" : "coalesce(\(all.joined(separator: " AND ")), FALSE)"
    }

    /// A time as microseconds since 1970.
    static func microseconds(_ time: TimeAxis) -> String {
        time.isDay
            ? "(CAST(\(time.name) - DATE '1970-01-01' AS BIGINT) * 86400000000)"
            : "epoch_us(\(time.name))"
    }

    /// The rows between two moments; nil leaves a side open.
    mutating func between(
        _ time: TimeAxis, from start: Instant?, before end: Instant?
    ) -> [String] {
        var conditions: [String] = []
        if let start { conditions.append("\(time.name) >= \(bind(bound(start, time)))") }
        if let end { conditions.append("\(time.name) < \(bind(bound(end, time)))") }
        return conditions
    }

    /// A border as the time column has it; days are counted without a zone.
    private func bound(_ instant: Instant, _ time: TimeAxis) -> Value {
        guard time.isDay else { return .instant(instant) }
        let micros = 86_400_000_000 as Int64
        let day = (instant.microseconds + 800_000 * micros + micros - 1) / micros - 800_000
        return .day(Day(number: Int(day)))
    }
}

extension TimeAxis {
    /// The first moment of a day, on the scale of this time: days are counted without a zone.
    func start(of day: Day) -> Instant {
        isDay ? Instant(seconds: day.number * 86_400) : zone.start(of: day)
    }
}

/// A search among ordered borders: which one a number has reached, the first being 1.
///
/// The number must be a name, since it is written often.
func borderSearch(_ borders: [Int64], name: String) -> String {
    func node(_ low: Int, _ high: Int) -> String {
        if low >= high { return String(low + 1) }
        let middle = (low + high + 1) / 2
        return "CASE WHEN \(name) < \(borders[middle]) THEN \(node(low, middle - 1)) "
            + "ELSE \(node(middle, high)) END"
    }
    return node(0, borders.count - 1)
}
