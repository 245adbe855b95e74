import Events
import TestSupport
import Vocabulary

/// Events of random content, the same for a seed, that use every part an event has.
struct RandomEvents {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func batch(of count: Int) -> EventBatch {
        EventBatch(
            key: Int.random(in: 0...1_000_000, using: &generator), source: text(),
            received: instant(), events: (0..<count).map { _ in event() })
    }

    mutating func event() -> Event {
        let kinds = Event.Kind.allCases
        var event = Event(
            id: text(), kind: kinds[Int.random(in: 0..<kinds.count, using: &generator)],
            name: text(), user: maybe(), anonymous: maybe(), time: instant(), received: instant())
        event.previous = maybe()
        event.groups = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
            Event.Group(type: text(), id: text())
        }
        event.session = maybe()
        if Bool.random(using: &generator) { event.clientTime = instant() }
        if Bool.random(using: &generator) { event.properties = object() }
        if Bool.random(using: &generator) { event.traits = object() }
        event.context = context()
        return event
    }

    private mutating func context() -> EventContext {
        var context = EventContext()
        (context.url, context.path, context.title) = (maybe(), maybe(), maybe())
        (context.referrer, context.device, context.browser) = (maybe(), maybe(), maybe())
        (context.system, context.country, context.language) = (maybe(), maybe(), maybe())
        (context.library, context.format) = (maybe(), maybe() ?? "")
        (context.campaign.source, context.campaign.medium) = (maybe(), maybe())
        (context.campaign.name, context.campaign.term) = (maybe(), maybe())
        (context.campaign.content, context.campaign.click) = (maybe(), maybe())
        context.isBot = Bool.random(using: &generator)
        return context
    }

    private mutating func maybe() -> String? { Bool.random(using: &generator) ? text() : nil }

    /// Texts of no, one and many characters, among them such as take several bytes.
    private mutating func text() -> String {
        let letters = ["a", "Z", "0", "ß", "語", "👩‍🚀", "\"", "\\", "\u{0}", "\n", " "]
        let count = [0, 1, 7, 40, 300][Int.random(in: 0..<5, using: &generator)]
        return (0..<count).map { _ in
            letters[Int.random(in: 0..<letters.count, using: &generator)]
        }.joined()
    }

    private mutating func object() -> JSONObjectText {
        let count = Int.random(in: 0...200, using: &generator)
        return JSONObjectText(
            checked: Array("{\"a\":\(String(repeating: "1", count: count + 1))}".utf8))
    }

    private mutating func instant() -> Instant {
        Instant(microseconds: Int64.random(in: .min ... .max, using: &generator))
    }
}
