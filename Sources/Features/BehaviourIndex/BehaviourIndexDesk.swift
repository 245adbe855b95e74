import Behaviour
import Definitions
import Engines
import Foundation
import Planning
import Synchronization
import Vocabulary

/// The indexes of a workspace's sources of events.
final class BehaviourIndexDesk: Sendable {
    private let engine: DuckDBEngine
    private let folder: URL
    private let indexes = Mutex<[String: SourceIndex]>([:])
    private let isOff = Mutex(false)
    /// How many erasures are going on.
    private let holds = Mutex(0)

    init(folder: URL, engine: DuckDBEngine) {
        self.folder = folder
        self.engine = engine
    }

    /// The index of a source, made up of nothing yet where it is asked for the first time; one of
    /// another definition is thrown away.
    func index(of source: SourceDefinition) async -> Result<SourceIndex, NotIndexable> {
        guard !isOff.withLock({ $0 }) else { return .failure(NotIndexable("it is switched off")) }
        guard holds.withLock({ $0 }) == 0 else {
            return .failure(NotIndexable("a person is being forgotten"))
        }
        guard let wanted = IndexedSource(source) else {
            return .failure(
                NotIndexable(
                    source.intake == nil
                        ? "only sources of events have an index"
                        : IndexedSource.obstacle))
        }
        let (found, old) = indexes.withLock { indexes in
            if let known = indexes[source.name], known.source == wanted {
                return Found(index: known, old: nil)
            }
            let made = SourceIndex(wanted, engine: engine, folder: folder)
            let old = indexes.updateValue(made, forKey: source.name)
            return Found(index: made, old: old)
        }.parts
        await old?.discard()
        return .success(found)
    }

    private struct Found {
        let index: SourceIndex
        let old: SourceIndex?
        var parts: (SourceIndex, SourceIndex?) { (index, old) }
    }

    /// Whether questions are answered by SQL alone; for comparisons.
    func setOff(_ off: Bool) { isOff.withLock { $0 = off } }

    /// Begins to make what is missing, and brings the rest up to date.
    func prepare(_ sources: [SourceDefinition]) async {
        for source in sources where source.intake != nil {
            guard case .success(let index) = await index(of: source) else { continue }
            await index.prepare()
            await index.catchUp()
        }
    }

    /// Brings the indexes of some sources up to date, where they are there.
    func noteApplied(_ names: Set<String>) async {
        let known = indexes.withLock { $0.filter { names.contains($0.key) }.map(\.value) }
        for index in known { await index.catchUp() }
    }

    /// Throws all indexes away, and lets none be made until ``release()``, so that an erasure leaves
    /// nothing in them.
    func hold() async {
        holds.withLock { $0 += 1 }
        await discardAll()
    }

    /// Lets indexes be made again.
    func release() async {
        await discardAll()
        holds.withLock { $0 -= 1 }
    }

    /// Throws all indexes away, their files included.
    private func discardAll() async {
        let known = indexes.withLock { Array($0.values) }
        for index in known { await index.discard() }
        removeFiles(except: [])
    }

    /// Removes files of sources that are not defined any more.
    func removeFiles(except sources: some Sequence<String>) {
        let kept = Set(sources.map(SourceIndex.fileName))
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for file in files where !kept.contains(file) {
            try? FileManager.default.removeItem(at: folder.appending(path: file))
        }
    }

    /// All values of a column of a source that rows have by now; nil where its index is not there,
    /// or does not list them all.
    func values(of column: String, _ source: SourceDefinition) async -> [String]? {
        guard let index = indexes.withLock({ $0[source.name] }),
            index.source == IndexedSource(source)
        else { return nil }
        return await index.values(of: column)
    }

    /// How the index of a source goes.
    func status(of source: String) async -> HistoriesStatus? {
        guard let index = indexes.withLock({ $0[source] }) else { return nil }
        return await index.status
    }

    /// Returns when nothing is under way.
    func settled() async {
        let known = indexes.withLock { Array($0.values) }
        for index in known { await index.settled() }
    }

    /// Stops everything.
    func close() async {
        let known = indexes.withLock { Array($0.values) }
        for index in known { await index.close() }
    }
}
