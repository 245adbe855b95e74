import Behaviour
import Engines
import Foundation
import Vocabulary

/// The histories of a source and what is needed to keep them up to date.
struct IndexedHistories: Sendable {
    var snapshot: BehaviourSnapshot
    var owners: PeopleOwners
    /// Numbers with events of their own that are somebody else's by now.
    var merged: [UInt32: UInt32] = [:]

    /// Up to which row everything is known.
    var watermark: IndexWatermark { snapshot.watermark }
}

/// Makes the index of a source from its table, and brings it up to date.
///
/// Memory: 128 MB for records that wait, the largest range of people twice, a stretch of rows as
/// numbers (about 60 MB), four bytes an actor.
struct IndexBuilding: Sendable {
    let source: IndexedSource
    let engine: DuckDBEngine
    /// Where the file of an index lies.
    let path: String

    /// How many properties an index has at most.
    static let propertiesMax = 8
    private static let valuesMax = 2_000
    private static let rowsTogether: Int64 = 500_000
    private static let waitingBytesMax = 128 << 20

    /// Makes the index anew, in a file of another name, which is still to be put in its place.
    ///
    /// - Throws: `behaviour/…`, `engine/…`; `behaviour/index-behind` where rows were erased meanwhile.
    func built(in path: String) async throws(Failure) -> IndexedHistories {
        let source = source
        let (watermark, owners) = try await engine.withConnection { connection throws(Failure) in
            try connection.transaction { () throws(Failure) in
                var owners = PeopleOwners()
                _ = try owners.update(connection)
                let rows = IndexedRows(source: source, connection: connection)
                return Begun(watermark: try rows.watermark(), owners: owners)
            }
        }.parts
        let schema = try await schema(upTo: watermark.lastRow)
        let spool = Spool(
            BehaviourIndexBuilder(
                path: path, schema: schema, memoryBytesMax: Self.waitingBytesMax))
        var seen: Int64 = 0
        var begin: Int64 = -1
        while begin < watermark.lastRow {
            guard !Task.isCancelled else { throw Self.stopped }
            let stretch = (begin, min(begin + Self.rowsTogether, watermark.lastRow))
            let scanned = try await engine.withConnection { connection throws(Failure) in
                try IndexedRows(source: source, connection: connection).scan(
                    after: stretch.0, upTo: stretch.1, schema, owners
                ) { columns throws(Failure) in try spool.builder.add(columns) }
            }
            guard !scanned.hasUnknownNames else {
                throw Failure(.behaviourIndexBehind, "The source has too many names of events.")
            }
            seen += scanned.rows
            begin = stretch.1
        }
        let end = try await engine.withConnection { connection throws(Failure) in
            let rows = IndexedRows(source: source, connection: connection)
            return Ended(
                count: try rows.count(upTo: watermark.lastRow), watermark: try rows.watermark())
        }
        guard seen == end.count, seen == watermark.rowCount,
            end.watermark.dataVersion == watermark.dataVersion
        else {
            throw Failure(.behaviourIndexBehind, "Rows were erased while they were read.")
        }
        let index = try spool.builder.finish(watermark: watermark)
        return IndexedHistories(snapshot: BehaviourSnapshot(index), owners: owners)
    }

    private struct Begun: Sendable {
        let watermark: IndexWatermark
        let owners: PeopleOwners
        var parts: (IndexWatermark, PeopleOwners) { (watermark, owners) }
    }

    private struct Ended: Sendable {
        let count: Int64
        let watermark: IndexWatermark
    }

    /// The builder, used by one stretch of rows after the other.
    private final class Spool: @unchecked Sendable {
        let builder: BehaviourIndexBuilder
        init(_ builder: BehaviourIndexBuilder) { self.builder = builder }
    }

    static let stopped = Failure(.behaviourIndexBehind, "Making the index was stopped.")

    /// Names, and the columns with few enough values: declared ones first, then those by which
    /// people usually filter.
    private func schema(upTo row: Int64) async throws(Failure) -> IndexSchema {
        let source = source
        return try await engine.withConnection { connection throws(Failure) in
            let rows = IndexedRows(source: source, connection: connection)
            let names = try rows.values(of: "event", upTo: row, max: 60_000) ?? []
            var dictionaries: [ValueDictionary] = []
            let counts = try rows.cardinalities(source.candidates.map(\.name))
            for (candidate, count) in zip(source.candidates, counts)
            where dictionaries.count < Self.propertiesMax && count > 0
                && count <= Self.valuesMax + Self.valuesMax / 10
            {
                let values = try rows.values(of: candidate.name, upTo: row, max: Self.valuesMax)
                guard let values else { continue }
                dictionaries.append(ValueDictionary(name: candidate.name, values: values))
            }
            return IndexSchema(
                events: names, properties: dictionaries, fingerprint: source.fingerprint)
        }
    }

    /// Opens the file of an earlier session; nil if there is none that can be used.
    func opened() async throws(Failure) -> IndexedHistories? {
        guard let index = try? BehaviourIndex(path: path),
            index.schema.fingerprint == source.fingerprint
        else { return nil }
        var histories = IndexedHistories(
            snapshot: BehaviourSnapshot(index), owners: PeopleOwners())
        let source = source
        let (now, owners) = try await engine.withConnection { connection throws(Failure) in
            try connection.transaction { () throws(Failure) in
                var owners = PeopleOwners()
                _ = try owners.update(connection)
                let rows = IndexedRows(source: source, connection: connection)
                return Begun(watermark: try rows.watermark(), owners: owners)
            }
        }.parts
        let known = index.watermark
        guard now.dataVersion == known.dataVersion, now.inboxOffset >= known.inboxOffset,
            now.rowCount >= known.rowCount, now.lastRow >= known.lastRow,
            now.lastRow - known.lastRow == now.rowCount - known.rowCount
        else { return nil }
        histories.owners = owners
        for (actor, person) in owners.moved where histories.snapshot.hasEvents(actor) {
            histories.merged[actor] = person
        }
        histories.snapshot = histories.snapshot.merging(histories.merged)
        return histories
    }
}
