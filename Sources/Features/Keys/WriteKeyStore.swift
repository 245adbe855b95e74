import Foundation
import GRDB
import Vocabulary

/// Write keys in the bookkeeping file: the hash of each, never the key.
struct WriteKeyStore: Sendable {
    let state: StateStore

    func insert(
        _ wish: WriteKeyWish, secret: WriteKeySecret, by who: String?, at now: Instant
    ) async throws(Failure) -> WriteKey {
        try await state.write { database in
            if let site = wish.site {
                let taken = try Int.fetchOne(
                    database, sql: "SELECT id FROM write_key WHERE site = ? AND revoked_at IS NULL",
                    arguments: [site])
                if let taken {
                    throw Failure(
                        .keySiteTaken, "The site '\(site)' has the key \(taken) already.",
                        hint: "revoke that key first, or name another site")
                }
            }
            try database.execute(
                sql: """
                    INSERT INTO write_key (key_hash, hint, label, source, origins, site, made_at, made_by)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(secret.hash), secret.hint, wish.label, wish.source,
                    wish.origins.joined(separator: " "), wish.site, now.microseconds, who,
                ])
            let id = Int(database.lastInsertedRowID)
            return WriteKey(
                id: id, label: wish.label, source: wish.source, origins: wish.origins,
                site: wish.site, hint: secret.hint, made: now, revoked: nil)
        }
    }

    /// Takes a key back; nil where there is none of this number.
    func revoke(_ id: Int, at now: Instant) async throws(Failure) -> WriteKey? {
        try await state.write { database in
            try database.execute(
                sql: "UPDATE write_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [now.microseconds, id])
            return try Row.fetchOne(
                database, sql: "SELECT * FROM write_key WHERE id = ?", arguments: [id]
            ).map(WriteKey.init)
        }
    }

    /// All keys that were ever made, with their hashes, in the order in which they were made.
    func all() async throws(Failure) -> [(hash: [UInt8], key: WriteKey)] {
        try await state.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM write_key ORDER BY id").map { row in
                ([UInt8](row["key_hash"] as Data), WriteKey(row: row))
            }
        }
    }
}

extension WriteKey {
    fileprivate init(row: Row) {
        self.init(
            id: row["id"], label: row["label"], source: row["source"],
            origins: (row["origins"] as String).split(separator: " ").map(String.init),
            site: row["site"], hint: row["hint"],
            made: Instant(microseconds: row["made_at"]),
            revoked: (row["revoked_at"] as Int64?).map { Instant(microseconds: $0) })
    }
}

extension Failure.Code {
    /// Another key speaks for the site already.
    public static let keySiteTaken: Self = "keys/site-taken"
}
