/// The entries whose first step had one value, and whether they convert unlike the others.
public struct FunnelPart: Sendable {
    /// The value; nil where the event has none, or for the rest.
    public let value: String?
    /// Whether these are the values that are not shown by themselves.
    public let isRest: Bool
    /// The entries.
    public let group: FunnelAnswer.Group
    /// How they convert compared with all other entries; nil where one side has none.
    public let difference: PartDifference?

    /// The parts, each compared with all others.
    static func compared(
        _ rows: [(value: String?, isRest: Bool, group: FunnelAnswer.Group)],
        total: FunnelAnswer.Group, required: [Int]
    ) -> [FunnelPart] {
        let last = required.last ?? 0
        let counts = { (group: FunnelAnswer.Group) in (group.counts[last], group.counts[0]) }
        let differences = PartDifference.compared(
            rows.map { counts($0.group) }, total: counts(total))
        return zip(rows, differences).map { row, difference in
            FunnelPart(
                value: row.value, isRest: row.isRest, group: row.group, difference: difference)
        }
    }
}
