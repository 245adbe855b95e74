import Features
import Testing
import Vocabulary

@Suite("The throttle of sign-ins")
struct SignInThrottleTests {
    private func attempt(
        _ world: AccountsWorld, _ email: String, password: String = "wrong", from address: String
    ) async -> Failure.Code? {
        do {
            _ = try await world.accounts.signIn(email: email, password: password, from: address)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(
        "an account waits after five wrong passwords, known or not",
        arguments: ["anna@example.com", "nobody@example.com"])
    func accountWaits(email: String) async throws {
        let world = try AccountsWorld()
        _ = try await world.makeAdministrator()
        for number in 1...5 {
            #expect(await attempt(world, email, from: "10.0.0.\(number)") == .wrongPassword)
        }

        #expect(await attempt(world, email, from: "10.0.0.9") == .signInThrottled)
        world.clock.advance(seconds: 30)
        #expect(await attempt(world, email, from: "10.0.0.9") == .wrongPassword)
        world.clock.advance(seconds: 30)
        #expect(await attempt(world, email, from: "10.0.0.9") == .signInThrottled)
        world.clock.advance(seconds: 30)
        #expect(await attempt(world, email, from: "10.0.0.9") == .wrongPassword)
    }

    @Test("a right password clears the account")
    func successClears() async throws {
        let world = try AccountsWorld()
        _ = try await world.makeAdministrator()
        let right = AccountsWorld.password
        for number in 1...4 {
            _ = await attempt(world, "anna@example.com", from: "10.0.0.\(number)")
        }
        #expect(
            await attempt(world, "anna@example.com", password: right, from: "10.0.0.5") == nil)

        for number in 6...9 {
            #expect(
                await attempt(world, "anna@example.com", from: "10.0.0.\(number)")
                    == .wrongPassword)
        }
    }

    @Test("an address may try ten times a minute")
    func addressWaits() async throws {
        let world = try AccountsWorld()
        for number in 1...10 {
            let code = await attempt(world, "person\(number)@example.com", from: "10.0.0.1")
            #expect(code == .wrongPassword)
        }

        #expect(await attempt(world, "anna@example.com", from: "10.0.0.1") == .signInThrottled)
        #expect(await attempt(world, "anna@example.com", from: "10.0.0.2") == .wrongPassword)
        world.clock.advance(seconds: 60)
        #expect(await attempt(world, "anna@example.com", from: "10.0.0.1") == .wrongPassword)
    }
}
