import Foundation
import TestSupport

/// A git repository in a temporary folder, made with fixed dates.
final class TemporaryRepository {
    let folder: URL
    private let isOwn: Bool

    /// Makes it in a folder, or in a place of its own.
    init(in folder: URL? = nil) throws {
        isOwn = folder == nil
        self.folder =
            folder
            ?? FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "yardstick-git-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: self.folder, withIntermediateDirectories: true)
        try git("init", "-q", "--initial-branch=main")
    }

    deinit {
        if isOwn { try? FileManager.default.removeItem(at: folder) }
    }

    /// Commits something on a day of January 2026, at noon UTC; returns the hash.
    @discardableResult
    func commit(_ subject: String, day: Int, by name: String = "Ann Lee") throws -> String {
        try git("commit", "-q", "--allow-empty", "-m", subject, day: day, by: name)
        return try git("rev-parse", "HEAD")
    }

    /// Runs git; returns what it wrote, without the line end.
    @discardableResult
    func git(_ arguments: String..., day: Int = 1, by name: String = "Ann Lee") throws -> String {
        let date = "2026-01-\(day < 10 ? "0" : "")\(day)T12:00:00+00:00"
        let address = "\(name.split(separator: " ")[0])@Example.org"
        let said = try SystemProgram.output(
            of: ["git", "-C", folder.path] + arguments,
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
                "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
                "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_AUTHOR_NAME": name,
                "GIT_AUTHOR_EMAIL": address, "GIT_COMMITTER_NAME": name,
                "GIT_COMMITTER_EMAIL": address,
            ])
        return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}
