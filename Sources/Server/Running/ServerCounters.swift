import Foundation
import HTTPTypes
import Vocabulary

/// What the server counts, for `/metrics` in the text format of Prometheus.
final class ServerCounters: Sendable {
    private struct Route: Hashable {
        let path: String
        let method: String
        let status: Int
    }

    /// Upper bounds of the durations' histogram, in seconds.
    private static let bounds: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]

    private let clock: any WallClock
    private let started: Instant
    private let lock = NSLock()
    nonisolated(unsafe) private var requests: [Route: Int] = [:]
    nonisolated(unsafe) private var buckets = [Int](repeating: 0, count: bounds.count + 1)
    nonisolated(unsafe) private var seconds = 0.0
    nonisolated(unsafe) private var counts: [Event: Int] = [:]

    /// Something that is counted.
    enum Event: String, CaseIterable, Sendable {
        case questions
        case notModified = "answers_not_modified"
        case imports
        case importsFailed = "imports_failed"
        case signInsRefused = "sign_ins_refused"
        case events
        case eventsRefused = "events_refused"
        case eventsUnplanned = "events_unplanned"
        case eventRequestsRefused = "event_requests_refused"

        var help: String {
            switch self {
            case .questions: "Questions that were asked over HTTP."
            case .notModified: "Answers that the browser had already (304)."
            case .imports: "Imports that ended well."
            case .importsFailed: "Imports that failed or were cancelled."
            case .signInsRefused: "Sign-ins with a wrong address or password."
            case .events: "Events that were taken."
            case .eventsRefused: "Events that were refused, one by one."
            case .eventsUnplanned: "What of the events taken no tracking plan foresees."
            case .eventRequestsRefused: "Requests with events of which none was taken."
            }
        }
    }

    init(started: Instant, clock: any WallClock) {
        self.started = started
        self.clock = clock
    }

    /// Counts a request by the pattern of its path, never by the path itself.
    func answered(
        route: String, method: HTTPRequest.Method, status: Int, after duration: Duration
    ) {
        let (whole, fraction) = duration.components
        let seconds = Double(whole) + Double(fraction) * 1e-18
        let name = method.rawValue
        let known = ServerCounters.methods.contains(name) ? name : "other"
        let bucket = ServerCounters.bounds.firstIndex { seconds <= $0 }
        lock.withLock {
            requests[Route(path: route, method: known, status: status), default: 0] += 1
            buckets[bucket ?? ServerCounters.bounds.count] += 1
            self.seconds += seconds
        }
    }

    /// Counts an event, or several.
    func count(_ event: Event, by number: Int = 1) {
        lock.withLock { counts[event, default: 0] += number }
    }

    /// All that was counted, in the text format of Prometheus.
    ///
    /// - Parameter gauges: Present values: name, what it is, value.
    /// - Returns: Lines.
    func text(gauges: [(name: String, help: String, value: Double)]) -> String {
        var lines: [String] = []
        func head(_ name: String, _ type: String, _ help: String) {
            lines.append("# HELP yardstick_\(name) \(help)")
            lines.append("# TYPE yardstick_\(name) \(type)")
        }
        let (requests, buckets, seconds, counts) = lock.withLock {
            (self.requests, self.buckets, self.seconds, self.counts)
        }
        head("http_requests_total", "counter", "Requests by path, method and status.")
        lines += requests.map { route, count in
            """
            yardstick_http_requests_total{path="\(route.path)",method="\(route.method)",\
            status="\(route.status)"} \(count)
            """
        }.sorted()
        head("http_request_seconds", "histogram", "Seconds until an answer began.")
        var total = 0
        for (bound, count) in zip(ServerCounters.bounds.map { "\($0)" } + ["+Inf"], buckets) {
            total += count
            lines.append("yardstick_http_request_seconds_bucket{le=\"\(bound)\"} \(total)")
        }
        lines.append("yardstick_http_request_seconds_sum \(seconds)")
        lines.append("yardstick_http_request_seconds_count \(total)")
        for event in Event.allCases {
            head("\(event.rawValue)_total", "counter", event.help)
            lines.append("yardstick_\(event.rawValue)_total \(counts[event] ?? 0)")
        }
        let uptime = Double(clock.now.microseconds - started.microseconds) / 1e6
        let own = [
            ("uptime_seconds", "Seconds since the server started.", uptime),
            ("resident_bytes", "Memory that the program holds.", ServerCounters.residentBytes),
        ]
        for (name, help, value) in own + gauges {
            head(name, "gauge", help)
            lines.append("yardstick_\(name) \(value)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Memory that the program holds, in bytes; zero where the system does not tell.
    private static var residentBytes: Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return Double(pages * sysconf(Int32(_SC_PAGESIZE)))
    }
}
