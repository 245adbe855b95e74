import Definitions
import Engines
import Foundation
import Planning
import Synchronization
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
    let fits = LifetimeFits()
    let namesThatCame = NamesThatCameMemory()
    let broadcast = ChangeBroadcast()
    let intake: EventIntakeDesk
    let histories: BehaviourIndexDesk
    private let watching = Mutex<Task<Void, Never>?>(nil)
    private let derivations = DerivationQueue()
    private let hold: Hold
    private let state: StateBox

    /// What a session knows at a moment: it is replaced as a whole.
    struct Snapshot: Sendable {
        private(set) var catalog: Catalog
        let loadFindings: [Finding]
        let facts: [String: SourceFacts]
        /// Why derived sources have no rows.
        let derivationFailures: [String: Failure]
        let calendar: WorkCalendar
        let fingerprints: [String: String]
        /// What applications are meant to send, by source; sources without a plan are not in it.
        let trackingPlans: [String: TrackingPlan]
        let stamp: Int

        /// The same on a day, from which segments of recent days look back.
        func on(_ day: Day) -> Snapshot {
            var snapshot = self
            snapshot.catalog = catalog.asOf(day)
            return snapshot
        }
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
        /// The snapshot of the day that a clock shows, as far as it depends on that.
        func snapshot(_ clock: any WallClock) -> Snapshot {
            lock.withLock {
                if value.catalog.movesDaily {
                    value = value.on(value.calendar.zone.day(at: clock.now))
                }
                return value
            }
        }
    }

    private init(
        place: WorkspaceFolder, engine: DuckDBEngine, intake: EventIntakeDesk,
        clock: any WallClock, hold: WorkspaceLock, snapshot: Snapshot
    ) {
        folder = place.url
        self.intake = intake
        self.place = place
        self.engine = engine
        histories = BehaviourIndexDesk(folder: place.histories, engine: engine)
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
        let intake = EventIntakeDesk(folder: place.events, engine: engine, clock: clock)
        try await intake.prepare(loaded.catalog)
        let derived = try await derivedState(
            of: loaded.catalog, engine: engine, now: clock.now, dropsUndefined: true)
        let snapshot = snapshot(
            Wanted(catalog: loaded.catalog, findings: loaded.findings, stamp: stamp), derived)
        let session = WorkspaceSession(
            place: place, engine: engine, intake: intake, clock: clock, hold: hold,
            snapshot: snapshot)
        session.histories.removeFiles(
            except: loaded.catalog.sources.values.filter { $0.intake != nil }.map(\.name))
        session.watchEvents()
        return session
    }

    /// Keeps what is known of sources of events up to date while the session is open.
    private func watchEvents() {
        let intake = intake
        let task = Task { [weak self] in
            await intake.watch { [weak self] names in
                guard let self else { return true }
                do throws(Failure) { try await refreshFacts(of: names) } catch { return false }
                await histories.noteApplied(names)
                for name in names.sorted() {
                    broadcast.send(.data(source: name, version: facts[name]?.version ?? 0))
                }
                return true
            }
        }
        watching.withLock { $0 = task }
    }

    /// Definitions that are to be in service.
    private struct Wanted: Sendable {
        let catalog: Catalog
        let findings: [Finding]
        let stamp: Int
        /// What is known of sources that have not changed.
        var known: [String: SourceFacts] = [:]
    }

    private static func snapshot(_ wanted: Wanted, _ derived: DerivedState) -> Snapshot {
        let catalog = wanted.catalog
        let fingerprint = Fingerprint(catalog)
        let fingerprints = Dictionary(
            uniqueKeysWithValues: catalog.metrics.keys.map {
                ($0, fingerprint.fingerprint(of: $0))
            })
        return Snapshot(
            catalog: catalog, loadFindings: wanted.findings, facts: derived.facts,
            derivationFailures: derived.failures, calendar: WorkCalendar(catalog.settings),
            fingerprints: fingerprints, trackingPlans: TrackingPlan.all(catalog),
            stamp: wanted.stamp)
    }

    /// Makes the derived sources that are not up to date, and reads what is known of all sources.
    private static func derivedState(
        of catalog: Catalog, engine: DuckDBEngine, now: Instant, dropsUndefined: Bool,
        known: [String: SourceFacts] = [:]
    ) async throws(Failure) -> DerivedState {
        let calendar = WorkCalendar(catalog.settings)
        return try await engine.withConnection { connection throws(Failure) in
            try DerivationRun(
                connection: connection, catalog: catalog.asOf(nil), calendar: calendar, now: now,
                dropsUndefined: dropsUndefined, known: known
            ).run()
        }
    }

    var snapshot: Snapshot { state.snapshot(clock) }

    /// What a source's applications are meant to send.
    func trackingPlan(of source: String) -> TrackingPlan {
        snapshot.trackingPlans[source] ?? .empty
    }

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
        let derived = snapshot.derivationFailures.values.map { Finding(.error, $0) }
        return (snapshot.loadFindings + checked + derived).sortedByPlace()
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
                derivationFailures: old.derivationFailures, calendar: old.calendar,
                fingerprints: old.fingerprints, trackingPlans: old.trackingPlans, stamp: stamp)
        } else {
            do throws(Failure) {
                try await intake.prepare(loaded.catalog)
                try await derive { _ in
                    Wanted(catalog: loaded.catalog, findings: loaded.findings, stamp: stamp)
                }
            } catch {
                return false
            }
        }
        broadcast.send(.definitions(findings: findings.count))
        return true
    }

    /// Makes the derived sources that rest on new rows, and reads the facts of what changed again.
    ///
    /// - Parameter changed: The sources that have new rows.
    /// - Throws: `engine/…`; what was known before holds then.
    func refreshFacts(of changed: Set<String>) async throws(Failure) {
        try await derive {
            Wanted(
                catalog: $0.catalog, findings: $0.loadFindings, stamp: $0.stamp,
                known: $0.facts.filter { !changed.contains($0.key) })
        }
    }

    /// Brings derived sources and facts up to date with definitions, and puts both in service.
    private func derive(
        _ wanted: @escaping @Sendable (Snapshot) -> Wanted
    ) async throws(Failure) {
        let result = await derivations.run { [self] in
            await derived(wanted(snapshot))
        }
        for made in try result.get() {
            broadcast.send(.data(source: made.source, version: made.version))
        }
    }

    private func derived(_ wanted: Wanted) async -> Result<[DerivedState.Made], Failure> {
        do throws(Failure) {
            let derived = try await WorkspaceSession.derivedState(
                of: wanted.catalog, engine: engine, now: clock.now, dropsUndefined: false,
                known: wanted.known)
            state.snapshot = WorkspaceSession.snapshot(wanted, derived)
            return .success(derived.made)
        } catch {
            return .failure(error)
        }
    }

    /// What changes from now on.
    public func changeStream() -> AsyncStream<WorkspaceChange> { broadcast.stream() }

    /// Stops all work and lets the workspace go.
    public func close() async {
        watching.withLock { $0?.cancel() }
        await histories.close()
        await intake.close()
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
