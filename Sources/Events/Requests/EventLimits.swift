/// How much of what a request and an event may have.
public struct EventLimits: Hashable, Sendable {
    /// How many bytes a request's body may have, after it was inflated.
    public var bodyBytes = 1 << 20
    /// The same for PostHog's batches.
    public var batchBytes = 20 << 20
    /// How many times larger than it came a body may become where it passes ``inflatedBytesFree``.
    public var inflationRatio = 200
    /// How many bytes a body may become whatever its ratio is.
    public var inflatedBytesFree = 1 << 20
    /// How many events a request may have.
    public var events = 2_000
    /// How many bytes an event may have.
    public var eventBytes = 64 << 10
    /// How deep lists and objects may lie in each other in an event.
    public var depth = 10
    /// How many members an object of an event may have.
    public var properties = 1_024
    /// How many characters an event's name may have.
    public var nameCharacters = 200
    /// How many characters the id of a person, a group, a visit or an event may have.
    public var idCharacters = 200
    /// How many bytes the name of a property may have.
    public var propertyNameBytes = 255
    /// How many bytes a text may have before it is cut.
    public var textBytes = 8 << 10
    /// How far in the future an event's time may lie before the server's is taken.
    public var futureSeconds = 86_400
    /// How far in the past an event's time may lie before it is refused: five years.
    public var pastSeconds = 5 * 365 * 86_400 + 2 * 86_400

    /// The limits where nobody sets others.
    public init() {}

    var json: JSONBounds {
        JSONBounds(
            depth: depth, members: properties, nameBytes: propertyNameBytes, textBytes: textBytes)
    }
}
