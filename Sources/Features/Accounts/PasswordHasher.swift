import CSodium
import Foundation
import Vocabulary

/// How much work a password hash takes.
public struct PasswordCost: Equatable, Sendable {
    /// Bytes of memory that one hash fills.
    public let memoryBytes: Int
    /// How often it passes over that memory.
    public let passes: Int

    /// 64 MiB and two passes: about 70 ms on a small server.
    ///
    /// Source: OWASP Password Storage Cheat Sheet (its floor is 19 MiB and two passes).
    public static let standard = PasswordCost(memoryBytes: 64 << 20, passes: 2)

    /// The least that argon2id allows, for tests.
    public static let least = PasswordCost(memoryBytes: 8 << 10, passes: 1)
}

/// Hashes and compares passwords with argon2id.
///
/// At most two hashes are computed at a time, on threads of their own, so that a flood of sign-ins
/// neither fills the memory nor holds up other requests.
public final class PasswordHasher: Sendable {
    private let cost: PasswordCost
    private let gate = Gate(places: 2, queue: 32)
    private let threads = DispatchQueue(label: "passwords", attributes: .concurrent)

    /// Makes a hasher whose new hashes take the given work.
    public init(cost: PasswordCost = .standard) {
        self.cost = cost
        _ = sodium_init()
    }

    /// The hash of a password with its parameters and salt, `$argon2id$v=19$m=65536,t=2,p=1$…`.
    ///
    /// - Throws: `accounts/busy` when too many wait already.
    public func hash(_ password: String) async throws(Failure) -> String {
        let cost = self.cost
        let text: String? = try await work {
            var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
            let status = password.withCString {
                crypto_pwhash_str_alg(
                    &text, $0, UInt64(password.utf8.count), UInt64(cost.passes), cost.memoryBytes,
                    crypto_pwhash_ALG_ARGON2ID13)
            }
            guard status == 0 else { return nil }
            return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        }
        guard let text else {
            throw Failure(
                .accountsBusy, "There was not enough memory to protect the password.",
                hint: "Try again in a moment.")
        }
        return text
    }

    /// Whether a password belongs to a hash; for a missing hash the same work is done, then no.
    ///
    /// - Throws: `accounts/busy` when too many wait already.
    public func matches(_ password: String, _ hash: String?) async throws(Failure) -> Bool {
        let text = hash ?? decoy
        let matches = try await work {
            password.withCString {
                crypto_pwhash_str_verify(text, $0, UInt64(password.utf8.count)) == 0
            }
        }
        return matches && hash != nil
    }

    /// A well-formed hash to which no known password belongs, as costly as a real one.
    var decoy: String {
        func random(_ count: Int) -> String {
            var bytes = [UInt8](repeating: 0, count: count)
            randombytes_buf(&bytes, count)
            return Data(bytes).base64EncodedString().replacing("=", with: "")
        }
        let work = "m=\(cost.memoryBytes >> 10),t=\(cost.passes),p=1"
        return "$argon2id$v=19$\(work)$\(random(16))$\(random(32))"
    }

    private func work<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) async throws(Failure) -> Value {
        guard await gate.enter() else {
            throw Failure(
                .accountsBusy, "Too many people are signing in at the same time.",
                hint: "Try again in a moment.")
        }
        let value = await withCheckedContinuation { continuation in
            threads.async { continuation.resume(returning: body()) }
        }
        await gate.leave()
        return value
    }
}

/// Lets a few tasks pass at a time; the others wait in line, as long as the line is short.
actor Gate {
    private var free: Int
    private let queue: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int, queue: Int) {
        free = places
        self.queue = queue
    }

    /// Waits for a place; false when the line is full.
    func enter() async -> Bool {
        if free > 0 {
            free -= 1
            return true
        }
        guard waiting.count < queue else { return false }
        await withCheckedContinuation { waiting.append($0) }
        return true
    }

    /// Gives the place to who waits longest.
    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
