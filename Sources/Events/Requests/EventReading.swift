import Vocabulary

/// What a request's body said.
public struct EventReading: Sendable {
    /// The write key that was found: a name in `Basic`, in the body, the address, or `Bearer`.
    public var key: String?
    /// The events that can be taken, in the order in which they came.
    public var events: [Event] = []
    /// By what they were sent, for runs of ``events``; together they cover all of them.
    public var clients: [ClientReading] = []
    /// The events that are refused, by index.
    public var refused: [RefusedEvent] = []
    /// How many events say nothing and are left out: somebody is called what they are called.
    public var empty = 0
    /// The ids of those that say nothing.
    var emptyIDs: [String] = []
    /// What was put right in events that are taken: a text cut, a time of the future replaced.
    public var warnings: [EventWarning] = []
    /// The answer when all of ``events`` are stored.
    public var reply = EventReply(status: 200, json: [:])
}
