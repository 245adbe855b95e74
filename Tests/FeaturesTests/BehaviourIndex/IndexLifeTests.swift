import Events
import Foundation
import Testing
import Vocabulary

@testable import Features

@Suite("The index of a source's histories")
struct IndexLifeTests {
    private static let words = BehaviourWords(
        yaml: "{ from: app, steps: [a, b], within: 5 days }", over: "2026-06", by: "plan")

    private static func file(_ bench: borrowing IndexWorkspace) -> URL {
        bench.workspace.folder.appending(path: "data/index/app.histories")
    }

    private func agree(_ session: WorkspaceSession) async throws -> String {
        let (found, expected, path, _) = try await session.both {
            try await $0.funnel(Self.words)
        }
        #expect(found.differences(from: expected).isEmpty)
        return path
    }

    @Test("the first question is answered from the tables while it is made")
    func first() async throws {
        var bench = try IndexWorkspace(seed: 20)
        let session = try await bench.workspace.open()
        try await IndexWorkspace.accept(bench.events(100), session)

        let answer = try await session.funnel(Self.words)

        let receipt = answer["receipt"]
        #expect(receipt?["path"]?.text == "sql")
        #expect(receipt?["path_reason"]?.text == "No index, since its index is being made.")
        #expect(try await agree(session) == "index")
        await session.close()
    }

    @Test("names and values that come up later are told apart, without making it anew")
    func grown() async throws {
        var bench = try IndexWorkspace(seed: 25)
        let session = try await bench.workspace.open()
        try await IndexWorkspace.accept(bench.events(200), session)
        #expect(try await agree(session) == "index")
        let inode = try Self.inode(Self.file(bench))
        var later = bench.events(60)
        for place in later.indices {
            later[place].name = place % 2 == 0 ? "z" : "y"
            later[place].properties = JSONObjectText(checked: Array(#"{"plan":"gold"}"#.utf8))
        }
        try await IndexWorkspace.accept(later, session)

        let (found, expected, path, _) = try await session.both {
            try await $0.funnel(
                BehaviourWords(
                    yaml: "{ from: app, within: 30 days, "
                        + "steps: [{ event: z, where: \"plan = 'gold'\" }, y] }",
                    over: "2026-06", by: "plan"))
        }

        #expect(found.differences(from: expected).isEmpty)
        #expect(found["entries"] != .integer(0))
        #expect(path == "index")
        #expect(try Self.inode(Self.file(bench)) == inode)
        await session.close()
    }

    @Test("how it goes is told with the source")
    func status() async throws {
        var bench = try IndexWorkspace(seed: 26)
        let session = try await bench.workspace.open()
        #expect(await session.historiesStatus(of: "app")?.state == .absent)
        try await IndexWorkspace.accept(bench.events(200), session)

        await session.prepareHistories()
        await session.settleHistories()

        let status = try #require(await session.historiesStatus(of: "app"))
        #expect(status.state == .ready)
        #expect(status.events == 200)
        #expect(status.sizeBytes > 200 * 8)
        let sources = try await session.sourcesJSON()
        guard case .list(let list) = sources["sources"] else {
            Issue.record("There are no sources.")
            return
        }
        #expect(list[0]["histories"]?["state"] == .text("ready"))
        await session.close()
    }

    @Test("how its files stand is told without opening the workspace")
    func stored() async throws {
        var bench = try IndexWorkspace(seed: 27)
        let session = try await bench.workspace.open()
        let folder = WorkspaceFolder(bench.workspace.folder)
        let catalog = session.catalog
        let before = folder.storedHistories(catalog)
        try await IndexWorkspace.accept(bench.events(200), session)
        await session.prepareHistories()
        await session.settleHistories()
        let ready = folder.storedHistories(catalog)
        await session.close()
        let other = try IndexWorkspace(
            seed: 28, source: IndexWorkspace.source + "\ntime: received\n")
        let unusual = try await other.workspace.open()
        let failed = folder.storedHistories(unusual.catalog)
        await unusual.close()
        try Data("torn".utf8).write(to: Self.file(bench))
        let torn = folder.storedHistories(catalog)

        #expect(before.map(\.source) == ["app"])
        #expect(before[0].status == HistoriesStatus(state: .absent))
        #expect(ready[0].status.state == .ready && ready[0].status.events == 200)
        #expect(ready[0].status.sizeBytes > 200 * 8)
        #expect(failed[0].status.state == .failed)
        #expect(failed[0].status.reason?.contains("other columns") == true)
        #expect(torn[0].status.state == .absent)
        #expect(torn[0].status.reason == "their file is damaged")
    }

    @Test("it is opened again by the next session, with what came meanwhile")
    func restart() async throws {
        var bench = try IndexWorkspace(seed: 21)
        let first = try await bench.workspace.open()
        try await IndexWorkspace.accept(bench.events(200), first)
        #expect(try await agree(first) == "index")
        try await IndexWorkspace.accept(bench.events(50) + bench.sightings(1...20), first)
        await first.close()
        let inode = try Self.inode(Self.file(bench))

        let second = try await bench.workspace.open()

        #expect(try await agree(second) == "index")
        #expect(try Self.inode(Self.file(bench)) == inode)
        await second.close()
    }

    @Test("a file that is torn or of another version is made anew", arguments: [0, 1, 2])
    func damaged(kind: Int) async throws {
        var bench = try IndexWorkspace(seed: 22)
        let first = try await bench.workspace.open()
        try await IndexWorkspace.accept(bench.events(200), first)
        #expect(try await agree(first) == "index")
        await first.close()
        var bytes = try Data(contentsOf: Self.file(bench))
        switch kind {
        case 0: bytes.removeLast(bytes.count / 3)
        case 1: bytes[8] ^= 0xFF
        default: bytes[200] ^= 0x01
        }
        try bytes.write(to: Self.file(bench))

        let second = try await bench.workspace.open()

        #expect(try await agree(second) == "index")
        #expect(try Data(contentsOf: Self.file(bench)) != bytes)
        await second.close()
    }

    @Test("who is forgotten is in no file of it, and in no answer")
    func forgotten() async throws {
        var bench = try IndexWorkspace(seed: 23)
        let session = try await bench.workspace.open()
        try await IndexWorkspace.accept(bench.events(300, people: 1...5), session)
        #expect(try await agree(session) == "index")

        _ = try await session.forget(person: "user-3", by: nil, from: nil)

        #expect(!FileManager.default.fileExists(atPath: Self.file(bench).path))
        #expect(try await agree(session) == "index")
        try await IndexWorkspace.accept(bench.events(40), session)
        #expect(try await agree(session) == "index")
        await session.close()
    }

    @Test("a definition with other columns makes it anew, and one that is gone takes it away")
    func redefined() async throws {
        var bench = try IndexWorkspace(seed: 24)
        let session = try await bench.workspace.open()
        try await IndexWorkspace.accept(bench.events(200), session)
        #expect(try await agree(session) == "index")

        try bench.workspace.write(
            IndexWorkspace.source.replacing("seats: integer, ", with: ""),
            to: "definitions/app.yaml")
        #expect(await session.reloadDefinitions())
        #expect(try await agree(session) == "index")
        await session.close()
        try bench.workspace.write(
            "source: other\nis: Others.\nfrom: events\n", to: "definitions/app.yaml")
        let other = try await bench.workspace.open()

        #expect(!FileManager.default.fileExists(atPath: Self.file(bench).path))
        await other.close()
    }

    private static func inode(_ file: URL) throws -> UInt64? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? UInt64
    }
}
