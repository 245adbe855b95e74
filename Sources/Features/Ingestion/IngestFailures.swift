import Vocabulary

extension Failure.Code {
    /// Events come faster than they can be stored.
    public static let ingestBusy: Self = "ingest/busy"
    /// The disk of the inbox is full or may not be written.
    public static let ingestDiskFull: Self = "ingest/disk-full"
    /// The disk did not keep what was written, so nothing more is promised.
    public static let ingestBroken: Self = "ingest/broken"
    /// The inbox is closed.
    public static let ingestClosed: Self = "ingest/closed"
    /// A newer program wrote the inbox.
    public static let ingestNewer: Self = "ingest/newer"
    /// The inbox cannot be opened or read.
    public static let ingestUnreadable: Self = "ingest/unreadable"
    /// The name of a source of events is taken.
    public static let ingestSourceName: Self = "ingest/source-name"
    /// There is no source of events of a name.
    public static let ingestUnknownSource: Self = "ingest/unknown-source"
    /// A batch of events is too large for one record.
    public static let ingestTooLarge: Self = "ingest/too-large"
}

extension Failure {
    /// What a failed write to the inbox means for whoever sent events.
    static func inbox(_ error: DiskError) -> Failure {
        guard error.isForWantOfRoom else {
            return Failure(
                .ingestBroken, "The disk failed, so no events are taken any more.",
                hint:
                    "Check the disk, then start the program again; what was acknowledged is safe.",
                details: [error.description])
        }
        return Failure(
            .ingestDiskFull, "There is no room for events on the disk, or it is read-only.",
            hint: "Make room on the disk of the workspace; no restart is needed.",
            details: [error.description])
    }

    static func unreadableInbox(_ path: String, _ error: DiskError) -> Failure {
        Failure(
            .ingestUnreadable, "The inbox of events at \(path) cannot be used: \(error).",
            hint: "Check that the folder is there and belongs to the program's user.")
    }
}
