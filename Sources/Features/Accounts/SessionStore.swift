import Foundation
import GRDB
import Vocabulary

/// Who is signed in, in the bookkeeping file: the hash of each session's secret, never the secret.
struct SessionStore: Sendable {
    /// A session ends this long after its last request.
    static let idleSeconds = 12 * 3_600
    /// A session ends this long after it began.
    static let absoluteSeconds = 7 * 86_400
    /// More sessions of one account end the oldest of them.
    static let perAccountMax = 20

    let state: StateStore

    /// Begins a session and ends the one that it replaces.
    func begin(
        _ token: SecretToken, account: Account, replacing old: SecretToken?, at now: Instant
    ) async throws(Failure) {
        try await state.write { database in
            if let old { try SessionStore.delete(old, in: database) }
            try database.execute(
                sql: """
                    INSERT INTO session (token_hash, account, created_at, seen_at)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [
                    Data(token.hash), account.id, now.microseconds, now.microseconds,
                ])
            try database.execute(
                sql: "DELETE FROM session WHERE seen_at <= ? OR created_at <= ?",
                arguments: SessionStore.limits(at: now))
            try database.execute(
                sql: """
                    DELETE FROM session WHERE account = ? AND token_hash NOT IN (
                        SELECT token_hash FROM session WHERE account = ?
                        ORDER BY created_at DESC LIMIT ?)
                    """,
                arguments: [account.id, account.id, SessionStore.perAccountMax])
        }
    }

    /// The account of a session that has not ended.
    func account(of token: SecretToken, at now: Instant) async throws(Failure) -> Account? {
        let found = try await state.read { database in
            let sql = """
                SELECT a.id, a.email, a.name, a.role, s.seen_at FROM session s
                JOIN account a ON a.id = s.account
                WHERE s.token_hash = ? AND s.seen_at > ? AND s.created_at > ?
                """
            let arguments: StatementArguments = [Data(token.hash)] + SessionStore.limits(at: now)
            return try Row.fetchOne(database, sql: sql, arguments: arguments)
                .map { (account: Account(row: $0), seen: $0["seen_at"] as Int64) }
        }
        guard let found else { return nil }
        // Once a minute is exact enough for a limit of hours, and spares a write a request.
        if found.seen < now.adding(seconds: -60).microseconds { try await touch(token, at: now) }
        return found.account
    }

    /// Ends a session.
    func end(_ token: SecretToken) async throws(Failure) {
        try await state.write { try SessionStore.delete(token, in: $0) }
    }

    private func touch(_ token: SecretToken, at now: Instant) async throws(Failure) {
        try await state.write { database in
            try database.execute(
                sql: "UPDATE session SET seen_at = ? WHERE token_hash = ?",
                arguments: [now.microseconds, Data(token.hash)])
        }
    }

    private static func delete(_ token: SecretToken, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM session WHERE token_hash = ?", arguments: [Data(token.hash)])
    }

    private static func limits(at now: Instant) -> StatementArguments {
        [
            now.adding(seconds: -idleSeconds).microseconds,
            now.adding(seconds: -absoluteSeconds).microseconds,
        ]
    }
}
