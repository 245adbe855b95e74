import Definitions
import Vocabulary

/// The rows on which a number stands: those of its source that count for a period.
public struct RowsBehind: Sendable {
    /// Which side of a ratio is meant; a number that is no ratio has only one.
    public enum Side: String, CaseIterable, Sendable {
        /// What is counted above, or the number itself.
        case numerator
        /// What it is divided by.
        case denominator
    }

    /// In which order rows come.
    public enum Order: Sendable {
        /// The latest first.
        case latest
        /// Mixed, and the same every time: a sample that favours no time.
        case mixed
    }

    /// The source.
    public let source: String
    /// What rows must meet, in words.
    public let filters: [String]
    private let read: Read
    private let tally: Tally

    /// Finds the rows behind the first metric of a plan, in the plan's first period.
    ///
    /// - Returns: Nil where the metric rests on no rows, as a constant does.
    public init?(_ plan: QuestionPlan, side: Side = .numerator) {
        guard let metric = plan.metrics.first, let period = plan.timeline.periods.first,
            let slot = plan.slots.firstIndex(of: period),
            let tally = RowsBehind.tally(of: metric.plan, side),
            let placement = plan.placements[tally]
        else { return nil }
        source = tally.source
        self.tally = tally
        let conditions = tally.conditions + tally.questionConditions
        filters = conditions.map(\.phrase)
        var read = Read(
            source: tally.source, time: tally.time,
            bucketing: Bucketing([placement.windows[slot]]), conditions: conditions, parts: [],
            body: .measures([Measure(.rows)]))
        if case .open(_, let started, let ended) = tally.function {
            read.body = .open(.count, started: started, ended: ended)
        }
        var list = ReadList(reads: [read])
        NullSafeComparisons().rewrite(&list)
        self.read = list.reads[0]
    }

    /// The tally whose rows are meant: the first one of a side.
    static func tally(of plan: Plan, _ side: Side) -> Tally? {
        switch plan {
        case .ratio(let above, let below, _, _):
            (side == .numerator ? above : below).tallies.first
        case .filled(let inner, _), .negated(let inner), .bounded(_, let inner),
            .overDays(_, let inner), .previous(let inner):
            tally(of: inner, side)
        default: plan.tallies.first
        }
    }

    /// The statement that returns rows.
    ///
    /// - Parameters:
    ///   - columns: The columns of the source that are wanted, in order.
    ///   - values: Further expressions, which follow the columns.
    ///   - order: Which rows come first.
    ///   - limit: How many rows at most.
    ///   - offset: How many rows are passed over.
    /// - Returns: A statement whose columns are those, in their order.
    public func statement(
        columns: [String], values: [TypedExpression] = [], order: Order = .latest, limit: Int,
        offset: Int = 0
    ) -> Statement {
        var writer = ReadWriter(read)
        let names = columns.map(quotedName) + values.map { writer.expression($0) }
        let condition = condition(&writer)
        let key =
            switch order {
            case .latest: "\(writer.timeName) DESC NULLS LAST, rowid DESC"
            case .mixed: "hash(rowid), rowid"
            }
        return Statement(
            """
            SELECT \(names.joined(separator: ", "))
            FROM \(writer.table)
            \(condition)
            ORDER BY \(key)
            LIMIT \(limit) OFFSET \(offset)
            """, writer.binder.values)
    }

    /// The statement that counts the rows.
    public var count: Statement {
        var writer = ReadWriter(read)
        let condition = condition(&writer)
        return Statement(
            "SELECT count(*) AS rows\nFROM \(writer.table)\n\(condition)", writer.binder.values)
    }

    /// What a tally looks at row by row, such as the length of a cycle.
    public var observed: TypedExpression? {
        switch tally.function {
        case .average(let value), .percentile(_, let value), .sum(let value), .min(let value),
            .max(let value), .deviation(let value), .promoters(let value, _),
            .concentration(let value, _, _):
            value
        case .survival(let table): table.duration
        default: nil
        }
    }

    /// The column that says when rows happen.
    public var timeColumn: String? { tally.time.column }

    private func condition(_ writer: inout ReadWriter) -> String {
        guard case .open(_, let started, let ended) = read.body else {
            return writer.whereClause(extra: required(&writer))
        }
        let (start, end) = (writer.expression(started), writer.expression(ended))
        let last = read.bucketing.ranges.last?.end ?? Day(number: 0)
        let moment = read.bucketing.stretches.last?.end ?? Instant(seconds: 0)
        let bound = { (type: ValueType) in type == .day ? Value.day(last) : .instant(moment) }
        var conditions = [
            "\(start) < \(writer.bind(bound(started.type)))",
            "(\(end) IS NULL OR \(end) >= \(writer.bind(bound(ended.type))))",
        ]
        for condition in read.conditions { conditions.append(writer.expression(condition)) }
        return "WHERE " + conditions.joined(separator: " AND ")
    }

    /// Rows without the value that is looked at do not count.
    private func required(_ writer: inout ReadWriter) -> [String] {
        let value: TypedExpression? =
            switch tally.function {
            case .present(let value), .distinct(let value), .firsts(let value): value
            case .concentration(_, let entity?, _): entity
            default: observed
            }
        return value.map { ["\(writer.expression($0)) IS NOT NULL"] } ?? []
    }
}
