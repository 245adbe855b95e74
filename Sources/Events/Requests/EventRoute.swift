/// The format in which a client sends events.
public enum EventFormat: String, CaseIterable, Sendable {
    /// Our own, as JSON or as lines of JSON.
    case own
    /// Segment's HTTP API, which RudderStack speaks too.
    case segment
    /// PostHog's capture, in its shapes of before (v0) and now (v1).
    case posthog
    /// Plausible's events.
    case plausible
    /// Umami's events.
    case umami
    /// Our own, as the address of a picture.
    case pixel
}

/// Where a request goes: which format its path is of, and what is wanted there.
public struct EventRoute: Hashable, Sendable {
    /// What a path is for.
    public enum Purpose: Hashable, Sendable {
        /// Events are handed in.
        case events(Shape)
        /// A browser asks whether it may send from another site.
        case preflight
        /// PostHog's flags for a person.
        case flags
        /// PostHog's flags as they were asked for before.
        case decide
        /// The definitions of PostHog's flags, to be decided by the client.
        case flagDefinitions
        /// The payload of one of PostHog's flags.
        case flagPayload
        /// The settings of PostHog's library for browsers: a token, and whether as a script.
        case browserConfig(token: String, isScript: Bool)
        /// The settings of Segment's library for browsers.
        case settings(key: String)
        /// The settings of RudderStack's library for browsers.
        case sourceConfig
    }

    /// How events lie in a request.
    public enum Shape: Hashable, Sendable {
        /// As the format has it at this path.
        case plain
        /// One event, of a kind that the path names.
        case one(Event.Kind)
        /// One event in the parameter `data`, answered with a picture.
        case picture(Event.Kind?)
        /// With results for each event, as PostHog's v1.
        case results
        /// At a path that another vendor has too.
        case shared
    }

    /// The format that the path is of.
    public let format: EventFormat
    /// What is wanted.
    public let purpose: Purpose
    /// What stood before the vendor's own path: `/compat/segment`, or nothing.
    public let prefix: String

    /// Finds out where a request goes; nil where nothing of this is meant.
    ///
    /// Slashes at the end do not count, and any vendor's paths are also found below
    /// `/compat/<vendor>`.
    public init?(method: String, path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true)[...]
        var vendor: EventFormat?
        var prefix = ""
        if parts.first == "compat" {
            guard parts.count > 2, let named = EventRoute.vendors[String(parts[1])] else {
                return nil
            }
            vendor = named
            prefix = "/compat/\(parts[1])"
            parts = parts.dropFirst(2)
        }
        let steps = Array(parts)
        let path = steps.joined(separator: "/")
        let isPreflight = method == "OPTIONS"
        let isHead = method == "HEAD"
        let methods = isPreflight ? ["POST", "GET"] : [isHead ? "GET" : method]
        for method in methods {
            for format in EventFormat.allCases where vendor == nil || format == vendor {
                guard
                    let purpose = EventRoute.purpose(
                        format, method, path, steps, isAlone: vendor != nil)
                else { continue }
                // Whoever asks for the head of a picture has not looked at it.
                if isHead, case .events = purpose { continue }
                self.format = format
                self.purpose = isPreflight ? .preflight : purpose
                self.prefix = prefix
                return
            }
        }
        return nil
    }

    private static let vendors: [String: EventFormat] = [
        "segment": .segment, "rudder": .segment, "rudderstack": .segment, "posthog": .posthog,
        "plausible": .plausible, "umami": .umami,
    ]

    private static func purpose(
        _ format: EventFormat, _ method: String, _ path: String, _ parts: [Substring],
        isAlone: Bool
    ) -> Purpose? {
        switch (format, method) {
        case (.own, "POST"): return path == "api/v1/events" ? .events(.plain) : nil
        case (.pixel, "GET"): return path == "api/v1/pixel.gif" ? .events(.picture(nil)) : nil
        case (.plausible, "POST"): return path == "api/event" ? .events(.plain) : nil
        case (.umami, "POST"):
            return ["api/send", "api/batch"].contains(path) ? .events(.plain) : nil
        case (.segment, _): return segment(method, parts)
        case (.posthog, "POST"): return posthogPost(path, isAlone: isAlone)
        case (.posthog, "GET"): return posthogGet(path, parts)
        default: return nil
        }
    }

    private static let segmentKinds: [Substring: Event.Kind] = [
        "t": .track, "track": .track, "p": .page, "page": .page, "s": .screen, "screen": .screen,
        "i": .identify, "identify": .identify, "g": .group, "group": .group, "a": .alias,
        "alias": .alias,
    ]

    private static func segment(_ method: String, _ parts: [Substring]) -> Purpose? {
        if method == "GET", parts == ["sourceConfig"] { return .sourceConfig }
        let parts = parts.first == "cdn" ? Array(parts.dropFirst()) : parts
        guard parts.count > 1, parts[0] == "v1" else { return nil }
        if method == "POST", parts.count == 2 {
            if ["batch", "b", "import"].contains(parts[1]) { return .events(.plain) }
            return segmentKinds[parts[1]].map { .events(.one($0)) }
        }
        if method == "GET", parts.count == 3, parts[1] == "pixel" {
            return segmentKinds[parts[2]].map { .events(.picture($0)) }
        }
        if method == "GET", parts.count == 4, parts[1] == "projects", parts[3] == "settings",
            isKey(parts[2])
        {
            return .settings(key: String(parts[2]))
        }
        return nil
    }

    private static func posthogPost(_ path: String, isAlone: Bool) -> Purpose? {
        switch path {
        case "e", "i/v0/e", "capture": .events(.plain)
        case "batch", "track", "engage": .events(isAlone ? .plain : .shared)
        case "i/v1/analytics/events": .events(.results)
        case "flags": .flags
        case "decide": .decide
        default: nil
        }
    }

    private static func posthogGet(_ path: String, _ parts: [Substring]) -> Purpose? {
        switch path {
        case "e", "i/v0/e", "capture": return .events(.plain)
        case "flags/definitions", "api/feature_flag/local_evaluation": return .flagDefinitions
        default: break
        }
        if parts.count == 3, parts[0] == "array", isKey(parts[1]) {
            if parts[2] == "config" {
                return .browserConfig(token: String(parts[1]), isScript: false)
            }
            if parts[2] == "config.js" {
                return .browserConfig(token: String(parts[1]), isScript: true)
            }
        }
        let isPayload =
            parts.count == 6 && parts[0] == "api" && parts[1] == "projects"
            && parts[3] == "feature_flags" && parts[5] == "remote_config"
        return isPayload ? .flagPayload : nil
    }

    /// Whether a part of a path can be a key that is put into an answer as it is.
    private static func isKey(_ text: Substring) -> Bool {
        text.utf8.count <= 200
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            }
    }
}
