/// By what events were sent, as far as the request says; the server makes device, browser, system
/// and country out of it and then forgets it, or keeps what the workspace's privacy allows.
public struct ClientReading: Hashable, Sendable {
    /// The user agent of the person's device; nil where a server sent.
    public var userAgent: String?
    /// The internet address of the person's device; nil where a server sent.
    public var address: String?
    /// Which of the reading's events it holds for.
    public var events: Range<Int>

    /// Describes a client.
    public init(userAgent: String?, address: String?, events: Range<Int>) {
        self.userAgent = userAgent
        self.address = address
        self.events = events
    }
}
