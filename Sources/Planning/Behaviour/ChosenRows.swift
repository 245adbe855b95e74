import Definitions
import Vocabulary

/// The first select of a statement about behaviour: `w` whose row it is, `t` when it happened in
/// microseconds, `p` the value that it is split by, and what else is added.
struct ChosenRows {
    var text: BehaviourText
    private let time: TimeAxis
    private let table: String
    private let limit: Int
    private let hasParts: Bool
    private var columns: [String] = []
    private var conditions: [String] = []

    init<Definition>(_ plan: BehaviourPlan<Definition>) throws(Failure) {
        let question = plan.question
        time = plan.time
        table = plan.input.table
        limit = question.limit
        hasParts = question.dimension != nil
        text = BehaviourText(plan.input, question.range)
        let who = try text.value(plan.entity.value, at: "by")
        columns = ["\(who) AS w", "\(BehaviourText.microseconds(time)) AS t"]
        if let dimension = question.dimension {
            columns.append("\(try text.part(dimension)) AS p")
        }
        conditions = ["\(who) IS NOT NULL", "\(time.name) IS NOT NULL"]
        conditions += try text.conditions(question.definition.filter, at: "where")
        for filter in question.filters { conditions += try text.conditions(filter, at: "") }
    }

    /// Adds a column.
    mutating func add(_ expression: String, as name: String) {
        columns.append("\(expression) AS \(name)")
    }

    /// Adds the number of the civil day.
    mutating func addDay(as name: String) {
        let day =
            time.isDay
            ? "CAST(\(time.name) - DATE '1970-01-01' AS INTEGER)"
            : text.local.dayNumber(of: time.name, binder: &text.binder)
        add(day, as: name)
    }

    /// Leaves out rows for which a condition does not hold.
    mutating func require(_ condition: String) {
        if condition != "TRUE" { conditions.append(condition) }
    }

    /// Leaves out rows outside of a range of days; nil leaves the start open.
    mutating func read(from start: Day?, before end: Day) {
        conditions += text.between(
            time, from: start.map { time.start(of: $0) }, before: time.start(of: end))
    }

    /// The number of the period in which `t` lies, from 1; 0 is before all of them.
    func period(_ starts: [Day]) -> String {
        let moments = starts.map { time.start(of: $0).microseconds }
        return "CASE WHEN t < \(moments[0]) THEN 0 ELSE \(borderSearch(moments, name: "t")) END"
    }

    /// The select itself.
    var select: String {
        """
        SELECT \(columns.joined(separator: ", "))
          FROM \(table)
          WHERE \(conditions.joined(separator: " AND "))
        """
    }

    // An entity is in the part of the last of its rows that has a value. So the parts add up to
    // the whole, and somebody who changes is in the part where we know them now.

    /// For a select that groups rows: the latest value, as a column to be passed to `partTables`.
    var latest: String {
        hasParts ? ", max(CASE WHEN p IS NOT NULL THEN {'t': t, 'p': p} END) AS v" : ""
    }

    /// The table `parted` with the part of each entity.
    ///
    /// - Parameter table: A table with the entity `w` and ``latest``.
    /// - Returns: The tables up to it; none without a dimension.
    func partTables(from table: String) -> [String] {
        guard hasParts else { return [] }
        return [
            """
            valued AS (
              SELECT w, struct_extract(max(v), 'p') AS p FROM \(table) GROUP BY w
            ), shown AS (
              SELECT p AS value, row_number() OVER (ORDER BY count(*) DESC, p) AS part
              FROM valued WHERE p IS NOT NULL
              GROUP BY p
              ORDER BY part LIMIT \(limit)
            ), parted AS MATERIALIZED (
              SELECT valued.w, shown.value, coalesce(
                shown.part, CASE WHEN valued.p IS NULL THEN \(limit + 2) ELSE \(limit + 1) END
              ) AS part
              FROM valued LEFT JOIN shown ON valued.p = shown.value
            )
            """
        ]
    }

    /// A select of measures for all together, and where there is a dimension for each part.
    ///
    /// - Parameters:
    ///   - kind: The first column, which tells selects of one statement apart.
    ///   - key: What is grouped by.
    ///   - measures: The columns after it.
    ///   - table: Where they are from; it has the entity `w`.
    /// - Returns: Selects with the columns kind, part, value, key and the measures; the total has
    ///   no part.
    func totals(kind: Int, key: String, _ measures: [String], from table: String) -> [String] {
        let list = ([key] + measures).joined(separator: ", ")
        let total = """
            SELECT \(kind) AS kind, CAST(NULL AS BIGINT) AS part, CAST(NULL AS VARCHAR) AS value, \
            \(list)
            FROM \(table)
            GROUP BY 4
            """
        guard hasParts else { return [total] }
        return [
            total,
            """
            SELECT \(kind), parted.part, parted.value, \(list)
            FROM \(table) JOIN parted ON \(table).w = parted.w
            GROUP BY 2, 3, 4
            """,
        ]
    }

    /// The statement of some tables and the selects over them.
    func statement(_ tables: [String], _ selects: [String]) -> Statement {
        text.statement(
            """
            WITH \(tables.joined(separator: ", "))
            \(selects.joined(separator: "\nUNION ALL\n"))
            ORDER BY 1, 2 NULLS FIRST, 4
            """)
    }
}

extension BehaviourText {
    /// The value by which rows are split, as a text.
    mutating func part(_ dimension: String) throws(Failure) -> String {
        let typed = try typed(.name(NameReference(dimension)), at: "")
        let value = expression(typed)
        return typed.type == .text ? value : "CAST(\(value) AS VARCHAR)"
    }
}

/// A value of the dimension by which an answer is split, those without a value, or the rest.
public struct BehaviourPart: Hashable, Sendable {
    /// The value; nil for those without one and for the rest.
    public let value: String?
    /// Whether these are the values that are not shown by themselves.
    public let isRest: Bool

    /// The members by which answers name the part.
    var members: [(name: String, value: JSON)] {
        [
            ("value", .optional(value)),
            ("kind", .text(isRest ? "other" : value == nil ? "none" : "value")),
        ]
    }
}

/// The rows of ``ChosenRows/totals(kind:key:_:from:)``, by part.
struct PartRows {
    /// The parts in the order in which they are shown.
    let parts: [BehaviourPart]
    /// The rows of the total, and those of each part, as numbers in the frame.
    let total: [Int]
    let rows: [[Int]]

    init(_ frame: Frame, kind: Int, limit: Int) {
        var parts: [Int: (part: BehaviourPart, rows: [Int])] = [:]
        var total: [Int] = []
        for row in 0..<frame.count where frame.columns[0].integer(row) == kind {
            guard let number = frame.columns[1].integer(row) else {
                total.append(row)
                continue
            }
            let part = BehaviourPart(
                value: frame.columns[2].text(row), isRest: number == limit + 1)
            parts[number, default: (part, [])].rows.append(row)
        }
        let order = parts.keys.sorted()
        self.parts = order.compactMap { parts[$0]?.part }
        rows = order.compactMap { parts[$0]?.rows }
        self.total = total
    }
}
