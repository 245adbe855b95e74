import Vocabulary

/// Events of one request, as they wait to be applied.
public struct EventBatch: Hashable, Sendable {
    /// The number of the write key that brought them; 0 where none was needed.
    public var key: Int
    /// The source to which they belong.
    public var source: String
    /// When the server had them.
    public var received: Instant
    /// The events, in the order of the request.
    public var events: [Event]

    /// Joins events of one request.
    public init(key: Int = 0, source: String, received: Instant, events: [Event]) {
        self.key = key
        self.source = source
        self.received = received
        self.events = events
    }
}

/// What a request brought and the rules refused, kept to be looked at and tried again.
public struct RefusedBatch: Hashable, Sendable {
    /// One thing that was refused.
    public struct Item: Hashable, Sendable {
        /// The event's id, where it could be read.
        public let id: String?
        /// Why: a failure's code, such as `events/bad-time`.
        public let code: String
        /// Why, as a sentence.
        public let message: String
        /// What the client sent.
        public let raw: [UInt8]

        /// Describes something refused.
        public init(id: String?, code: String, message: String, raw: [UInt8]) {
            self.id = id
            self.code = code
            self.message = message
            self.raw = raw
        }
    }

    /// The number of the write key that brought them; 0 where none was needed.
    public var key: Int
    /// The source to which they would have belonged.
    public var source: String
    /// The format in which they came, such as `segment`.
    public var format: String
    /// When the server had them.
    public var received: Instant
    /// What was refused, in the order of the request.
    public var items: [Item]

    /// Joins what one request brought in vain.
    public init(
        key: Int = 0, source: String, format: String, received: Instant, items: [Item]
    ) {
        self.key = key
        self.source = source
        self.format = format
        self.received = received
        self.items = items
    }
}
