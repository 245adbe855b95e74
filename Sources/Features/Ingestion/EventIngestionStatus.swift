import Vocabulary

/// How storing events goes, since the program started.
public struct EventIngestionStatus: Equatable, Sendable {
    /// How many bytes wait for the disk.
    public var pendingBytes = 0
    /// The offset up to which events are on the disk.
    public var acceptedOffset: Int64 = 0
    /// The offset up to which events are in the tables.
    public var appliedOffset: Int64 = 0
    /// How many rows were stored.
    public var rows = 0
    /// How many messages came again with the same content.
    public var duplicates = 0
    /// How many came again with another content; the first is kept.
    public var conflicts = 0
    /// How many events were refused and kept.
    public var quarantined = 0
    /// How many events were not stored, since there is no consent.
    public var withoutConsent = 0
    /// How many times two people became one.
    public var merges = 0
    /// How many earlier events count for another person since then.
    public var restated = 0
    /// How many times a rule kept two people apart whom an event wanted to be one.
    public var guarded = 0
    /// How many messages are remembered, so that they count once.
    public var remembered = 0
    /// How much memory that takes, in bytes.
    public var rememberedBytes = 0
    /// What of the inbox could not be read.
    public var damages: [InboxDamage] = []
    /// Why no events are taken; nil while they are.
    public var failure: Failure?
    /// Why events are not applied at the moment; nil while they are.
    public var stall: Failure?

    /// How many bytes of the inbox are not applied yet.
    public var lagBytes: Int64 { max(0, acceptedOffset - appliedOffset) }
}
