/// Somebody who may sign in.
public struct Account: Equatable, Sendable {
    /// The account's number in the bookkeeping file.
    public let id: Int64
    /// The address with which the person signs in, in small letters.
    public let email: String
    /// What the person is called.
    public let name: String
    /// What the person may do.
    public let role: Role
}

/// What an account may do; each role may do all that the one before it may.
public enum Role: String, CaseIterable, Comparable, Sendable {
    /// Reads numbers and definitions.
    case viewer
    /// Imports data and adds definitions.
    case editor
    /// Manages the installation.
    case admin

    /// Orders roles by what they may do.
    public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int { Role.allCases.firstIndex(of: self) ?? 0 }
}

/// A person who has just signed in, with the secrets that the browser needs from now on.
public struct SignIn: Sendable {
    /// Who signed in.
    public let account: Account
    /// The secret of the session, for its cookie.
    public let token: SecretToken

    /// Pairs an account with the secret of its new session.
    public init(account: Account, token: SecretToken) {
        self.account = account
        self.token = token
    }
}
