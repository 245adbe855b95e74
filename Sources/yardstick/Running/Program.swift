import ArgumentParser
import Features
import Vocabulary

/// Runs one command line from its arguments to its exit status.
struct Program: Sendable {
    /// Where it prints.
    let output: Output
    /// The workspace that is open already, in the process of a server; nil in a process of its own.
    var session: WorkspaceSession?

    /// Parses the arguments, runs the command that they name and tells how it went.
    func run(_ arguments: [String]) async -> Outcome {
        do {
            return try await run(YardstickCommand.parseAsRoot(arguments), arguments)
        } catch let failure as Failure {
            output.failure(failure)
            return failure.code == .usage ? .usage : .finding
        } catch is CancellationError {
            return .finding
        } catch {
            return tell(ParserMessage(error, arguments: arguments, columns: helpColumns))
        }
    }

    private func run(
        _ command: any ParsableCommand, _ arguments: [String]
    ) async throws -> Outcome {
        switch command {
        case let command as any WorkspaceCommand:
            return try await run(command, arguments)
        case let command as any FreeCommand:
            guard session == nil else {
                throw Failure(.notForServer, "A server does not run this command for others.")
            }
            return try await command.run(output: output)
        default:
            // Help, which the parser knows how to print.
            var command = command
            try command.run()
            return .done
        }
    }

    private func run(
        _ command: any WorkspaceCommand, _ arguments: [String]
    ) async throws(Failure) -> Outcome {
        if let session {
            _ = await session.reloadDefinitions()
            return try await command.run(in: session, output: output)
        }
        let folder = command.workspace.folder(from: output.directory)
        if let server = LocalServer(workspace: folder) {
            let arguments = try BehaviourOptions.inlined(arguments, from: output.directory)
            if let outcome = try await server.run(arguments, output: output) { return outcome }
        }
        let session = try await WorkspaceSession.open(folder, clock: SystemClock())
        for damage in session.damages { output.notice("warning: \(damage)") }
        let result: Result<Outcome, Failure>
        do throws(Failure) {
            result = .success(try await command.run(in: session, output: output))
        } catch { result = .failure(error) }
        await session.close()
        return try result.get()
    }

    private func tell(_ message: ParserMessage) -> Outcome {
        switch message {
        case .wanted(let text):
            output.line(text)
            return .done
        case .misused(let failure):
            output.failure(failure)
            return .usage
        }
    }

    private var helpColumns: Int { min(output.terminal.columns, 100) }
}

extension Failure.Code {
    /// The command line names an option, a command or a value that there is not.
    static let usage: Self = "command/usage"
    /// A command that only a process of its own can run was sent to a server.
    static let notForServer: Self = "command/not-for-server"
}
