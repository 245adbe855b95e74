import Vocabulary

/// Who is active for the first time, again, after a pause, or no longer, period by period.
public struct LifecycleDefinition: BehaviourDefinition {
    /// Which kind of question it defines.
    public static let kind = BehaviourKind.lifecycle

    /// What it says as all others do.
    public let head: BehaviourHead
    /// What counts as being active; empty means any row.
    public let events: [String]

    /// The rows that count as being active.
    public var selections: [RowSelection] { [RowSelection(events: events)] }
}

extension LifecycleDefinition: ActiveBehaviour {
    static var meaningExample: String { "Who starts, stays, comes back and leaves." }
    static var lackOfTime: String { "nobody is active before or after anybody in it" }

    /// The definition on one line, equal for equal rules.
    public var description: String { text }
}
