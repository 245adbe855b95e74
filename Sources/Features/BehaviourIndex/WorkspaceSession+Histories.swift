import Definitions
import Vocabulary

/// How the index of a source's histories goes.
public struct HistoriesStatus: Hashable, Sendable {
    /// What it is doing.
    public enum State: String, Sendable {
        /// There is none yet; the first question has it made.
        case absent
        /// It is being made; questions are answered by SQL.
        case building
        /// It answers.
        case ready
        /// It could not be made; that is tried again now and then.
        case failed
    }

    /// What it is doing.
    public let state: State
    /// How many events it has.
    public var events = 0
    /// How long its file is.
    public var sizeBytes = 0
    /// How many of its events are in memory only.
    public var tail = 0
    /// Why it could not be made.
    public var reason: String?

    /// The status as the API sends it, with the bytes an event of the file.
    public var json: JSON {
        let stored = events - tail
        return [
            "state": .text(state.rawValue), "events": .integer(events), "tail": .integer(tail),
            "size_bytes": .integer(sizeBytes),
            "bytes_per_event": stored > 0
                ? .number(Double(sizeBytes) / Double(stored)) : .null,
            "reason": .optional(reason),
        ]
    }
}

/// Histories of people, by which behavioural questions are answered faster.
extension WorkspaceSession {
    /// Begins to make the indexes of all sources of events that are not there, for a program that
    /// stays open; otherwise the first question over a source does.
    public func prepareHistories() async {
        await histories.prepare(
            catalog.sources.values.filter { $0.intake != nil }.sorted { $0.name < $1.name })
    }

    /// Returns when no index is being made or brought up to date.
    public func settleHistories() async { await histories.settled() }

    /// Whether questions may be answered from histories; SQL alone answers otherwise.
    public func useHistories(_ isAllowed: Bool) { histories.setOff(!isAllowed) }

    /// How the index of a source goes; nil where it has none, since its rows are no events.
    public func historiesStatus(of source: String) async -> HistoriesStatus? {
        guard let definition = catalog.sources[source], IndexedSource(definition) != nil else {
            return nil
        }
        return await histories.status(of: source) ?? HistoriesStatus(state: .absent)
    }
}
