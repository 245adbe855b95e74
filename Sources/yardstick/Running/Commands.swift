import ArgumentParser
import Features
import Vocabulary

/// How a command ends, as the exit status of the process.
enum Outcome: Int32, Sendable {
    /// It did what was asked.
    case done = 0
    /// It failed, or found something that is wrong.
    case finding = 1
    /// Its arguments make no sense.
    case usage = 2
}

/// A command that works on an open workspace.
///
/// While a server has the workspace, the server runs the command on its own session and this
/// process only prints what comes back.
protocol WorkspaceCommand: ParsableCommand, Sendable {
    /// Which workspace is meant.
    var workspace: WorkspaceOption { get }

    /// Does what the command is for.
    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome
}

/// A command that opens no workspace, or opens it in its own way.
protocol FreeCommand: ParsableCommand, Sendable {
    /// Does what the command is for.
    func run(output: Output) async throws(Failure) -> Outcome
}
