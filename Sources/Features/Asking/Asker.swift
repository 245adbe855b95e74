import Definitions
import Engines
import Planning
import Vocabulary

/// Answers questions: plan, render, run, assemble.
struct Asker {
    let engine: any Engine
    let catalog: Catalog
    let facts: [String: SourceFacts]
    let fingerprints: [String: String]
    /// Why derived sources have no rows.
    let derivationFailures: [String: Failure]
    /// The models of purchases that earlier questions fitted.
    let fits: LifetimeFits

    /// The answer, with receipts.
    ///
    /// - Throws: `derivation/failed` where a source of the question could not be made.
    func answer(_ question: Question) async throws(Failure) -> Answer {
        try requireSources(of: question)
        let run = try await ran(question)
        var answer = try run.assembly.answer()
        guard answer.rows.count <= catalog.settings.limits.rowsMax else {
            throw Failure(
                .tooManyRows,
                "The answer has \(answer.rows.count) rows; \(catalog.settings.limits.rowsMax) are allowed.",
                hint: "Ask for a shorter range, a longer grain or a smaller limit.")
        }
        let writer = ReceiptWriter(
            plan: run.plan, statements: run.statements, catalog: catalog, facts: facts,
            fingerprints: fingerprints)
        answer.receipts = run.plan.metrics.indices.map { writer.receipt($0, answer: answer) }
        return answer
    }

    /// A plan whose reads have run.
    struct Run {
        let plan: QuestionPlan
        let statements: [Statement]
        let assembly: AnswerAssembly
    }

    /// Plans a question and runs its reads.
    func ran(_ question: Question) async throws(Failure) -> Run {
        let plan = try Planner(catalog: catalog, facts: facts).plan(question)
        let dialect = DuckDBDialect()
        let leaders = try await run(plan.leaders.map { dialect.statement($0) })
        let kept = leaders.map { frame in
            (0..<frame.count).compactMap { frame.columns[0].text($0).map(Value.text) }
        }
        let reads = plan.reads(keeping: kept)
        let statements = reads.map { dialect.statement($0) }
        let frames = try await run(statements)
        let assembly = AnswerAssembly(
            plan, reads: reads, frames: frames, catalog: catalog, facts: facts, fits: fits)
        return Run(plan: plan, statements: statements, assembly: assembly)
    }

    /// Refuses a question whose numbers would come from rows that could not be made.
    private func requireSources(of question: Question) throws(Failure) {
        guard !derivationFailures.isEmpty else { return }
        for name in question.metrics.flatMap({ catalog.sources(of: $0) }) {
            guard let cause = derivationFailures[name] else { continue }
            throw Failure(
                .derivationFailed,
                "The source '\(name)' has no rows, since it could not be made: \(cause.message)",
                hint: cause.hint, place: cause.place, details: cause.details)
        }
    }

    /// Runs statements side by side, and returns their frames in order.
    private func run(_ statements: [Statement]) async throws(Failure) -> [Frame] {
        if statements.count == 1 { return [try await engine.run(statements[0])] }
        let engine = engine
        let results = await withTaskGroup(of: Child.self) { group in
            for (index, statement) in statements.enumerated() {
                group.addTask { await Child(index: index, result: engine.result(of: statement)) }
            }
            return await group.reduce(into: [Int: Result<Frame, Failure>]()) {
                $0[$1.index] = $1.result
            }
        }
        precondition(results.count == statements.count, "A statement's frame is missing.")
        var frames: [Frame] = []
        for index in statements.indices {
            if let result = results[index] { frames.append(try result.get()) }
        }
        return frames
    }

    /// What one of the statements that run side by side gave.
    private struct Child: Sendable {
        let index: Int
        let result: Result<Frame, Failure>
    }
}

extension Engine {
    /// The frame of a statement, or why there is none.
    ///
    /// Typed throws inside the closure of a child task that returns a tuple are compiled wrongly by
    /// Swift 6.3 with optimisation: the other member of the tuple is lost. So this stands alone.
    fileprivate func result(of statement: Statement) async -> Result<Frame, Failure> {
        do throws(Failure) {
            return .success(try await run(statement))
        } catch {
            return .failure(error)
        }
    }
}

extension WorkspaceSession {
    /// The answer to a question, from memory where neither definitions nor data have changed.
    public func answer(_ question: Question) async throws(Failure) -> Answer {
        let snapshot = snapshot(for: question)
        let key = key(of: question, snapshot)
        if let known = cache[key] { return known }
        let answer = try await asker(snapshot).answer(question)
        cache.store(answer, for: key)
        remember(answer)
        return answer
    }

    func asker(_ snapshot: Snapshot) -> Asker {
        Asker(
            engine: engine, catalog: snapshot.catalog, facts: snapshot.facts,
            fingerprints: snapshot.fingerprints,
            derivationFailures: snapshot.derivationFailures, fits: fits)
    }

    /// What is known, on the day that the question calls today.
    func snapshot(for question: Question) -> Snapshot {
        question.today.map { snapshot.on($0) } ?? snapshot
    }

    /// How often answers were known, and how often not.
    public var cacheCounts: (hits: Int, misses: Int) { cache.counts }

    private func key(of question: Question, _ snapshot: Snapshot) -> AnswerCache.Key {
        let sources = Set(question.metrics.flatMap { snapshot.catalog.sources(of: $0) }).sorted()
        return AnswerCache.Key(
            question: question,
            definitions: question.metrics.map { snapshot.fingerprints[$0] ?? "" }
                + question.dimensions.flatMap { name in
                    sources.map {
                        "\(snapshot.catalog.sources[$0]?.dimensions[name]?.expression.description ?? "")"
                    }
                }
                + sources.flatMap { snapshot.catalog.sources[$0]?.segments.lines ?? [] },
            versions: sources.map { "\($0) \(snapshot.facts[$0]?.version ?? 0)" })
    }
}

extension Failure.Code {
    /// An answer would have more rows than the workspace allows.
    public static let tooManyRows: Self = "question/too-many-rows"
}
