import Definitions
import Engines
import Foundation
import Planning
import Vocabulary

/// One open workspace: its definitions, its data and what was computed from them.
///
/// A session holds the workspace's lock; a second process that opens the folder is refused.
public final class WorkspaceSession: Sendable {
    /// The workspace's folder.
    public let folder: URL
    let place: WorkspaceFolder
    let engine: DuckDBEngine
    let clock: any WallClock
    let cache = AnswerCache()
    let broadcast = ChangeBroadcast()
    private let hold: Hold
    private let state: StateBox

    /// What a session knows at a moment: it is replaced as a whole.
    struct Snapshot: Sendable {
        let catalog: Catalog
        let loadFindings: [Finding]
        let facts: [String: SourceFacts]
        let calendar: WorkCalendar
        let fingerprints: [String: String]
        let stamp: Int
    }

    /// The workspace's lock, until the session closes.
    private final class Hold: @unchecked Sendable {
        private let guardian = NSLock()
        private var lock: WorkspaceLock?
        init(_ lock: WorkspaceLock) { self.lock = lock }
        func release() { guardian.withLock { lock = nil } }
    }

    private final class StateBox: @unchecked Sendable {
        private let lock = NSLock()
        private var value: Snapshot
        init(_ value: Snapshot) { self.value = value }
        var snapshot: Snapshot {
            get { lock.withLock { value } }
            set { lock.withLock { value = newValue } }
        }
    }

    private init(
        place: WorkspaceFolder, engine: DuckDBEngine, clock: any WallClock, hold: WorkspaceLock,
        snapshot: Snapshot
    ) {
        folder = place.url
        self.place = place
        self.engine = engine
        self.clock = clock
        self.hold = Hold(hold)
        state = StateBox(snapshot)
    }

    /// Opens a workspace: takes its lock, reads its definitions, opens its data.
    ///
    /// - Parameters:
    ///   - folder: The workspace's folder.
    ///   - clock: What time it is.
    ///   - purpose: What this process does, for whoever finds the workspace locked.
    /// - Returns: The session; close it when it is no longer needed.
    /// - Throws: `workspace/not-found`, `engine/in-use`, `engine/…`.
    public static func open(
        _ folder: URL, clock: any WallClock, purpose: String = "yardstick"
    ) async throws(Failure) -> WorkspaceSession {
        let place = WorkspaceFolder(folder)
        try place.check()
        try place.prepare()
        let hold = try place.locked(purpose: purpose)
        let stamp = place.definitionStamp()
        let loaded = CatalogLoader.load(place.definitionFiles())
        let limits = loaded.catalog.settings.limits
        let engine = try DuckDBEngine(
            .file(place.facts.path), limits: EngineLimits(limits),
            access: DuckDBEngine.FileAccess(folders: [place.imports.path, place.inbox.path]))
        let snapshot = try await snapshot(loaded, engine: engine, stamp: stamp)
        return WorkspaceSession(
            place: place, engine: engine, clock: clock, hold: hold, snapshot: snapshot)
    }

    private static func snapshot(
        _ loaded: LoadedCatalog, engine: DuckDBEngine, stamp: Int
    ) async throws(Failure) -> Snapshot {
        let catalog = loaded.catalog
        let calendar = WorkCalendar(catalog.settings)
        let facts = try await SourceFactsReader(
            engine: engine, catalog: catalog, calendar: calendar
        ).facts()
        let fingerprint = Fingerprint(catalog)
        let fingerprints = Dictionary(
            uniqueKeysWithValues: catalog.metrics.keys.map {
                ($0, fingerprint.fingerprint(of: $0))
            })
        return Snapshot(
            catalog: catalog, loadFindings: loaded.findings, facts: facts, calendar: calendar,
            fingerprints: fingerprints, stamp: stamp)
    }

    var snapshot: Snapshot { state.snapshot }

    /// What holds for the whole workspace.
    public var settings: WorkspaceSettings { snapshot.catalog.settings }
    /// The definitions that are sound.
    public var catalog: Catalog { snapshot.catalog }
    /// How the workspace cuts time.
    public var calendar: WorkCalendar { snapshot.calendar }
    /// What is known of the sources' data.
    public var facts: [String: SourceFacts] { snapshot.facts }
    /// The civil day that it is now.
    public var today: Day { calendar.zone.day(at: clock.now) }

    /// Everything that is wrong or could be better, by place.
    public var findings: [Finding] {
        let snapshot = snapshot
        let checked = check(snapshot.catalog, facts: snapshot.facts, today: today)
        return (snapshot.loadFindings + checked).sortedByPlace()
    }

    /// Reads the definitions again if a file changed.
    ///
    /// - Returns: Whether anything changed. A workspace file that cannot be read keeps the last
    ///   good catalogue in service, and its problem becomes a finding.
    public func reloadDefinitions() async -> Bool {
        let old = snapshot
        let stamp = place.definitionStamp()
        guard stamp != old.stamp else { return false }
        let loaded = CatalogLoader.load(place.definitionFiles())
        let isBroken = loaded.findings.contains {
            $0.severity == .error && $0.failure.place?.file == "yardstick.yaml"
        }
        if isBroken {
            state.snapshot = Snapshot(
                catalog: old.catalog, loadFindings: loaded.findings, facts: old.facts,
                calendar: old.calendar, fingerprints: old.fingerprints, stamp: stamp)
        } else if let new = try? await WorkspaceSession.snapshot(
            loaded, engine: engine, stamp: stamp)
        {
            state.snapshot = new
        } else {
            return false
        }
        broadcast.send(.definitions(findings: findings.count))
        return true
    }

    /// Reads the facts again, after an import.
    func refreshFacts() async throws(Failure) {
        let old = snapshot
        let facts = try await SourceFactsReader(
            engine: engine, catalog: old.catalog, calendar: old.calendar
        ).facts()
        state.snapshot = Snapshot(
            catalog: old.catalog, loadFindings: old.loadFindings, facts: facts,
            calendar: old.calendar, fingerprints: old.fingerprints, stamp: old.stamp)
    }

    /// What changes from now on.
    public func changeStream() -> AsyncStream<WorkspaceChange> { broadcast.stream() }

    /// Stops all work and lets the workspace go.
    public func close() async {
        broadcast.finish()
        await engine.close()
        hold.release()
    }
}

extension WorkCalendar {
    /// The calendar of a workspace; a zone that does not exist has been reported and is UTC here.
    public init(_ settings: WorkspaceSettings) {
        self.init(
            zone: Zone(name: settings.zone) ?? .utc, firstWeekday: settings.firstWeekday,
            fiscal: settings.fiscal)
    }
}

extension EngineLimits {
    /// The limits that a workspace sets.
    init(_ limits: QuestionLimits) {
        let usual = EngineLimits()
        self.init(
            memoryBytes: limits.memoryBytesMax ?? usual.memoryBytes,
            threads: limits.threadsMax ?? usual.threads, seconds: Double(limits.secondsMax))
    }
}
