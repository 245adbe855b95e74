import Definitions
import Events
import Features
import Foundation
import Vocabulary

@testable import Server

/// A workspace without data: it answers at once, and as a test wants it.
final class FakeWorkspace: ServedWorkspace {
    let folder: URL
    let changeStream = AsyncStream.makeStream(of: ServedChange.self)
    private let lock = NSLock()
    nonisolated(unsafe) private var asked: [QuestionWords] = []
    nonisolated(unsafe) private var contents: [String: Data] = [:]
    nonisolated(unsafe) private var reloadCount = 0
    nonisolated(unsafe) private var liveCount = 0
    nonisolated(unsafe) private var addresses = AddressRule.dropped
    nonisolated(unsafe) private var taken: [Event] = []
    nonisolated(unsafe) private var submitted = 0
    nonisolated(unsafe) private var ingestFailure: Failure?
    /// Holds imports up until it is finished.
    let importGate = AsyncStream.makeStream(of: Void.self)
    let importsWait: Bool

    init(importsWait: Bool = false) throws {
        let name = "ys-\(UUID().uuidString.prefix(8))"
        folder = FileManager.default.temporaryDirectory.appending(path: name)
        self.importsWait = importsWait
        try FileManager.default.createDirectory(
            at: folder.appending(path: "data"), withIntermediateDirectories: true)
    }

    /// The questions that were asked.
    var questions: [QuestionWords] { lock.withLock { asked } }
    /// What was imported, by file name.
    var imported: [String: Data] { lock.withLock { contents } }
    /// The events that were taken in.
    var events: [Event] { lock.withLock { taken } }
    /// How many of them on the event loop.
    var eventsSubmitted: Int { lock.withLock { submitted } }
    /// Lets events be refused from now on.
    func refuseEvents(_ failure: Failure?) { lock.withLock { ingestFailure = failure } }
    /// How often somebody asked what happens now.
    var livesAsked: Int { lock.withLock { liveCount } }
    /// How often the definitions were read again.
    var reloads: Int { lock.withLock { reloadCount } }

    var summary: JSON { ["title": "Acme", "zone": "UTC"] }
    var findingCount: Int { 3 }

    func answer(_ words: QuestionWords) async throws(Failure) -> JSON {
        lock.withLock { asked.append(words) }
        return ["rows": [[1]]]
    }

    func scorecard() async throws(Failure) -> JSON { ["kpis": []] }
    func trend(_ words: TrendWords) async throws(Failure) -> JSON { ["kind": "trend"] }
    func panels(_ words: PanelWords) async throws(Failure) -> JSON {
        ["panels": [], "texts": .boolean(words.showsTexts)]
    }
    func rows(_ words: RowsWords) async throws(Failure) -> JSON {
        ["source": "orders", "total": .integer(words.limit)]
    }
    func behaviour(
        _ kind: BehaviourKind, _ words: BehaviourWords
    ) async throws(Failure) -> JSON {
        .object([(kind.rawValue, .text(words.name ?? words.yaml ?? ""))])
    }
    func funnelPeople(
        _ words: BehaviourWords, step: Int, dropped: Bool, limit: Int, offset: Int
    ) async throws(Failure) -> JSON {
        ["entity": "person", "people": [], "step": .integer(step), "dropped": .boolean(dropped)]
    }
    func retentionPeople(
        _ words: BehaviourWords, cohort: String, age: String, returned: Bool, limit: Int,
        offset: Int
    ) async throws(Failure) -> JSON {
        ["entity": "person", "cohort": .text(cohort), "returned": .boolean(returned)]
    }
    func segmentPeople(
        _ words: BehaviourWords, limit: Int, offset: Int
    ) async throws(Failure) -> JSON {
        ["entity": "person", "people": [], "total": .integer(limit)]
    }
    func people(
        source: String, search: String?, limit: Int, offset: Int
    ) async throws(Failure) -> JSON {
        ["source": .text(source), "people": [], "total": .integer(limit)]
    }
    func person(
        source: String, id: String, before: String?, limit: Int
    ) async throws(Failure) -> JSON {
        ["source": .text(source), "id": .text(id), "timeline": []]
    }
    func explanation(_ words: ExplainWords) async throws(Failure) -> JSON { ["plan": "scan"] }
    func catalogue() async throws(Failure) -> JSON { ["metrics": []] }
    func kpi(_ id: String) async throws(Failure) -> JSON { try known(id) }
    func metric(_ id: String) async throws(Failure) -> JSON { try known(id) }
    func sources() async throws(Failure) -> JSON { ["sources": []] }
    func library() async throws(Failure) -> JSON { ["entries": []] }

    func addFromLibrary(_ wish: LibraryAddition) async throws(Failure) -> String {
        "definitions/\(wish.entry).yaml"
    }

    func proposal(goal: String, model: String, stage: String) async throws(Failure) -> JSON {
        ["proposals": [], "warnings": []]
    }

    func requireSource(_ name: String) throws(Failure) { _ = try known(name) }

    func importUpload(
        _ file: URL, into source: String, progress: @escaping @Sendable (Double) -> Void
    ) async throws(Failure) -> JSON {
        progress(0.5)
        if importsWait { for await _ in importGate.stream {} }
        guard !Task.isCancelled else { throw Failure("import/cancelled", "It was cancelled.") }
        let data = try? Data(contentsOf: file)
        lock.withLock { contents[file.lastPathComponent] = data }
        return ["source": .text(source)]
    }

    func requireEvents(_ name: String) throws(Failure) { _ = try known(name) }

    func accept(
        _ events: [Event], refused: [RefusedEvent], format: EventFormat, with key: WriteKey
    ) async throws(Failure) -> [EventDeviation] {
        try take(events).get()
    }

    func submit(
        _ events: [Event], refused: [RefusedEvent], format: EventFormat, with key: WriteKey,
        done: @escaping @Sendable (Result<[EventDeviation], Failure>) -> Void
    ) {
        let result = take(events)
        lock.withLock { submitted += events.count }
        done(result)
    }

    func submit(
        _ events: WrittenEvents, with key: WriteKey,
        done: @escaping @Sendable (Result<Void, Failure>) -> Void
    ) -> Bool {
        var bytes: [UInt8] = []
        EventRecord.write(events, key: key.id, source: key.source, after: 0, to: &bytes)
        guard case .events(let batch)? = try? EventRecord(bytes) else { return false }
        submit(batch.events, refused: [], format: .own, with: key) { done($0.map { _ in }) }
        return true
    }

    private func take(_ events: [Event]) -> Result<[EventDeviation], Failure> {
        lock.withLock {
            if let ingestFailure { return .failure(ingestFailure) }
            taken += events
            return .success([])
        }
    }

    func live(_ source: String) async throws(Failure) -> JSON {
        lock.withLock { liveCount += 1 }
        _ = try known(source)
        return ["active_5": 3]
    }

    func inventory(of source: String) async throws(Failure) -> JSON { try known(source) }

    func eventValues(
        of source: String, event: String?, property: String
    ) async throws(Failure) -> JSON {
        ["values": [["value": .text(property), "count": 1]]]
    }

    func addressRule(of source: String) -> AddressRule { lock.withLock { addresses } }
    /// Lets addresses be stored from now on.
    func keepAddresses(_ rule: AddressRule) { lock.withLock { addresses = rule } }

    func intake(of source: String) async throws(Failure) -> JSON { try known(source) }

    func quarantineJSON(
        of source: String, limit: Int, before: Int?
    ) async throws(Failure) -> JSON {
        ["rows": [], "total": .integer(limit), "codes": []]
    }

    func replay(_ source: String, _ numbers: [Int]) async throws(Failure) -> JSON {
        ["accepted": .integer(numbers.count), "refused": 0]
    }

    func remove(_ source: String, _ numbers: [Int]) async throws(Failure) -> Int { numbers.count }

    func add(definitions yaml: String) async throws(Failure) -> JSON {
        ["file": "definitions/funnels/checkout.yaml", "kind": "funnel", "name": "checkout"]
    }

    func check(definitions yaml: String) -> JSON { ["findings": []] }

    func reloadDefinitions() async -> Bool {
        lock.withLock { reloadCount += 1 }
        return true
    }

    func changes() -> AsyncStream<ServedChange> { changeStream.stream }

    private func known(_ name: String) throws(Failure) -> JSON {
        guard name == "orders" else {
            throw Failure("definition/unknown-metric", "There is nothing named '\(name)'.")
        }
        return ["id": .text(name)]
    }
}
