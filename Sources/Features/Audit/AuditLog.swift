import Foundation
import Vocabulary

/// Something that somebody did, as the audit log keeps it.
public struct AuditEntry: Equatable, Sendable {
    /// When it happened.
    public let at: Instant
    /// The address of the account, or the one that somebody tried; nil for the program itself.
    public let who: String?
    /// What was done, `noun.verb`.
    public let action: String
    /// To what, in words; never a secret.
    public let detail: String
    /// The network address from which it was done.
    public let address: String?

    /// Its text for the chain, each part with its length so that no two entries share one.
    var chained: String {
        [String(at.microseconds), who ?? "", action, detail, address ?? ""]
            .map { "\($0.utf8.count):\($0)" }.joined()
    }
}

/// The log of who did what, when and from where. It only grows, and each entry carries a hash of
/// all before it, so that a change made behind the program's back shows.
public struct AuditLog: Sendable {
    private let store: AuditStore
    private let clock: any WallClock

    /// Keeps the log in a bookkeeping file.
    public init(state: StateStore, clock: any WallClock) {
        store = AuditStore(state: state)
        self.clock = clock
    }

    /// Writes an entry.
    ///
    /// - Parameters:
    ///   - action: What was done, `noun.verb`.
    ///   - who: The account's address; nil for the program itself.
    ///   - detail: To what; never a secret. Cut after 500 characters.
    ///   - address: The network address.
    /// - Throws: `state/full` or `state/failed`.
    public func record(
        _ action: String, by who: String?, detail: String = "", from address: String?
    ) async throws(Failure) {
        try await store.append(
            AuditEntry(
                at: clock.now, who: who.map { String($0.prefix(254)) }, action: action,
                detail: String(detail.prefix(500)), address: address))
    }

    /// The last entries, the latest first.
    public func latest(_ count: Int) async throws(Failure) -> [AuditEntry] {
        try await store.latest(count)
    }

    /// Whether every entry still fits the chain.
    public func isIntact() async throws(Failure) -> Bool { try await store.isIntact() }
}
