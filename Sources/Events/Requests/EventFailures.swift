import Vocabulary

extension Failure.Code {
    /// A request's body is not JSON, or not what its path takes.
    public static let eventsBadJSON: Self = "events/bad-json"
    /// A request's body is JSON of another shape than its path takes.
    public static let eventsBadShape: Self = "events/bad-shape"
    /// A request's body cannot be inflated.
    public static let eventsBadCompression: Self = "events/bad-compression"
    /// A request is of a vendor whose format is not spoken.
    public static let eventsUnknownFormat: Self = "events/unknown-format"
    /// A request has more events than the limit.
    public static let eventsTooMany: Self = "events/too-many"
    /// A request or an event has more bytes than the limit.
    public static let eventsTooLarge: Self = "events/too-large"
    /// Lists and objects of an event lie in each other deeper than the limit.
    public static let eventsTooDeep: Self = "events/too-deep"
    /// An object of an event has more members than the limit.
    public static let eventsTooManyProperties: Self = "events/too-many-properties"
    /// A name stands twice in an object of an event.
    public static let eventsDuplicateName: Self = "events/duplicate-name"
    /// The name of an event or of a property is too long, empty, or not a text.
    public static let eventsBadName: Self = "events/bad-name"
    /// A text of an event holds the character NUL.
    public static let eventsBadText: Self = "events/bad-text"
    /// An event's kind is none that there is.
    public static let eventsBadKind: Self = "events/bad-kind"
    /// A field of an event is not what it should be.
    public static let eventsBadField: Self = "events/bad-field"
    /// An event has no name.
    public static let eventsNoName: Self = "events/no-name"
    /// An event does not say who acted.
    public static let eventsNoPerson: Self = "events/no-person"
    /// An event's time is none.
    public static let eventsBadTime: Self = "events/bad-time"
    /// An event is older than the limit.
    public static let eventsTooOld: Self = "events/too-old"
    /// An event's id is one that comes from a mistake, and would join people who are not the same.
    public static let eventsJunkID: Self = "events/junk-id"
    /// An event's time lies in the future; it is stored with the time at which it came.
    public static let eventsFutureTime: Self = "events/future-time"
    /// A text of an event is longer than the limit; the event is stored with its beginning.
    public static let eventsCutText: Self = "events/cut-text"
    /// A feature flag is asked for by name; there are none.
    public static let eventsNoFlag: Self = "events/no-flag"
}

/// An event that is not taken; the others of its request are.
public struct RefusedEvent: Hashable, Sendable {
    /// Which event of the request, counted from zero.
    public let index: Int
    /// The id that the client gave it, where it could be read.
    public let id: String?
    /// Why, as a code that stays the same.
    public let code: Failure.Code
    /// Why, in a sentence.
    public let message: String
    /// What came, cut at the limit of an event's bytes.
    public let raw: [UInt8]

    /// Says which event is refused, and why.
    public init(
        index: Int, id: String?, code: Failure.Code, message: String, raw: [UInt8]
    ) {
        self.index = index
        self.id = id
        self.code = code
        self.message = message
        self.raw = raw
    }
}

/// What was put right in an event that is taken.
public struct EventWarning: Hashable, Sendable {
    /// Which event of the request, counted from zero.
    public let index: Int
    /// The event's id.
    public let id: String
    /// What, as a code that stays the same.
    public let code: Failure.Code
    /// What, in a sentence.
    public let message: String

    var json: JSON {
        [
            "index": .integer(index), "id": .text(id), "code": .text(code.rawValue),
            "message": .text(message),
        ]
    }
}

/// Why an event is refused, before it is known which one.
struct Refusal: Error {
    let code: Failure.Code
    let message: String

    init(_ code: Failure.Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Why what was found in an event's JSON refuses it.
    init?(_ findings: JSONFindings, limits: EventLimits) {
        guard !findings.isDisjoint(with: .refusing) else { return nil }
        if findings.contains(.deep) {
            self.init(
                .eventsTooDeep,
                "Lists and objects lie in each other more than \(limits.depth) deep.")
        } else if findings.contains(.manyMembers) {
            self.init(
                .eventsTooManyProperties, "An object has more than \(limits.properties) members.")
        } else if findings.contains(.duplicateName) {
            self.init(.eventsDuplicateName, "A name stands twice in an object.")
        } else if findings.contains(.longName) {
            self.init(
                .eventsBadName,
                "A property's name has more than \(limits.propertyNameBytes) bytes.")
        } else if findings.contains(.emptyName) {
            self.init(.eventsBadName, "A property's name is empty.")
        } else {
            self.init(.eventsBadText, "A text holds the character NUL.")
        }
    }
}

extension Failure {
    /// The failure of a request whose body is not JSON.
    init(_ fault: JSONFault) {
        switch fault.reason {
        case .notObject, .notList, .notTaken:
            self.init(
                .eventsBadShape,
                "The body is not what is taken here: at byte \(fault.offset) "
                    + "\(fault.reason.rawValue).",
                hint: "docs/reference/ingest.md shows what each path takes.")
        case .tooDeep:
            self.init(
                .eventsTooDeep,
                "The body is not taken: at byte \(fault.offset) \(fault.reason.rawValue).")
        default:
            self.init(
                .eventsBadJSON,
                "The body is not JSON: at byte \(fault.offset) \(fault.reason.rawValue).",
                hint: "JSON as RFC 8259 has it is taken, in UTF-8.")
        }
    }
}
