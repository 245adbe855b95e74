import Behaviour
import Engines
import Planning
import Synchronization
import Vocabulary

/// Which codes meet conditions: each is asked once, of the database, so that it means what it means
/// over the rows.
final class ConditionCodes: Sendable {
    private struct Key: Hashable {
        let condition: RowCondition
        /// How many values of each column there were; lists only grow.
        let counts: [Int]
    }

    /// A column with its values in the order of their codes.
    struct Column: Sendable {
        let name: String
        /// DuckDB's type.
        let type: String
        let values: [String]
        /// The code of the first value; from 1 on, code 0 stands for no value.
        let first: UInt16
        /// Its place among the properties; nil is the event's name.
        let property: Int?

        /// The codes, those included that stand for no value or one that is not listed.
        var codes: Int { values.count + Int(first) }

        /// A select of codes, as a name, and values.
        func select(_ code: String) -> String {
            let name = quotedName(self.name)
            var rows: [String] = []
            if first > 0 { rows.append("select 0 as \(code), cast(null as \(type)) as \(name)") }
            if !values.isEmpty {
                let list = values.map(quotedText).joined(separator: ", ")
                rows.append(
                    """
                    select unnest(range(\(first), \(Int(first) + values.count))) as \(code),
                        cast(unnest([\(list)]) as \(type)) as \(name)
                    """)
            }
            return rows.isEmpty ? "" : "(\(rows.joined(separator: " union all ")))"
        }
    }

    private let known = Mutex<[Key: [Bool]]>([:])
    private static let knownMax = 1_000
    /// So many combinations of values are asked about at most.
    private static let cellsMax = 1 << 18

    /// Asks which values of columns, or which combinations of them, meet a condition.
    ///
    /// - Parameters:
    ///   - condition: The condition.
    ///   - columns: The columns that it looks at.
    ///   - engine: The database.
    /// - Returns: For each combination of codes whether it does; those of the last column are
    ///   neighbours.
    /// - Throws: `behaviour/not-indexed` for too many of them; `engine/…`.
    func cells(
        meeting condition: RowCondition, _ columns: [Column], _ engine: DuckDBEngine
    ) async throws(Failure) -> [Bool] {
        let key = Key(condition: condition, counts: columns.map(\.values.count))
        if let cells = known.withLock({ $0[key] }) { return cells }
        let (count, isTooMany) = columns.reduce((1, false)) { sum, column in
            let (product, overflow) = sum.0.multipliedReportingOverflow(by: column.codes)
            return (product, sum.1 || overflow)
        }
        // Names and values have two bytes, so that one column is never too many.
        guard !isTooMany, columns.count < 2 || count <= Self.cellsMax else {
            throw Failure(
                .notInBehaviourIndex,
                "The values of \(columns.map { "'\($0.name)'" }.joined(separator: " and ")) "
                    + "have too many combinations for the index.")
        }
        var cells = [Bool](repeating: false, count: count)
        let selects = columns.enumerated().map { place, column in
            (code: "code_\(place)", sql: column.select("code_\(place)"))
        }
        if selects.allSatisfy({ !$0.sql.isEmpty }) {
            let frame = try await engine.run(
                Statement(
                    """
                    select \(selects.map(\.code).joined(separator: ", "))
                    from \(selects.enumerated().map { "\($1.sql) as t\($0)" }
                        .joined(separator: " cross join "))
                    where \(condition.statement.sql)
                    """, condition.statement.values))
            for row in 0..<frame.count {
                let cell = columns.indices.reduce(0) { cell, place in
                    cell * columns[place].codes + (frame.columns[place].integer(row) ?? 0)
                }
                cells[cell] = true
            }
        }
        known.withLock { known in
            if known.count >= Self.knownMax { known = [:] }
            known[key] = cells
        }
        return cells
    }

    /// Whether a condition that looks at no column holds.
    func holds(_ condition: RowCondition, _ engine: DuckDBEngine) async throws(Failure) -> Bool {
        let any = Column(name: "any", type: "VARCHAR", values: ["any"], first: 0, property: nil)
        return try await cells(meeting: condition, [any], engine)[0]
    }
}

/// Says in codes what a question says in conditions on rows.
struct IndexTranslation: Sendable {
    let snapshot: BehaviourSnapshot
    let source: IndexedSource
    let codes: ConditionCodes
    let engine: DuckDBEngine

    /// How many threads a question may use.
    var threads: Int { engine.limits.threads }

    /// The events that meet all conditions.
    ///
    /// - Throws: `behaviour/not-indexed` where the index does not have what they look at.
    func selection(_ conditions: [RowCondition]) async throws(Failure) -> EventSelection {
        var selection = EventSelection.all
        for condition in conditions {
            guard !condition.columns.isEmpty else {
                if try await !codes.holds(condition, engine) { selection.events = [] }
                continue
            }
            let columns = try condition.columns.map { name throws(Failure) in try column(name) }
            let cells = try await codes.cells(meeting: condition, columns, engine)
            guard columns.count == 1 else {
                selection.joint.append(
                    JointCondition(
                        places: columns.map {
                            JointCondition.Place(property: $0.property, codes: $0.codes)
                        }, isWanted: cells))
                continue
            }
            let found = Set(cells.indices.filter { cells[$0] }.map { UInt16($0) })
            if let property = columns[0].property {
                selection.conditions.append(PropertyCondition(property: property, codes: found))
            } else {
                selection.events = selection.events?.intersection(found) ?? found
            }
        }
        return selection
    }

    /// What the index has of a column.
    private func column(_ name: String) throws(Failure) -> ConditionCodes.Column {
        guard name != "event" else {
            return ConditionCodes.Column(
                name: name, type: "VARCHAR", values: snapshot.schema.events, first: 0,
                property: nil)
        }
        let place = try place(of: name)
        guard !snapshot.hasUnlisted(property: place), let type = source.type(of: name) else {
            throw Failure(.notInBehaviourIndex, "'\(name)' has more values than the index lists.")
        }
        return ConditionCodes.Column(
            name: name, type: PropertyValue.storedType(type),
            values: snapshot.schema.properties[place].values, first: 2, property: place)
    }

    /// The place of a property in the index.
    ///
    /// - Throws: `behaviour/not-indexed`.
    func place(of column: String) throws(Failure) -> Int {
        let place = snapshot.schema.properties.firstIndex { $0.name == column }
        guard let place else {
            throw Failure(.notInBehaviourIndex, "The index does not have '\(column)'.")
        }
        return place
    }
}
