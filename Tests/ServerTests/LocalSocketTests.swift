import Foundation
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("The local socket")
struct LocalSocketTests {
    private func post(_ path: String, _ body: String) -> String {
        """
        POST \(path) HTTP/1.1\r\nHost: yardstick\r\nConnection: close\r
        Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
        """
    }

    @Test("a command line runs in the server and its output comes back line by line")
    func command() async throws {
        let command = LocalCommand(
            arguments: ["status", "--format", "json"], folder: "/somewhere", isTerminal: true,
            isErrorTerminal: false, columns: 100, color: false)
        let seen = Box<LocalCommand?>(nil)
        try await LiveServer.run(runLocal: { command, output in
            seen.value = command
            output.out("a line\n")
            output.err("a warning\n")
            return 2
        }) { live in
            let answer = try await RawClient.exchange(
                post("/local/command", command.json.line), socket: live.announcement.socket)

            #expect(answer.contains("{\"out\":\"a line\\n\"}\n"))
            #expect(answer.contains("{\"err\":\"a warning\\n\"}\n"))
            #expect(answer.contains("{\"exit\":2}\n"))
        }
        #expect(seen.value == command)
    }

    @Test("it belongs to its owner, and is gone when the server is")
    func permissions() async throws {
        let path = Box("")
        let folder = Box(URL(filePath: "/"))
        try await LiveServer.run { live in
            path.value = live.announcement.socket
            folder.value = try live.world.workspace.folder
            let attributes = try FileManager.default.attributesOfItem(
                atPath: live.announcement.socket)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(LocalSocket.find(in: folder.value) == path.value)
        }
        #expect(!FileManager.default.fileExists(atPath: path.value))
        #expect(LocalSocket.find(in: folder.value) == nil)
    }

    @Test("its route does not exist on the network")
    func notOnTheNetwork() async throws {
        let answer = try await ServerWorld().send(.post, "/local/command", json: "{}")

        #expect(answer.status == 404)
        #expect(!Endpoints.all.contains { $0.path.hasPrefix("/local") })
    }

    @Test("what is no command is refused")
    func noCommand() async throws {
        try await LiveServer.run { live in
            let answer = try await RawClient.exchange(
                post("/local/command", #"{"arguments":"status"}"#),
                socket: live.announcement.socket)
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test("a workspace whose path is too long for a socket gets a short one")
    func longPath() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: String(repeating: "long", count: 30))

        let first = try LocalSocket(folder: folder)
        let second = try LocalSocket(folder: folder.appending(path: "other"))

        #expect(first.path.utf8.count <= LocalSocket.pathBytesMax)
        #expect(first.path != second.path)
    }

    @Test("a note left behind by a killed server is not believed")
    func staleNote() throws {
        let workspace = try FakeWorkspace()
        let note = workspace.folder.appending(path: "data/serve.json")
        // Process numbers end at 4,194,304 on Linux.
        try Data(#"{"pid":4194305,"socket":"/tmp","address":"x"}"#.utf8).write(to: note)

        #expect(LocalSocket.find(in: workspace.folder) == nil)
    }
}
