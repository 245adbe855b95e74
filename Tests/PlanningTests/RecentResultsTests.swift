import Synchronization
import Testing
import Vocabulary

@testable import Planning

@Suite("Results that are kept")
struct RecentResultsTests {
    /// Counts how often work is done.
    private final class Worker: Sendable {
        private let done = Mutex<[String]>([])
        var names: [String] { done.withLock { $0 } }
        func work(_ name: String) -> String {
            done.withLock { $0.append(name) }
            return name.uppercased()
        }
    }

    @Test("work is done once for a key, and its failure is kept too")
    func once() throws {
        let results = RecentResults<String, String>(sizeMax: 10)
        let worker = Worker()
        for _ in 0..<3 {
            let value = try results.value(for: "a", size: 1) { worker.work("a") }
            #expect(value == "A")
        }
        for _ in 0..<2 {
            #expect(throws: Failure.self) {
                try results.value(for: "b", size: 1) { () throws(Failure) in
                    throw Failure("test/failed", "\(worker.work("b"))")
                }
            }
        }
        #expect(worker.names == ["a", "b"])
    }

    @Test("what was not asked for in the longest time goes first")
    func oldestGoes() throws {
        let results = RecentResults<String, String>(sizeMax: 2)
        let worker = Worker()
        for name in ["a", "b", "a", "c", "a", "b"] {
            _ = try results.value(for: name, size: 1) { worker.work(name) }
        }
        #expect(worker.names == ["a", "b", "c", "b"])
    }

    @Test("what is too large to be kept leaves the rest")
    func tooLarge() throws {
        let results = RecentResults<String, String>(sizeMax: 2)
        let worker = Worker()
        for (name, size) in [("a", 1), ("huge", 3), ("huge", 3), ("a", 1)] {
            _ = try results.value(for: name, size: size) { worker.work(name) }
        }
        #expect(worker.names == ["a", "huge", "huge"])
    }

    @Test("those who ask at the same time share the work")
    func together() async throws {
        let results = RecentResults<String, String>(sizeMax: 2)
        let worker = Worker()
        let values = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<20 {
                group.addTask { try? results.value(for: "a", size: 1) { worker.work("a") } }
            }
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(values == Array(repeating: "A", count: 20))
        #expect(worker.names == ["a"])
    }
}
