import Foundation
import Vocabulary

/// Keeps a second program out of a workspace, and tells it who is inside.
///
/// The lock is the operating system's own on an open file, so that it ends with the process however
/// that ends. The file holds the process number and a word on what the process does.
public final class WorkspaceLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - path: The lock file; it is made where it is missing, and stays.
    ///   - purpose: What this process does, for example `yardstick serve`.
    /// - Throws: `engine/in-use` naming the process that holds it, `engine/cannot-open`.
    public init(path: String, purpose: String) throws(Failure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .engineCannotOpen,
                "The lock file \(path) cannot be opened: \(String(cString: strerror(errno))).",
                hint: "Check that the folder is there and may be written.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.content(of: descriptor)
            close(descriptor)
            throw .inUse(path, by: holder ?? "another process")
        }
        self.descriptor = descriptor
        let text = "\(purpose), process \(getpid())"
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    deinit {
        ftruncate(descriptor, 0)
        // A program that is being started at this moment has a copy of the descriptor, and would
        // keep the lock until it runs.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func content(of descriptor: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
