import Vocabulary

extension EventReply {
    /// The answer to a request that hands in nothing but asks for settings or flags; nil where it
    /// hands in events.
    ///
    /// There are no flags: every version of PostHog's clients is told so in its own shape.
    public static func settings(for request: EventRequest) -> EventReply? {
        switch request.route.purpose {
        case .events: nil
        case .preflight: preflight(request.headers)
        case .flags: EventReply(status: 200, json: flags(request, isDecide: false))
        case .decide: EventReply(status: 200, json: flags(request, isDecide: true))
        case .flagDefinitions: definitions(request)
        case .flagPayload:
            EventReply(to: Failure(.eventsNoFlag, "There is no flag of this name."))
        case .browserConfig(let token, let isScript): browserConfig(token, isScript)
        case .settings(let key): EventReply(status: 200, json: segment(key, request))
        case .sourceConfig: EventReply(status: 200, json: rudder(request))
        }
    }

    private static func flags(_ request: EventRequest, isDecide: Bool) -> JSON {
        let version = request.parameter("v").flatMap(Int.init) ?? 1
        let milliseconds = Int(request.received.microseconds / 1_000)
        var members: [(name: String, value: JSON)] = []
        if isDecide {
            members += [
                ("config", ["enable_collect_everything": true]), ("editorParams", [:]),
                ("isAuthenticated", false), ("supportedCompression", ["gzip", "gzip-js"]),
                ("toolbarParams", [:]), ("sessionRecording", false), ("siteApps", []),
            ]
        }
        if version >= (isDecide ? 4 : 2) {
            members.append(("flags", [:]))
        } else if isDecide, version == 1 {
            members.append(("featureFlags", []))
        } else {
            members += [("featureFlags", [:]), ("featureFlagPayloads", [:])]
        }
        members += [
            ("errorsWhileComputingFlags", false),
            ("requestId", .text(requestID(request))), ("evaluatedAt", .integer(milliseconds)),
        ]
        return .object(members)
    }

    /// An id in the form of a UUID.
    private static func requestID(_ request: EventRequest) -> String {
        let digits = Array(
            ContentID.id(of: "\(request.received.microseconds) \(request.body.count)"))
        let parts = [
            digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...],
        ]
        return parts.map { String($0) }.joined(separator: "-")
    }

    private static func definitions(_ request: EventRequest) -> EventReply {
        let tag = "\"no-flags\""
        var reply: EventReply
        if request.headers.ifNoneMatch == tag {
            reply = EventReply(status: 304, type: "application/json", body: [])
        } else {
            reply = EventReply(
                status: 200, json: ["flags": [], "group_type_mapping": [:], "cohorts": [:]])
        }
        reply.headers.append(Header("ETag", tag))
        return reply
    }

    private static func browserConfig(_ token: String, _ isScript: Bool) -> EventReply {
        let config: JSON = [
            "token": .text(token), "supportedCompression": ["gzip", "gzip-js"],
            "hasFeatureFlags": false, "captureDeadClicks": false, "capturePerformance": false,
            "autocapture_opt_out": false, "autocaptureExceptions": false,
            "analytics": ["endpoint": "/i/v0/e/"], "elementsChainAsString": true,
            "sessionRecording": false, "heatmaps": false, "surveys": false,
            "defaultIdentifiedOnly": true, "siteApps": [],
        ]
        guard isScript else { return EventReply(status: 200, json: config) }
        let script =
            "(function(){var c=window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{};"
            + "c[\"\(token)\"]={config:\(config.line),siteApps:[]}})();"
        return EventReply(
            status: 200, type: "text/javascript; charset=utf-8", body: Array(script.utf8))
    }

    /// What Segment's library for browsers needs to know before it sends anything.
    private static func segment(_ key: String, _ request: EventRequest) -> JSON {
        let host = request.headers.host ?? "localhost"
        return [
            "integrations": [
                "Segment.io": [
                    "apiKey": .text(key), "apiHost": .text("\(host)\(request.route.prefix)/v1"),
                    "protocol": request.isSecure ? "https" : "http",
                    "deliveryStrategy": ["strategy": "standard"], "unbundledIntegrations": [],
                    "addBundledMetadata": true,
                ]
            ],
            "plan": ["track": ["__default": ["enabled": true, "integrations": [:]]]],
            "edgeFunction": [:], "analyticsNextEnabled": true, "middlewareSettings": [:],
            "enabledMiddleware": [:], "metrics": ["sampleRate": 0],
            "legacyVideoPluginsEnabled": false, "remotePlugins": [],
        ]
    }

    private static func rudder(_ request: EventRequest) -> JSON {
        let key =
            RequestKey.basic(request.headers.authorization) ?? RequestKey.parameter(request) ?? ""
        return [
            "source": [
                "id": .text(key), "name": "Yardstick", "writeKey": .text(key), "enabled": true,
                "workspaceId": "yardstick", "config": [:], "destinations": [],
            ]
        ]
    }
}
