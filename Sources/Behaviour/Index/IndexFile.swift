import Foundation
import Vocabulary

/// A file in memory, read only, for as long as this lives.
final class MappedFile: @unchecked Sendable {
    /// Its bytes, which never change: files of an index are replaced, not written to.
    let bytes: UnsafeRawBufferPointer

    /// Maps a file; nil if there is none or it is empty.
    init?(path: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0, facts.st_size > 0,
            let start = mmap(nil, Int(facts.st_size), PROT_READ, MAP_SHARED, file, 0),
            start != MAP_FAILED
        else { return nil }
        bytes = UnsafeRawBufferPointer(start: start, count: Int(facts.st_size))
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
}

/// A file that is written at places, and comes to stand under its name when it is whole.
final class IndexFileWriter {
    private let path: String
    private let temporary: String
    private let file: Int32
    private var isPlaced = false

    /// Opens a new file beside the path.
    ///
    /// - Throws: `behaviour/not-written`.
    init(path: String) throws(Failure) {
        self.path = path
        temporary = path + ".new"
        file = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.failure(path) }
    }

    /// Takes the name away, so that nothing is left when this ends, however it ends.
    func forget() { unlink(temporary) }

    /// Writes bytes at an offset.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Failure) {
        var done = 0
        while done < bytes.count {
            guard let start = bytes.baseAddress else { return }
            let count = pwrite(file, start + done, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(path) }
            done += count
        }
    }

    /// Reads bytes that were written before.
    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) {
        var done = 0
        while done < bytes.count {
            guard let start = bytes.baseAddress else { return }
            let count = pread(file, start + done, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(path) }
            done += count
        }
    }

    /// Gives the file its name, in the place of an earlier one.
    func place() throws(Failure) {
        guard rename(temporary, path) == 0 else { throw Self.failure(path) }
        isPlaced = true
    }

    deinit {
        close(file)
        if !isPlaced { unlink(temporary) }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(
            .behaviourIndexNotWritten,
            "The behaviour index \(path) cannot be written: \(String(cString: strerror(errno))).",
            hint: "Make room on the disk; until then, questions are answered from the events.")
    }
}

extension Failure.Code {
    /// The file of the behaviour index cannot be written.
    public static let behaviourIndexNotWritten: Self = "behaviour/not-written"
}
