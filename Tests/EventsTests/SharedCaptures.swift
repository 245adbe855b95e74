import Events
import Foundation
import Testing
import Vocabulary

/// Requests that real clients sent, byte for byte, beside the project; the tests that need them are
/// skipped where they are not there.
enum SharedCaptures {
    /// A request, and what its client was answered.
    struct Capture: CustomTestStringConvertible, Sendable {
        let path: String
        let method: String
        let target: String
        let headers: [(name: String, value: String)]
        let body: [UInt8]
        let recording: Data

        var testDescription: String { path }

        /// The request as the server gets it, received when it says that it was sent.
        func request(received: Instant) throws -> EventRequest {
            let query = target.firstIndex(of: "?").map { String(target[$0...].dropFirst()) }
            let name = String(target.prefix { $0 != "?" })
            return EventRequest(
                route: try #require(EventRoute(method: method, path: name)), query: query ?? "",
                headers: headers, body: body, received: received, address: "203.0.113.7",
                salt: VisitorSalt(Array(0..<16)))
        }

        /// The body as the recorder decoded it with Python's library for JSON.
        func document() throws -> Any {
            let value = try JSONSerialization.jsonObject(with: recording)
            let recorded = try #require(value as? [String: Any])
            return try #require(recorded["body_json"])
        }

        /// Status and body of the answer that the client was given.
        func answer() throws -> (status: Int, body: String) {
            let value = try JSONSerialization.jsonObject(with: recording)
            let response = (value as? [String: Any])?["response"] as? [String: Any]
            return (
                try #require(response?["status"] as? Int),
                response?["body"] as? String ?? ""
            )
        }
    }

    /// `YARDSTICK_CAPTURES`, else the folder `shared/captures` beside the project's.
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["YARDSTICK_CAPTURES"] {
            return URL(filePath: path)
        }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/captures")
    }()

    /// Whether the captures are there.
    static let areThere = FileManager.default.fileExists(atPath: folder.path)

    /// The captures below a folder, in order; none where they are not there.
    static func below(_ name: String) -> [Capture] {
        let root = folder.appending(path: name)
        let files = FileManager.default.enumerator(atPath: root.path)?.allObjects ?? []
        return files.compactMap { $0 as? String }.filter { $0.hasSuffix(".raw") }.sorted()
            .compactMap { capture(root.appending(path: $0), "\(name)/\($0)") }
    }

    private static func capture(_ file: URL, _ path: String) -> Capture? {
        let recording = file.deletingPathExtension().appendingPathExtension("json")
        guard let raw = try? Data(contentsOf: file), let end = raw.range(of: Data("\r\n\r\n".utf8)),
            let json = try? Data(contentsOf: recording)
        else { return nil }
        let lines = String(decoding: raw[..<end.lowerBound], as: UTF8.self).split(
            separator: "\r\n")
        let first = lines[0].split(separator: " ").map(String.init)
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (String(line[..<colon]), String(value))
        }
        return Capture(
            path: path, method: first[0], target: first[1], headers: headers,
            body: Array(raw[end.upperBound...]), recording: json)
    }
}
