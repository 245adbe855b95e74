/// The places of values among each other, which decide where nothing else does.
enum ValueRanks {
    /// By code, the place of its value; having none comes last, as a value that is not listed does.
    ///
    /// Texts are ordered by their bytes.
    static func ranks(_ dictionary: ValueDictionary) -> [UInt32] {
        ranks(dictionary.values, firstCode: 2)
    }

    /// The same of values of which the first one has a code.
    static func ranks(_ values: [String], firstCode: Int) -> [UInt32] {
        var ranks = [UInt32](repeating: .max, count: 65_536)
        for (rank, value) in order(values).enumerated() { ranks[value + firstCode] = UInt32(rank) }
        return ranks
    }

    /// The places of values in the order of their bytes.
    static func order(_ values: [String]) -> [Int] {
        values.indices.sorted { values[$0].utf8.lexicographicallyPrecedes(values[$1].utf8) }
    }
}
