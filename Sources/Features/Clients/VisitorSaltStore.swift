import CSodium
import Events
import Foundation
import GRDB
import Vocabulary

/// The day's salt of visitors' ids, in the bookkeeping file: those of days gone by are deleted, so
/// that nothing leads from an id to a person then.
struct VisitorSaltStore: Sendable {
    let state: StateStore

    /// The salt of a day, made where there is none yet; older ones are forgotten.
    func salt(of day: Day) async throws(Failure) -> VisitorSalt? {
        let bytes = try await state.write { database -> Data in
            try database.execute(
                sql: "DELETE FROM visitor_salt WHERE day < ?", arguments: [day.number])
            var fresh = [UInt8](repeating: 0, count: 16)
            randombytes_buf(&fresh, fresh.count)
            try database.execute(
                sql: "INSERT INTO visitor_salt (day, salt) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [day.number, Data(fresh)])
            return try Data.fetchOne(
                database, sql: "SELECT salt FROM visitor_salt WHERE day = ?",
                arguments: [day.number]) ?? Data(fresh)
        }
        return VisitorSalt([UInt8](bytes))
    }
}
