import Foundation
import Synchronization
import Vocabulary

/// The write keys of a workspace: made, taken back, and found for every request that brings events.
public final class WriteKeys: Sendable {
    private let store: WriteKeyStore
    private let audit: AuditLog
    private let clock: any WallClock
    private let known = Mutex(Known())

    /// The keys as they were read last.
    private struct Known {
        var bySecret: [[UInt8]: WriteKey] = [:]
        var bySite: [String: WriteKey] = [:]
        var readAt: ContinuousClock.Instant?

        func find(_ hash: [UInt8], site: String) -> WriteKey? {
            hash.isEmpty ? bySite[site.lowercased()] : bySecret[hash]
        }
    }

    /// For how long keys are taken as they were read: so long a key lives on after it was revoked.
    static let memory: Duration = .seconds(1)

    /// Takes the keys from a bookkeeping file.
    public init(state: StateStore, clock: any WallClock) {
        store = WriteKeyStore(state: state)
        audit = AuditLog(state: state, clock: clock)
        self.clock = clock
    }

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - wish: What it is for.
    ///   - who: Who makes it, for the audit log; nil on the command line.
    ///   - address: From where.
    /// - Returns: The key, and its text, which is shown once and never again.
    /// - Throws: `keys/site-taken`.
    public func make(
        _ wish: WriteKeyWish, by who: String?, from address: String?
    ) async throws(Failure) -> (key: WriteKey, secret: WriteKeySecret) {
        let secret = WriteKeySecret()
        let key = try await store.insert(wish, secret: secret, by: who, at: clock.now)
        try await audit.record(
            "key.make", by: who, detail: "\(key.id) \(key.source)", from: address)
        forget()
        return (key, secret)
    }

    /// Takes a key back; what was sent with it stays.
    ///
    /// - Throws: `keys/unknown-key`.
    public func revoke(
        _ id: Int, by who: String?, from address: String?
    ) async throws(Failure) -> WriteKey {
        guard let key = try await store.revoke(id, at: clock.now) else {
            throw Failure(
                .unknownKey, "There is no key \(id).",
                hint: "'yardstick key list' shows the numbers of the keys")
        }
        try await audit.record(
            "key.revoke", by: who, detail: "\(key.id) \(key.source)", from: address)
        forget()
        return key
    }

    /// All keys, also those that were taken back, the newest last.
    public func list() async throws(Failure) -> [WriteKey] { try await store.all().map(\.key) }

    /// The key that a request names, if it is good.
    ///
    /// - Parameter text: A key, or the name of a site that has one.
    /// - Returns: The key; nil where it does not exist or was taken back.
    /// - Throws: `state/failed`.
    public func find(_ text: String) async throws(Failure) -> WriteKey? {
        let hash = WriteKeys.hash(of: text)
        if let recent = recent() { return recent.find(hash, site: text) }
        return try await read().find(hash, site: text)
    }

    /// The key that a request names, if it is known without reading it anew.
    ///
    /// - Parameter text: A key, or the name of a site that has one.
    /// - Returns: The key; nil where ``find(_:)`` has to be asked.
    public func known(_ text: String) -> WriteKey? {
        recent()?.find(WriteKeys.hash(of: text), site: text)
    }

    private static func hash(of text: String) -> [UInt8] {
        text.hasPrefix("yw_") ? SecretToken.hash(of: text) : []
    }

    private func recent() -> Known? {
        known.withLock { known in
            guard let readAt = known.readAt, ContinuousClock.now - readAt < WriteKeys.memory
            else { return nil }
            return known
        }
    }

    private func read() async throws(Failure) -> Known {
        var read = Known()
        read.readAt = .now
        for (hash, key) in try await store.all() where key.revoked == nil {
            read.bySecret[hash] = key
            if let site = key.site { read.bySite[site] = key }
        }
        let fresh = read
        known.withLock { $0 = fresh }
        return fresh
    }

    private func forget() { known.withLock { $0.readAt = nil } }
}

extension Failure.Code {
    /// There is no key of this number.
    public static let unknownKey: Self = "keys/unknown-key"
}
