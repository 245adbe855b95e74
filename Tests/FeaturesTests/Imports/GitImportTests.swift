import Engines
import Foundation
import Testing
import Vocabulary

@testable import Features

@Suite("Imports of git repositories")
struct GitImportTests {
    /// A branch with a merge: one – two ─┬─ merge – four – five, where three is merged; `v1` is made
    /// on two on the 4th, `v2` on the merge on the 7th, `v0.9` on one on the 9th; `nightly` is a
    /// lightweight tag of four.
    private func history(in folder: URL? = nil) throws -> TemporaryRepository {
        let repository = try TemporaryRepository(in: folder)
        try repository.commit("1 one", day: 1)
        try repository.git("checkout", "-q", "-b", "feature")
        try repository.commit("3 three: \"quoted\", ümläut", day: 3, by: "Bob Ray")
        try repository.git("checkout", "-q", "main")
        try repository.commit("2 two", day: 2)
        try repository.git("tag", "-a", "v1", "-m", "first", day: 4)
        try repository.git("merge", "-q", "--no-ff", "-m", "4 merge", "feature", day: 5)
        try repository.git("tag", "-a", "v2", "-m", "second", day: 7)
        try repository.commit("5 four", day: 6)
        try repository.git("tag", "nightly")
        try repository.git("tag", "-a", "v0.9", "-m", "late", "main~3", day: 9)
        try repository.commit("6 five", day: 10)
        return repository
    }

    private static let columns =
        "subject, parents, is_merge, author, authored_at, first_release_tag, first_released_at"

    @Test("every commit has the earliest release that contains it")
    func commits() async throws {
        let workspace = try ExportWorkspace(
            from: "{ git: app, tags: \"v*\" }", time: "committed_at")
        let repository = try history(in: workspace.folder.appending(path: "app"))

        let report = try await workspace.run()

        #expect(report.rows == 6 && report.files.map(\.file) == ["app"])
        // echo -n ann@example.org | sha256sum begins with 438c4c7afe60.
        #expect(
            try await workspace.rows(Self.columns).sorted() == [
                "1 one|0|false|438c4c7afe60|2026-01-01T12:00:00Z|v1|2026-01-04T12:00:00Z",
                "2 two|1|false|438c4c7afe60|2026-01-02T12:00:00Z|v1|2026-01-04T12:00:00Z",
                "3 three: \"quoted\", ümläut|1|false|686b5e4cf4f9|2026-01-03T12:00:00Z|v2|"
                    + "2026-01-07T12:00:00Z",
                "4 merge|2|true|438c4c7afe60|2026-01-05T12:00:00Z|v2|2026-01-07T12:00:00Z",
                "5 four|1|false|438c4c7afe60|2026-01-06T12:00:00Z|–|–",
                "6 five|1|false|438c4c7afe60|2026-01-10T12:00:00Z|–|–",
            ])
        let head = try repository.git("rev-parse", "HEAD")
        #expect(try await workspace.rows("commit").last == head)
        #expect(try workspace.inbox.isEmpty)
    }

    @Test("the same history again changes nothing; a new commit replaces it")
    func again() async throws {
        let workspace = try ExportWorkspace(from: "{ git: app }", time: "committed_at")
        let repository = try history(in: workspace.folder.appending(path: "app"))
        let first = try await workspace.run()

        let second = try await workspace.run()
        try repository.commit("7 six", day: 11)
        let third = try await workspace.run()

        #expect(first.files[0].state == .stored && first.version == 1)
        #expect(second.files[0].state == .unchanged && second.version == 1)
        #expect(third.files[0].state == .replaced && third.rows == 7)
        #expect(
            try await workspace.rows("first_release_tag").sorted()
                == ["nightly", "nightly", "nightly", "v1", "v1", "–", "–"])
    }

    @Test("tags have the number of commits that they release first")
    func tags() async throws {
        let workspace = try ExportWorkspace(
            from: "{ git: app, rows: tags, tags: \"/v[0-9.]+/\" }", time: "tagged_at")
        let repository = try history(in: workspace.folder.appending(path: "app"))

        let report = try await workspace.run()

        #expect(report.rows == 3)
        #expect(
            try await workspace.rows("tag, tagged_at, new_commits") == [
                "v1|2026-01-04T12:00:00Z|2", "v2|2026-01-07T12:00:00Z|2",
                "v0.9|2026-01-09T12:00:00Z|0",
            ])
        let merge = try repository.git("rev-parse", "v2^{commit}")
        #expect(try await workspace.rows("commit")[1] == merge)
    }

    @Test("another branch and names are read where the definition asks for them")
    func branchAndNames() async throws {
        let workspace = try ExportWorkspace(
            from: "{ git: app, branch: feature, names: true }", time: "committed_at")
        _ = try history(in: workspace.folder.appending(path: "app"))

        _ = try await workspace.run()

        #expect(
            try await workspace.rows("author_name, first_release_tag")
                == ["Ann Lee|v1", "Bob Ray|nightly"])
    }

    @Test("a repository outside the workspace is read only where that is allowed")
    func outside() async throws {
        let repository = try history()
        let name = repository.folder.lastPathComponent
        let forbidden = try ExportWorkspace(
            from: "{ git: \"../\(name)\" }", time: "committed_at")
        let allowed = try ExportWorkspace(
            from: "{ git: \"../\(name)\" }", time: "committed_at",
            settings: "git: { allow: [\"../\(name)\"] }\n")

        let failure = await #expect(throws: Failure.self) { try await forbidden.run() }
        let named = try await forbidden.run([repository.folder])

        #expect(failure?.code == .importOutsideFolder)
        #expect(named.rows == 6)
        #expect(try await allowed.run().rows == 6)
    }

    @Test("a link in the workspace does not lead to a repository outside it")
    func linkedOutside() async throws {
        let repository = try history()
        let workspace = try ExportWorkspace(from: "{ git: app }", time: "committed_at")
        try FileManager.default.createDirectory(
            at: workspace.folder.appending(path: "app"), withIntermediateDirectories: true)
        try workspace.write("gitdir: \(repository.folder.path)/.git\n", to: "app/.git")

        let failure = await #expect(throws: Failure.self) { try await workspace.run() }

        #expect(failure?.code == .importOutsideFolder)
    }

    @Test("a folder that is no repository is told, even inside of one")
    func noRepository() async throws {
        let workspace = try ExportWorkspace(from: "{ git: app/part }", time: "committed_at")
        _ = try history(in: workspace.folder.appending(path: "app"))
        try workspace.write("x", to: "app/part/file")

        let failure = await #expect(throws: Failure.self) { try await workspace.run() }

        #expect(failure?.code == .importNoRepository)
        #expect(failure?.message == "'app/part' is not a git repository.")
        #expect(try workspace.inbox.isEmpty)
    }

    @Test("what a repository lacks is told")
    func lacking() async throws {
        let workspace = try ExportWorkspace(
            from: "{ git: app, rows: tags, tags: \"x*\" }", time: "tagged_at")
        let app = workspace.folder.appending(path: "app")
        let missing = await #expect(throws: Failure.self) { try await workspace.run() }
        let empty = try TemporaryRepository(in: app)
        let noCommits = await #expect(throws: Failure.self) { try await workspace.run() }
        try empty.commit("one", day: 1)
        let noTags = await #expect(throws: Failure.self) { try await workspace.run() }
        try workspace.write(
            "source: feed\nis: A.\nfrom: { git: app, branch: gone }\n", to: "definitions/feed.yaml")
        let noBranch = await #expect(throws: Failure.self) { try await workspace.run() }
        try workspace.write(
            "source: feed\nis: A.\nfrom: { git: app, tags: \"/(/\" }\n", to: "definitions/feed.yaml"
        )
        try empty.git("tag", "v1")
        let noPattern = await #expect(throws: Failure.self) { try await workspace.run() }

        #expect(missing?.code == .importMissingFile)
        #expect(noCommits?.code == .importEmptyFile)
        #expect(noTags?.message == "The repository 'app' has no tag like 'x*'.")
        #expect(noBranch?.code == .importUnknownBranch)
        #expect(noPattern?.code == .importOption)
    }

    @Test("a shallow clone is refused, since its releases would be wrong")
    func shallow() async throws {
        let workspace = try ExportWorkspace(from: "{ git: app }", time: "committed_at")
        let repository = try history()
        try repository.git(
            "clone", "-q", "--depth", "2", "file://\(repository.folder.path)",
            workspace.folder.appending(path: "app").path)

        let failure = await #expect(throws: Failure.self) { try await workspace.run() }

        #expect(failure?.code == .importShallowHistory)
    }

    @Test("a cancelled import runs no git")
    func cancelled() async throws {
        let repository = try history()
        let scratch = repository.folder
        let path = scratch.path
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            let program = try GitProgram(repository: path, scratch: scratch)
            return try await program.output(["rev-list", "HEAD"])
        }

        task.cancel()
        let result = await task.result

        #expect(throws: Failure(.engineCancelled, "The import was cancelled.")) {
            try result.get()
        }
    }

    @Test("what git says is kept where it fails")
    func gitFails() async throws {
        let repository = try history()
        let program = try GitProgram(
            repository: repository.folder.path, scratch: repository.folder)

        let failure = await #expect(throws: Failure.self) {
            try await program.output(["rev-list", "gone"])
        }

        #expect(failure?.message == "git rev-list failed with status 128.")
        #expect(failure?.details.first?.hasPrefix("fatal: ambiguous argument 'gone'") == true)
    }

    @Test("programs that a repository's configuration names are not run")
    func hostileConfiguration() async throws {
        let workspace = try ExportWorkspace(from: "{ git: app }", time: "committed_at")
        let repository = try history(in: workspace.folder.appending(path: "app"))
        let trace = workspace.folder.appending(path: "trace")
        let program = workspace.folder.appending(path: "evil.sh")
        try Data("#!/bin/sh\ntouch '\(trace.path)'\n".utf8).write(to: program)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: program.path)
        for key in ["core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand"] {
            try repository.git("config", key, program.path)
        }
        try repository.git("config", "log.showSignature", "true")
        try repository.git("config", "core.hooksPath", workspace.folder.path)

        let report = try await workspace.run()

        #expect(report.rows == 6)
        #expect(!FileManager.default.fileExists(atPath: trace.path))
    }
}
