import Engines
import Foundation
import Subprocess
import SystemPackage
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
            status = try await self.status(of: arguments, files)
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

    /// Runs a command with files as its input, its output and what it says of errors.
    ///
    /// - Returns: The status with which it ended; ``late`` where its time was over.
    private func status(of arguments: [String], _ files: [URL]) async throws -> Int32 {
        try await withThrowingTaskGroup(of: Int32.self) { group in
            group.addTask {
                func open(_ file: URL, _ mode: FileDescriptor.AccessMode) throws -> FileDescriptor {
                    try FileDescriptor.open(
                        FilePath(file.path), mode, options: [.create, .closeOnExec],
                        permissions: .ownerReadWrite)
                }
                let ended = try await run(
                    .path(FilePath(executable.path)), arguments: Arguments(settings + arguments),
                    environment: .custom(environment), workingDirectory: FilePath(scratch.path),
                    input: .fileDescriptor(
                        try open(files[0], .readOnly), closeAfterSpawningProcess: true),
                    output: .fileDescriptor(
                        try open(files[1], .writeOnly), closeAfterSpawningProcess: true),
                    error: .fileDescriptor(
                        try open(files[2], .writeOnly), closeAfterSpawningProcess: true))
                return switch ended.terminationStatus {
                case .exited(let code): code
                case .signaled(let number): 128 + number
                }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(timeoutSeconds))
                return Self.late
            }
            // Who is still running is ended.
            defer { group.cancelAll() }
            return try await group.next() ?? Self.late
        }
    }

    /// The status of a command that was ended since its time was over.
    private static let late: Int32 = -1

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

    private var environment: [Environment.Key: String] {
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
        let isLate = status == Self.late
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
