import Vocabulary

/// How the times of a column are kept: whole ticks since an origin.
///
/// Folds over histories are compiled once for each clock, so that a file whose times are whole
/// seconds is read as four bytes an event, and one with microseconds loses nothing.
protocol HistoryClock: Sendable {
    /// How many microseconds a tick has.
    static var tick: Int64 { get }
    /// Microseconds since 1970 at tick zero.
    var origin: Int64 { get }
    /// The time of an event in ticks since the origin.
    func ticks(_ index: Int) -> Int64
    /// The same column from a later event on.
    func advanced(by count: Int) -> Self
}

extension HistoryClock {
    /// The time of an event in microseconds since 1970.
    @inline(__always)
    func microseconds(_ index: Int) -> Int64 { origin &+ ticks(index) &* Self.tick }

    /// The first tick that is not before an instant.
    func border(_ instant: Instant) -> Int64 {
        let (distance, overflow) = instant.microseconds.subtractingReportingOverflow(origin)
        guard !overflow else { return origin < 0 ? Int64.max : Int64.min }
        // Division rounds towards zero, which is up only below zero.
        return distance > 0 ? (distance - 1) / Self.tick + 1 : distance / Self.tick
    }

    /// The most ticks that fit into a stretch of microseconds.
    ///
    /// Two times of one clock are whole ticks apart, so that rounding down changes no answer.
    func stretch(_ microseconds: Int64) -> Int64 { microseconds / Self.tick }
}

/// Times that are whole seconds.
struct SecondClock: HistoryClock, @unchecked Sendable {
    static var tick: Int64 { 1_000_000 }
    let origin: Int64
    let seconds: UnsafePointer<UInt32>

    @inline(__always)
    func ticks(_ index: Int) -> Int64 { Int64(seconds[index]) }

    func advanced(by count: Int) -> Self { Self(origin: origin, seconds: seconds + count) }
}

/// Times that are whole milliseconds.
struct MillisecondClock: HistoryClock, @unchecked Sendable {
    static var tick: Int64 { 1_000 }
    let origin: Int64
    let seconds: UnsafePointer<UInt32>
    let milliseconds: UnsafePointer<UInt16>

    @inline(__always)
    func ticks(_ index: Int) -> Int64 {
        Int64(seconds[index]) &* 1_000 &+ Int64(milliseconds[index])
    }

    func advanced(by count: Int) -> Self {
        Self(origin: origin, seconds: seconds + count, milliseconds: milliseconds + count)
    }
}

/// Times in microseconds: the part below a second takes three bytes.
struct MicrosecondClock: HistoryClock, @unchecked Sendable {
    static var tick: Int64 { 1 }
    let origin: Int64
    let seconds: UnsafePointer<UInt32>
    /// Three bytes an event, and one more byte at the end that may be read.
    let parts: UnsafeRawPointer

    @inline(__always)
    func ticks(_ index: Int) -> Int64 {
        let part = parts.loadUnaligned(fromByteOffset: index &* 3, as: UInt32.self)
        return Int64(seconds[index]) &* 1_000_000 &+ Int64(UInt32(littleEndian: part) & 0xFF_FFFF)
    }

    func advanced(by count: Int) -> Self {
        Self(origin: origin, seconds: seconds + count, parts: parts + 3 * count)
    }
}

/// Times of histories put together from several places, in microseconds since 1970.
struct WideClock: HistoryClock, @unchecked Sendable {
    static var tick: Int64 { 1 }
    var origin: Int64 { 0 }
    let times: UnsafePointer<Int64>

    @inline(__always)
    func ticks(_ index: Int) -> Int64 { times[index] }

    func advanced(by count: Int) -> Self { Self(times: times + count) }
}
