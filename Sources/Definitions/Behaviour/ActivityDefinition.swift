import Vocabulary

/// How many people are active by day, in seven and in 28 days, and how often they come.
public struct ActivityDefinition: BehaviourDefinition {
    /// Which kind of question it defines.
    public static let kind = BehaviourKind.activity

    /// What it says as all others do.
    public let head: BehaviourHead
    /// What counts as being active; empty means any row.
    public let events: [String]
}

extension ActivityDefinition: ReadableBehaviour {
    static var meaningExample: String { "Who uses the product, and how often." }

    /// The definition on one line, equal for equal rules.
    public var description: String {
        "{ \((head.keys + RowSelection(events: events).keys).joined(separator: ", ")) }"
    }

    init?(_ reader: NodeReader, _ head: BehaviourHead) {
        self.init(head: head, events: reader.names("events"))
    }

    func check(_ findings: inout BehaviourFindings) {
        findings.rows(RowSelection(events: events), "events")
        findings.requireTime("it has no days")
    }
}
