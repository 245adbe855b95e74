import Foundation
import GRDB
import Vocabulary

/// The audit log's table in the bookkeeping file.
struct AuditStore: Sendable {
    let state: StateStore

    func append(_ entry: AuditEntry) async throws(Failure) {
        try await state.write { database in
            let last = "SELECT chain FROM audit ORDER BY id DESC LIMIT 1"
            let previous = try Data.fetchOne(database, sql: last) ?? Data()
            try database.execute(
                sql: """
                    INSERT INTO audit (at, who, action, detail, address, chain)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.at.microseconds, entry.who, entry.action, entry.detail, entry.address,
                    AuditStore.link(previous, entry),
                ])
        }
    }

    func latest(_ count: Int) async throws(Failure) -> [AuditEntry] {
        try await state.read { database in
            let sql = "SELECT * FROM audit ORDER BY id DESC LIMIT ?"
            return try Row.fetchAll(database, sql: sql, arguments: [count])
                .map(AuditEntry.init(row:))
        }
    }

    func isIntact() async throws(Failure) -> Bool {
        try await state.read { database in
            var previous = Data()
            let rows = try Row.fetchCursor(database, sql: "SELECT * FROM audit ORDER BY id")
            while let row = try rows.next() {
                previous = AuditStore.link(previous, AuditEntry(row: row))
                guard previous == row["chain"] as Data else { return false }
            }
            return true
        }
    }

    private static func link(_ previous: Data, _ entry: AuditEntry) -> Data {
        Data(SecretToken.hash(of: previous.base64EncodedString() + entry.chained))
    }
}

extension AuditEntry {
    fileprivate init(row: Row) {
        self.init(
            at: Instant(microseconds: row["at"]), who: row["who"], action: row["action"],
            detail: row["detail"], address: row["address"])
    }
}
