/// The events of a person by the values that stay the same, as far as an attempt may begin there.
struct SameKeys {
    /// The places of events among all that matter, in their order, by what stays the same.
    private(set) var parts: [[Int32]] = []

    private let columns: [CodeColumn]
    private var sorted: [(key: UInt64, place: Int32)] = []

    init(_ columns: [CodeColumn]) { self.columns = columns }

    /// Reads the events of the next person; those without a value are in no part.
    mutating func read(_ matches: borrowing FunnelMatches) {
        parts.removeAll(keepingCapacity: true)
        guard !columns.isEmpty else {
            parts.append((0..<matches.count).map { Int32(truncatingIfNeeded: $0) })
            return
        }
        sorted.removeAll(keepingCapacity: true)
        for index in 0..<matches.count {
            guard let key = key(Int(matches.places[index])) else { continue }
            sorted.append((key, Int32(truncatingIfNeeded: index)))
        }
        sorted.sort { ($0.key, $0.place) < ($1.key, $1.place) }
        var first = 0
        while first < sorted.count {
            var end = first
            var mask: UInt32 = 0
            while end < sorted.count, sorted[end].key == sorted[first].key {
                mask |= matches.masks[Int(sorted[end].place)]
                end += 1
            }
            if mask & 1 != 0 { parts.append(sorted[first..<end].map { $0.place }) }
            first = end
        }
    }

    /// The codes of the values of an event; nil where it has none of one.
    @inline(__always)
    private func key(_ place: Int) -> UInt64? {
        var key: UInt64 = 0
        for column in columns {
            let code = column[place]
            if code == Int(ValueDictionary.none) { return nil }
            key = key &<< 16 | UInt64(code)
        }
        return key
    }
}
