import Foundation
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("The description of the API")
struct OpenAPITests {
    private let document = OpenAPIDocument(endpoints: Endpoints.all).json

    @Test("it has every endpoint, and no page of the web app")
    func complete() throws {
        let paths = try #require(document["paths"])
        for endpoint in Endpoints.all {
            let operation = paths[endpoint.path]?[endpoint.method.rawValue.lowercased()]
            #expect((operation != nil) == !endpoint.ignoresQuery, "\(endpoint.path)")
        }
    }

    @Test("every reference leads to a schema, and every schema is used")
    func references() throws {
        guard case .object(let schemas) = document["components"]?["schemas"] else {
            Issue.record("there are no schemas")
            return
        }
        let defined = Set(schemas.map(\.name))
        #expect(defined.count == schemas.count)

        let used = Set(
            document.line.matches(of: /"\$ref":"#\/components\/schemas\/([A-Za-z]+)"/)
                .map { String($0.1) })

        #expect(used == defined)
    }

    @Test("the parameters in a path are those that the endpoint describes")
    func pathParameters() {
        for endpoint in Endpoints.all {
            let inPath = endpoint.segments.filter { $0.hasPrefix("{") }
                .map { String($0.dropFirst().dropLast()) }
            let described = endpoint.parameters.filter { $0.location == .path }.map(\.name)
            #expect(inPath == described)
        }
    }

    @Test("operations have names of their own")
    func operationNames() {
        let names = document.line.matches(of: /"operationId":"([A-Za-z]+)"/).map { $0.1 }

        #expect(Set(names).count == names.count)
        #expect(names.count == Endpoints.all.count { !$0.ignoresQuery })
    }

    @Test("the reference page lists the same endpoints")
    func referencePage() throws {
        let page = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/reference/api.md")
        let text = try String(contentsOf: page, encoding: .utf8)

        let written = text.split(separator: "\n").filter { $0.contains(/^\| `[A-Z]+ \//) }
        let expected = Endpoints.all.filter { !$0.ignoresQuery }.map { endpoint in
            let access = endpoint.access.rawValue
            return "| `\(endpoint.method) \(endpoint.path)` | \(access) | \(endpoint.summary) |"
        }

        #expect(written.map(String.init) == expected)
    }

    @Test("it is written out for other tools to check, where a test run asks for it")
    func writtenOut() throws {
        guard let path = ProcessInfo.processInfo.environment["YARDSTICK_OPENAPI_FILE"] else {
            return
        }
        try Data(document.bytes).write(to: URL(filePath: path))
    }
}
