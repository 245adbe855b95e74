import Features
import Foundation
import Vocabulary

/// Accounts in a folder of their own, with a clock that a test moves.
struct AccountsWorld {
    let clock = MovableClock()
    let file: URL
    let state: StateStore
    let accounts: Accounts
    let audit: AuditLog

    init(cost: PasswordCost = .least) throws {
        let name = "yardstick-accounts-\(UUID().uuidString)"
        file = FileManager.default.temporaryDirectory.appending(path: "\(name)/state.sqlite")
        state = try StateStore(file: file)
        accounts = Accounts(state: state, clock: clock, cost: cost)
        audit = AuditLog(state: state, clock: clock)
    }

    /// The password of the account that ``makeAdministrator()`` makes.
    static let password = "four unlikely words together"

    /// Makes the first account as a person does, with the one-time link.
    func makeAdministrator() async throws -> SignIn {
        let link = try await accounts.makeSetUpLink()
        return try await accounts.setUp(
            link: link.text, email: "Anna@Example.com", name: "Anna",
            password: AccountsWorld.password, from: "127.0.0.1")
    }
}

/// A clock that stands still until a test moves it.
final class MovableClock: WallClock {
    private let lock = NSLock()
    nonisolated(unsafe) private var present = Instant(seconds: 1_780_000_000)

    var now: Instant { lock.withLock { present } }

    func advance(seconds: Int) { lock.withLock { present = present.adding(seconds: seconds) } }
}
