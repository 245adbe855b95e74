import Vocabulary

/// People who did something, often enough and close enough together: a filter with a name.
public struct SegmentDefinition: BehaviourDefinition {
    /// Which kind of question it defines.
    public static let kind = BehaviourKind.segment

    /// What it says as all others do.
    public let head: BehaviourHead
    /// What they did; any row that the head's filter lets through where nothing is written.
    public let did: RowSelection
    /// How often at least.
    public let times: Int
    /// Within how many seconds so often, the last second included; nil is ever.
    public let withinSeconds: Int?
    /// The days in which it counts; nil is ever.
    public let over: SegmentDays?

    /// The rows of what they did.
    public var selections: [RowSelection] { [did] }

    /// How often at least may be asked for.
    public static let timesAllowed = 1...1_000
}

/// The days in which a segment looks at what people did.
public struct SegmentDays: Hashable, Sendable, CustomStringConvertible {
    /// The range as it is written, such as `last 30 days`.
    public let description: String
    /// Whether it is another range on another day.
    public let isMoving: Bool

    /// Reads a range of questions; nil for what is none, and for `all`, which no key needs to say.
    init?(_ text: String) {
        let words = text.trimmedOfSpace.lowercased()
        let calendar = WorkCalendar(zone: .utc)
        // Two days after all that a range may name, in no week, month, quarter or year together.
        let days = [Day(number: 400_000), Day(number: 401_000)]
        let ranges = days.compactMap { today in
            try? RangeText(calendar: calendar, today: today, covered: nil).range(words)
        }
        guard ranges.count == days.count else { return nil }
        description = words
        isMoving = ranges[0] != ranges[1]
    }
}

extension SegmentDefinition: ReadableBehaviour {
    static var meaningExample: String { "Who shares reports often." }

    /// The definition on one line, equal for equal rules.
    public var description: String {
        var parts = head.keys
        if !did.isAll { parts.append("did: { \(did.keys.joined(separator: ", ")) }") }
        parts.append("times: \(times)")
        if let withinSeconds {
            parts.append("within: \(WindowLength.elapsed(seconds: withinSeconds))")
        }
        if let over { parts.append("over: \(over)") }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    init?(_ reader: NodeReader, _ head: BehaviourHead) {
        let did = reader.rows("did", what: "'did' of the segment") ?? RowSelection()
        let times = reader.value("times", is: "a number from 1 to 1000", example: "3") { text in
            Int(text).flatMap { Self.timesAllowed.contains($0) ? $0 : nil }
        }
        let within = reader.seconds("within", example: "30 days")
        let over = reader.value(
            "over", is: "a range of days, as questions have it", example: "last 30 days",
            make: SegmentDays.init)
        if !reader.has("did"), head.filter == nil, over == nil, (times ?? 1) == 1 {
            reader.missing("did", example: "report_shared")
            return nil
        }
        if within != nil, (times ?? 1) == 1, !reader.has("times") || times != nil {
            reader.report(
                .segmentRules,
                "The \(reader.what) says within which time, but not how often at least.",
                at: reader.entry("within")?.place,
                hint: "add times: 2 or more; for recent days write over: last 30 days")
        }
        self.init(
            head: head, did: did, times: times ?? 1, withinSeconds: within, over: over)
    }

    func check(_ findings: inout BehaviourFindings) {
        findings.rows(did, "did")
        findings.requireTime("nobody did anything at a time in it")
        findings.parts(of: self)
    }
}

extension Failure.Code {
    /// Rules of a segment do not go together.
    public static let segmentRules: Self = "definition/segment-rules"
}
