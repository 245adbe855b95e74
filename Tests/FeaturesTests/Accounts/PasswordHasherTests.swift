import CSodium
import Testing
import Vocabulary

@testable import Features

@Suite("Passwords")
struct PasswordHasherTests {
    @Test("a hash is argon2id with 64 MiB and two passes, and says so itself")
    func format() async throws {
        let hash = try await PasswordHasher().hash("four unlikely words together")

        #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
    }

    @Test("a hash has a salt of its own")
    func salt() async throws {
        let hasher = PasswordHasher(cost: .least)

        let first = try await hasher.hash("the same")
        let second = try await hasher.hash("the same")

        #expect(first != second)
        #expect(try await hasher.matches("the same", first))
        #expect(try await hasher.matches("the same", second))
        #expect(try await !hasher.matches("another", first))
    }

    @Test("a missing hash takes the work and matches nothing")
    func missingHash() async throws {
        #expect(try await !PasswordHasher(cost: .least).matches("anything", nil))
    }

    @Test("the hash that stands for a missing one takes the work of a real one")
    func sameWork() {
        for cost in [PasswordCost.standard, .least] {
            // Zero: a hash that libsodium can read, and whose memory and passes are these.
            #expect(
                crypto_pwhash_str_needs_rehash(
                    PasswordHasher(cost: cost).decoy, UInt64(cost.passes), cost.memoryBytes) == 0)
        }
    }
}

@Suite("Secrets")
struct SecretTokenTests {
    @Test("a secret has 256 bits, is never printed, and is stored as a hash only")
    func secrecy() {
        let token = SecretToken()

        #expect(token.text.count == 43)
        #expect("\(token)" == "•••")
        #expect(token != SecretToken())
        #expect(token.hash.count == 32)
    }

    @Test("the forgery guard belongs to its session")
    func forgeryGuard() {
        let token = SecretToken()

        #expect(token.isGuarded(by: token.forgeryGuard))
        #expect(!token.isGuarded(by: SecretToken().forgeryGuard))
        #expect(!token.isGuarded(by: ""))
        #expect(!token.isGuarded(by: nil))
    }

    @Test("what cannot be a secret is refused before it is looked up")
    func presented() {
        #expect(SecretToken(presented: "short") == nil)
        #expect(SecretToken(presented: String(repeating: "é", count: 43)) == nil)
        #expect(SecretToken(presented: String(repeating: "a", count: 43)) != nil)
    }
}
