import Features
import Foundation
import Logging
import Vocabulary

/// What all requests share.
struct ServerParts: Sendable {
    let workspace: any ServedWorkspace
    let accounts: Accounts
    let audit: AuditLog
    let keys: WriteKeys
    let salts: VisitorSalts
    let clients: ClientDesk
    let clock: any WallClock
    let settings: ServerSettings
    let cookie: SessionCookie
    let assets: WebAssets
    let counters: ServerCounters
    let bodyRoom: BodyRoom
    let events: EventHub
    let live: LiveDesk
    let jobs: ImportJobs
    let readiness: Readiness
    let logger: Logger

    init(
        workspace: any ServedWorkspace, state: StateStore, accounts: Accounts,
        clients: ClientDesk, settings: ServerSettings, clock: any WallClock, assets: WebAssets,
        logger: Logger
    ) {
        self.workspace = workspace
        self.accounts = accounts
        audit = AuditLog(state: state, clock: clock)
        keys = WriteKeys(state: state, clock: clock)
        salts = VisitorSalts(state: state)
        self.clients = clients
        self.clock = clock
        self.settings = settings
        self.assets = assets
        self.logger = logger
        cookie = SessionCookie(settings)
        counters = ServerCounters(started: clock.now, clock: clock)
        bodyRoom = BodyRoom(bytes: settings.largeBodiesBytesMax)
        events = EventHub(streamsMax: settings.eventStreamsMax)
        live = LiveDesk(workspace: workspace)
        jobs = ImportJobs(settings: settings, events: events, counters: counters)
        readiness = Readiness()
    }
}

/// Whether the server accepts requests: from when both its listeners are open until it is told to
/// stop.
final class Readiness: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var socketIsOpen = false
    nonisolated(unsafe) private var address: String?
    nonisolated(unsafe) private var isStopping = false

    /// Whether requests are accepted.
    var isReady: Bool { lock.withLock { socketIsOpen && address != nil && !isStopping } }

    /// Notes that the local socket is open; returns the address where the server is ready now.
    func openedSocket() -> String? {
        lock.withLock {
            socketIsOpen = true
            return address
        }
    }

    /// Notes that the network listener is open; returns whether the server is ready now.
    func opened(_ address: String) -> Bool {
        lock.withLock {
            self.address = address
            return socketIsOpen
        }
    }

    /// Notes that the server was told to stop.
    func stopping() { lock.withLock { isStopping = true } }
}
