import Foundation
import Vocabulary

/// How soon the built program serves the demo, and how much memory it holds when nobody asks.
struct ServeBenchmark {
    private let bench: BenchmarkFolder
    private let program = BenchmarkFolder.project.appending(path: ".build/release/yardstick")

    init(_ bench: BenchmarkFolder) { self.bench = bench }

    func run() async throws {
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw Failure("benchmark/program", "There is no \(program.path); run 'make build'.")
        }
        let demo = bench.url.appending(path: "demo")
        let made = try Process.run(
            program, arguments: ["demo", demo.path, "--last-day", "2026-06-28"])
        made.waitUntilExit()
        var ready: [Double] = []
        var memory: [Double] = []
        for _ in 0..<3 {
            let (seconds, megabytes) = try await serve(demo)
            ready.append(seconds)
            memory.append(megabytes)
        }
        Report.measure("serve-ready-s", median(ready))
        Report.measure("serve-idle-mb", median(memory))
    }

    /// Seconds from the start to the printed address, and resident megabytes three seconds later.
    private func serve(_ workspace: URL) async throws -> (Double, Double) {
        let process = Process()
        process.executableURL = program
        process.arguments = ["serve", "--port", "0", "--workspace", workspace.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        let (seconds, _) = try await timed {
            try process.run()
            var text = ""
            while !text.contains("serves http") {
                let data = pipe.fileHandleForReading.availableData
                guard !data.isEmpty else {
                    throw Failure("benchmark/serve", "The server ended before it was ready.")
                }
                text += String(decoding: data, as: UTF8.self)
            }
        }
        try await Task.sleep(for: .seconds(3))
        let status = try String(
            contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
        process.terminate()
        process.waitUntilExit()
        return (seconds, (kilobytes.flatMap { Double($0) } ?? .nan) / 1000)
    }
}
