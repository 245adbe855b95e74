import GRDB
import Vocabulary

/// The library that keeps the bookkeeping: SQLite.
public enum StateLibrary {
    /// Its version, for example `3.40.1`.
    ///
    /// - Throws: `state/failed` when it does not work.
    public static func version() throws(Failure) -> String {
        do {
            let version = try DatabaseQueue().read {
                try String.fetchOne($0, sql: "SELECT sqlite_version()")
            }
            return version ?? ""
        } catch {
            throw Failure(
                .stateFailed, "SQLite does not work.",
                hint: "install it again: apt-get install --reinstall libsqlite3-0",
                details: ["\(error)"])
        }
    }
}
