import Vocabulary

/// A database that answers statements with frames.
///
/// One engine serves many questions at once. A question that is cancelled stops the database's work
/// too, and an engine lives on after any statement that fails.
public protocol Engine: Sendable {
    /// Runs one statement that only reads, and returns all its rows.
    ///
    /// - Parameters:
    ///   - statement: One statement; its values are bound, never pasted.
    ///   - progress: Called from another thread, a few times a second, while the statement runs.
    /// - Returns: The rows, as columns in the order of the statement.
    /// - Throws: `engine/…`: what the database said, `engine/cancelled` when the calling task was
    ///   cancelled, `engine/timeout` when the limit of time was passed.
    func run(
        _ statement: Statement, progress: (@Sendable (EngineProgress) -> Void)?
    ) async throws(Failure) -> Frame
}

extension Engine {
    /// Runs one statement that only reads, and returns all its rows.
    public func run(_ statement: Statement) async throws(Failure) -> Frame {
        try await run(statement, progress: nil)
    }
}

/// How far a statement has come.
public struct EngineProgress: Equatable, Sendable {
    /// The part that is done, 0 to 1, as far as the database can tell.
    public let fraction: Double
    /// How many rows were read so far.
    public let rows: Int

    /// Makes a progress.
    public init(fraction: Double, rows: Int) {
        self.fraction = fraction
        self.rows = rows
    }
}

/// What a statement may use at most.
public struct EngineLimits: Hashable, Sendable {
    /// The memory of all statements together, in bytes.
    public let memoryBytes: Int
    /// How many threads compute.
    public let threads: Int
    /// How long one statement may run, in seconds.
    public let seconds: Double

    /// Sets limits.
    public init(memoryBytes: Int = 4 << 30, threads: Int = 2, seconds: Double = 30) {
        precondition(memoryBytes > 0 && threads > 0 && seconds > 0, "Limits are positive.")
        self.memoryBytes = memoryBytes
        self.threads = threads
        self.seconds = seconds
    }

    /// Reads an amount of memory as people write it, `4GB` or `512 MiB`, in bytes; nil if it is none.
    ///
    /// `KB`, `MB`, `GB` and `TB` are powers of 1,000; `KiB`, `MiB`, `GiB` and `TiB` of 1,024.
    public static func memoryBytes(_ text: String) -> Int? {
        let compact = text.filter { !$0.isWhitespace }.lowercased()
        let digits = compact.prefix { $0.isNumber || $0 == "." }
        let factors: [String: Double] = [
            "": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12,
            "kib": 1_024, "mib": 1_048_576, "gib": 1_073_741_824, "tib": 1_099_511_627_776,
        ]
        guard let number = Double(digits), number > 0,
            let factor = factors[String(compact.dropFirst(digits.count))], number * factor < 1e18
        else { return nil }
        return Int(number * factor)
    }
}
