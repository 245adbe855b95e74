import Events
import Foundation
import Vocabulary

/// A file of the log: its name is the offset of its first byte in the whole log.
struct InboxSegment: Hashable, Sendable {
    let start: Int64

    static let headerBytes = 24
    /// A record's length and checksum.
    static let frameBytes = 8
    /// What one record may hold at most.
    static let recordBytesMax = 64 << 20

    init(start: Int64) { self.start = start }

    /// The segment of a file's name; nil for other files.
    init?(fileName: String) {
        guard fileName.hasSuffix(".log"), fileName.utf8.count == 20,
            let start = Int64(fileName.dropLast(4)), start >= 0
        else { return nil }
        self.init(start: start)
    }

    var fileName: String { InboxSegment.padded(start) + ".log" }

    /// The name under which bytes are kept that could not be read.
    static func damagedName(at offset: Int64) -> String { padded(offset) + ".damaged" }

    private static func padded(_ offset: Int64) -> String {
        let digits = String(offset)
        return String(repeating: "0", count: max(0, 16 - digits.utf8.count)) + digits
    }

    /// The segments of a folder in the order of the log.
    static func all(in folder: String) throws(Failure) -> [InboxSegment] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .unreadableInbox(folder, .latest)
        }
        return names.compactMap(InboxSegment.init(fileName:)).sorted { $0.start < $1.start }
    }

    private static let magic = Array("YSINBOX".utf8)
    private static let version = UInt8(ascii: "1")

    /// What a file begins with: a mark, the version, the offset, their checksum, four bytes to spare.
    var header: [UInt8] {
        var bytes = InboxSegment.magic + [InboxSegment.version]
        withUnsafeBytes(of: start.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: CRC32C.checksum(bytes).littleEndian) { bytes.append(contentsOf: $0) }
        return bytes + [0, 0, 0, 0]
    }

    /// Whether bytes begin with this segment's header.
    ///
    /// - Throws: `ingest/newer`.
    func isHeader(_ bytes: [UInt8]) throws(Failure) -> Bool {
        guard bytes.count >= InboxSegment.headerBytes else { return false }
        if Array(bytes[..<InboxSegment.headerBytes]) == header { return true }
        guard bytes.starts(with: InboxSegment.magic), bytes[7] > InboxSegment.version,
            bytes[7] <= UInt8(ascii: "9")
        else { return false }
        throw Failure(
            .ingestNewer, "The inbox of events was written by a newer Yardstick.",
            hint: "Upgrade this program, or restore a backup made with it.")
    }

    /// A record with its frame: `u32 length | u32 checksum of length and payload | payload`.
    static func framed(_ payload: [UInt8]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: frameBytes) + payload
        seal(&bytes, from: 0)
        return bytes
    }

    /// Fills in the frame of the last record, for which room was left.
    static func seal(_ bytes: inout [UInt8], from begin: Int) {
        bytes.withUnsafeMutableBytes { bytes in
            let record = UnsafeMutableRawBufferPointer(rebasing: bytes[begin...])
            let payload = UnsafeRawBufferPointer(rebasing: record[frameBytes...])
            let length = UInt32(payload.count).littleEndian
            let checksum = self.checksum(length: length, payload).littleEndian
            record.storeBytes(of: length, as: UInt32.self)
            record.storeBytes(of: checksum, toByteOffset: 4, as: UInt32.self)
        }
    }

    private static func checksum(length: UInt32, _ payload: UnsafeRawBufferPointer) -> UInt32 {
        let first = withUnsafeBytes(of: length) { CRC32C.checksum($0) }
        return CRC32C.checksum(payload, after: first)
    }

    /// What stands at a place where a record should begin.
    enum Found: Equatable {
        /// A sound record, whose payload has so many bytes.
        case record(Int)
        /// The beginning of a record that goes on for so many bytes after the frame.
        case incomplete(Int)
        /// No record.
        case unsound
    }

    /// Looks for a record at a place.
    static func record(in bytes: UnsafeRawBufferPointer, at place: Int) -> Found {
        let room = bytes.count - place - frameBytes
        guard room >= 0 else { return .incomplete(0) }
        let length = UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        guard length > 0, length <= recordBytesMax else { return .unsound }
        guard Int(length) <= room else { return .incomplete(Int(length)) }
        let kept = UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
        let begin = place + frameBytes
        let payload = UnsafeRawBufferPointer(rebasing: bytes[begin..<begin + Int(length)])
        guard checksum(length: length.littleEndian, payload) == kept else { return .unsound }
        return .record(Int(length))
    }

    /// The first place at or after one where a sound record stands.
    static func nextRecord(in bytes: UnsafeRawBufferPointer, from place: Int) -> Int? {
        var place = place
        while place + frameBytes < bytes.count {
            // The length's highest byte rules out most places without a checksum.
            if bytes[place + 3] <= UInt8(recordBytesMax >> 24),
                case .record = record(in: bytes, at: place)
            {
                return place
            }
            place += 1
        }
        return nil
    }
}
