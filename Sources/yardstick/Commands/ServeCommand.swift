import ArgumentParser
import Features
import Foundation
import Logging
import Server
import Vocabulary

/// Serves the web app and the API of a workspace.
struct ServeCommand: FreeCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the web app and the API of a workspace.",
        discussion: """
            It listens on this machine alone unless --host says otherwise, and it does not listen \
            for others before there is an account: open the one-time link that it prints first.

            While it runs, the other commands work as before: they ask the server. It stops on \
            control-C and on SIGTERM, after it has answered what it has accepted.
            """
    )

    @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one.", valueName: "port"))
    var port = 8080

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(
        help: ArgumentHelp(
            "The address by which people reach it, where a proxy stands before it.",
            valueName: "url"))
    var publicAddress: String?

    @Flag(help: "Believe the sender's address that a proxy puts into X-Forwarded-For.")
    var trustProxy = false

    @OptionGroup var workspace: WorkspaceOption

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("A port is a number from 0 to 65535.")
        }
        let scheme = publicAddress.map { URL(string: $0)?.scheme ?? "" }
        guard scheme.map(["http", "https"].contains) ?? true else {
            throw ValidationError("A public address is one such as https://kpi.example.com.")
        }
    }

    func run(output: Output) async throws(Failure) -> Outcome {
        let folder = workspace.folder(from: output.directory)
        let session = try await WorkspaceSession.open(
            folder, clock: SystemClock(), purpose: "yardstick serve")
        var failure: Failure?
        do throws(Failure) {
            try await serve(session, output: output)
        } catch { failure = error }
        await session.close()
        if let failure { throw failure }
        return .done
    }

    private func serve(_ session: WorkspaceSession, output: Output) async throws(Failure) {
        let watch = Task { await ServeCommand.tellDamages(of: session, output: output) }
        defer { watch.cancel() }
        var settings = ServerSettings()
        settings.version = Version.number
        settings.port = port
        settings.host = host
        settings.publicAddress = publicAddress.flatMap(URL.init(string:))
        settings.trustsProxy = trustProxy
        var logger = Logger(label: "yardstick") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let server = try YardstickServer(
            session: session, settings: settings, clock: SystemClock(), logger: logger,
            runLocal: { command, pieces in
                await Program(output: Output(command, pieces), session: session)
                    .run(command.arguments).rawValue
            },
            announce: { ServeCommand.tell($0, output: output) })
        await session.prepareHistories()
        try await server.run()
    }

    /// Tells what of the workspace's files cannot be read, some of which shows only while events are
    /// being stored.
    private static func tellDamages(of session: WorkspaceSession, output: Output) async {
        var told = 0
        while !Task.isCancelled {
            let damages = session.damages
            for damage in damages.dropFirst(told) { output.notice("warning: \(damage)") }
            told = damages.count
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private static func tell(_ announcement: ServerAnnouncement, output: Output) {
        output.line("Yardstick serves \(announcement.address)")
        if let link = announcement.setUpLink {
            output.line("Make the first account, once, at")
            output.line("  \(link)")
        }
        output.line("Control-C stops it.")
    }
}

extension Output {
    /// What a command that runs in the server prints to: the process that asked.
    init(_ command: LocalCommand, _ pieces: LocalOutput) {
        self.init(
            terminal: Terminal(
                isTerminal: command.isTerminal, isErrorTerminal: command.isErrorTerminal,
                hasColor: command.color, columns: command.columns),
            directory: command.folder, write: { pieces.out($0) }, writeError: { pieces.err($0) })
    }
}
