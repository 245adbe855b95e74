import Vocabulary

/// Something that somebody did, in the one form into which every client's format is read.
///
/// Who the person is, is not known here: an event carries ids, and identity is decided when it is
/// applied, so that what is learnt later counts for what came earlier.
public struct Event: Hashable, Sendable {
    /// What an event says.
    public enum Kind: UInt8, CaseIterable, Sendable {
        /// Something was done.
        case track = 1
        /// A page of a web site was looked at.
        case page
        /// A screen of an app was looked at.
        case screen
        /// Who somebody is, and what is known of them.
        case identify
        /// To which group, such as a company, somebody belongs, and what is known of it.
        case group
        /// Two ids are one person.
        case alias
    }

    /// A group of people, such as an account of several users.
    public struct Group: Hashable, Sendable {
        /// What kind of group it is; `group` where the client names none.
        public let type: String
        /// Which one.
        public let id: String

        /// Names a group.
        public init(type: String = "group", id: String) {
            self.type = type
            self.id = id
        }
    }

    /// What makes it this event: the same id again is the same event.
    public var id: String
    /// What it says.
    public var kind: Kind
    /// What was done: the client's name, or that of the kind: `page_viewed`, `screen_viewed`,
    /// `identified`, `grouped`, `aliased`.
    public var name: String
    /// The id by which the application knows the person; nil for somebody not signed in.
    public var user: String?
    /// The id of the device or browser.
    public var anonymous: String?
    /// An earlier id of the same person, which an alias or an identification names.
    public var previous: String?
    /// The groups for which the person acted.
    public var groups: [Group] = []
    /// The visit.
    public var session: String?
    /// When it happened, the client's clock corrected by the server's.
    public var time: Instant
    /// When it happened by the client's clock; nil where the client said nothing.
    public var clientTime: Instant?
    /// When the server had it.
    public var received: Instant
    /// What the client says of it: a JSON object.
    public var properties: JSONObjectText = .empty
    /// What is known of the person or group from now on: a JSON object; nil where nothing is said.
    public var traits: JSONObjectText?
    /// Where it happened.
    public var context = EventContext()

    /// Makes an event of which more can be said.
    public init(
        id: String, kind: Kind, name: String, user: String? = nil, anonymous: String? = nil,
        time: Instant, received: Instant
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.user = user
        self.anonymous = anonymous
        self.time = time
        self.received = received
    }
}

/// The text of a JSON object that was checked.
public struct JSONObjectText: Hashable, Sendable {
    /// The text in UTF-8.
    public let bytes: [UInt8]

    /// Takes text that a scanner has checked.
    public init(checked bytes: [UInt8]) { self.bytes = bytes }

    /// An object without members.
    public static let empty = JSONObjectText(checked: Array("{}".utf8))

    /// Whether it has no member.
    public var isEmpty: Bool { bytes.count == 2 }
}

/// Where something happened: the page, the way there, the device, the client.
public struct EventContext: Hashable, Sendable {
    /// The page's address without its fragment.
    public var url: String?
    /// The path of the page's address.
    public var path: String?
    /// The page's title.
    public var title: String?
    /// The address of the page before.
    public var referrer: String?
    /// The campaign that led here.
    public var campaign = EventCampaign()
    /// The kind of device: `desktop`, `phone`, `tablet`, `tv`, `other`.
    public var device: String?
    /// The browser's family, such as `Firefox`.
    public var browser: String?
    /// The operating system's family, such as `Android`.
    public var system: String?
    /// The country's code of two letters, ISO 3166-1.
    public var country: String?
    /// The language, such as `de-AT`.
    public var language: String?
    /// Whether a program rather than a person acted.
    public var isBot = false
    /// The client's library and its version, such as `analytics-python 2.4.0`.
    public var library: String?
    /// The format in which the event came, such as `segment`.
    public var format = ""

    /// Knows nothing yet.
    public init() {}
}

/// The campaign that led to a page, by the parameters of its address.
public struct EventCampaign: Hashable, Sendable {
    /// Who sent: `utm_source`.
    public var source: String?
    /// By which way: `utm_medium`.
    public var medium: String?
    /// For what: `utm_campaign`.
    public var name: String?
    /// With which search term: `utm_term`.
    public var term: String?
    /// With which variant: `utm_content`.
    public var content: String?
    /// The click's id at who was paid for it, with its kind: `gclid=…`.
    public var click: String?

    /// Knows nothing yet.
    public init() {}

    /// Whether nothing is known.
    public var isEmpty: Bool { self == EventCampaign() }
}
