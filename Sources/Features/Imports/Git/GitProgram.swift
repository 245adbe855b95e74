import Engines
import Foundation
import Vocabulary

/// Runs the git program to read a repository, in a way that lets the repository run nothing.
///
/// A repository's own configuration can name programs (hooks, signature checkers, pagers, transports).
/// So only plumbing commands are used that call none, git's settings come from here alone, and
/// nothing is ever fetched. Arguments are handed over one by one, never through a shell.
struct GitProgram: Sendable {
    /// The repository's folder, absolute, with all links followed.
    let repository: String
    /// A folder for what git writes; the caller removes it.
    let scratch: URL
    /// How long one command may take.
    var timeoutSeconds = 600
    private let executable: URL

    /// - Throws: `import/no-git`.
    init(repository: String, scratch: URL) throws(Failure) {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let found = folders.split(separator: ":").map { "\($0)/git" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else {
            throw Failure(
                .importNoGit, "The program git, which reads repositories, is not installed here.",
                hint: "Install git, or put its folder into PATH.")
        }
        self.repository = repository
        self.scratch = scratch
        executable = URL(filePath: found)
    }

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - arguments: The command and its arguments.
    ///   - input: What the command reads from its standard input.
    /// - Returns: What it wrote, mapped into memory.
    /// - Throws: `import/git-failed` with what git said; `engine/cancelled`.
    func output(_ arguments: [String], input: [String] = []) async throws(Failure) -> Data {
        let name = UUID().uuidString
        let files = ["in", "out", "error"].map { scratch.appending(path: "\(name).\($0)") }
        defer { for file in files { try? FileManager.default.removeItem(at: file) } }
        let status: Int32
        do {
            try Data(input.map { $0 + "\n" }.joined().utf8).write(to: files[0])
            for file in files.dropFirst() { try Data().write(to: file) }
            let process = Process()
            process.executableURL = executable
            process.arguments = settings + arguments
            process.environment = environment
            process.currentDirectoryURL = scratch
            process.standardInput = try FileHandle(forReadingFrom: files[0])
            process.standardOutput = try FileHandle(forWritingTo: files[1])
            process.standardError = try FileHandle(forWritingTo: files[2])
            status = try await RunningProgram(process).end(within: timeoutSeconds)
        } catch {
            if Task.isCancelled {
                throw Failure(.engineCancelled, "The import was cancelled.")
            }
            throw Failure(
                .importGitFailed, "git could not be started.",
                hint: "Check the installation of git, and that the disk has room.",
                details: [error.localizedDescription])
        }
        guard !Task.isCancelled else {
            throw Failure(.engineCancelled, "The import was cancelled.")
        }
        guard status == 0 else { throw failed(arguments, status, said: files[2]) }
        guard let data = try? Data(contentsOf: files[1], options: .mappedIfSafe) else {
            throw Failure(.importGitFailed, "What git wrote cannot be read.")
        }
        return data
    }

    /// The first line of what a command writes; nil where the command fails.
    func line(_ arguments: [String]) async throws(Failure) -> String? {
        do throws(Failure) {
            let text = String(decoding: try await output(arguments), as: UTF8.self)
            return text.split(separator: "\n").first.map(String.init)
        } catch {
            if error.code == .importGitFailed { return nil }
            throw error
        }
    }

    /// The folder is named as safe since a person named it, and since nothing of it is executed:
    /// otherwise a repository in a mounted folder, which another user owns, could not be read.
    private var settings: [String] {
        let values = [
            "safe.directory=\(repository)", "core.fsmonitor=false", "core.hooksPath=/dev/null",
            "core.pager=cat", "core.sshCommand=false", "log.showSignature=false",
            "gpg.program=false", "protocol.allow=never", "i18n.logOutputEncoding=UTF-8",
        ]
        return ["--no-pager", "--no-optional-locks", "--literal-pathspecs"]
            + values.flatMap { ["-c", $0] } + ["-C", repository]
    }

    private var environment: [String: String] {
        [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "LC_ALL": "C", "HOME": scratch.path, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_ATTR_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
            "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_ALLOW_PROTOCOL": "none",
            // A folder that is no repository must not be taken for a part of one above it.
            "GIT_CEILING_DIRECTORIES": URL(filePath: repository).deletingLastPathComponent().path,
        ]
    }

    private func failed(_ arguments: [String], _ status: Int32, said file: URL) -> Failure {
        let said = (try? Data(contentsOf: file))?.prefix(2_000) ?? Data()
        let lines = String(decoding: said, as: UTF8.self).split(separator: "\n").prefix(10)
            .map(String.init)
        let isLate = status == RunningProgram.late
        return Failure(
            .importGitFailed,
            isLate
                ? "git \(arguments[0]) took longer than \(timeoutSeconds) seconds."
                : "git \(arguments[0]) failed with status \(status).",
            hint: isLate
                ? "Run 'git gc' in the repository, or import a smaller branch."
                : "Check the repository with 'git fsck'.", details: lines)
    }
}

/// A program that runs: it can be waited for, and ends when the task is cancelled or time is over.
private final class RunningProgram: @unchecked Sendable {
    /// The status of a program that was ended since its time was over.
    static let late: Int32 = -1

    private let lock = NSLock()
    private let process: Process
    private var isLate = false
    private var isStopped = false

    init(_ process: Process) { self.process = process }

    func end(within seconds: Int) async throws -> Int32 {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                process.terminationHandler = { _ in continuation.resume() }
                do { try start() } catch { continuation.resume(throwing: error) }
                DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) {
                    [weak self] in self?.stop(isLate: true)
                }
            }
            return lock.withLock { isLate ? Self.late : process.terminationStatus }
        } onCancel: {
            stop(isLate: false)
        }
    }

    private func start() throws {
        try lock.withLock {
            if isStopped { throw CancellationError() }
            try process.run()
        }
    }

    private func stop(isLate: Bool) {
        lock.withLock {
            isStopped = true
            guard process.isRunning else { return }
            self.isLate = isLate
            kill(process.processIdentifier, SIGKILL)
        }
    }
}
