import Foundation
import Vocabulary

/// Who may use a workspace, and who is signed in.
public final class Accounts: Sendable {
    private let store: AccountStore
    private let sessions: SessionStore
    private let audit: AuditLog
    private let clock: any WallClock
    private let hasher: PasswordHasher
    private let throttle = SignInThrottle()

    /// Seconds for which a set-up link is valid.
    public static let setUpLinkSeconds = 86_400

    /// Takes the accounts from a bookkeeping file.
    ///
    /// - Parameters:
    ///   - state: The bookkeeping file.
    ///   - clock: Where the time comes from.
    ///   - cost: How much work new password hashes take.
    public init(state: StateStore, clock: any WallClock, cost: PasswordCost = .standard) {
        store = AccountStore(state: state)
        sessions = SessionStore(state: state)
        audit = AuditLog(state: state, clock: clock)
        hasher = PasswordHasher(cost: cost)
        self.clock = clock
    }

    /// Whether there is an account at all.
    public func exist() async throws(Failure) -> Bool { try await store.count() > 0 }

    /// Makes the secret of a one-time link with which the first account is made; links made before
    /// are void.
    public func makeSetUpLink() async throws(Failure) -> SecretToken {
        let token = SecretToken()
        let expires = clock.now.adding(seconds: Accounts.setUpLinkSeconds)
        try await store.replaceSetUpToken(token, expires: expires)
        return token
    }

    /// Makes the first account, an administrator's, with a one-time link, and signs it in.
    ///
    /// - Throws: `accounts/link-invalid`, `accounts/bad-email`, `accounts/weak-password`,
    ///   `accounts/bad-name`.
    public func setUp(
        link: String, email: String, name: String, password: String, from address: String
    ) async throws(Failure) -> SignIn {
        guard let token = SecretToken(presented: link),
            try await store.isValidSetUpToken(token, at: clock.now)
        else { throw Failure.setUpLinkInvalid }
        let applicant = try Applicant(email: email, name: name, password: password)
        let hash = try await hasher.hash(applicant.password)
        let account = try await store.setUp(
            token, email: applicant.email, name: applicant.name, password: hash, at: clock.now)
        try await audit.record("account.set-up", by: account.email, from: address)
        return try await begin(account, replacing: nil)
    }

    /// Adds an account.
    ///
    /// - Throws: `accounts/exists`, `accounts/bad-email`, `accounts/weak-password`.
    public func add(
        email: String, name: String, password: String, role: Role, by who: String?
    ) async throws(Failure) -> Account {
        let applicant = try Applicant(email: email, name: name, password: password)
        let hash = try await hasher.hash(applicant.password)
        let account = try await store.add(
            email: applicant.email, name: applicant.name, role: role, password: hash,
            at: clock.now)
        try await audit.record(
            "account.add", by: who, detail: "\(account.email) \(role.rawValue)", from: nil)
        return account
    }

    /// Signs somebody in with a new session, which replaces the one that the browser had.
    ///
    /// A wrong password and an unknown account give the same failure after the same work.
    ///
    /// - Throws: `accounts/wrong-password`, `accounts/throttled`, `accounts/busy`.
    public func signIn(
        email: String, password: String, from address: String, replacing old: SecretToken? = nil
    ) async throws(Failure) -> SignIn {
        let email = Applicant.normalised(email)
        guard email.utf8.count <= 254, password.utf8.count <= Applicant.passwordBytesMax else {
            throw Failure.wrongPassword
        }
        try pass(email, from: address)
        let found = try await store.find(email)
        guard try await hasher.matches(password, found?.password), let found else {
            try await audit.record("sign-in.refused", by: email, from: address)
            throw Failure.wrongPassword
        }
        throttle.succeeded(email)
        try await audit.record("sign-in", by: email, from: address)
        return try await begin(found.account, replacing: old)
    }

    /// The account that a session's secret belongs to; nil where the session has ended.
    public func account(of session: SecretToken) async throws(Failure) -> Account? {
        try await sessions.account(of: session, at: clock.now)
    }

    /// Ends a session.
    public func signOut(
        _ session: SecretToken, by account: Account, from address: String
    ) async throws(Failure) {
        try await sessions.end(session)
        try await audit.record("sign-out", by: account.email, from: address)
    }

    private func begin(
        _ account: Account, replacing old: SecretToken?
    ) async throws(Failure) -> SignIn {
        let token = SecretToken()
        try await sessions.begin(token, account: account, replacing: old, at: clock.now)
        return SignIn(account: account, token: token)
    }

    private func pass(_ email: String, from address: String) throws(Failure) {
        let wait = throttle.attempt(email, from: address, at: clock.now)
        guard wait > 0 else { return }
        throw Failure(
            .signInThrottled, "There were too many attempts to sign in.",
            hint: "Wait \(wait) seconds, then try again.")
    }
}

extension Failure {
    fileprivate static let wrongPassword = Failure(
        .wrongPassword, "The address or the password is wrong.",
        hint: "Check both; capital letters count in the password.")
}

extension Failure.Code {
    /// The address or the password of a sign-in is wrong; which of the two is not said.
    public static let wrongPassword: Self = "accounts/wrong-password"
    /// Too many attempts to sign in, for an account or from an address.
    public static let signInThrottled: Self = "accounts/throttled"
    /// Too many passwords are being checked at the same time.
    public static let accountsBusy: Self = "accounts/busy"
}
