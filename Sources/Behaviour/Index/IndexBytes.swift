/// Writes numbers and texts one after the other, little end first.
struct IndexWriter {
    private(set) var bytes: [UInt8] = []

    mutating func number<Number: FixedWidthInteger>(_ value: Number) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    mutating func text(_ value: String) {
        let utf8 = Array(value.utf8)
        number(UInt32(utf8.count))
        bytes += utf8
    }

    mutating func texts(_ values: [String]) {
        number(UInt32(values.count))
        for value in values { text(value) }
    }

    mutating func dictionaries(_ values: [ValueDictionary]) {
        number(UInt32(values.count))
        for value in values {
            text(value.name)
            number(UInt8(value.width))
            texts(value.values)
        }
    }
}

/// Reads what ``IndexWriter`` wrote; nil where bytes are missing or make no sense.
struct IndexReader {
    private let bytes: UnsafeRawBufferPointer
    private var at = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
        let size = MemoryLayout<Number>.size
        guard at + size <= bytes.count else { return nil }
        defer { at += size }
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: Number.self))
    }

    mutating func text() -> String? {
        guard let count = number(UInt32.self), at + Int(count) <= bytes.count else { return nil }
        defer { at += Int(count) }
        return String(validating: bytes[at..<at + Int(count)], as: UTF8.self)
    }

    mutating func texts() -> [String]? {
        guard let count = number(UInt32.self), Int(count) <= bytes.count else { return nil }
        var result: [String] = []
        for _ in 0..<count {
            guard let text = text() else { return nil }
            result.append(text)
        }
        return result
    }

    mutating func dictionaries() -> [ValueDictionary]? {
        guard let count = number(UInt32.self), count <= 64 else { return nil }
        var result: [ValueDictionary] = []
        for _ in 0..<count {
            guard let name = text(), let width = number(UInt8.self), width == 1 || width == 2,
                let values = texts()
            else { return nil }
            result.append(ValueDictionary(name: name, values: values, width: Int(width)))
        }
        return result
    }
}
