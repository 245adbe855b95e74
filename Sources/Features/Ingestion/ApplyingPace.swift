/// Tells whether a whole row group of events will be in the inbox soon, so that it is worth the wait.
///
/// DuckDB's part of storing rows that come as exactly a row group is half of what it is for the same
/// rows in transactions of ten thousand (`docs/decisions/0009-events-inbox.md`). Where events come so
/// fast that a row group is there within a second, it is waited for; where they come slowly they are
/// applied at once.
struct ApplyingPace {
    private let rowsTogether: Int
    private let secondsMax: Double
    /// How many bytes of the log a row took lately; nil while that is not known.
    private var bytesPerRow: Double?
    /// How many bytes a second came in lately.
    private var bytesPerSecond = 0.0
    private var last: (end: Int64, seconds: Double)?

    /// Few rows say little of how many bytes a row takes.
    private static let rowsMin = 1_000
    /// Rows of more bytes than the last ones make a row group of more bytes.
    private static let margin = 1.03

    /// Waits for so many rows, and at most so long.
    init(rowsTogether: Int, secondsMax: Double) {
        self.rowsTogether = rowsTogether
        self.secondsMax = secondsMax
    }

    /// How many bytes of the log hold a row group; nil while that is not known.
    var groupBytes: Int64? {
        bytesPerRow.map { Int64($0 * Double(rowsTogether) * Self.margin) }
    }

    /// Notes what a transaction brought, and how far the log reached at a time.
    mutating func note(rows: Int, bytes: Int64, end: Int64, atSeconds seconds: Double) {
        if rows >= Self.rowsMin { bytesPerRow = Double(bytes) / Double(rows) }
        if let last, seconds > last.seconds {
            bytesPerSecond = Double(end - last.end) / (seconds - last.seconds)
        }
        last = (end, seconds)
    }

    /// For how many seconds to wait until a row group is there.
    ///
    /// - Parameter pendingBytes: How many bytes of the log are there already.
    /// - Returns: 0 where a row group is there, and where it would take too long.
    func secondsToWait(pendingBytes: Int64) -> Double {
        guard let groupBytes, pendingBytes < groupBytes, bytesPerSecond > 0 else { return 0 }
        let seconds = Double(groupBytes - pendingBytes) / bytesPerSecond
        return seconds <= secondsMax ? seconds : 0
    }
}
