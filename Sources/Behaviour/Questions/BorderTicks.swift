import Vocabulary

/// The borders of periods in the ticks of the clock at hand.
struct BorderTicks: Sendable {
    /// How many periods there are.
    var count: Int { borders.count - 1 }

    private let borders: [Instant]
    /// One more than periods, and after the last one a tick that is never reached.
    private var ticks: [Int64] = []
    /// The period at the beginning of each of many equal stretches of time.
    private var guesses: [Int32] = []
    /// A stretch has two to this power ticks.
    private var shift: Int64 = 0
    private var tick: Int64 = 0
    private var origin: Int64 = 0

    init(_ borders: [Instant]) {
        precondition(
            borders.count >= 2 && zip(borders, borders.dropFirst()).allSatisfy { $0 <= $1 },
            "Periods need borders that go up.")
        self.borders = borders
    }

    /// Gets ready for a clock; it mostly is already.
    mutating func prepare<Clock: HistoryClock>(_ clock: Clock) {
        guard tick != Clock.tick || origin != clock.origin else { return }
        tick = Clock.tick
        origin = clock.origin
        ticks = borders.map { clock.border($0) } + [Int64.max]
        makeGuesses()
    }

    private mutating func makeGuesses() {
        let span = ticks[count].subtractingReportingOverflow(ticks[0])
        let lengths = zip(ticks[1...count], ticks[0..<count]).map { $0 &- $1 }
        guard !span.overflow, let shortest = lengths.filter({ $0 > 0 }).min() else {
            (guesses, shift) = ([0], 62)
            return
        }
        // Sixteen stretches for the shortest period, unless that would be too many in all.
        shift = Int64(max(0, 59 - shortest.leadingZeroBitCount))
        while span.partialValue >> shift > 1 << 15 { shift += 1 }
        guesses = []
        var period = 0
        for stretch in 0...(span.partialValue >> shift) {
            while ticks[0] + stretch << shift >= ticks[period + 1] { period += 1 }
            guesses.append(Int32(period))
        }
    }

    /// Calls with something that finds periods fast.
    @inline(__always)
    func withFinder(_ body: (PeriodFinder) -> Void) {
        ticks.withUnsafeBufferPointer { ticks in
            guesses.withUnsafeBufferPointer { guesses in
                guard let ticks = ticks.baseAddress, let first = guesses.baseAddress else { return }
                body(
                    PeriodFinder(
                        count: count, ticks: ticks, guesses: first, last: Int64(guesses.count - 1),
                        shift: shift))
            }
        }
    }
}

/// Finds the period of a time.
struct PeriodFinder {
    /// How many periods there are.
    let count: Int
    /// Where each period begins; then where the last one ends, and a tick that is never reached.
    let ticks: UnsafePointer<Int64>
    fileprivate let guesses: UnsafePointer<Int32>
    fileprivate let last: Int64
    fileprivate let shift: Int64

    /// The period of a time: -1 before the first one, the number of periods after the last one.
    @inline(__always)
    func period(_ time: Int64) -> Int {
        guard time >= ticks[0] else { return -1 }
        var period = Int(guesses[Int(min((time &- ticks[0]) &>> shift, last))])
        while time >= ticks[period &+ 1] { period &+= 1 }
        return period
    }

    /// Where a period ends: the first tick after it.
    @inline(__always)
    func end(_ period: Int) -> Int64 { ticks[period &+ 1] }
}
