import Events
import Synchronization
import Vocabulary

/// The salt of the day, with which formats without ids in the browser tell visitors apart.
///
/// It changes at midnight UTC: a visitor of two days is two, which is what these formats promise.
public final class VisitorSalts: Sendable {
    private let store: VisitorSaltStore
    private let present = Mutex<(day: Day, salt: VisitorSalt)?>(nil)

    /// Takes the salts from a bookkeeping file.
    public init(state: StateStore) { store = VisitorSaltStore(state: state) }

    /// The salt at an instant.
    ///
    /// - Throws: `state/failed`.
    public func salt(at now: Instant) async throws(Failure) -> VisitorSalt? {
        let day = Zone.utc.day(at: now)
        if let known = known(on: day) { return known }
        guard let salt = try await store.salt(of: day) else { return nil }
        present.withLock { $0 = (day, salt) }
        return salt
    }

    /// The salt at an instant, if it is known without reading it.
    public func known(at now: Instant) -> VisitorSalt? { known(on: Zone.utc.day(at: now)) }

    private func known(on day: Day) -> VisitorSalt? {
        present.withLock { present in present?.day == day ? present?.salt : nil }
    }
}
