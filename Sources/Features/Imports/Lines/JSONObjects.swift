import Vocabulary

/// Finds the objects in what an API answered, and hands them on one by one, each on one line.
///
/// An answer is a list of objects, several lists after one another, or objects that hold the list
/// under a name of their own (`issues`, `items`, …); also objects one after another. It is read in
/// pieces, so that its size does not matter. What is inside an object is checked later.
struct JSONObjects {
    /// The members under which answers hold their lists.
    private static let wrappers = ["issues", "items", "values", "workflow_runs"]
    /// The longest object, in bytes, as for lines.
    private static let bytesMax = FileReader.lineBytesMax

    private enum Level { case list, wrapper }

    /// How many objects were found.
    private(set) var count = 0
    private let label: String
    private var levels: [Level] = []
    /// How deep the brackets of an object, or of what is skipped, are open.
    private var depth = 0
    private var object: [UInt8] = []
    private var isText = false
    private var isEscaped = false
    /// The last text at the top of an object, and whether it was a member's name.
    private var text: [UInt8] = []
    private var isName = false
    private var lineNumber = 1
    private var isFirst = true

    /// - Parameter label: The file's name in failures.
    init(label: String) { self.label = label }

    /// Reads a piece.
    ///
    /// - Throws: `import/unreadable` where it is no list of objects; what `found` throws.
    mutating func read(
        _ piece: [UInt8], found: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        for byte in piece {
            if byte == 0x0A { lineNumber += 1 }
            if depth > 0 {
                try inside(byte, found)
            } else if !Self.isSpace(byte) {
                try between(byte)
            }
        }
    }

    /// Ends the reading.
    ///
    /// - Throws: `import/unreadable` where the answer is cut off, `import/empty-file` where it holds
    ///   no object.
    func finish() throws(Failure) {
        guard depth == 0, levels.isEmpty else {
            throw Failure(
                .importUnreadable,
                "\(label) is cut off after \(count) complete objects, in line \(lineNumber).",
                hint: "Export it again, and check that the disk has room.")
        }
        guard count > 0 else {
            throw Failure(
                .importEmptyFile, "\(label) holds no objects.",
                hint: "Check the query that it was exported with.")
        }
    }

    /// A byte where an object may begin.
    private mutating func between(_ byte: UInt8) throws(Failure) {
        defer { isFirst = false }
        switch byte {
        case UInt8(ascii: "{"):
            object = [byte]
            (depth, isName) = (1, false)
        case UInt8(ascii: "["): levels.append(.list)
        case UInt8(ascii: "]") where levels.last == .list: levels.removeLast()
        case UInt8(ascii: ",") where !levels.isEmpty: break
        case 0xEF, 0xBB, 0xBF:
            // The byte order mark.
            guard lineNumber == 1, levels.isEmpty else { throw unexpected(byte) }
        default: throw unexpected(byte)
        }
        // The list of a wrapper has ended; its other members are skipped.
        if levels.last == .wrapper { (depth, isName, object) = (1, false, []) }
    }

    private func unexpected(_ byte: UInt8) -> Failure {
        if byte == UInt8(ascii: "<"), count == 0 {
            return Failure(
                .importUnreadable, "\(label) is a web page and not JSON.",
                hint: "Sign in, or give the token that the API asks for, and export it again.")
        }
        if byte == 0x1F, isFirst {
            return Failure(
                .importUnreadable, "\(label) is packed.", hint: "Unpack it with 'gunzip' first.")
        }
        return Failure(
            .importUnreadable,
            "\(label) is not a list of JSON objects: line \(lineNumber) has "
                + "'\(String(decoding: [byte], as: UTF8.self))' where an object should begin.",
            hint: "Export it from the API as JSON.")
    }

    /// A byte of an object, or of what stands beside the list in a wrapper.
    private mutating func inside(
        _ byte: UInt8, _ found: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let isSkipped = levels.last == .wrapper
        if !isSkipped { try keep(byte) }
        if isText { return insideText(byte) }
        switch byte {
        case UInt8(ascii: "\""):
            isText = true
            if depth == 1 { text = [] }
        case UInt8(ascii: ":") where depth == 1: isName = true
        case UInt8(ascii: ",") where depth == 1: isName = false
        case UInt8(ascii: "["):
            let opens = depth == 1 && isName && !isSkipped
            if opens, Self.wrappers.contains(String(decoding: text, as: UTF8.self)) {
                levels += [.wrapper, .list]
                (depth, object) = (0, [])
            } else {
                depth += 1
            }
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            if depth > 0 { return }
            if isSkipped {
                levels.removeLast()
            } else {
                count += 1
                try found(object)
            }
        default: break
        }
    }

    private mutating func insideText(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isText = false
        } else if depth == 1, text.count < 100 {
            text.append(byte)
        }
    }

    private mutating func keep(_ byte: UInt8) throws(Failure) {
        if byte == 0x0A || byte == 0x0D {
            guard !isText else {
                throw Failure(
                    .importUnreadable, "A text in \(label) is not closed in line \(lineNumber).",
                    hint: "Export it again.")
            }
            return
        }
        object.append(byte)
        guard object.count <= Self.bytesMax else {
            throw Failure(
                .importUnreadable,
                "Object \(count + 1) of \(label) is longer than 2,000,000 bytes.",
                hint: "Export fewer fields.")
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
