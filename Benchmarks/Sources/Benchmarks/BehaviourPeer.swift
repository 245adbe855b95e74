import Foundation
import Vocabulary

/// ClickHouse in a process of its own: a line with a question, a line with its answer.
final class BehaviourPeer {
    /// What ClickHouse answered, and in which time.
    struct Answer: Decodable {
        let seconds: Double
        let how: String
        let rows: [[String]]
    }

    private let process = Process()
    private let questions = Pipe()
    private let answers = Pipe()
    private var rest = Data()

    /// Starts it over a loaded folder.
    init(python: String, folder: URL) throws {
        process.executableURL = URL(filePath: python)
        process.arguments = ["Benchmarks/behaviour/clickhouse.py", "serve", folder.path]
        process.standardInput = questions
        process.standardOutput = answers
        try process.run()
    }

    /// Loads the three tables, and says how many bytes an event takes in each.
    static func load(python: String, rows: URL, folder: URL) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = [
            "Benchmarks/behaviour/clickhouse.py", "load", rows.path, folder.path,
        ]
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("benchmark/peer", "ClickHouse did not load the events.")
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Asks one question.
    func ask(_ name: String) throws -> Answer {
        questions.fileHandleForWriting.write(Data((name + "\n").utf8))
        while !rest.contains(10) {
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure("benchmark/peer", "ClickHouse stopped.") }
            rest += more
        }
        let end = rest.firstIndex(of: 10) ?? rest.endIndex
        let line = Data(rest[..<end])
        rest = Data(rest[rest.index(after: end)...])
        guard let answer = try? JSONDecoder().decode(Answer.self, from: line) else {
            throw Failure("benchmark/peer", "ClickHouse: \(String(decoding: line, as: UTF8.self))")
        }
        return answer
    }

    /// Lets it end.
    func close() {
        try? questions.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The Python that has chdb.
    static var python: String? {
        let paths = [
            ProcessInfo.processInfo.environment["YARDSTICK_CLICKHOUSE_PYTHON"],
            ".deps/bench/bin/python",
        ]
        return paths.compactMap { $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
