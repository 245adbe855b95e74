/// A period of a question: a stretch of civil days, or an hour of one, in a zone.
public struct Period: Hashable, Sendable {
    /// How long periods of its kind are; nil for the whole range of a question.
    public let grain: Grain?
    /// Its civil days; an hour names the day in which it lies.
    public let range: TimeRange
    /// The same on the time line.
    public let instants: InstantRange
    /// Its short name for people, for example `June 2026` or `week of 8 June 2026`.
    public let label: String
    /// Its name in answers: the first day, or the local hour with its offset.
    public let key: String

    /// Makes a period.
    public init(
        grain: Grain?, range: TimeRange, instants: InstantRange, label: String, key: String
    ) {
        self.grain = grain
        self.range = range
        self.instants = instants
        self.label = label
        self.key = key
    }
}
