import Events
import Planning
import Vocabulary

@testable import Features

/// What an application sends into the source `app`, and the key by which it does.
enum AppEvents {
    /// The source, as the first part of a file of definitions.
    static let source = """
        source: app
        is: What people do in the app.
        from: events
        columns: { plan: text }
        """

    /// A funnel and a retention over it.
    static let buying = """
        funnel: buying
        is: From opening to ordering.
        from: app
        steps: [opened, ordered]
        ---
        retention: again
        is: Who opens again.
        from: app
        starts: opened
        returns: opened
        over: 3 days
        """

    /// A key of the source.
    static let key = WriteKey(
        id: 1, label: "app", source: "app", origins: [], site: nil, hint: "yw_0000",
        made: Instant(seconds: 0), revoked: nil)

    /// An event of 2026-06-10 at noon in UTC, or so many days and minutes later.
    static func event(
        _ name: String, id: String, user: String? = nil, anonymous: String? = nil, day: Int = 0,
        minute: Int = 0, properties: String = "{}", isBot: Bool = false
    ) -> Event {
        let noon = Instant(iso: "2026-06-10T12:00:00Z") ?? Instant(seconds: 0)
        var event = Event(
            id: id, kind: .track, name: name, user: user, anonymous: anonymous,
            time: noon.adding(seconds: day * 86_400 + minute * 60),
            received: TemporaryWorkspace.clock.now)
        event.properties = JSONObjectText(checked: Array(properties.utf8))
        event.context.isBot = isBot
        return event
    }
}

extension WorkspaceSession {
    /// Accepts events of the application and waits until answers have them.
    func take(_ events: [Event]) async throws {
        try await accept(events, refused: [], with: AppEvents.key)
        try await settleEvents()
    }

    /// A metric's number over June 2026.
    func june(
        _ metric: String, filters: [String] = [], asOf: String? = nil
    ) async throws -> Double? {
        let words = QuestionWords(metrics: [metric], over: "2026-06", filters: filters, asOf: asOf)
        return try await answer(question(words)).rows[0].cells[0].quantity.value
    }
}
