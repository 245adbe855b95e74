import Definitions
import Features
import Foundation
import Planning
import Vocabulary

/// A workspace that is open, as the server sees it.
extension WorkspaceSession: ServedWorkspace {
    var summary: JSON {
        let settings = settings
        return [
            "title": .text(settings.title), "zone": .text(settings.zone),
            "currency": .text(settings.currency),
            "firstWeekday": .text(settings.firstWeekday.name), "today": .text(today.description),
        ]
    }

    var findingCount: Int { findings.count }

    func answer(_ words: QuestionWords) async throws(Failure) -> JSON {
        try await answer(try question(words)).json
    }

    func scorecard() async throws(Failure) -> JSON {
        let scorecard: Scorecard = try await scorecard()
        return scorecard.json
    }

    func explanation(_ words: ExplainWords) async throws(Failure) -> JSON {
        try await explanation(of: words).json
    }

    func catalogue() async throws(Failure) -> JSON { catalogueJSON() }

    func metric(_ id: String) async throws(Failure) -> JSON { try metricJSON(id) }

    func kpi(_ id: String) async throws(Failure) -> JSON { try await kpiJSON(id) }

    func sources() async throws(Failure) -> JSON { try await sourcesJSON() }

    func library() async throws(Failure) -> JSON { libraryJSON() }

    func addFromLibrary(_ wish: LibraryAddition) async throws(Failure) -> String {
        let report: LibraryReport = try await addFromLibrary(wish)
        return report.file
    }

    func proposal(goal: String, model: String, stage: String) async throws(Failure) -> JSON {
        let proposal: KPIProposal = try self.proposal(goal: goal, model: model, stage: stage)
        return proposal.json
    }

    func requireSource(_ name: String) throws(Failure) { _ = try source(named: name) }

    func importUpload(
        _ file: URL, into source: String, progress: @escaping @Sendable (Double) -> Void
    ) async throws(Failure) -> JSON {
        try await importFiles(source: source, files: [file], isUpload: true) {
            progress($0.fraction)
        }.json
    }

    func changes() -> AsyncStream<ServedChange> {
        let changes = changeStream()
        return AsyncStream { continuation in
            let task = Task {
                for await change in changes {
                    switch change {
                    case .data(let source, let version):
                        continuation.yield(.data(source: source, version: version))
                    case .definitions(let findings):
                        continuation.yield(.definitions(findings: findings))
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
