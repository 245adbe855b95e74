import Foundation
import Vocabulary

/// The computer's clock.
public struct SystemClock: WallClock {
    /// Makes a clock.
    public init() {}

    /// The present instant.
    public var now: Instant {
        Instant(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded()))
    }
}

/// A clock that stands still, for answers as of a day and for tests.
public struct FixedClock: WallClock {
    /// The instant at which it stands.
    public let now: Instant

    /// Makes a clock that stands at an instant.
    public init(_ now: Instant) { self.now = now }
}
