import Behaviour
import Definitions
import Engines
import Planning
import Vocabulary

/// Which way a behavioural question was answered.
struct BehaviourPath: Hashable, Sendable {
    /// Why it was not answered from the index; nil where it was.
    let obstacle: String?

    static let index = BehaviourPath(obstacle: nil)
    static let rows = BehaviourPath(obstacle: "it is answered from the rows alone")

    /// The members that a receipt has of it.
    var members: [(name: String, value: JSON)] {
        guard let obstacle else { return [("path", "index")] }
        return [("path", "sql"), ("path_reason", .text("No index, since \(obstacle)."))]
    }
}

/// A behavioural question that histories of people may answer as well as its statement.
///
/// A frame from the index has the columns and rows that the statement would return, so that whatever
/// reads the one reads the other.
protocol IndexedQuestion: Sendable {
    associatedtype Shape: HistoryShape
    /// The source whose histories answer.
    var source: String { get }
    /// What histories must tell, or why they cannot.
    ///
    /// - Throws: `expression/…`, with the place in the definition.
    func shape() throws(Failure) -> Result<Shape, NotIndexable>
    /// What the statement would return, from histories.
    ///
    /// - Throws: `behaviour/not-indexed`, `behaviour/funnel-shape` where they cannot tell.
    func frame(_ shape: Shape, from index: IndexTranslation) async throws(Failure) -> Frame
}

extension IndexedQuestion {
    /// What the statement would return, from histories, or why they cannot answer.
    ///
    /// - Throws: As ``shape()`` and ``frame(_:from:)``.
    fileprivate func frame(
        from index: IndexTranslation
    ) async throws(Failure) -> Result<Frame, NotIndexable> {
        switch try shape() {
        case .failure(let obstacle): return .failure(obstacle)
        case .success(let shape):
            guard shape.entity == "person", shape.time == "time" else {
                return .failure(NotIndexable("it is not about the source's people and times"))
            }
            return .success(try await frame(shape, from: index))
        }
    }
}

extension WorkspaceSession {
    /// What the statement of a question returns: from the index of its source where that knows just
    /// what the tables have and can answer exactly, and from the tables otherwise.
    ///
    /// - Throws: What the statement throws.
    func frame(
        of question: some IndexedQuestion, _ statement: Statement
    ) async throws(Failure) -> (frame: Frame, path: BehaviourPath) {
        switch await indexed(question) {
        case .success(let frame): return (frame, .index)
        case .failure(let obstacle):
            return (
                try await engine.run(statement), BehaviourPath(obstacle: obstacle.reason)
            )
        }
    }

    private func indexed(_ question: some IndexedQuestion) async -> Result<Frame, NotIndexable> {
        guard let source = catalog.sources[question.source] else {
            return .failure(NotIndexable("there is no such source"))
        }
        let index: SourceIndex
        switch await histories.index(of: source) {
        case .failure(let obstacle): return .failure(obstacle)
        case .success(let found): index = found
        }
        switch await index.current() {
        case .failure(let obstacle): return .failure(obstacle)
        case .success(let (snapshot, codes)):
            do throws(Failure) {
                return try await question.frame(
                    from: IndexTranslation(
                        snapshot: snapshot, source: index.source, codes: codes, engine: engine))
            } catch {
                return .failure(NotIndexable(error.reason))
            }
        }
    }
}

extension Failure {
    /// The message as the rest of a sentence.
    fileprivate var reason: String {
        let text = message.hasSuffix(".") ? String(message.dropLast()) : message
        return text.hasPrefix("The ") ? "the " + text.dropFirst(4) : text
    }
}
