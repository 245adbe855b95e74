import Vocabulary

/// The path and the query of a request, decoded strictly.
struct RequestAddress: Equatable, Sendable {
    /// The parts of the path between its slashes; none for `/`.
    let segments: [String]
    /// The query's names and values, in order.
    let query: [(name: String, value: String)]

    /// Reads what stands in the request line.
    ///
    /// - Throws: `server/bad-address` for anything that is not a plain absolute path: doubled
    ///   slashes, `.` and `..`, encoded slashes, backslashes, control characters, bytes that are
    ///   not UTF-8.
    init(_ text: String?) throws(Failure) {
        guard let text, text.hasPrefix("/"), !text.utf8.contains(UInt8(ascii: "#")) else {
            throw RequestAddress.bad
        }
        let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var segments: [String] = []
        if halves[0] != "/" {
            let path = halves[0].dropFirst()
            for part in path.split(separator: "/", omittingEmptySubsequences: false) {
                segments.append(try RequestAddress.segment(part))
            }
        }
        self.segments = segments
        var query: [(name: String, value: String)] = []
        for pair in halves.count == 2 ? halves[1].split(separator: "&") : [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = RequestAddress.decoded(sides[0], plusIsSpace: true),
                let value = RequestAddress.decoded(
                    sides.count == 2 ? sides[1] : "", plusIsSpace: true)
            else { throw RequestAddress.bad }
            query.append((name, value))
        }
        guard query.count <= 200 else { throw RequestAddress.bad }
        self.query = query
    }

    static func == (left: RequestAddress, right: RequestAddress) -> Bool {
        left.segments == right.segments && left.query.elementsEqual(right.query, by: ==)
    }

    private static func segment(_ part: Substring) throws(Failure) -> String {
        guard let text = decoded(part, plusIsSpace: false), !text.isEmpty, text != ".",
            text != "..",
            !text.unicodeScalars.contains(where: {
                $0 == "/" || $0 == "\\" || $0.properties.generalCategory == .control
            })
        else { throw bad }
        return text
    }

    /// Undoes percent-encoding; nil where it is malformed or not UTF-8.
    private static func decoded(_ text: Substring, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let high = digit(rest.popFirst()),
                    let low = digit(rest.popFirst())
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case .some(let byte) where (48...57).contains(byte): byte - 48
        case .some(let byte) where (65...70).contains(byte): byte - 55
        case .some(let byte) where (97...102).contains(byte): byte - 87
        default: nil
        }
    }

    private static var bad: Failure {
        Failure(
            .badAddress, "The address is not well formed.",
            hint: "Use a path as /openapi.json lists it.")
    }
}

extension Failure.Code {
    /// The path or the query of a request is malformed.
    public static let badAddress: Self = "server/bad-address"
}
