import Definitions
import Engines
import Events
import Foundation
import Synchronization
import Vocabulary

/// Takes in the events of a workspace's sources, and says now and then which have new rows.
///
/// A workspace without sources of events has none, and costs nothing for them.
final class EventIntakeDesk: Sendable {
    private let folder: URL
    private let engine: DuckDBEngine
    private let clock: any WallClock
    private let ingestion = Mutex<EventIngestion?>(nil)
    private let pending = PendingSources()

    /// Seconds between two looks at new rows, at least.
    private static let pause: Duration = .seconds(1)

    init(folder: URL, engine: DuckDBEngine, clock: any WallClock) {
        self.folder = folder
        self.engine = engine
        self.clock = clock
    }

    /// What takes events in; nil where no source is one of events.
    var present: EventIngestion? { ingestion.withLock { $0 } }

    /// Makes ready what the definitions want: tables, columns, and the inbox when the first source
    /// of events is defined.
    ///
    /// A source whose name holds imported rows is passed over; the derivations tell of it. Views of
    /// sources that are none of events any more go last, when nothing makes them any more.
    func prepare(_ catalog: Catalog) async throws(Failure) {
        let defined = catalog.sources.values.filter { $0.intake != nil }
            .sorted { $0.name < $1.name }
        let taken = try await names(of: "table")
        let sources = defined.filter { !taken.contains($0.name) }.map(EventSource.init)
        if let present {
            try await present.setSources(sources)
        } else if !sources.isEmpty {
            let pending = pending
            let opened = try await EventIngestion.open(
                folder: folder, engine: engine, sources: sources, clock: clock
            ) { applied in pending.add(applied.rows.keys) }
            ingestion.withLock { $0 = opened }
        }
        let stale = try await names(of: "view").subtracting(sources.map(\.name))
        guard !stale.isEmpty else { return }
        try await engine.withConnection { connection throws(Failure) in
            for name in stale {
                try connection.execute("drop view \(SourceImporter.table(of: name).sql)")
            }
        }
    }

    /// The sources whose rows are a table, or a view.
    private func names(of kind: String) async throws(Failure) -> Set<String> {
        let frame = try await engine.run(
            Statement(
                """
                select \(kind)_name from duckdb_\(kind)s()
                where schema_name = 'source' and database_name = current_database()
                """))
        return Set((0..<frame.count).compactMap { frame.columns[0].text($0) })
    }

    /// Calls with the names of sources that have new rows, until the desk closes: at once for the
    /// first, and then so seldom that most of the time is left for questions.
    ///
    /// - Parameter refresh: Returns whether it worked; if not, it is called with the names again.
    func watch(_ refresh: @escaping @Sendable (Set<String>) async -> Bool) async {
        for await _ in pending.signals {
            let start = ContinuousClock.now
            let names = pending.take()
            if !names.isEmpty, !(await refresh(names)) { pending.add(names) }
            let spent = ContinuousClock.now - start
            do {
                try await Task.sleep(for: max(EventIntakeDesk.pause, spent * 4))
            } catch {
                return
            }
        }
    }

    /// Applies what was taken in, and takes no more.
    func close() async {
        await present?.stop()
        pending.close()
    }
}

/// The sources that have rows of which nobody was told yet.
private final class PendingSources: Sendable {
    let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let names = Mutex<Set<String>>([])

    init() {
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ more: some Sequence<String>) {
        names.withLock { $0.formUnion(more) }
        signal.yield()
    }

    func take() -> Set<String> {
        names.withLock { names in
            defer { names = [] }
            return names
        }
    }

    func close() { signal.finish() }
}

extension EventSource {
    /// A source of events as its definition wants it.
    init(_ source: SourceDefinition) {
        self.init(
            name: source.name,
            properties: source.columnTypes.sorted { $0.key < $1.key }
                .map { Property(name: $0.key, type: $0.value) },
            dropsBots: source.intake?.actors == .people,
            privacy: EventPrivacy(
                allowedProperties: source.intake?.kept.map {
                    source.intake?.addresses == .dropped ? $0 : $0.union(["address"])
                }, consentProperty: source.intake?.consent))
    }
}
