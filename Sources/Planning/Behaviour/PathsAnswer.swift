import Definitions
import Vocabulary

/// Which way people go: how many are at each position of their path, and where from.
public struct PathsAnswer: Sendable {
    /// The name under which the rarer values of a position stand.
    public static let rest = "…"
    /// How many whole paths are told.
    public static let topMax = 20

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
    public let top: [(events: [String], count: Int)]

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
        var top: [(events: [String], count: Int)] = []
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
            default:
                let events = (0..<length).compactMap { frame.columns[5 + $0].text(row) }
                top.append((events, count))
            }
        }
        self.total = total
        self.nodes = nodes.map { $0.sorted(by: PathsAnswer.isBefore) }
        self.links = links.sorted {
            ($0.position, -$0.count, $0.from, $0.to) < ($1.position, -$1.count, $1.from, $1.to)
        }
        self.ended = ended
        self.top = top.sorted {
            $0.count != $1.count
                ? $0.count > $1.count : $0.events.lexicographicallyPrecedes($1.events)
        }
    }

    private static func isBefore(_ left: Node, _ right: Node) -> Bool {
        if (left.event == rest) != (right.event == rest) { return right.event == rest }
        return (-left.count, left.event) < (-right.count, right.event)
    }

    /// The answer as the command line and the API print it.
    public var json: JSON {
        .object(
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
                (
                    "top",
                    .list(
                        top.map { path in
                            [
                                "events": .list(path.events.map(JSON.text)),
                                "count": .integer(path.count),
                                "share": JSON.share(path.count, of: total),
                            ]
                        })
                ),
                ("notes", .list(notes.map(JSON.text))),
            ])
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
        return notes
    }
}
