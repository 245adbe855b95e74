/// What git writes with a NUL after every field and a line end after every record.
struct GitRecords: Sequence {
    /// A record, whose fields are decoded when they are asked for.
    struct Record {
        fileprivate let bytes: [UInt8]
        fileprivate let fields: [Range<Int>]

        func text(_ field: Int) -> String { String(decoding: bytes[fields[field]], as: UTF8.self) }

        /// The last line of a field: before the first one stands the end of the record before it,
        /// and of commits a line `commit HASH`.
        func line(_ field: Int) -> String {
            let range = fields[field]
            let start = bytes[range].lastIndex(of: 0x0A).map { $0 + 1 } ?? range.lowerBound
            return String(decoding: bytes[start..<range.upperBound], as: UTF8.self)
        }

        /// The hash of a commit, in the first field.
        var hash: String { line(0) }
    }

    private let bytes: [UInt8]
    private let count: Int

    init(_ bytes: [UInt8], fields count: Int) {
        self.bytes = bytes
        self.count = count
    }

    func makeIterator() -> AnyIterator<Record> {
        var position = 0
        return AnyIterator {
            var fields: [Range<Int>] = []
            while fields.count < count {
                guard let end = bytes[position...].firstIndex(of: 0) else { return nil }
                fields.append(position..<end)
                position = end + 1
            }
            return Record(bytes: bytes, fields: fields)
        }
    }
}
