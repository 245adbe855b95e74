import HTTPTypes
import Vocabulary

/// The description of the API in OpenAPI 3.1, made from the endpoints that route the requests.
struct OpenAPIDocument {
    let endpoints: [Endpoint]

    /// The document.
    var json: JSON {
        let documented = endpoints.filter { !$0.ignoresQuery }
        var paths: [(name: String, value: JSON)] = []
        for endpoint in documented where !paths.contains(where: { $0.name == endpoint.path }) {
            let operations = documented.filter { $0.path == endpoint.path }.map {
                (name: $0.method.rawValue.lowercased(), value: operation($0))
            }
            paths.append((endpoint.path, .object(operations)))
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Yardstick", "version": "1",
                "summary": "The KPIs of a team: values, definitions and data.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(OpenAPIDocument.schemas),
                "securitySchemes": [
                    "session": [
                        "type": "apiKey", "in": "cookie", "name": "yardstick",
                        "description": "Given by POST /api/v1/session.",
                    ],
                    "csrf": [
                        "type": "apiKey", "in": "header", "name": "X-CSRF-Token",
                        "description": "The csrf value of GET /api/v1/session.",
                    ],
                ],
            ],
        ]
    }

    private static var schemas: [(name: String, value: JSON)] {
        [
            ScorecardSchemas.components, AnswerSchemas.components, CatalogueSchemas.components,
            SourceSchemas.components, KeySchemas.components, EventSchemas.components,
            BehaviourSchemas.components, PeopleSchemas.components,
        ].flatMap { part in part.map { (name: $0.key, value: $0.value.json) } }
    }

    private func operation(_ endpoint: Endpoint) -> JSON {
        var members: [(name: String, value: JSON)] = [
            ("operationId", .text(identifier(endpoint))), ("summary", .text(endpoint.summary)),
        ]
        if endpoint.access != .everyone {
            let proof: JSON =
                endpoint.changesState ? ["session": [], "csrf": []] : ["session": []]
            members.append(("security", endpoint.access == .machine ? [[:], proof] : [proof]))
        }
        if !endpoint.parameters.isEmpty {
            members.append(("parameters", .list(endpoint.parameters.map(parameter))))
        }
        if let body = endpoint.body { members.append(("requestBody", content(body))) }
        members.append(("responses", responses(endpoint)))
        return .object(members)
    }

    private func identifier(_ endpoint: Endpoint) -> String {
        let words = endpoint.path.split { "/{}._".contains($0) }
            .filter { $0 != "api" && $0 != "v1" }
        let noun = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return endpoint.method.rawValue.lowercased() + noun
    }

    private func parameter(_ parameter: Parameter) -> JSON {
        let kind: JSON =
            switch parameter.kind {
            case .text: ["type": "string", "maxLength": 2000]
            case .definition: ["type": "string", "maxLength": 10000]
            case .integer(let range):
                [
                    "type": "integer", "minimum": .integer(range.lowerBound),
                    "maximum": .integer(range.upperBound),
                ]
            case .choice(let words): Schema.choice(words).json
            }
        return [
            "name": .text(parameter.name), "in": .text(parameter.location.rawValue),
            "required": .boolean(parameter.isRequired), "description": .text(parameter.summary),
            "schema": parameter.repeats ? ["type": "array", "items": kind] : kind,
        ]
    }

    private func content(_ body: BodyContent) -> JSON {
        switch body {
        case .json(let schema):
            ["required": true, "content": ["application/json": ["schema": schema.json]]]
        case .file:
            [
                "required": true,
                "content": ["application/octet-stream": ["schema": ["type": "string"]]],
            ]
        }
    }

    private func responses(_ endpoint: Endpoint) -> JSON {
        let answer = endpoint.answer
        var members: [(name: String, value: JSON)] = []
        var success: [(name: String, value: JSON)] = [("description", .text(endpoint.summary))]
        if !answer.mediaType.isEmpty {
            let schema = answer.schema.map { ["schema": $0.json] as JSON } ?? [:]
            success.append(("content", .object([(answer.mediaType, schema)])))
        }
        members.append((String(answer.status.code), .object(success)))
        if answer.isTagged {
            members.append(("304", ["description": "The browser has this answer already"]))
        }
        members.append(
            (
                "default",
                [
                    "description": "What went wrong, and what to do",
                    "content": ["application/json": ["schema": Schema.named("Failure").json]],
                ]
            ))
        return .object(members)
    }
}
