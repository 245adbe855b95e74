import Vocabulary

/// Writes sorted ranges of people to the sections of an index's file, and its description.
final class SectionWriter {
    private let output: IndexFileWriter
    private let header: IndexHeader
    private let offsets: [Int]
    private var filled: [Int]
    private var checksums: [SectionChecksum]
    private var events: UInt32 = 0
    private var seconds: [UInt32] = []
    private var parts: [UInt8] = []

    init(header: IndexHeader, output: IndexFileWriter) {
        self.header = header
        self.output = output
        offsets = IndexHeader.offsets(header.lengths)
        filled = header.lengths.map { _ in 0 }
        checksums = header.lengths.map { _ in SectionChecksum() }
    }

    /// Writes the next range of people.
    func append(_ sorter: RangeSorter, people: Int) throws(Failure) {
        var starts: [UInt32] = []
        starts.reserveCapacity(people)
        for count in sorter.counts {
            starts.append(events)
            events += count
        }
        try write(starts, to: 0)
        split(UnsafeBufferPointer(start: sorter.times, count: sorter.count))
        try write(seconds, to: 1)
        if header.precision != .seconds { try write(parts, to: 2) }
        try write(UnsafeRawBufferPointer(start: sorter.events, count: sorter.count * 2), to: 3)
        for (index, column) in sorter.properties.enumerated() {
            let bytes = UnsafeRawBufferPointer(
                start: column, count: sorter.count * sorter.widths[index])
            try write(bytes, to: 4 + index)
        }
    }

    /// Writes an attribute of people.
    func append(attribute: Int, _ codes: [UInt16], people: Int) throws(Failure) {
        let codes = codes + Array(repeating: ValueDictionary.none, count: people - codes.count)
        let section = 4 + header.schema.properties.count + attribute
        if header.schema.attributes[attribute].width == 1 {
            try write(codes.map { UInt8(truncatingIfNeeded: $0) }, to: section)
        } else {
            try write(codes, to: section)
        }
    }

    /// Writes what is left: the last start, the description, the first bytes.
    func close(_ header: inout IndexHeader) throws(Failure) {
        try write([events], to: 0)
        header.sections = header.lengths.indices.map {
            IndexHeader.Section(
                offset: offsets[$0], length: filled[$0], checksum: checksums[$0].value)
        }
        let description = header.encoded
        let place = offsets[offsets.count - 1]
        try writeBytes(description, at: place)
        var prefix = IndexWriter()
        prefix.number(IndexHeader.magic)
        prefix.number(IndexHeader.version)
        prefix.number(UInt32(description.count))
        prefix.number(UInt64(place))
        prefix.number(description.withUnsafeBytes { SectionChecksum.of($0) })
        try writeBytes(prefix.bytes, at: 0)
    }

    /// Cuts times into seconds since the origin and the part below.
    private func split(_ times: UnsafeBufferPointer<Int64>) {
        let origin = header.origin
        seconds = times.map { UInt32(truncatingIfNeeded: ($0 &- origin) / 1_000_000) }
        let bytes = header.precision.partBytes
        guard bytes > 0 else { return }
        let unit: Int64 = header.precision == .milliseconds ? 1_000 : 1
        parts = Array(unsafeUninitializedCapacity: times.count * bytes) { parts, count in
            for (index, time) in times.enumerated() {
                var part = (time &- origin) % 1_000_000 / unit
                for byte in 0..<bytes {
                    parts[index &* bytes &+ byte] = UInt8(truncatingIfNeeded: part)
                    part >>= 8
                }
            }
            count = times.count * bytes
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to section: Int) throws(Failure) {
        try output.write(bytes, at: offsets[section] + filled[section])
        checksums[section].add(bytes)
        filled[section] += bytes.count
    }

    private func write<Number>(_ numbers: [Number], to section: Int) throws(Failure) {
        try withBytes(of: numbers) { bytes throws(Failure) in try write(bytes, to: section) }
    }

    private func writeBytes(_ bytes: [UInt8], at offset: Int) throws(Failure) {
        let output = output
        try withBytes(of: bytes) { bytes throws(Failure) in try output.write(bytes, at: offset) }
    }

    /// `withUnsafeBytes`, for what throws a ``Failure``.
    private func withBytes<Number>(
        of numbers: [Number], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let result = numbers.withUnsafeBytes { bytes -> Result<Void, Failure> in
            Result { () throws(Failure) in try body(bytes) }
        }
        try result.get()
    }
}
