/// A definition that says nothing of its own but which events count as being active.
protocol ActiveBehaviour: ReadableBehaviour {
    /// What counts as being active; empty means any row.
    var events: [String] { get }
    /// What it cannot do over a source without time, as the end of a sentence.
    static var lackOfTime: String { get }

    init(head: BehaviourHead, events: [String])
}

extension ActiveBehaviour {
    /// The definition on one line, equal for equal rules.
    var text: String {
        "{ \((head.keys + RowSelection(events: events).keys).joined(separator: ", ")) }"
    }

    init?(_ reader: NodeReader, _ head: BehaviourHead) {
        self.init(head: head, events: reader.names("events"))
    }

    func check(_ findings: inout BehaviourFindings) {
        findings.rows(RowSelection(events: events), "events")
        findings.requireTime(Self.lackOfTime)
    }
}
