import Definitions
import Vocabulary

/// The tables that tell the sessions of rows apart.
enum SessionTables {
    /// Tables up to `visits`: the rows of `chosen` with `s`, the session of their entity `w`.
    ///
    /// - Parameter rule: What a session is; rows of a value have it as `s` already.
    /// - Returns: The tables, and the name of the last one.
    static func tables(_ rule: SessionRule) -> (tables: [String], last: String) {
        guard case .pause(let seconds) = rule else { return ([], "chosen") }
        let pause = Int64(seconds) * 1_000_000
        let tables = """
            pauses AS (
              SELECT *, CASE WHEN t - lag(t) OVER (PARTITION BY w ORDER BY t) <= \(pause) \
            THEN 0 ELSE 1 END AS opened
              FROM chosen
            ), visits AS (
              SELECT *, sum(opened) OVER (PARTITION BY w ORDER BY t) AS s FROM pauses
            )
            """
        return ([tables], "visits")
    }
}

extension ChosenRows {
    /// Adds the session where it is a value.
    mutating func addSession(_ rule: SessionRule) throws(Failure) {
        guard case .value(let value) = rule else { return }
        let session = try text.value(value, at: "session")
        add(session, as: "s")
        require("\(session) IS NOT NULL")
    }
}
