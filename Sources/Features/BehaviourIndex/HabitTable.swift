import Behaviour
import Vocabulary

/// People who are counted together: all of them, or a part.
struct HabitGroup {
    /// The number of the part; nil for all.
    let part: Int?
    /// Its value; nil for all, for the rest and for none.
    let value: String?
    /// The groups of the index that are in it.
    let codes: [Int]

    /// All together, and then each part.
    ///
    /// - Parameters:
    ///   - people: By group of the index, how many there are.
    ///   - values: What the groups are; nil where nothing is split.
    ///   - limit: How many values are parts of their own.
    /// - Returns: At least all together.
    static func all(_ people: [Int], _ values: ValueDictionary?, limit: Int) -> [HabitGroup] {
        guard let values else { return [HabitGroup(part: nil, value: nil, codes: [0])] }
        let parts = PartNumbers(people, values, limit: limit)
        return [HabitGroup(part: nil, value: nil, codes: Array(people.indices))]
            + parts.groups.map {
                HabitGroup(part: $0.part, value: parts.value(of: $0.part), codes: $0.codes)
            }
    }

    /// Counts of the groups added up.
    func sums(_ counts: [[Int]]) -> [Int] {
        codes.dropFirst().reduce(into: codes.first.map { counts[$0] } ?? []) { sums, code in
            for place in sums.indices { sums[place] += counts[code][place] }
        }
    }

    /// The same of rows of counts.
    func sums(_ counts: [[[Int]]]) -> [[Int]] {
        codes.dropFirst().reduce(into: codes.first.map { counts[$0] } ?? []) { sums, code in
            for row in sums.indices {
                for place in sums[row].indices { sums[row][place] += counts[code][row][place] }
            }
        }
    }
}

/// The rows of a statement about habits: kind, part, value, key, and measures.
struct HabitTable {
    private let measures: Int
    private var rows: [Row] = []

    private struct Row {
        let part: Int?
        let value: String?
        let kind: Int
        let key: Int
        let values: [Int]
        let number: Double?
    }

    init(measures: Int) { self.measures = measures }

    /// Adds a row; measures that are not given are 0.
    mutating func add(
        _ group: HabitGroup, kind: Int, key: Int, _ values: [Int], number: Double? = nil
    ) {
        rows.append(
            Row(
                part: group.part, value: group.value, kind: kind, key: key, values: values,
                number: number))
    }

    var frame: Frame { frame(withNumber: false) }

    /// The rows, perhaps with a last column of numbers.
    func frame(withNumber: Bool) -> Frame {
        var columns = [
            FrameColumn(name: "kind", values: .integers(rows.map { Int64($0.kind) })),
            FrameColumn(name: "part", values: .integers(rows.map { $0.part.map(Int64.init) })),
            FrameColumn(name: "value", values: .texts(rows.map(\.value))),
            FrameColumn(name: "key", values: .integers(rows.map { Int64($0.key) })),
        ]
        for place in 0..<measures {
            columns.append(
                FrameColumn(
                    name: "m\(place)",
                    values: .integers(
                        rows.map { place < $0.values.count ? Int64($0.values[place]) : 0 })))
        }
        if withNumber {
            columns.append(FrameColumn(name: "number", values: .numbers(rows.map(\.number))))
        }
        return Frame(columns: columns)
    }
}
