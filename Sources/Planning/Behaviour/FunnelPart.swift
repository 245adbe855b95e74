/// The entries that have one value, by the funnel's rule of parts, and whether they convert unlike the others.
public struct FunnelPart: Sendable {
    /// The value; nil where the event has none, or for the rest.
    public let value: String?
    /// Whether these are the values that are not shown by themselves.
    public let isRest: Bool
    /// The entries.
    public let group: FunnelAnswer.Group
    /// How they convert compared with the entries of all other parts; nil where one side has none.
    public let difference: PartDifference?

    /// The parts, each compared with all others.
    static func compared(
        _ rows: [(value: String?, isRest: Bool, group: FunnelAnswer.Group)],
        required: [Int]
    ) -> [FunnelPart] {
        let last = required.last ?? 0
        let own = rows.map {
            (numerator: $0.group.counts[last], denominator: $0.group.counts[0])
        }
        let differences = PartDifference.compared(
            own,
            total: (
                own.reduce(0) { $0 + $1.numerator }, own.reduce(0) { $0 + $1.denominator }
            ))
        return zip(rows, differences).map { row, difference in
            FunnelPart(
                value: row.value, isRest: row.isRest, group: row.group, difference: difference)
        }
    }
}
