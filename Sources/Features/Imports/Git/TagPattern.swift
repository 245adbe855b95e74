import Engines
import Vocabulary

/// Which tags are releases.
///
/// DuckDB compares, since its time grows with the length of a tag whatever the pattern is.
struct TagPattern {
    private let condition: (sql: String, text: String)?

    /// - Parameter written: A pattern with `*`, `?` and `[…]`, or `/a regular expression/` for the
    ///   whole tag; nil for all tags.
    init(_ written: String?) {
        guard let written else {
            condition = nil
            return
        }
        let isExpression = written.count > 2 && written.hasPrefix("/") && written.hasSuffix("/")
        condition =
            isExpression
            ? ("regexp_full_match(tag, $1)", String(written.dropFirst().dropLast()))
            : ("tag glob $1", written)
    }

    /// The tags that match.
    ///
    /// - Throws: `import/option` where the regular expression cannot be read.
    func matches(of tags: [String], on engine: DuckDBEngine) async throws(Failure) -> Set<String> {
        guard let condition else { return Set(tags) }
        guard !tags.isEmpty else { return [] }
        let list = tags.map(quotedText).joined(separator: ", ")
        let sql = "select tag from (select unnest([\(list)]) as tag) where \(condition.sql)"
        do throws(Failure) {
            let frame = try await engine.run(Statement(sql, [.text(condition.text)]))
            return Set((0..<frame.count).compactMap { frame.columns[0].text($0) })
        } catch {
            if error.code == .engineCancelled { throw error }
            throw Failure(
                .importOption, "The tags of a release cannot be like '\(condition.text)'.",
                hint: "Write a pattern such as \"v*\", or a regular expression between slashes.",
                details: [error.message])
        }
    }
}
