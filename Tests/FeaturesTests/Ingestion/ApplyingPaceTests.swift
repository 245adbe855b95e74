import Testing

@testable import Features

@Suite("The pace at which events are applied")
struct ApplyingPaceTests {
    /// The pace after a transaction of 10,000 rows of 100 bytes, a second after the one before it,
    /// while so many bytes a second come in.
    private func pace(bytesPerSecond: Int64, secondsMax: Double = 1) -> ApplyingPace {
        var pace = ApplyingPace(rowsTogether: 100_000, secondsMax: secondsMax)
        pace.note(rows: 10_000, bytes: 1_000_000, end: 5_000_000, atSeconds: 1)
        pace.note(rows: 10_000, bytes: 1_000_000, end: 5_000_000 + bytesPerSecond, atSeconds: 2)
        return pace
    }

    @Test("a row group that will be there soon is worth the wait")
    func soon() {
        let pace = pace(bytesPerSecond: 10_000_000)

        // 100,000 rows of 100 bytes, and 3 % to spare.
        #expect(pace.groupBytes == 10_300_000)
        #expect(abs(pace.secondsToWait(pendingBytes: 5_300_000) - 0.5) < 1e-9)
    }

    @Test("events that come slowly are applied at once", arguments: [Int64(0), 1_000, 9_000_000])
    func slowly(bytesPerSecond: Int64) {
        #expect(pace(bytesPerSecond: bytesPerSecond).secondsToWait(pendingBytes: 0) == 0)
    }

    @Test("a row group that is there is not waited for")
    func there() {
        let pace = pace(bytesPerSecond: 50_000_000)

        #expect(pace.secondsToWait(pendingBytes: 10_300_000) == 0)
        #expect(pace.secondsToWait(pendingBytes: 90_000_000) == 0)
    }

    @Test("nothing is waited for before anything is known, and few rows tell nothing")
    func unknown() {
        var pace = ApplyingPace(rowsTogether: 100_000, secondsMax: 1)
        #expect(pace.groupBytes == nil && pace.secondsToWait(pendingBytes: 1) == 0)

        pace.note(rows: 999, bytes: 1_000_000, end: 1, atSeconds: 1)
        pace.note(rows: 999, bytes: 1_000_000, end: 100_000_000, atSeconds: 2)

        #expect(pace.groupBytes == nil && pace.secondsToWait(pendingBytes: 1) == 0)
    }
}
