import Foundation

/// What the benchmarks print: results on the standard output, the rest on the standard error.
enum Report {
    /// The peer's time over ours; higher is better.
    static func ratio(_ name: String, peer: Double, ours: Double) {
        line("ratio \(name) \(format(peer / ours))")
        note("      \(name): ours \(format(ours * 1000)) ms, peer \(format(peer * 1000)) ms")
    }

    /// A ratio that sums up others.
    static func ratio(_ name: String, _ value: Double) { line("ratio \(name) \(format(value))") }

    /// A number that has no peer; its unit is the end of its name.
    static func measure(_ name: String, _ value: Double) {
        line("measure \(name) \(format(value))")
    }

    /// Something for who watches.
    static func note(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    private static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    private static func format(_ value: Double) -> String { String(format: "%.3f", value) }
}

/// How long something takes, in seconds, and what came out of it.
func timed<Value>(_ body: () async throws -> Value) async rethrows -> (seconds: Double, Value) {
    let start = ContinuousClock.now
    let value = try await body()
    let duration = start.duration(to: .now)
    let seconds = Double(duration.components.seconds)
    return (seconds + Double(duration.components.attoseconds) / 1e18, value)
}

/// The middle of some numbers; of an even count the upper one.
func median(_ values: [Double]) -> Double {
    precondition(!values.isEmpty, "There is no median of nothing.")
    return values.sorted()[values.count / 2]
}
