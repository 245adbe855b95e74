import Foundation
import GRDB
import Vocabulary

/// Accounts and the one-time link that makes the first of them, in the bookkeeping file.
struct AccountStore: Sendable {
    let state: StateStore

    func count() async throws(Failure) -> Int {
        try await state.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM account") ?? 0 }
    }

    /// The account of an address with its password hash.
    func find(_ email: String) async throws(Failure) -> (account: Account, password: String)? {
        try await state.read { database in
            let sql = "SELECT id, email, name, role, password FROM account WHERE email = ?"
            return try Row.fetchOne(database, sql: sql, arguments: [email])
                .map { (account: Account(row: $0), password: $0["password"]) }
        }
    }

    func add(
        email: String, name: String, role: Role, password: String, at now: Instant
    ) async throws(Failure) -> Account {
        try await state.write {
            try AccountStore.insert(
                email: email, name: name, role: role, password: password, at: now, into: $0)
        }
    }

    /// Makes the link's secret the only one that is valid.
    func replaceSetUpToken(_ token: SecretToken, expires: Instant) async throws(Failure) {
        try await state.write { database in
            try database.execute(sql: "DELETE FROM setup_token")
            try database.execute(
                sql: "INSERT INTO setup_token (token_hash, expires_at) VALUES (?, ?)",
                arguments: [Data(token.hash), expires.microseconds])
        }
    }

    func isValidSetUpToken(_ token: SecretToken, at now: Instant) async throws(Failure) -> Bool {
        try await state.read { try AccountStore.isValid(token, at: now, in: $0) }
    }

    /// Burns the link and makes the first account, both or neither.
    func setUp(
        _ token: SecretToken, email: String, name: String, password: String, at now: Instant
    ) async throws(Failure) -> Account {
        try await state.write { database in
            guard try AccountStore.isValid(token, at: now, in: database) else {
                throw Failure.setUpLinkInvalid
            }
            try database.execute(sql: "DELETE FROM setup_token")
            return try AccountStore.insert(
                email: email, name: name, role: .admin, password: password, at: now,
                into: database)
        }
    }

    private static func isValid(
        _ token: SecretToken, at now: Instant, in database: Database
    ) throws -> Bool {
        let sql = """
            SELECT count(*) FROM setup_token WHERE token_hash = ? AND expires_at > ?
            AND NOT EXISTS (SELECT 1 FROM account)
            """
        let arguments: StatementArguments = [Data(token.hash), now.microseconds]
        return try Int.fetchOne(database, sql: sql, arguments: arguments) == 1
    }

    private static func insert(
        email: String, name: String, role: Role, password: String, at now: Instant,
        into database: Database
    ) throws -> Account {
        let taken = "SELECT count(*) FROM account WHERE email = ?"
        guard try Int.fetchOne(database, sql: taken, arguments: [email]) == 0 else {
            throw Failure(.accountExists, "There is already an account for '\(email)'.")
        }
        try database.execute(
            sql: """
                INSERT INTO account (email, name, role, password, created_at)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [email, name, role.rawValue, password, now.microseconds])
        return Account(id: database.lastInsertedRowID, email: email, name: name, role: role)
    }
}

extension Account {
    init(row: Row) {
        let role = Role(rawValue: row["role"]) ?? .viewer
        self.init(id: row["id"], email: row["email"], name: row["name"], role: role)
    }
}

extension Failure {
    static let setUpLinkInvalid = Failure(
        .setUpLinkInvalid, "This set-up link is not valid any more.",
        hint: "Start the server again: it prints a new link as long as there is no account.")
}

extension Failure.Code {
    /// The one-time link was used, is older than a day, or was never issued.
    public static let setUpLinkInvalid: Self = "accounts/link-invalid"
    /// The address belongs to an account already.
    public static let accountExists: Self = "accounts/exists"
}
