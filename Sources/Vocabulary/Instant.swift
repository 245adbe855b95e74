/// A point on the time line, in microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    /// Makes an instant from microseconds since 1970.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Makes an instant from whole seconds since 1970.
    public init(seconds: Int) { microseconds = Int64(seconds) * 1_000_000 }

    /// Seconds since 1970, rounded down.
    public var seconds: Int {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Int(remainder < 0 ? quotient - 1 : quotient)
    }

    /// The instant so many seconds later, or earlier for a negative number.
    public func adding(seconds: Int) -> Instant {
        Instant(microseconds: microseconds + Int64(seconds) * 1_000_000)
    }

    /// Orders instants by time.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Makes an instant from ISO 8601 text in UTC, `2026-01-31T12:00:00Z`, with or without a
    /// fraction; nil if the text is anything else.
    public init?(iso text: String) {
        guard text.hasSuffix("Z"), let mark = text.firstIndex(of: "T"),
            let day = Day(iso: text[..<mark])
        else { return nil }
        let clock = text[text.index(after: mark)...].dropLast()
        let halves = clock.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), let second = Int(parts[2]), (0..<24).contains(hour),
            (0..<60).contains(minute), (0..<60).contains(second)
        else { return nil }
        var fraction: Int64 = 0
        if halves.count == 2 {
            guard (1...6).contains(halves[1].count), let digits = Int64(halves[1]), digits >= 0
            else { return nil }
            fraction = (halves[1].count..<6).reduce(digits) { value, _ in value * 10 }
        }
        let seconds = Int64(day.number) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }
}

extension Instant: CustomStringConvertible {
    /// The instant in UTC as ISO 8601, with a fraction only where it has one.
    public var description: String {
        let seconds = self.seconds
        let dayNumber = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let clock = seconds - dayNumber * 86_400
        let fraction = Int(microseconds - Int64(seconds) * 1_000_000)
        let time = [clock / 3_600, clock / 60 % 60, clock % 60].map { padded($0, to: 2) }
        let tail = fraction == 0 ? "" : "." + padded(fraction, to: 6)
        return "\(Day(number: dayNumber))T\(time.joined(separator: ":"))\(tail)Z"
    }
}

/// Where the program takes the time from; tests have one that stands still.
public protocol WallClock: Sendable {
    /// The present instant.
    var now: Instant { get }
}
