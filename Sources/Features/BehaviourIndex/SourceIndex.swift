import Behaviour
import Engines
import Foundation
import Planning
import Synchronization
import Vocabulary

/// The index of one source while a session is open: made in the background, brought up to date when
/// it is asked and as events come, made anew when it cannot be right any more.
///
/// It is never a source of truth. Before each question it is held against the tables; where it does
/// not know just what they have, and cannot catch up at once, SQL answers.
actor SourceIndex {
    nonisolated let source: IndexedSource
    private let building: IndexBuilding
    private let extending: IndexExtension
    private let path: String

    private var histories: IndexedHistories?
    private(set) var conditions = ConditionCodes()
    private var build: Task<Void, Never>?
    private var extend: Task<Void, Never>?
    private var rewriting: Task<Void, Never>?
    private var failure: (failure: Failure, time: ContinuousClock.Instant)?
    private var isClosed = false
    /// Grows when everything that is under way is of no use any more.
    private var generation = 0
    private var attempts = 0

    /// So many rows are caught up before a question is answered; more are left to the background.
    private static let rowsAtOnceMax: Int64 = 100_000
    /// Of so many new rows it is quicker to begin anew.
    private static let rowsBehindMax: Int64 = 4_000_000
    private static let retry: Duration = .seconds(60)

    init(_ source: IndexedSource, engine: DuckDBEngine, folder: URL) {
        self.source = source
        path = folder.appending(path: Self.fileName(source.name)).path
        building = IndexBuilding(source: source, engine: engine, path: path)
        extending = IndexExtension(source: source, engine: engine)
    }

    static func fileName(_ source: String) -> String {
        let isPlain = source.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F || $0 == 0x2D
        }
        return (isPlain ? source : ContentHash.hex([source], length: 32)) + ".histories"
    }

    /// How it goes, for people.
    var status: HistoriesStatus {
        if let histories {
            return HistoriesStatus(
                state: .ready, events: histories.snapshot.eventCount,
                sizeBytes: histories.snapshot.base.sizeBytes, tail: histories.snapshot.tailCount)
        }
        if build != nil { return HistoriesStatus(state: .building) }
        if let failure { return HistoriesStatus(state: .failed, reason: failure.failure.message) }
        return HistoriesStatus(state: .absent)
    }

    /// The histories, if they know just what the tables have by now.
    ///
    /// - Returns: Them with the codes of conditions that were asked before, or why there are none;
    ///   what is missing is then made in the background.
    func current() async -> Result<(BehaviourSnapshot, ConditionCodes), NotIndexable> {
        guard histories != nil else { return .failure(prepare()) }
        do throws(Failure) {
            // Once to catch up, once more for what was applied meanwhile.
            for _ in 0..<3 {
                guard let known = histories else { return .failure(prepare()) }
                let now = try await watermark(like: known.watermark)
                if now == known.watermark { return .success((known.snapshot, conditions)) }
                guard now.rowCount - known.watermark.rowCount <= Self.rowsAtOnceMax else {
                    catchUp()
                    return .failure(
                        NotIndexable("its index is being brought up to date"))
                }
                catchUp()
                await extend?.value
            }
        } catch {
            return .failure(NotIndexable("its index cannot be held against the tables"))
        }
        return .failure(NotIndexable("events come faster than its index takes them in"))
    }

    /// All values of a column that rows have by now; nil where the index is not there, or does not
    /// list them all.
    func values(of column: String) async -> [String]? {
        guard histories != nil, case .success((let snapshot, _)) = await current(),
            let place = snapshot.schema.properties.firstIndex(where: { $0.name == column }),
            !snapshot.hasUnlisted(property: place)
        else { return nil }
        return snapshot.schema.properties[place].values
    }

    private func watermark(
        like known: IndexWatermark
    ) async throws(Failure) -> IndexWatermark {
        let source = source
        return try await building.engine.withConnection { connection throws(Failure) in
            try IndexedRows(source: source, connection: connection).watermark(like: known)
        }
    }

    // MARK: Making

    /// Begins to make the index where it is missing.
    ///
    /// - Returns: Why there is none now.
    @discardableResult
    func prepare() -> NotIndexable {
        if histories != nil { return NotIndexable("its index has just been made") }
        if let failure, ContinuousClock.now - failure.time < Self.retry {
            return NotIndexable("its index cannot be made: \(failure.failure.message)")
        }
        guard !isClosed else { return NotIndexable("the workspace is being closed") }
        if build == nil {
            let (generation, building, own) = (generation, building, ownPath())
            build = Task.detached(priority: .utility) { [weak self] in
                let result = await Self.made(building, in: own)
                await self?.finish(result, own, generation)
            }
        }
        return NotIndexable("its index is being made")
    }

    /// A file for one attempt alone, so that attempts given up never disturb later ones.
    private func ownPath() -> String {
        attempts += 1
        return "\(path).\(attempts)"
    }

    private static func made(
        _ building: IndexBuilding, in own: String
    ) async -> Result<IndexedHistories, Failure> {
        do throws(Failure) {
            if let known = try await building.opened() { return .success(known) }
            do throws(Failure) {
                return .success(try await building.built(in: own))
            } catch  where error.code == .behaviourIndexBehind && !Task.isCancelled {
                return .success(try await building.built(in: own))
            }
        } catch {
            return .failure(error)
        }
    }

    private func finish(
        _ result: Result<IndexedHistories, Failure>, _ own: String, _ begun: Int
    ) {
        guard begun == generation else {
            unlink(own)
            return
        }
        build = nil
        // An index that was opened lies in its place already.
        rename(own, path)
        switch result {
        case .success(let made):
            histories = made
            conditions = ConditionCodes()
            failure = nil
            catchUp()
        case .failure(let cause):
            failure = (cause, ContinuousClock.now)
        }
    }

    // MARK: Keeping up

    /// Brings the index up to date in the background; nothing happens where it is missing.
    func catchUp() {
        guard histories != nil, extend == nil, !isClosed else { return }
        let generation = generation
        extend = Task { [weak self] in
            while await self?.extendOnce(generation) == true {}
            await self?.noteExtended(generation)
        }
    }

    private func noteExtended(_ begun: Int) {
        guard begun == generation else { return }
        extend = nil
        rewriteIfLong()
    }

    /// - Returns: Whether there are more rows.
    private func extendOnce(_ begun: Int) async -> Bool {
        guard begun == generation, let known = histories else { return false }
        do throws(Failure) {
            let outcome = try await extending.extended(known)
            guard begun == generation, histories?.watermark == known.watermark else { return false }
            histories = outcome.histories
            guard outcome.left <= Self.rowsBehindMax else {
                discard()
                prepare()
                return false
            }
            return outcome.left > 0
        } catch {
            guard begun == generation else { return false }
            if error.code == .behaviourIndexBehind {
                discard()
                prepare()
            }
            return false
        }
    }

    /// Writes the file anew where questions would have to put too many people together.
    private func rewriteIfLong() {
        guard let known = histories, rewriting == nil, !isClosed else { return }
        let (tail, all) = (known.snapshot.tailCount, known.snapshot.eventCount)
        let isLong = tail > max(200_000, all / 8)
        let isScattered =
            known.snapshot.specialCount > max(20_000, known.snapshot.personCount / 5)
        guard isLong || isScattered else { return }
        let unlisted = known.snapshot.schema.properties.indices.contains {
            known.snapshot.hasUnlisted(property: $0)
        }
        guard !unlisted else {
            // Values that came later may be among the most frequent ones by now.
            discard()
            prepare()
            return
        }
        let (generation, own) = (generation, ownPath())
        rewriting = Task.detached(priority: .utility) { [weak self] in
            let written: BehaviourSnapshot?
            do throws(Failure) {
                written = try known.snapshot.rewritten(
                    to: own, joinsMerged: true, memoryBytesMax: 128 << 20)
            } catch {
                written = nil
            }
            await self?.replace(known, by: written, own, generation)
        }
    }

    /// What came while the file was written is read from the table again.
    private func replace(
        _ known: IndexedHistories, by written: BehaviourSnapshot?, _ own: String, _ begun: Int
    ) {
        guard begun == generation else {
            unlink(own)
            return
        }
        rewriting = nil
        guard let written else { return }
        rename(own, path)
        histories = IndexedHistories(
            snapshot: BehaviourSnapshot(written.base), owners: known.owners)
        catchUp()
    }

    // MARK: Ending

    /// Throws the index away, with its file.
    func discard() {
        generation += 1
        for task in [build, extend, rewriting] { task?.cancel() }
        (build, extend, rewriting) = (nil, nil, nil)
        histories = nil
        failure = nil
        conditions = ConditionCodes()
        unlink(path)
    }

    /// Stops what is under way and waits for it.
    func close() async {
        isClosed = true
        generation += 1
        let tasks = [build, extend, rewriting].compactMap { $0 }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        histories = nil
    }

    /// Returns when nothing is under way.
    func settled() async {
        while let task = build ?? extend ?? rewriting { await task.value }
    }
}
