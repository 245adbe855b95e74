import Engines
import Vocabulary

extension LineLayout {
    /// The combined log format of Apache and nginx.
    ///
    /// Source: Apache HTTP Server 2.4, mod_log_config:
    /// `%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i"`. What stands after it is left out.
    static let accessLog: LineLayout = {
        let quoted = #""((?:[^"\\]|\\.)*)""#
        // A server that cuts long lines cuts the user agent; all else is there.
        let cut = #""((?:[^"\\]|\\.)*)(?:"(?: .*)?|\\?)$"#
        let pattern =
            #"^(\S+) (\S+) (.+?) \[(\d{2})/([A-Z][a-z]{2})/(\d{4}):(\d{2}:\d{2}:\d{2}) "#
            + #"([+-]\d{2})(\d{2})\] "# + quoted + #" (\d{3}) (\d+|-) "# + quoted + " " + cut
        let names = [
            "client", "identity", "account", "day", "month", "year", "clock", "hours", "minutes",
            "request", "status", "bytes", "referrer", "agent",
        ]
        let list = names.map(quotedText).joined(separator: ", ")
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let month = months.enumerated().map { index, name in
            "when '\(name)' then '\(index < 9 ? "0" : "")\(index + 1)'"
        }.joined(separator: " ")
        let time =
            "f.year || '-' || case f.month \(month) else f.month end || '-' || f.day || 'T' "
            + "|| f.clock || f.hours || ':' || f.minutes"
        // A request that the server could not read, such as "-", has no path.
        func request(_ group: Int) -> String {
            "nullif(regexp_extract(f.request, "
                + #"'^([A-Z_]+) (.*?)(?: (HTTP/[0-9.]+))?$', "# + "\(group)), '')"
        }
        let host = #"'^[a-z][a-z0-9+.-]*://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)'"#
        func column(_ name: String, _ type: ValueType, _ sql: String) -> Column {
            Column(name: name, type: type, sql: sql)
        }
        func unlessDash(_ field: String) -> String { "nullif(nullif(f.\(field), '-'), '')" }
        return LineLayout(
            columns: [
                column("time", .instant, time),
                column("client", .text, "f.client"),
                column("identity", .text, unlessDash("identity")),
                column("user", .text, unlessDash("account")),
                column("method", .text, request(1)),
                column("path", .text, request(2)),
                column("protocol", .text, request(3)),
                column("status", .integer, "f.status"),
                column("bytes", .integer, "case f.bytes when '-' then '0' else f.bytes end"),
                column("referrer", .text, unlessDash("referrer")),
                column(
                    "referrer_host", .text,
                    "nullif(regexp_extract(lower(f.referrer), \(host), 1), '')"),
                column("user_agent", .text, unlessDash("agent")),
                column(
                    "is_bot", .boolean,
                    "case when regexp_matches(f.agent, '(?i)bot|crawler|spider|slurp') "
                        + "then 'true' else 'false' end"),
                column("visitor", .text, "f.client || ' ' || left(sha256(f.agent), 12)"),
            ],
            taken: "regexp_extract(l, \(quotedText(pattern)), [\(list)])",
            isRow: "f.status <> ''", expectation: "a line of the combined log format")
    }()
}
