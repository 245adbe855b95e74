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
        let names = sourcesOfEvents
        throw Failure(
            .keyWithoutEvents, "The source '\(name)' takes no events.",
            hint: names.isEmpty
                ? Self.defineEvents : "sources of events are \(names.joined(separator: ", "))",
            place: source.origin.place)
    }

    /// The source of events that is meant: the one of a name, or else the only one there is.
    ///
    /// - Throws: `question/no-source` where there are several, `keys/no-events` where there is none.
    public func sourceOfEvents(_ name: String?) throws(Failure) -> String {
        if let name { return name }
        let names = sourcesOfEvents
        guard let only = names.first else {
            throw Failure(
                .keyWithoutEvents, "There is no source of events.", hint: Self.defineEvents)
        }
        guard names.count == 1 else {
            throw Failure(
                .unnamedSource, "There are \(names.count) sources of events, and none is named.",
                hint: "name one of \(names.joined(separator: ", "))")
        }
        return only
    }

    private var sourcesOfEvents: [String] {
        catalog.sources.values.filter { $0.intake != nil }.map(\.name).sorted()
    }

    private static let defineEvents =
        "define a source of events: source: app, is: What people do, from: events"
}

extension Failure.Code {
    /// A source is needed that takes events, and the one that is named does not, or there is none.
    public static let keyWithoutEvents: Self = "keys/no-events"
    /// A source of events is needed, there are several, and none is named.
    public static let unnamedSource: Self = "question/no-source"
}
