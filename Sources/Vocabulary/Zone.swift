import Foundation

/// A named zone of the IANA time zone database: the one authority on where civil days begin.
///
/// Databases carry time zone rules of their own, which differ from ours in age. They are never
/// asked: every border of a period is computed here and handed to them as an instant.
public struct Zone: Hashable, Sendable {
    /// The IANA name, for example `Europe/Berlin`.
    public let name: String
    private let timeZone: TimeZone

    /// Finds a zone by its IANA name; nil if there is none of that name.
    public init?(name: String) {
        guard let timeZone = TimeZone(identifier: name), name.contains("/") || name == "UTC" else {
            return nil
        }
        self.name = name
        self.timeZone = timeZone
    }

    /// The zone of instants themselves.
    public static let utc = Zone(offsetZone: "UTC")

    private init(offsetZone name: String) {
        self.name = name
        timeZone = .gmt
    }

    /// The version of the rules, for example `2025b`; part of every receipt.
    public static var rulesVersion: String { TimeZone.timeZoneDataVersion }

    /// All names that a workspace may use.
    public static var names: [String] { TimeZone.knownTimeZoneIdentifiers + ["UTC"] }

    /// Seconds that local time is ahead of UTC at an instant.
    public func offset(at instant: Instant) -> Int {
        timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds)))
    }

    /// A stretch of time with one offset; it ends where the next begins.
    public struct Stretch: Hashable, Sendable {
        /// Where it begins.
        public let start: Instant
        /// Seconds that local time is ahead of UTC.
        public let offset: Int
    }

    /// The offsets that hold between two instants: the first stretch begins with `start`.
    public func stretches(from start: Instant, to end: Instant) -> [Stretch] {
        var result = [Stretch(start: start, offset: offset(at: start))]
        var at = Date(timeIntervalSince1970: Double(start.seconds))
        while let next = timeZone.nextDaylightSavingTimeTransition(after: at) {
            let instant = Instant(seconds: Int(next.timeIntervalSince1970.rounded()))
            guard instant < end, next > at else { break }
            let offset = self.offset(at: instant)
            if offset != result[result.count - 1].offset {
                result.append(Stretch(start: instant, offset: offset))
            }
            at = next
        }
        return result
    }

    /// The civil day at an instant.
    public func day(at instant: Instant) -> Day {
        let local = instant.seconds + offset(at: instant)
        return Day(number: local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
    }

    /// The first instant that is on a civil day, or after it where the zone skipped the day.
    ///
    /// A day need not begin at midnight (Cairo, 2025-04-25 begins at 01:00) and need not exist at
    /// all (Apia had no 2011-12-30): then it begins and ends at the same instant.
    public func start(of day: Day) -> Instant {
        let midnight = day.number * 86_400
        let first = Instant(seconds: midnight - 2 * 86_400)
        let last = Instant(seconds: midnight + 2 * 86_400)
        let stretches = self.stretches(from: first, to: last)
        for (index, stretch) in stretches.enumerated() {
            let wanted = Instant(seconds: midnight - stretch.offset)
            let candidate = max(stretch.start, wanted)
            let end = index + 1 < stretches.count ? stretches[index + 1].start : last
            if candidate < end { return candidate }
        }
        return Instant(seconds: midnight - offset(at: last))
    }
}
