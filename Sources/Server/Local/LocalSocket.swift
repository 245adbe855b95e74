import CSodium
import Features
import Foundation
import Vocabulary

/// The local socket of a workspace: where it is, and the note in `data/serve.json` that says so.
public struct LocalSocket: Sendable {
    /// The longest path that a socket can have, in bytes, on Linux.
    static let pathBytesMax = 107

    /// The socket's path.
    public let path: String
    private let note: URL

    /// Chooses the path for a workspace: `data/serve.sock`, or a short one in the temporary folder
    /// where that would be too long.
    ///
    /// - Throws: `server/socket` when the folder for it cannot be made private.
    init(folder: URL, path: String? = nil) throws(Failure) {
        note = LocalSocket.note(in: folder)
        let usual = path ?? folder.appending(path: "data/serve.sock").path
        guard usual.utf8.count > LocalSocket.pathBytesMax else {
            self.path = usual
            return
        }
        let name = LocalSocket.name(for: usual)
        let short = URL(filePath: "/tmp/yardstick-\(getuid())")
        try LocalSocket.makePrivate(short)
        self.path = short.appending(path: "\(name).sock").path
    }

    /// The socket of the server that runs on a workspace; nil where none runs.
    ///
    /// A note left behind by a server that was killed is not believed: its process must live.
    public static func find(in folder: URL) -> String? {
        guard let data = try? Data(contentsOf: note(in: folder)),
            let json = try? RequestJSON.read(Array(data)),
            case .text(let path) = json["socket"], case .integer(let pid) = json["pid"],
            pid > 0, kill(pid_t(pid), 0) == 0 || errno == EPERM,
            FileManager.default.fileExists(atPath: path)
        else { return nil }
        return path
    }

    /// Removes what a server that was killed left behind. The caller holds the workspace's lock,
    /// so no living server is using it.
    func removeLeftovers() {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
        unlink(note.path)
    }

    /// Makes the socket the owner's only, and leaves the note.
    ///
    /// - Parameter address: Where the web app is, for the note.
    /// - Throws: `server/socket`.
    func announce(address: String) throws(Failure) {
        let json: JSON = [
            "pid": .integer(Int(getpid())), "socket": .text(path), "address": .text(address),
        ]
        do {
            guard chmod(path, 0o600) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            try Data(json.bytes + [10]).write(to: note, options: .atomic)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: note.path)
        } catch {
            throw LocalSocket.failure("\(error)")
        }
    }

    private static func note(in folder: URL) -> URL { folder.appending(path: "data/serve.json") }

    private static func name(for path: String) -> String {
        let tag = EntityTag(of: Array(path.utf8)).text
        return String(tag.dropFirst().prefix(24))
    }

    /// A folder that only this user can enter; one that belongs to another is refused.
    private static func makePrivate(_ folder: URL) throws(Failure) {
        var status = stat()
        guard mkdir(folder.path, 0o700) == 0 || errno == EEXIST, lstat(folder.path, &status) == 0,
            status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid(),
            status.st_mode & 0o077 == 0
        else { throw failure("The folder \(folder.path) is not private.") }
    }

    private static func failure(_ detail: String) -> Failure {
        Failure(
            .socket, "The local socket could not be made.",
            hint: "Check that the folder data of the workspace is yours.", details: [detail])
    }
}

extension Failure.Code {
    /// The local socket could not be made.
    public static let socket: Self = "server/socket"
}
