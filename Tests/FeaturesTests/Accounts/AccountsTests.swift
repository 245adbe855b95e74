import Features
import Foundation
import Testing
import Vocabulary

@Suite("Accounts")
struct AccountsTests {
    @Test("the one-time link makes an administrator and is burnt")
    func linkIsBurnt() async throws {
        let world = try AccountsWorld()
        let link = try await world.accounts.makeSetUpLink()

        let signIn = try await world.accounts.setUp(
            link: link.text, email: "anna@example.com", name: "Anna",
            password: AccountsWorld.password, from: "127.0.0.1")

        #expect(signIn.account.role == .admin)
        let failure = await #expect(throws: Failure.self) {
            try await world.accounts.setUp(
                link: link.text, email: "eve@example.com", name: "Eve",
                password: AccountsWorld.password, from: "127.0.0.1")
        }
        #expect(failure?.code == .setUpLinkInvalid)
    }

    @Test("the one-time link is void after a day")
    func linkExpires() async throws {
        let world = try AccountsWorld()
        let link = try await world.accounts.makeSetUpLink()

        world.clock.advance(seconds: 86_400)

        let failure = await #expect(throws: Failure.self) {
            try await world.accounts.setUp(
                link: link.text, email: "anna@example.com", name: "Anna",
                password: AccountsWorld.password, from: "127.0.0.1")
        }
        #expect(failure?.code == .setUpLinkInvalid)
    }

    @Test("a newer one-time link voids the older one")
    func newerLinkWins() async throws {
        let world = try AccountsWorld()
        let old = try await world.accounts.makeSetUpLink()
        _ = try await world.accounts.makeSetUpLink()

        await #expect(throws: Failure.self) {
            try await world.accounts.setUp(
                link: old.text, email: "anna@example.com", name: "Anna",
                password: AccountsWorld.password, from: "127.0.0.1")
        }
    }

    @Test("the address is found whatever its case, the password is not")
    func caseOfAddress() async throws {
        let world = try AccountsWorld()
        _ = try await world.makeAdministrator()

        let signIn = try await world.accounts.signIn(
            email: " ANNA@example.COM", password: AccountsWorld.password, from: "127.0.0.1")

        #expect(signIn.account.email == "anna@example.com")
        await #expect(throws: Failure.self) {
            try await world.accounts.signIn(
                email: "anna@example.com", password: AccountsWorld.password.uppercased(),
                from: "127.0.0.1")
        }
    }

    @Test("a wrong password and an unknown account give the same failure")
    func sameFailure() async throws {
        let world = try AccountsWorld()
        _ = try await world.makeAdministrator()

        let wrong = await #expect(throws: Failure.self) {
            try await world.accounts.signIn(
                email: "anna@example.com", password: "wrong", from: "127.0.0.1")
        }
        let unknown = await #expect(throws: Failure.self) {
            try await world.accounts.signIn(
                email: "nobody@example.com", password: "wrong", from: "127.0.0.1")
        }

        #expect(wrong == unknown)
        #expect(wrong?.code == .wrongPassword)
    }

    @Test("signing in gives a new secret and ends the session that it replaces")
    func sessionsRotate() async throws {
        let world = try AccountsWorld()
        let first = try await world.makeAdministrator()

        let second = try await world.accounts.signIn(
            email: "anna@example.com", password: AccountsWorld.password, from: "127.0.0.1",
            replacing: first.token)

        #expect(first.token != second.token)
        #expect(try await world.accounts.account(of: first.token) == nil)
        #expect(try await world.accounts.account(of: second.token) == second.account)
    }

    @Test("a session ends after 12 idle hours, and after 7 days whatever happens")
    func sessionsEnd() async throws {
        let world = try AccountsWorld()
        let idle = try await world.makeAdministrator()
        world.clock.advance(seconds: 12 * 3_600)
        #expect(try await world.accounts.account(of: idle.token) == nil)

        let busy = try await world.accounts.signIn(
            email: "anna@example.com", password: AccountsWorld.password, from: "127.0.0.1")
        for _ in 0..<15 {
            world.clock.advance(seconds: 11 * 3_600)
            #expect(try await world.accounts.account(of: busy.token) != nil)
        }
        world.clock.advance(seconds: 3 * 3_600)
        #expect(try await world.accounts.account(of: busy.token) == nil)
    }

    @Test("signing out ends the session")
    func signOut() async throws {
        let world = try AccountsWorld()
        let signIn = try await world.makeAdministrator()

        try await world.accounts.signOut(signIn.token, by: signIn.account, from: "127.0.0.1")

        #expect(try await world.accounts.account(of: signIn.token) == nil)
    }

    @Test(
        "passwords that are guessed first are refused",
        arguments: [
            "short", "aaaaaaaaaaaaaaaa", "Password123456", "anna@example.com!", "abababababab",
            "nul\u{0}in the middle",
        ])
    func weakPasswords(password: String) async throws {
        let world = try AccountsWorld()
        let link = try await world.accounts.makeSetUpLink()

        let failure = await #expect(throws: Failure.self) {
            try await world.accounts.setUp(
                link: link.text, email: "anna@example.com", name: "Anna", password: password,
                from: "127.0.0.1")
        }

        #expect(failure?.code == .weakPassword)
        #expect(try await !world.accounts.exist())
    }

    @Test(
        "what is no address is refused",
        arguments: ["", "anna", "anna@", "@example.com", "a@b@c", "a b@c.de", "a\u{202E}@b.de"])
    func badAddresses(email: String) async throws {
        let world = try AccountsWorld()
        let link = try await world.accounts.makeSetUpLink()

        let failure = await #expect(throws: Failure.self) {
            try await world.accounts.setUp(
                link: link.text, email: email, name: "Anna", password: AccountsWorld.password,
                from: "127.0.0.1")
        }

        #expect(failure?.code == .badEmail)
    }

    @Test("an address has one account")
    func oneAccountAnAddress() async throws {
        let world = try AccountsWorld()
        _ = try await world.makeAdministrator()

        let failure = await #expect(throws: Failure.self) {
            try await world.accounts.add(
                email: "ANNA@example.com", name: "Another", password: AccountsWorld.password,
                role: .viewer, by: nil)
        }

        #expect(failure?.code == .accountExists)
    }
}
