import Foundation
import Vocabulary

/// Slows down who guesses passwords, per account and per address, whether the account exists or not.
///
/// An address may try ten times a minute. After five wrong passwords an account waits 30 seconds,
/// and twice as long after each further one, up to 15 minutes; a right password clears it.
final class SignInThrottle: Sendable {
    private struct Record {
        var failures = 0
        var blockedUntil = Instant(seconds: 0)
        var lastSeen: Instant
    }

    private static let attemptsPerMinute = 10
    private static let freeFailures = 5
    private static let longestWaitSeconds = 900
    private static let recordsMax = 10_000

    private let lock = NSLock()
    nonisolated(unsafe) private var accounts: [String: Record] = [:]
    nonisolated(unsafe) private var addresses: [String: [Instant]] = [:]

    /// Counts an attempt, as a failed one until ``succeeded(_:)`` says otherwise.
    ///
    /// - Returns: Zero if it may go on, else the seconds to wait.
    func attempt(_ email: String, from address: String, at now: Instant) -> Int {
        lock.withLock {
            let wait = max(accountWait(email, at: now), addressWait(address, at: now))
            guard wait == 0 else { return wait }
            addresses[address, default: []].append(now)
            var record = accounts[email] ?? Record(lastSeen: now)
            record.failures += 1
            record.lastSeen = now
            if record.failures >= SignInThrottle.freeFailures {
                let doublings = min(record.failures - SignInThrottle.freeFailures, 5)
                let wait = min(30 << doublings, SignInThrottle.longestWaitSeconds)
                record.blockedUntil = now.adding(seconds: wait)
            }
            accounts[email] = record
            forgetOldest(at: now)
            return 0
        }
    }

    /// Clears the account after a right password.
    func succeeded(_ email: String) {
        _ = lock.withLock { accounts.removeValue(forKey: email) }
    }

    private func accountWait(_ email: String, at now: Instant) -> Int {
        guard let record = accounts[email] else { return 0 }
        if record.lastSeen.adding(seconds: SignInThrottle.longestWaitSeconds) < now {
            accounts[email] = nil
            return 0
        }
        return max(0, record.blockedUntil.seconds - now.seconds)
    }

    private func addressWait(_ address: String, at now: Instant) -> Int {
        guard let attempts = addresses[address] else { return 0 }
        let recent = attempts.filter { now < $0.adding(seconds: 60) }
        addresses[address] = recent.isEmpty ? nil : recent
        guard recent.count >= SignInThrottle.attemptsPerMinute else { return 0 }
        return max(1, recent[0].seconds + 60 - now.seconds)
    }

    /// Keeps the memory bounded when someone tries ever new names: what is no longer blocked goes.
    private func forgetOldest(at now: Instant) {
        if accounts.count > SignInThrottle.recordsMax {
            accounts = accounts.filter { now < $0.value.blockedUntil }
            if accounts.count > SignInThrottle.recordsMax { accounts.removeAll() }
        }
        if addresses.count > SignInThrottle.recordsMax {
            addresses = addresses.filter { $0.value.contains { now < $0.adding(seconds: 60) } }
            if addresses.count > SignInThrottle.recordsMax { addresses.removeAll() }
        }
    }
}
