import Behaviour
import Planning
import Vocabulary

/// Counts ways as the statement of paths does: the values of each position, how many go from one to
/// another, whole paths, and the same by value.
struct WayTally {
    private let names: [String]
    private let length: Int
    private let limit: Int
    private let waysMax: Int
    /// Whether paths end with an event, so that they are open at their beginning.
    private let endsThere: Bool
    private let values: ValueDictionary?
    /// Every way, in the order of nodes.
    private let ways: [(way: Way, count: Int)]

    private var rows: [Row] = []

    /// A row of the frame.
    private struct Row {
        var kind: Int
        var position: Int?
        var value: String?
        var count: Int
        var following: String?
        var nodes: [UInt32] = []
    }

    init(
        _ answer: WaysAnswer, length: Int, limit: Int, waysMax: Int, endsThere: Bool,
        values: ValueDictionary?
    ) {
        names = answer.names
        self.length = length
        self.limit = limit
        self.waysMax = waysMax
        self.endsThere = endsThere
        self.values = values
        var ways: [(way: Way, count: Int)] = []
        ways.reserveCapacity(answer.count)
        answer.forEachInOrder { ways.append(($0, $1)) }
        self.ways = ways
        rows.append(Row(kind: 0, count: ways.reduce(0) { $0 + $1.count }))
        addPositions()
        rows += whole(ways[...], kind: 4, position: nil)
        addParts()
    }

    /// The rows, in the columns of the statement.
    var frame: Frame {
        var columns = [
            FrameColumn(name: "kind", values: .integers(rows.map { Int64($0.kind) })),
            FrameColumn(
                name: "position", values: .integers(rows.map { $0.position.map(Int64.init) })),
            FrameColumn(name: "value", values: .texts(rows.map(\.value))),
            FrameColumn(name: "count", values: .integers(rows.map { Int64($0.count) })),
            FrameColumn(name: "following", values: .texts(rows.map(\.following))),
        ]
        for position in 0..<length {
            columns.append(
                FrameColumn(
                    name: "e\(position + 1)",
                    values: .texts(
                        rows.map { row in row.nodes.isEmpty ? nil : name(row.nodes[position]) })))
        }
        return Frame(columns: columns)
    }

    private func name(_ node: UInt32) -> String? { node == 0 ? nil : names[Int(node) - 1] }

    // MARK: Positions

    /// The values that are shown of a position.
    private struct Labels {
        /// The names; the last one is that of all others.
        var names: [String]
        /// By node, the place of its name; -1 for none.
        var places: [Int]
    }

    /// The commonest values of a position, of equally common ones those with lower bytes.
    private func labels(_ position: Int) -> Labels {
        var counts = [Int](repeating: 0, count: names.count + 1)
        for (way, count) in ways { counts[Int(way.nodes[position])] += count }
        let order = (1..<max(1, counts.count)).filter { counts[$0] > 0 }
            .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1 }
        var shown = order.prefix(limit).map { names[$0 - 1] }
        shown.append(PathsAnswer.rest)
        var places = [Int](repeating: shown.count - 1, count: counts.count)
        places[0] = -1
        for (place, node) in order.prefix(limit).enumerated() {
            // A value that is called as the rest stands with it.
            let isRest = shown[place].utf8.elementsEqual(PathsAnswer.rest.utf8)
            places[node] = isRest ? shown.count - 1 : place
        }
        return Labels(names: shown, places: places)
    }

    private mutating func addPositions() {
        let labels = (0..<length).map { self.labels($0) }
        for position in 0..<length {
            addNodes(position, labels[position])
            if position + 1 < length {
                addLinks(position, labels[position], labels[position + 1])
            }
            addEnded(position)
        }
    }

    private mutating func addNodes(_ position: Int, _ labels: Labels) {
        var counts = [Int](repeating: 0, count: labels.names.count)
        for (way, count) in ways where way.nodes[position] != 0 {
            counts[labels.places[Int(way.nodes[position])]] += count
        }
        for (place, count) in counts.enumerated() where count > 0 {
            rows.append(
                Row(kind: 1, position: position + 1, value: labels.names[place], count: count))
        }
    }

    private mutating func addLinks(_ position: Int, _ from: Labels, _ to: Labels) {
        var counts = [Int](repeating: 0, count: from.names.count * to.names.count)
        for (way, count) in ways where way.nodes[position] != 0 && way.nodes[position + 1] != 0 {
            let row = from.places[Int(way.nodes[position])]
            counts[row * to.names.count + to.places[Int(way.nodes[position + 1])]] += count
        }
        for (cell, count) in counts.enumerated() where count > 0 {
            rows.append(
                Row(
                    kind: 2, position: position + 1, value: from.names[cell / to.names.count],
                    count: count, following: to.names[cell % to.names.count]))
        }
    }

    /// How many have nothing beyond a position: after it, or before it where paths end somewhere.
    private mutating func addEnded(_ position: Int) {
        let isOpen = position == (endsThere ? 0 : length - 1)
        var ended = 0
        for (way, count) in ways where way.nodes[position] != 0 {
            let isLast =
                isOpen ? !way.goesOn : way.nodes[endsThere ? position - 1 : position + 1] == 0
            if isLast { ended += count }
        }
        rows.append(Row(kind: 3, position: position + 1, count: ended))
    }

    // MARK: Whole paths

    /// The commonest paths of ways in the order of nodes, of equally common ones the first.
    private func whole(
        _ ways: ArraySlice<(way: Way, count: Int)>, kind: Int, position: Int?
    ) -> [Row] {
        var paths: [(nodes: [UInt32], count: Int)] = []
        for (way, count) in ways {
            if let last = paths.last, last.nodes == way.nodes {
                paths[paths.count - 1].count += count
            } else {
                paths.append((way.nodes, count))
            }
        }
        var least = 0
        if paths.count > waysMax {
            // So few are told that most need not be sorted.
            least = paths.map(\.count).sorted(by: >)[waysMax - 1]
        }
        let order = paths.indices.filter { paths[$0].count >= least }.sorted {
            paths[$0].count != paths[$1].count ? paths[$0].count > paths[$1].count : $0 < $1
        }
        return order.prefix(waysMax).map {
            Row(kind: kind, position: position, count: paths[$0].count, nodes: paths[$0].nodes)
        }
    }

    /// The paths of each of the commonest values, of all others, of none.
    private mutating func addParts() {
        guard let values else { return }
        var totals = [Int](repeating: 0, count: values.values.count + 2)
        for (way, count) in ways { totals[Int(way.value)] += count }
        let numbers = PartNumbers(totals, values, limit: limit)
        var own: [Int: [(way: Way, count: Int)]] = [:]
        for (way, count) in ways {
            own[numbers.part(of: Int(way.value)), default: []].append((way, count))
        }
        for (part, ways) in own.sorted(by: { $0.key < $1.key }) {
            rows.append(
                Row(
                    kind: 5, position: part, value: numbers.value(of: part),
                    count: ways.reduce(0) { $0 + $1.count }))
            rows += whole(ways[...], kind: 6, position: part)
        }
    }
}
