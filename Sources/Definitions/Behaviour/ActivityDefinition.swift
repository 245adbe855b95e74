import Vocabulary

/// How many people are active by day, in seven and in 28 days, and how often they come.
public struct ActivityDefinition: BehaviourDefinition {
    /// Which kind of question it defines.
    public static let kind = BehaviourKind.activity

    /// How long the shorter window is, in days.
    public static let weekDays = 7
    /// How long the longer window is, in days: four whole weeks, so that every weekday is in it
    /// as often.
    public static let monthDays = 28

    /// What it says as all others do.
    public let head: BehaviourHead
    /// What counts as being active; empty means any row.
    public let events: [String]

    /// The rows that count as being active.
    public var selections: [RowSelection] { [RowSelection(events: events)] }
}

extension ActivityDefinition: ActiveBehaviour {
    static var meaningExample: String { "Who uses the product, and how often." }
    static var lackOfTime: String { "it has no days" }

    /// The definition on one line, equal for equal rules.
    public var description: String { text }
}
