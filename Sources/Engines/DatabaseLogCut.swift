import Foundation
import Vocabulary

/// What was cut off the end of a database's log when the database was opened.
///
/// DuckDB reads a log that ends in the midst of an entry, and refuses one with a wrong entry. Such
/// an end is left when the power fails while a transaction is written, and the disk has written the
/// later pages and not the earlier; that transaction was never confirmed. What stands before it is
/// whole, for each entry has its checksum.
public struct DatabaseLogCut: Hashable, Sendable {
    /// How many bytes.
    public let bytes: Int
    /// The file that keeps them.
    public let keptIn: String

    /// Cuts the log of a database where DuckDB could not read on; nil where something else was
    /// wrong, or the log cannot be changed.
    ///
    /// - Parameters:
    ///   - path: The database's file.
    ///   - text: What DuckDB said when it opened it.
    init?(path: String, failure text: String) {
        let log = path + ".wal"
        guard let place = Self.place(in: text),
            let content = try? Data(contentsOf: URL(filePath: log)), place < content.count
        else { return nil }
        let kept = "\(log).\(place).damaged"
        let isKept = FileManager.default.createFile(
            atPath: kept, contents: content[place...], attributes: [.posixPermissions: 0o600])
        guard isKept else { return nil }
        let descriptor = open(log, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard ftruncate(descriptor, off_t(place)) == 0, fsync(descriptor) == 0 else { return nil }
        bytes = content.count - place
        keptIn = kept
    }

    /// The place of the wrong entry; nil where the log is not what is wrong.
    static func place(in text: String) -> Int? {
        guard text.contains("Corrupt WAL file"),
            let mark = text.firstRange(of: "at byte position ")
        else { return nil }
        return Int(text[mark.upperBound...].prefix { $0.isASCII && $0.isNumber })
    }
}
