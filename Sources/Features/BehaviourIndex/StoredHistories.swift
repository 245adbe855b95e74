import Behaviour
import Definitions
import Foundation
import Vocabulary

/// The histories of a source as its folder has them.
public struct StoredHistories: Hashable, Sendable {
    /// The source.
    public let source: String
    /// How they stand: ready; absent, so that the next question has them made; or failed where
    /// nothing can make them.
    public let status: HistoriesStatus
}

extension WorkspaceFolder {
    /// The files of histories by source of events, without opening the workspace.
    ///
    /// Files are replaced as a whole, so a program that has the workspace open is not in the way;
    /// what it is doing is not told.
    public func storedHistories(_ catalog: Catalog) -> [StoredHistories] {
        catalog.writtenSources.filter { $0.intake != nil }
            .map { StoredHistories(source: $0.name, status: status(of: $0)) }
    }

    private func status(of source: SourceDefinition) -> HistoriesStatus {
        guard let indexed = IndexedSource(source) else {
            return HistoriesStatus(state: .failed, reason: IndexedSource.obstacle)
        }
        let path = histories.appending(path: SourceIndex.fileName(source.name)).path
        do throws(Failure) {
            let index = try BehaviourIndex(path: path, check: .description)
            guard index.schema.fingerprint == indexed.fingerprint else {
                return HistoriesStatus(
                    state: .absent, reason: "the source was defined otherwise when they were made")
            }
            return HistoriesStatus(
                state: .ready, events: index.eventCount, sizeBytes: index.sizeBytes)
        } catch {
            let isMissing = error.code == .noBehaviourIndex
            return HistoriesStatus(
                state: .absent, reason: isMissing ? nil : "their file is damaged")
        }
    }
}
