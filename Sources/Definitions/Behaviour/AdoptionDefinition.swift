import Vocabulary

/// How many of those who could use something do, how much, how soon, and whether they go on.
public struct AdoptionDefinition: BehaviourDefinition {
    /// Which kind of question it defines.
    public static let kind = BehaviourKind.adoption

    /// What it says as all others do.
    public let head: BehaviourHead
    /// What counts as using it.
    public let feature: RowSelection
    /// Which rows show that somebody could use it; by default any row does.
    public let eligible: RowSelection

    /// The rows that use it, and those that show who could.
    public var selections: [RowSelection] { [feature, eligible] }
}

extension AdoptionDefinition: ReadableBehaviour {
    static var meaningExample: String { "Who uses the reports, of all who could." }

    /// The definition on one line, equal for equal rules.
    public var description: String {
        var parts = head.keys + ["feature: { \(feature.keys.joined(separator: ", ")) }"]
        if !eligible.isAll {
            parts.append("eligible: { \(eligible.keys.joined(separator: ", ")) }")
        }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    init?(_ reader: NodeReader, _ head: BehaviourHead) {
        let feature = reader.rows("feature", what: "'feature' of the adoption")
        let eligible = reader.rows("eligible", what: "'eligible' of the adoption")
        guard let feature, !feature.isAll else {
            if feature != nil || !reader.has("feature") {
                reader.missing("feature", example: "report_shared")
            }
            return nil
        }
        self.init(head: head, feature: feature, eligible: eligible ?? RowSelection())
    }

    func check(_ findings: inout BehaviourFindings) {
        findings.rows(feature, "feature")
        findings.rows(eligible, "eligible")
        findings.requireTime("nobody adopts anything in it")
    }
}
