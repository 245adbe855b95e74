import Engines
import Vocabulary

/// What is kept beside the rows of derived sources: from what exactly they were made.
struct DerivationLedger {
    private let connection: DuckDBConnection

    init(_ connection: DuckDBConnection) { self.connection = connection }

    /// Makes the ledger's table where it is missing.
    func prepare() throws(Failure) {
        try connection.execute(
            """
            create table if not exists yardstick.derivations (
                name varchar, stamp varchar, made_at timestamp, seconds double)
            """)
    }

    /// The stamps of the derived tables that are stored, by source.
    func stamps() throws(Failure) -> [String: String] {
        let frame = try connection.run(
            Statement("select name, stamp from yardstick.derivations"))
        var stamps: [String: String] = [:]
        for row in 0..<frame.count {
            stamps[frame.columns[0].text(row) ?? ""] = frame.columns[1].text(row)
        }
        return stamps
    }

    func store(
        _ stamp: String, of source: String, madeAt: Instant, seconds: Double
    ) throws(Failure) {
        try forget(source)
        try connection.execute(
            "insert into yardstick.derivations values ($1, $2, $3, $4)",
            [.text(source), .text(stamp), .instant(madeAt), .number(seconds)])
    }

    func forget(_ source: String) throws(Failure) {
        try connection.execute("delete from yardstick.derivations where name = $1", [.text(source)])
    }
}
