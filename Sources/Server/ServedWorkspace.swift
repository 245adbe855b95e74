import Definitions
import Events
import Features
import Foundation
import Vocabulary

/// What the server needs of an open workspace.
///
/// Two things are one: a `WorkspaceSession`, and in the tests of the server a workspace that answers
/// at once, slowly, or not at all, as a test wants it.
protocol ServedWorkspace: ServedEvents {
    /// The workspace's folder.
    var folder: URL { get }
    /// Title, zone, currency, first weekday and today, for the web app.
    var summary: JSON { get }
    /// How many findings the last load of the definitions had.
    var findingCount: Int { get }

    func answer(_ words: QuestionWords) async throws(Failure) -> JSON
    func scorecard() async throws(Failure) -> JSON
    func trend(_ words: TrendWords) async throws(Failure) -> JSON
    func panels(_ words: PanelWords) async throws(Failure) -> JSON
    func rows(_ words: RowsWords) async throws(Failure) -> JSON
    func behaviour(
        _ kind: BehaviourKind, _ words: BehaviourWords
    ) async throws(Failure) -> JSON
    /// Who reached a step of a funnel; dropped: and not the next one.
    func funnelPeople(
        _ words: BehaviourWords, step: Int, dropped: Bool, limit: Int, offset: Int
    ) async throws(Failure) -> JSON
    /// Who of a cohort came back at an age, or did not.
    func retentionPeople(
        _ words: BehaviourWords, cohort: String, age: String, returned: Bool, limit: Int,
        offset: Int
    ) async throws(Failure) -> JSON
    /// Who is in a segment.
    func segmentPeople(
        _ words: BehaviourWords, limit: Int, offset: Int
    ) async throws(Failure) -> JSON
    func people(
        source: String, search: String?, limit: Int, offset: Int
    ) async throws(Failure) -> JSON
    func person(
        source: String, id: String, before: String?, limit: Int
    ) async throws(Failure) -> JSON
    func explanation(_ words: ExplainWords) async throws(Failure) -> JSON
    func catalogue() async throws(Failure) -> JSON
    func metric(_ id: String) async throws(Failure) -> JSON
    func kpi(_ id: String) async throws(Failure) -> JSON
    func sources() async throws(Failure) -> JSON
    func library() async throws(Failure) -> JSON
    /// Writes a definition of the library into the workspace and returns its file's relative path.
    func addFromLibrary(_ wish: LibraryAddition) async throws(Failure) -> String
    /// Proposes KPIs for a goal, a business model and a stage.
    func proposal(goal: String, model: String, stage: String) async throws(Failure) -> JSON
    /// Fails where there is no source of this name.
    func requireSource(_ name: String) throws(Failure)
    /// Imports an uploaded file; the progress goes from 0 to 1. Returns the report.
    func importUpload(
        _ file: URL, into source: String, progress: @escaping @Sendable (Double) -> Void
    ) async throws(Failure) -> JSON
    /// Fails where a source is none that takes events.
    func requireEvents(_ name: String) throws(Failure)
    /// Takes events in; they are on disk when it returns. Returns what the tracking plan does not
    /// foresee.
    func accept(
        _ events: [Event], refused: [RefusedEvent], format: EventFormat, with key: WriteKey
    ) async throws(Failure) -> [EventDeviation]
    /// The same for who cannot wait: what became of them is told once, from another thread.
    func submit(
        _ events: [Event], refused: [RefusedEvent], format: EventFormat, with key: WriteKey,
        done: @escaping @Sendable (Result<[EventDeviation], Failure>) -> Void
    )
    /// The same for events that were written while they were read; false where each is to be looked
    /// at.
    func submit(
        _ events: WrittenEvents, with key: WriteKey,
        done: @escaping @Sendable (Result<Void, Failure>) -> Void
    ) -> Bool
    /// Reads the definitions again; false where nothing changed.
    func reloadDefinitions() async -> Bool
    /// What changes from now on, by whomever.
    func changes() -> AsyncStream<ServedChange>
}

/// Something that changed in a workspace, as the event stream tells it.
enum ServedChange: Equatable, Sendable {
    /// A source has new data.
    case data(source: String, version: Int)
    /// The definitions were read again.
    case definitions(findings: Int)
}
