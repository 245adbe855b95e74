import CSodium
import Foundation
import Vocabulary

/// What identifies a file's content: its size and its BLAKE2b digest of 256 bits.
struct FileDigest: Equatable, Sendable {
    let bytes: Int
    let hex: String

    /// Reads a file once, in pieces; a gigabyte takes about a second.
    init(path: String, checkStop: () throws(Failure) -> Void) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        defer { close(descriptor) }
        let length = 32
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: crypto_generichash_statebytes(), alignment: 64)
        defer { memory.deallocate() }
        let state = OpaquePointer(memory)
        crypto_generichash_init(state, nil, 0, length)
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        var total = 0
        while true {
            let count = read(descriptor, &piece, piece.count)
            guard count >= 0 else { throw Self.unreadable(path) }
            if count == 0 { break }
            crypto_generichash_update(state, piece, UInt64(count))
            total += count
            try checkStop()
        }
        var digest = [UInt8](repeating: 0, count: length)
        crypto_generichash_final(state, &digest, length)
        bytes = total
        hex = digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    private static func unreadable(_ path: String) -> Failure {
        Failure(
            .importUnreadable,
            "\(path) cannot be read: \(String(cString: strerror(errno))).",
            hint: "Check the file's permissions.")
    }
}

/// What a file's entry in its folder says; it differs when somebody wrote to it.
struct FileStamp: Equatable, Sendable {
    let bytes: Int
    let node: UInt
    let seconds: Int
    let nanoseconds: Int

    init?(path: String) {
        var entry = stat()
        guard stat(path, &entry) == 0 else { return nil }
        bytes = Int(entry.st_size)
        node = UInt(entry.st_ino)
        seconds = entry.st_mtim.tv_sec
        nanoseconds = entry.st_mtim.tv_nsec
    }
}
