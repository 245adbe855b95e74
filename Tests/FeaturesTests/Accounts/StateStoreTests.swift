import Features
import Foundation
import GRDB
import Testing
import Vocabulary

@Suite("The bookkeeping file")
struct StateStoreTests {
    @Test("it is its owner's only")
    func permissions() throws {
        let world = try AccountsWorld()

        let attributes = try FileManager.default.attributesOfItem(atPath: world.file.path)

        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("it opens again with what it holds")
    func opensAgain() async throws {
        let world = try AccountsWorld()
        let signIn = try await world.makeAdministrator()

        let again = Accounts(state: try StateStore(file: world.file), clock: world.clock)

        #expect(try await again.account(of: signIn.token) == signIn.account)
    }

    @Test("one of a newer program is refused")
    func newerIsRefused() throws {
        let world = try AccountsWorld()
        try DatabaseQueue(path: world.file.path).write { database in
            try database.execute(
                sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9999 from the future')")
        }

        let failure = #expect(throws: Failure.self) { try StateStore(file: world.file) }

        #expect(failure?.code == .stateNewer)
    }

    @Test("one that is no database is refused with what to do")
    func garbageIsRefused() throws {
        let world = try AccountsWorld()
        let file = world.file.deletingLastPathComponent().appending(path: "other.sqlite")
        try Data(repeating: 0x41, count: 8_192).write(to: file)

        let failure = #expect(throws: Failure.self) { try StateStore(file: file) }

        #expect(failure?.code == .stateFailed)
        #expect(failure?.hint != nil)
    }

    @Test("no secret and no password is in it in clear")
    func nothingInClear() async throws {
        let world = try AccountsWorld()
        let link = try await world.accounts.makeSetUpLink()
        let signIn = try await world.accounts.setUp(
            link: link.text, email: "anna@example.com", name: "Anna",
            password: AccountsWorld.password, from: "127.0.0.1")

        let folder = world.file.deletingLastPathComponent()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let data = try Data(contentsOf: folder.appending(path: name))
            for secret in [link.text, signIn.token.text, AccountsWorld.password] {
                #expect(data.firstRange(of: Data(secret.utf8)) == nil)
            }
        }
    }
}

@Suite("The audit log")
struct AuditLogTests {
    @Test("it says who signed in, from where, and who was refused")
    func entries() async throws {
        let world = try AccountsWorld()
        _ = try await world.makeAdministrator()
        _ = try? await world.accounts.signIn(
            email: "eve@example.com", password: "guess", from: "10.0.0.6")

        let entries = try await world.audit.latest(10)

        #expect(entries.map(\.action) == ["sign-in.refused", "account.set-up"])
        #expect(entries.map(\.who) == ["eve@example.com", "anna@example.com"])
        #expect(entries.first?.address == "10.0.0.6")
        #expect(try await world.audit.isIntact())
    }

    @Test("it only grows, and a change behind its back shows")
    func onlyGrows() async throws {
        let world = try AccountsWorld()
        _ = try await world.makeAdministrator()
        try await world.audit.record("source.import", by: "anna@example.com", from: nil)

        let queue = try DatabaseQueue(path: world.file.path)
        #expect(throws: DatabaseError.self) {
            try queue.write { try $0.execute(sql: "DELETE FROM audit") }
        }
        #expect(throws: DatabaseError.self) {
            try queue.write { try $0.execute(sql: "UPDATE audit SET who = 'eve@example.com'") }
        }
        try await queue.write { database in
            try database.execute(sql: "DROP TRIGGER audit_keeps_values")
            try database.execute(sql: "UPDATE audit SET who = 'eve@example.com' WHERE id = 1")
        }

        #expect(try await !world.audit.isIntact())
    }
}
