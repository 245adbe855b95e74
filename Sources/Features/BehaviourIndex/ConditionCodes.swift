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
        /// How many values there were; lists only grow.
        let count: Int
    }

    private let known = Mutex<[Key: Set<UInt16>]>([:])
    private static let knownMax = 1_000

    /// Asks which names of events, or values of a property, meet a condition.
    ///
    /// - Parameters:
    ///   - condition: The condition.
    ///   - values: The values, those of the lowest codes first.
    ///   - first: The code of the first value; from 1 on, code 0 stands for no value.
    ///   - type: DuckDB's type of the column.
    ///   - engine: The database.
    /// - Returns: Their codes.
    /// - Throws: `engine/…`.
    func codes(
        meeting condition: RowCondition, _ values: [String], first: UInt16, type: String,
        _ engine: DuckDBEngine
    ) async throws(Failure) -> Set<UInt16> {
        let key = Key(condition: condition, count: values.count)
        if let codes = known.withLock({ $0[key] }) { return codes }
        let name = quotedName(condition.column ?? "any")
        var rows: [String] = []
        if first > 0 { rows.append("select 0 as code, cast(null as \(type)) as \(name)") }
        if !values.isEmpty {
            let list = values.map(quotedText).joined(separator: ", ")
            rows.append(
                """
                select unnest(range(\(first), \(Int(first) + values.count))) as code,
                    cast(unnest([\(list)]) as \(type)) as \(name)
                """)
        }
        guard !rows.isEmpty else { return [] }
        let frame = try await engine.run(
            Statement(
                """
                select code from (\(rows.joined(separator: " union all ")))
                where \(condition.statement.sql)
                """, condition.statement.values))
        let codes = Set(
            (0..<frame.count).compactMap { frame.columns[0].integer($0).map { UInt16($0) } })
        known.withLock { known in
            if known.count >= Self.knownMax { known = [:] }
            known[key] = codes
        }
        return codes
    }

    /// Whether a condition that looks at no column holds.
    func holds(_ condition: RowCondition, _ engine: DuckDBEngine) async throws(Failure) -> Bool {
        try await !codes(
            meeting: condition, ["any"], first: 0, type: "VARCHAR", engine
        ).isEmpty
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
            switch condition.column {
            case nil:
                if try await !codes.holds(condition, engine) { selection.events = [] }
            case "event":
                let found = try await codes.codes(
                    meeting: condition, snapshot.schema.events, first: 0, type: "VARCHAR", engine)
                selection.events = selection.events?.intersection(found) ?? found
            case let column?:
                selection.conditions.append(try await property(column, meeting: condition))
            }
        }
        return selection
    }

    private func property(
        _ column: String, meeting condition: RowCondition
    ) async throws(Failure) -> PropertyCondition {
        let place = try place(of: column)
        guard !snapshot.hasUnlisted(property: place), let type = source.type(of: column) else {
            throw Failure(
                .notInBehaviourIndex, "'\(column)' has more values than the index lists.")
        }
        return PropertyCondition(
            property: place,
            codes: try await codes.codes(
                meeting: condition, snapshot.schema.properties[place].values, first: 2,
                type: PropertyValue.storedType(type), engine))
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
