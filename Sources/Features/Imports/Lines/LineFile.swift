import Engines
import Foundation
import Vocabulary

/// A file that is written line by line, a megabyte at a time.
final class LineFile {
    private let handle: FileHandle
    private var waiting: [UInt8] = []

    init(_ file: URL) throws(Failure) {
        do {
            try Data().write(to: file)
            handle = try FileHandle(forWritingTo: file)
        } catch {
            throw Self.failure(error)
        }
    }

    /// Writes a line, to which the line end is added.
    ///
    /// - Throws: `import/unreadable` where the disk is full; `engine/cancelled`.
    func write(_ line: some Sequence<UInt8>) throws(Failure) {
        waiting.append(contentsOf: line)
        waiting.append(0x0A)
        if waiting.count > 1 << 20 { try flush() }
    }

    /// Writes what is left and closes the file.
    func finish() throws(Failure) {
        try flush()
        do { try handle.close() } catch { throw Self.failure(error) }
    }

    private func flush() throws(Failure) {
        guard !Task.isCancelled else {
            throw Failure(.engineCancelled, "The import was cancelled.")
        }
        do { try handle.write(contentsOf: waiting) } catch { throw Self.failure(error) }
        waiting.removeAll(keepingCapacity: true)
    }

    private static func failure(_ error: any Error) -> Failure {
        Failure(
            .importUnreadable, "The rows cannot be written into the inbox of the workspace.",
            hint: "Check that the disk has room.", details: [error.localizedDescription])
    }
}
