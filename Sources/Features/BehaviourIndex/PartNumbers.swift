import Behaviour

/// The parts into which an answer is split, as a statement numbers them: the commonest values from 1
/// on, then all others together, then having none.
struct PartNumbers {
    private let shown: [String]
    private let limit: Int
    /// By code with anybody: the number of its part.
    private var parts: [Int: Int] = [:]

    /// Ranks values by how many have each; of equally common ones that with the lower bytes is first.
    ///
    /// - Parameters:
    ///   - counts: By code of a value, how many have it; codes without anybody are in no part.
    ///   - values: What the codes mean.
    ///   - limit: How many values are parts of their own.
    init(_ counts: [Int], _ values: ValueDictionary, limit: Int) {
        var named: [(code: Int, value: String, count: Int)] = []
        for (code, count) in counts.enumerated() where count > 0 {
            if let value = values.value(UInt16(code)) {
                named.append((code, value, count))
            } else {
                parts[code] = limit + 2
            }
        }
        named.sort { left, right in
            left.count != right.count
                ? left.count > right.count
                : left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
        }
        self.limit = limit
        shown = named.prefix(limit).map(\.value)
        for (place, entry) in named.enumerated() { parts[entry.code] = min(place, limit) + 1 }
    }

    /// The codes of each part, in the order of the parts.
    var groups: [(part: Int, codes: [Int])] {
        Dictionary(grouping: parts.keys) { part(of: $0) }.sorted { $0.key < $1.key }
            .map { (part: $0.key, codes: $0.value.sorted()) }
    }

    /// The number of the part of a value's code.
    func part(of code: Int) -> Int { parts[code] ?? limit + 2 }

    /// The value of a part; nil for the rest and for none.
    func value(of part: Int) -> String? {
        shown.indices.contains(part - 1) ? shown[part - 1] : nil
    }
}
