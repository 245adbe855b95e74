import Definitions
import Statistics
import Vocabulary

/// Which way people go: how many are at each position of their path, and where from.
public struct PathsAnswer: Sendable {
    /// The name under which the rarer values of a position stand.
    public static let rest = "…"
    /// How many whole paths are told.
    public static let topMax = 20
    /// How many whole paths are looked at where others are compared with them.
    public static let comparedMax = 2_000

    /// The question.
    public let question: BehaviourQuestion<PathsDefinition>
    /// How many sessions or people have such a path.
    public let total: Int
    /// The values of each position with their counts, the commonest first, the rest last.
    public let nodes: [[Node]]
    /// How many go from a value to another at the next position.
    public let links: [Link]
    /// How many have nothing beyond each position: after it, or before it for paths that end with
    /// an event.
    public let ended: [Int]
    /// The commonest whole paths.
    public let top: [Way]
    /// The same by the value of each session's first row; empty without a dimension.
    public let parts: [(part: BehaviourPart, total: Int, top: [Way])]

    /// A whole path.
    public struct Way: Hashable, Sendable {
        /// What it leads over.
        public let events: [String]
        /// How many take it.
        public let count: Int
    }

    /// A value at a position.
    public struct Node: Hashable, Sendable {
        /// The value, or ``PathsAnswer/rest``.
        public let event: String
        /// How many have it there.
        public let count: Int
    }

    /// A step from one position to the next.
    public struct Link: Hashable, Sendable {
        /// The position from which it goes, from 1.
        public let position: Int
        /// The value there.
        public let from: String
        /// The value at the next position.
        public let to: String
        /// How many take it.
        public let count: Int
    }

    /// Reads what the statement of counts returned.
    public init(_ question: BehaviourQuestion<PathsDefinition>, frame: Frame) {
        self.question = question
        let length = question.definition.length
        var total = 0
        var nodes: [[Node]] = Array(repeating: [], count: length)
        var links: [Link] = []
        var ended = Array(repeating: 0, count: length)
        var top: [Way] = []
        var parts: [Int: (part: BehaviourPart, total: Int, top: [Way])] = [:]
        for row in 0..<frame.count {
            let position = frame.columns[1].integer(row) ?? 0
            let value = frame.columns[2].text(row) ?? ""
            let count = frame.columns[3].integer(row) ?? 0
            switch frame.columns[0].integer(row) {
            case 0: total = count
            case 1: nodes[position - 1].append(Node(event: value, count: count))
            case 2:
                links.append(
                    Link(
                        position: position, from: value, to: frame.columns[4].text(row) ?? "",
                        count: count))
            case 3: ended[position - 1] = count
            case 5:
                let part = BehaviourPart(
                    value: frame.columns[2].text(row), isRest: position == question.limit + 1)
                parts[position] = (part, count, [])
            case let kind:
                let events = (0..<length).compactMap { frame.columns[5 + $0].text(row) }
                let way = Way(events: events, count: count)
                if kind == 6 { parts[position]?.top.append(way) } else { top.append(way) }
            }
        }
        self.total = total
        self.nodes = nodes.map { $0.sorted(by: PathsAnswer.isBefore) }
        self.links = links.sorted {
            ($0.position, -$0.count, $0.from, $0.to) < ($1.position, -$1.count, $1.from, $1.to)
        }
        self.ended = ended
        self.top = top.sorted(by: PathsAnswer.isBefore)
        self.parts = parts.sorted { $0.key < $1.key }.map { _, part in
            (part.part, part.total, part.top.sorted(by: PathsAnswer.isBefore))
        }
    }

    private static func isBefore(_ left: Way, _ right: Way) -> Bool {
        left.count != right.count
            ? left.count > right.count : left.events.lexicographicallyPrecedes(right.events)
    }

    private static func isBefore(_ left: Node, _ right: Node) -> Bool {
        if (left.event == rest) != (right.event == rest) { return right.event == rest }
        return (-left.count, left.event) < (-right.count, right.event)
    }

    /// How many take a whole path; nil where it is not among those that are told, and not all are.
    func count(of events: [String]) -> Int? {
        if let way = top.first(where: { $0.events == events }) { return way.count }
        return top.reduce(0) { $0 + $1.count } == total ? 0 : nil
    }

    /// The answer as the command line and the API print it.
    public var json: JSON { json(before: nil) }

    /// The same, beside the paths of another range.
    public func json(before: PathsAnswer?) -> JSON {
        var members = head(before: before)
        if let dimension = question.dimension {
            members.append(("dimension", .text(dimension)))
            members.append(("parts", .list(parts.map(partJSON))))
        }
        if let before { members.append(("previous", before.summary)) }
        return .object(members + [("notes", .list(notes.map(JSON.text)))])
    }

    private func partJSON(_ part: (part: BehaviourPart, total: Int, top: [Way])) -> JSON {
        .object(
            part.part.members + [
                ("total", .integer(part.total)), ("share", JSON.share(part.total, of: total)),
                ("top", .list(part.top.map { wayJSON($0, of: part.total) })),
            ])
    }

    /// What is told of a range with which another one is compared.
    private var summary: JSON {
        [
            "range": .text(question.range.description), "total": .integer(total),
            "top": .list(top.prefix(Self.topMax).map { wayJSON($0, of: total) }),
        ]
    }

    private func wayJSON(_ way: Way, of total: Int, before: PathsAnswer? = nil) -> JSON {
        var members: [(name: String, value: JSON)] = [
            ("events", .list(way.events.map(JSON.text))), ("count", .integer(way.count)),
            ("share", JSON.share(way.count, of: total)),
        ]
        if let before {
            let count = before.count(of: way.events)
            let earlier = count.flatMap { try? Share(numerator: $0, denominator: before.total) }
            let now = try? Share(numerator: way.count, denominator: total)
            members.append(("before", .optional(count)))
            members.append(("change", JSON.change(from: earlier, to: now)))
        }
        return .object(members)
    }

    private func head(before: PathsAnswer?) -> [(name: String, value: JSON)] {
        question.members(as: "paths", grain: false) + [
            ("anchor", .text(anchor)),
            ("counting", .text(question.definition.counting.rawValue)),
            ("total", .integer(total)),
            (
                "steps",
                .list(
                    nodes.enumerated().map { index, nodes in
                        [
                            "position": .integer(index + 1),
                            "nodes": .list(
                                nodes.map { node in
                                    .object([
                                        ("event", .text(node.event)),
                                        ("count", .integer(node.count)),
                                        ("share", JSON.share(node.count, of: total)),
                                    ])
                                }),
                        ]
                    })
            ),
            (
                "links",
                .list(
                    links.map { link in
                        [
                            "position": .integer(link.position), "from": .text(link.from),
                            "to": .text(link.to), "count": .integer(link.count),
                        ]
                    })
            ),
            ("ended", .list(ended.map { .integer($0) })),
            ("top", .list(top.map { wayJSON($0, of: total, before: before) })),
        ]
    }

    private var anchor: String {
        switch question.definition.anchor {
        case .opening: "session"
        case .starts: "starts"
        case .ends: "ends"
        }
    }

    private var notes: [String] {
        var notes = [
            "Sessions are those of the range's rows; one that reaches over its start begins with it."
        ]
        if case .ends = question.definition.anchor {
            notes.append("'ended' counts paths with nothing before a position.")
        }
        if question.definition.counting == .people {
            notes.append("Everybody counts once, by the first session that has such a path.")
        }
        if let dimension = question.dimension {
            notes.append("A path is in the part of '\(dimension)' in its session's first row.")
        }
        return notes
    }
}
