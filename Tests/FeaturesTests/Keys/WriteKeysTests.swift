import Features
import Testing
import Vocabulary

@Suite("Write keys")
struct WriteKeysTests {
    private let world: AccountsWorld
    private let keys: WriteKeys

    init() throws {
        world = try AccountsWorld()
        keys = WriteKeys(state: world.state, clock: world.clock)
    }

    @Test("a key is found by its text until it is revoked, and by no other")
    func lifetime() async throws {
        let (key, secret) = try await keys.make(
            WriteKeyWish(source: "app", label: "web shop"), by: nil, from: nil)

        #expect(try await keys.find(secret.text) == key)
        #expect(try await keys.find(secret.text + "x") == nil)
        #expect(try await keys.find("yw_") == nil)
        #expect(secret.text.count == 25)

        let revoked = try await keys.revoke(key.id, by: "anna@example.com", from: "127.0.0.1")
        #expect(revoked.revoked == world.clock.now)
        #expect(try await keys.find(secret.text) == nil)
        #expect(try await keys.list() == [revoked])
    }

    @Test("the text of a key is neither stored nor printed")
    func secrecy() async throws {
        let (key, secret) = try await keys.make(WriteKeyWish(source: "app"), by: nil, from: nil)

        #expect("\(secret)" == key.hint + "…")
        #expect(!key.json.line.contains(secret.text))
    }

    @Test("a client that knows no keys is found by its site, of which there is one")
    func site() async throws {
        let wish = try WriteKeyWish(source: "app", site: "Shop.example")
        let (key, _) = try await keys.make(wish, by: nil, from: nil)

        #expect(try await keys.find("SHOP.example") == key)
        let failure = await #expect(throws: Failure.self) {
            try await keys.make(wish, by: nil, from: nil)
        }
        #expect(failure?.code == .keySiteTaken)

        _ = try await keys.revoke(key.id, by: nil, from: nil)
        let (next, _) = try await keys.make(wish, by: nil, from: nil)
        #expect(try await keys.find("shop.example") == next)
    }

    @Test("a page of another site may not use a key that names its sites")
    func origins() async throws {
        let wish = try WriteKeyWish(source: "app", origins: ["https://Shop.example"])
        let (key, _) = try await keys.make(wish, by: nil, from: nil)
        let open = try await keys.make(WriteKeyWish(source: "app"), by: nil, from: nil).key

        #expect(key.allows(origin: "https://shop.example"))
        #expect(!key.allows(origin: "https://shop.example.evil.com"))
        #expect(!key.allows(origin: "null"))
        #expect(key.allows(origin: nil))
        #expect(open.allows(origin: "https://any.example"))
    }

    @Test(
        "an origin is a scheme and a host",
        arguments: ["shop.example", "https://", "ftp://a.example", "https://a.example/path", ""])
    func badOrigin(text: String) {
        let failure = #expect(throws: Failure.self) {
            try WriteKeyWish(source: "app", origins: [text])
        }
        #expect(failure?.code == .keyOrigin)
    }

    @Test("a key that does not exist cannot be revoked")
    func unknown() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await keys.revoke(7, by: nil, from: nil)
        }
        #expect(failure?.code == .unknownKey)
    }

    @Test("who made and revoked a key is in the audit log")
    func audited() async throws {
        let (key, _) = try await keys.make(
            WriteKeyWish(source: "app"), by: "anna@example.com", from: "127.0.0.1")
        _ = try await keys.revoke(key.id, by: "anna@example.com", from: "127.0.0.1")

        let entries = try await world.audit.latest(10)
        #expect(Set(entries.map(\.action)) == ["key.make", "key.revoke"])
    }
}
