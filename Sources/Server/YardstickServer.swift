import Features
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals
import Vocabulary

/// What a server says when it accepts requests.
public struct ServerAnnouncement: Equatable, Sendable {
    /// Where the web app is, such as `http://127.0.0.1:8080`.
    public let address: String
    /// The one-time link with which the first account is made; nil where there is one.
    public let setUpLink: String?
    /// The path of the local socket.
    public let socket: String
}

/// The web app and the API of one workspace.
public struct YardstickServer: Sendable {
    private let parts: ServerParts
    private let runLocal: LocalRunner
    private let announce: @Sendable (ServerAnnouncement) -> Void

    /// Prepares a server; nothing listens before ``run()``.
    ///
    /// - Parameters:
    ///   - session: The open workspace. The caller closes it after ``run()`` has returned.
    ///   - settings: Where and how to listen.
    ///   - clock: Where the time comes from.
    ///   - logger: Where mistakes of the program are logged; nothing else is.
    ///   - runLocal: Runs command lines that come over the local socket.
    ///   - announce: Is told once, when requests are accepted.
    /// - Throws: `state/newer` or `state/failed` when the bookkeeping file cannot be opened.
    public init(
        session: WorkspaceSession, settings: ServerSettings, clock: any WallClock, logger: Logger,
        runLocal: @escaping LocalRunner,
        announce: @escaping @Sendable (ServerAnnouncement) -> Void
    ) throws(Failure) {
        let state = try StateStore(file: session.folder.appending(path: "data/state.sqlite"))
        self.init(
            parts: ServerParts(
                workspace: session, state: state, accounts: Accounts(state: state, clock: clock),
                clients: ClientDesk(), settings: settings, clock: clock, assets: .builtIn,
                logger: logger),
            runLocal: runLocal, announce: announce)
    }

    init(
        parts: ServerParts, runLocal: @escaping LocalRunner,
        announce: @escaping @Sendable (ServerAnnouncement) -> Void
    ) {
        self.parts = parts
        self.runLocal = runLocal
        self.announce = announce
    }

    /// Serves until the process is told to stop (SIGTERM, SIGINT) or the task is cancelled; then
    /// answers what it has accepted.
    ///
    /// - Throws: `server/no-account` when it should listen on another address than a loopback one
    ///   before there is an account; `server/port-in-use`, `server/cannot-listen`,
    ///   `server/socket`.
    public func run() async throws(Failure) {
        let group = try await services(signals: [.sigterm, .sigint])
        do { try await group.run() } catch { throw failure(error) }
    }

    /// All that runs while the server does. What is stopped first stands last.
    func services(signals: [UnixSignal]) async throws(Failure) -> ServiceGroup {
        let settings = parts.settings
        let hasAccount = try await parts.accounts.exist()
        guard hasAccount || settings.isLoopback else {
            throw Failure(
                .noAccount, "Others could reach this server before it has an account.",
                hint: "Start it without --host, make the first account, then start it again.")
        }
        let link = hasAccount ? nil : try await parts.accounts.makeSetUpLink()
        let socket = try LocalSocket(folder: parts.workspace.folder, path: settings.socketPath)
        socket.removeLeftovers()
        let local = listener(
            .local, endpoints: LocalRoutes(run: runLocal).endpoints,
            at: .unixDomainSocket(path: socket.path)
        ) { _ in
            guard let address = parts.readiness.openedSocket() else { return }
            ready(at: address, link: link, socket: socket)
        }
        let network = listener(
            .network, endpoints: Endpoints.all, at: .hostname(settings.host, port: settings.port)
        ) { channel in
            let port = channel.localAddress?.port ?? settings.port
            let address = baseAddress(port: port)
            if parts.readiness.opened(address) { ready(at: address, link: link, socket: socket) }
        }
        let services: [any Service] = [
            EventService(
                workspace: parts.workspace, events: parts.events,
                heartbeat: .seconds(settings.heartbeatSeconds)),
            DefinitionsWatcher(workspace: parts.workspace, interval: .seconds(1)), local, network,
            StopService(parts: parts),
        ]
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: signals, logger: parts.logger)
        configuration.maximumGracefulShutdownDuration = .seconds(settings.stopSeconds)
        return ServiceGroup(configuration: configuration)
    }

    private func listener(
        _ door: RequestPipeline.Door, endpoints: [Endpoint], at address: BindAddress,
        started: @escaping @Sendable (any Channel) async -> Void
    ) -> Application<RequestPipeline> {
        let settings = parts.settings
        let http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestDeadlineHandler(settings)],
            idleTimeout: .seconds(Int64(settings.idleSeconds)),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: settings.headerBytesMax.field,
                maxHeaderListSize: settings.headerBytesMax.all,
                maxHeaderFieldCount: settings.headersMax))
        let events = IngestDoor(parts: parts)
        let server = HTTPServerBuilder { responder in
            let channel = HTTP1Channel(responder: responder, configuration: http)
            guard door == .network else { return channel }
            return EventDoorChannel(http: channel, door: events)
        }
        return Application(
            responder: RequestPipeline(index: EndpointIndex(endpoints), parts: parts, door: door),
            server: server,
            configuration: ApplicationConfiguration(
                address: address, backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connectionsMax)),
            onServerRunning: started, logger: parts.logger)
    }

    /// Says once that both listeners are open.
    private func ready(at address: String, link: SecretToken?, socket: LocalSocket) {
        do { try socket.announce(address: address) } catch {
            parts.logger.error("\(error)")
        }
        announce(
            ServerAnnouncement(
                address: address, setUpLink: link.map { "\(address)/setup?token=\($0.text)" },
                socket: socket.path))
    }

    private func baseAddress(port: Int) -> String {
        let host = parts.settings.host
        return "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private func failure(_ error: any Error) -> Failure {
        if let failure = error as? Failure { return failure }
        let settings = parts.settings
        if let error = error as? IOError, error.errnoCode == EADDRINUSE {
            return Failure(
                .portInUse, "Port \(settings.port) on \(settings.host) is taken.",
                hint: "Stop the program that has it, or choose another with --port.")
        }
        return Failure(
            .cannotListen, "The server cannot listen on \(settings.host), port \(settings.port).",
            hint: "Check the address and the port; ports below 1024 need rights.",
            details: ["\(error)"])
    }
}

extension Failure.Code {
    /// The server should listen on an address that others reach, but has no account.
    public static let noAccount: Self = "server/no-account"
    /// Another program listens on the port.
    public static let portInUse: Self = "server/port-in-use"
    /// The server cannot listen on the address.
    public static let cannotListen: Self = "server/cannot-listen"
}
