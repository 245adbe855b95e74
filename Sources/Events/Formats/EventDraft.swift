import Vocabulary

/// What a format's reader has found of an event: parts of the input, not yet judged.
struct EventDraft {
    var kind: Event.Kind?
    var name: JSONText?
    var id: JSONText?
    var user: JSONText?
    var anonymous: JSONText?
    var previous: JSONText?
    var session: JSONText?
    var groups: [Event.Group] = []
    /// When it happened, by the client's clock.
    var time: JSONSlice?
    /// How many milliseconds it happened before it was sent, where the client says that instead.
    var offset: Double?
    /// Whether the client's clock is to be corrected.
    var isCorrected = true
    var properties: JSONSlice?
    /// Whether `$ip` stands among the properties, where no address is to be kept.
    var tellsAddress = false
    var moreProperties: [PropertyText.Extra] = []
    var traits: JSONSlice?
    var moreTraits: [PropertyText.Extra] = []
    var url: JSONText?
    /// The host of an address that is only a path.
    var host: JSONText?
    var path: JSONText?
    var title: JSONText?
    var referrer: JSONText?
    var campaign = Campaign()
    var click: String?
    var device: String?
    var browser: JSONText?
    var system: JSONText?
    var language: JSONText?
    var userAgent: JSONText?
    var address: JSONText?
    var library: JSONText?
    var libraryVersion: JSONText?
    var isDriven = false
    /// Of which site it is, for visitors without ids.
    var site: JSONText?
    /// What is wrong, as far as it was noticed while reading.
    var refusal: Refusal?

    /// The campaign that the client names.
    struct Campaign {
        var source: JSONText?
        var medium: JSONText?
        var name: JSONText?
        var term: JSONText?
        var content: JSONText?
    }

    /// Whether nothing was found that says what was done or who did it.
    var isUntouched: Bool {
        name == nil && id == nil && user == nil && anonymous == nil && time == nil
            && properties == nil && traits == nil && url == nil && groups.isEmpty
    }

    /// A text or a number; nil for null and for an empty text. Anything else refuses the event.
    @inline(__always)
    mutating func word(_ slice: JSONSlice, _ field: StaticString) -> JSONText? {
        if let text = slice.textOrNumber { return text.count == 0 ? nil : text }
        if slice.kind != .null { refuse(field, "a text") }
        return nil
    }

    /// A text where there is one; nil for anything else, which is left where it stands.
    @inline(__always)
    func text(_ slice: JSONSlice) -> JSONText? {
        guard let text = slice.text, text.count > 0 else { return nil }
        return text
    }

    /// An object; nil for null and for an empty list, as some languages write an empty object.
    @inline(__always)
    mutating func object(_ slice: JSONSlice, _ field: StaticString) -> JSONSlice? {
        switch slice.kind {
        case .object: return slice
        case .null: return nil
        case .list where PropertyText.isVoid(slice): return nil
        default:
            refuse(field, "an object")
            return nil
        }
    }

    /// Remembers that a field is not what it should be.
    mutating func refuse(_ field: StaticString, _ wanted: StaticString) {
        guard refusal == nil else { return }
        refusal = Refusal(.eventsBadField, "The field '\(field)' is not \(wanted).")
    }
}

/// The last text that was decoded for a field: events of one request mostly agree in them.
struct TextMemo {
    private var base: UnsafePointer<UInt8>?
    private var count = -1
    private var last = ""

    /// The text, decoded only where it is another than before.
    @inline(__always)
    mutating func string(_ text: JSONText) -> String {
        if isSame(text) { return last }
        return keep(text, text.string)
    }

    /// Whether it is written as the last one was.
    @inline(__always)
    func isSame(_ text: JSONText) -> Bool {
        guard text.count == count, let base else { return false }
        return equal(base, text.base, count)
    }

    /// Remembers what a text says.
    @inline(__always)
    mutating func keep(_ text: JSONText, _ string: String) -> String {
        (base, count, last) = (text.base, text.count, string)
        return string
    }

    /// What the last text said.
    var value: String { last }
}
