import Vocabulary

/// Which way people go: what they do next after an event, or did before it.
public struct PathsDefinition: BehaviourDefinition {
    /// Which kind of question it defines.
    public static let kind = BehaviourKind.paths

    /// What it says as all others do.
    public let head: BehaviourHead
    /// Where paths begin or end.
    public let anchor: Anchor
    /// How many positions a path has, its anchor included.
    public let length: Int
    /// What the positions are, such as the path of a page; nil is the source's event.
    public let node: Expression?
    /// The only values that positions may have; empty means all.
    public let only: [String]
    /// The values that are looked past.
    public let hidden: [String]
    /// What a session is; paths stay within one.
    public let session: SessionRule
    /// What is counted.
    public let counting: Counting
    /// Whether the same value several times in a row is one position.
    public let joinsRepeats: Bool

    /// Where paths begin or end.
    public enum Anchor: Hashable, Sendable {
        /// At the first position of each session.
        case opening
        /// Paths begin with the first such event of a session.
        case starts(String)
        /// Paths end with the first such event of a session.
        case ends(String)
    }

    /// What is counted.
    public enum Counting: String, CaseIterable, Sendable {
        /// Each session that has such a path.
        case sessions
        /// Each entity once, by its first session that has such a path.
        case people
    }

    /// How many positions a path may have.
    public static let lengths = 2...8

    /// The rows of the events that it names, where its positions are events.
    public var selections: [RowSelection] {
        node == nil ? [RowSelection(events: named)] : []
    }

    /// The values that it names, where its positions are such.
    public var lookups: [Expression] {
        guard let node else { return [] }
        return [.isIn(node, named.map { .literal(.text($0)) }, negated: false)]
    }

    /// What it begins or ends with, shows alone, and looks past.
    private var named: [String] { (anchor.event.map { [$0] } ?? []) + only + hidden }
}

extension PathsDefinition: ReadableBehaviour {
    static var meaningExample: String { "What people do after they sign up." }

    /// The definition on one line, equal for equal rules.
    public var description: String {
        var parts = head.keys
        switch anchor {
        case .opening: break
        case .starts(let event): parts.append("starts: \(event)")
        case .ends(let event): parts.append("ends: \(event)")
        }
        parts.append("length: \(length)")
        if let node { parts.append("of: \(node)") }
        if !only.isEmpty { parts.append("events: [\(only.joined(separator: ", "))]") }
        if !hidden.isEmpty { parts.append("hide: [\(hidden.joined(separator: ", "))]") }
        parts += ["session: \(session)", "counting: \(counting.rawValue)"]
        parts.append("repeats: \(joinsRepeats ? "joined" : "kept")")
        return "{ \(parts.joined(separator: ", ")) }"
    }

    init?(_ reader: NodeReader, _ head: BehaviourHead) {
        let starts = reader.text("starts")
        let ends = reader.text("ends")
        let length =
            reader.value(
                "length",
                is: "a number from \(Self.lengths.lowerBound) to \(Self.lengths.upperBound)",
                example: "4"
            ) { text in Int(text).flatMap { Self.lengths.contains($0) ? $0 : nil } } ?? 4
        let node = reader.expression("of")
        let only = reader.names("events")
        let hidden = reader.names("hide")
        let session = reader.session() ?? .pause(seconds: 1_800)
        let counting = reader.word("counting", as: Counting.self) ?? .sessions
        let joins = reader.word("repeats", of: [("joined", true), ("kept", false)]) ?? true
        var anchor = Anchor.opening
        if let starts { anchor = .starts(starts) }
        if let ends { anchor = .ends(ends) }
        self.init(
            head: head, anchor: anchor, length: length, node: node, only: only, hidden: hidden,
            session: session, counting: counting, joinsRepeats: joins)
        reportRules(reader, hasTwoAnchors: starts != nil && ends != nil)
    }

    /// Reports keys that do not go together.
    private func reportRules(_ reader: NodeReader, hasTwoAnchors: Bool) {
        if hasTwoAnchors {
            reader.report(
                .pathRules, "The \(reader.what) begins with an event or ends with one, not both.",
                at: reader.entry("ends")?.place,
                hint: "remove 'ends', or ask a funnel from the one to the other")
        }
        for name in hidden where only.contains(name) || name == anchor.event {
            reader.report(
                .pathRules, "The \(reader.what) hides '\(shortened(name))', which it needs.",
                at: reader.node("hide")?.place, hint: "remove it from 'hide'")
        }
        if let event = anchor.event, !only.isEmpty, !only.contains(event) {
            reader.report(
                .pathRules,
                "The \(reader.what) shows only some events, and '\(shortened(event))' is none of "
                    + "them.", at: reader.node("events")?.place, hint: "add it to 'events'")
        }
    }

    func check(_ findings: inout BehaviourFindings) {
        if let node { findings.value(node, "of") } else { findings.requireEvents("from") }
        findings.session(session)
        findings.requireTime("nothing follows anything in it")
    }
}

extension PathsDefinition.Anchor {
    /// The event at which paths begin or end; nil for the first of each session.
    public var event: String? {
        switch self {
        case .opening: nil
        case .starts(let event), .ends(let event): event
        }
    }
}

extension Failure.Code {
    /// Rules of paths do not go together.
    public static let pathRules: Self = "definition/path-rules"
}
