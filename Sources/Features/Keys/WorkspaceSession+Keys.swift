import Definitions
import Foundation
import Vocabulary

/// The write keys of the workspace.
extension WorkspaceSession {
    /// The keys, out of the workspace's bookkeeping.
    ///
    /// - Throws: `state/newer`, `state/failed`.
    public func writeKeys() throws(Failure) -> WriteKeys {
        WriteKeys(
            state: try StateStore(file: folder.appending(path: "data/state.sqlite")), clock: clock)
    }

    /// Makes a key for one of the workspace's sources of events.
    ///
    /// - Throws: `question/unknown-source`, `keys/no-events`, `keys/…`.
    public func makeWriteKey(
        _ wish: WriteKeyWish, by who: String?, from address: String?
    ) async throws(Failure) -> (key: WriteKey, secret: WriteKeySecret) {
        try requireEvents(wish.source)
        return try await writeKeys().make(wish, by: who, from: address)
    }

    /// Fails where a source is none that takes events.
    ///
    /// - Throws: `question/unknown-source`, `keys/no-events`.
    public func requireEvents(_ name: String) throws(Failure) {
        let source = try source(named: name)
        guard source.intake == nil else { return }
        let names = catalog.sources.values.filter { $0.intake != nil }.map(\.name).sorted()
        throw Failure(
            .keyWithoutEvents, "The source '\(name)' takes no events.",
            hint: names.isEmpty
                ? "define a source of events: source: app, is: What people do, from: events"
                : "sources of events are \(names.joined(separator: ", "))",
            place: source.origin.place)
    }
}

extension Failure.Code {
    /// A key was asked for a source that is not one of events.
    public static let keyWithoutEvents: Self = "keys/no-events"
}
