import Foundation
import Vocabulary

/// A CSV file that is written row by row through a buffer, without making strings.
///
/// A row is written field by field; ``endRow()`` replaces the last comma by a line's end. Fields
/// hold no commas, quotes or line ends, so nothing needs to be quoted.
final class DemoFile {
    private let handle: FileHandle
    private let url: URL
    /// A megabyte to be written at once, and room for the row that fills it.
    private let buffer = UnsafeMutableRawPointer.allocate(
        byteCount: DemoFile.flushAt + DemoFile.rowSizeMax, alignment: 16)
    private var filled = 0
    private static let flushAt = 1 << 20
    private static let rowSizeMax = 4_096
    /// The day written last, and how it is spelt: most rows have the day of the row before.
    private var spelt = Day(number: 0)
    private var spelling: [UInt8] = Array("1970-01-01".utf8)
    /// How many rows were written, the header left out.
    private(set) var rows = 0
    /// How many bytes were written, the header among them.
    private(set) var bytes = 0

    /// Creates the file and writes its header.
    init(_ name: String, in folder: URL, columns: String) throws(Failure) {
        url = folder.appendingPathComponent(name)
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
            throw DemoFile.unwritable(url)
        }
        do {
            handle = try FileHandle(forWritingTo: url)
        } catch {
            throw DemoFile.unwritable(url)
        }
        for byte in columns.utf8 { append(byte) }
        append(10)
    }

    deinit { buffer.deallocate() }

    /// Writes a field of ready bytes.
    func field(_ text: [UInt8]) {
        append(text)
        append(44)
    }

    /// Writes a field of text known at compile time.
    func field(_ text: StaticString) {
        text.withUTF8Buffer { bytes in
            buffer.advanced(by: filled).copyMemory(
                from: UnsafeRawPointer(bytes.baseAddress ?? text.utf8Start), byteCount: bytes.count)
            filled += bytes.count
        }
        append(44)
    }

    /// Writes an empty field.
    func emptyField() { append(44) }

    /// Writes a whole number, after a prefix letter where one is given.
    func field(_ number: Int, prefix: UInt8? = nil) {
        if let prefix { append(prefix) }
        append(number, width: 1)
        append(44)
    }

    /// Writes an amount of hundredths as a decimal number with two places.
    func field(hundredths: Int) {
        if hundredths < 0 { append(45) }
        append(abs(hundredths) / 100, width: 1)
        append(46)
        append(abs(hundredths) % 100, width: 2)
        append(44)
    }

    /// Writes a civil date.
    func field(_ day: Day) {
        append(day)
        append(44)
    }

    /// Writes an instant in UTC: seconds after the day's midnight, which may be past its end.
    func field(_ day: Day, second: Int) {
        append(second < 86_400 ? day : day.adding(days: second / 86_400))
        let clock = second % 86_400
        append(84)
        append(clock / 3_600, width: 2)
        append(58)
        append(clock / 60 % 60, width: 2)
        append(58)
        append(clock % 60, width: 2)
        append(90)
        append(44)
    }

    /// Ends the row and hands the buffer to the file system when it is full.
    func endRow() throws(Failure) {
        buffer.storeBytes(of: 10, toByteOffset: filled - 1, as: UInt8.self)
        rows += 1
        if filled >= DemoFile.flushAt { try flush() }
    }

    /// Writes what is left and closes the file.
    ///
    /// - Returns: what was written.
    func close() throws(Failure) -> DemoSummary.File {
        try flush()
        do {
            try handle.close()
        } catch {
            throw DemoFile.unwritable(url)
        }
        return DemoSummary.File(name: url.lastPathComponent, rows: rows, bytes: bytes)
    }

    private func flush() throws(Failure) {
        bytes += filled
        do {
            try handle.write(contentsOf: Data(bytes: buffer, count: filled))
        } catch {
            throw DemoFile.unwritable(url)
        }
        filled = 0
    }

    private func append(_ byte: UInt8) {
        buffer.storeBytes(of: byte, toByteOffset: filled, as: UInt8.self)
        filled += 1
    }

    private func append(_ text: [UInt8]) {
        text.withUnsafeBytes {
            guard let start = $0.baseAddress else { return }
            buffer.advanced(by: filled).copyMemory(from: start, byteCount: $0.count)
        }
        filled += text.count
    }

    private func append(_ day: Day) {
        if day != spelt {
            spelt = day
            spelling = Array(day.description.utf8)
        }
        append(spelling)
    }

    private func append(_ number: Int, width: Int) {
        var digits = width
        var bound = width == 1 ? 10 : 100
        while number >= bound {
            bound *= 10
            digits += 1
        }
        var rest = number
        var place = filled + digits
        filled = place
        for _ in 0..<digits {
            place -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            buffer.storeBytes(of: UInt8(48 + digit), toByteOffset: place, as: UInt8.self)
            rest = quotient
        }
    }

    private static func unwritable(_ url: URL) -> Failure {
        Failure(
            .demoUnwritable, "The demo cannot write '\(url.path)'.",
            hint: "Check the folder's permissions and the free space of its disk.")
    }
}

extension Failure.Code {
    /// A file of the demo workspace could not be written.
    public static let demoUnwritable: Self = "demo/unwritable"
}
