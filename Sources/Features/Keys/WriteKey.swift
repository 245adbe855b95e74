import Foundation
import Vocabulary

/// A key with which an application may send events into one source, and nothing else.
///
/// It stands in the code of web pages, where anybody can read it; what it may do is therefore
/// little, and which sites may use it can be said.
public struct WriteKey: Equatable, Sendable {
    /// Its number, by which people and stored events name it.
    public let id: Int
    /// What it is for, in the words of who made it.
    public let label: String
    /// The source that takes the events.
    public let source: String
    /// The sites whose pages may use it, such as `https://shop.example.com`; none means any.
    public let origins: [String]
    /// The name by which clients that know no keys say which site they are: Plausible's domain or
    /// Umami's website.
    public let site: String?
    /// The first characters of the key, to tell it from others.
    public let hint: String
    /// When it was made.
    public let made: Instant
    /// When it was taken back; nil while it is good.
    public let revoked: Instant?

    /// Whether a page of this origin may use the key.
    ///
    /// - Parameter origin: The header `Origin` of a request; nil where no browser sent it.
    /// - Returns: Whether it may.
    public func allows(origin: String?) -> Bool {
        guard !origins.isEmpty, let origin else { return true }
        return origins.contains(origin.lowercased())
    }
}

extension WriteKey {
    /// The key as the API and `--format json` show it.
    public var json: JSON {
        [
            "id": .integer(id), "label": .text(label), "source": .text(source),
            "origins": .list(origins.map(JSON.text)), "site": .optional(site),
            "hint": .text(hint), "made": .text(made.description),
            "revoked": .optional(revoked?.description),
        ]
    }
}

/// What somebody asks of a new key.
public struct WriteKeyWish: Sendable {
    /// The source that takes the events.
    public let source: String
    /// What it is for.
    public let label: String
    /// The sites whose pages may use it.
    public let origins: [String]
    /// The name of the site for clients that know no keys.
    public let site: String?

    /// Checks a wish.
    ///
    /// - Throws: `keys/bad-label`, `keys/bad-origin`, `keys/bad-site`.
    public init(
        source: String, label: String? = nil, origins: [String] = [], site: String? = nil
    ) throws(Failure) {
        self.source = source
        self.label = try WriteKeyWish.line(label ?? source, most: 100) {
            Failure(
                .keyLabel, "The label of a key is one line of at most 100 characters.",
                hint: "say what sends with it, such as \"web shop\"")
        }
        var known: [String] = []
        for origin in origins { known.append(try WriteKeyWish.origin(origin)) }
        self.origins = known
        let name = site.map { $0.lowercased() } ?? "-"
        _ = try WriteKeyWish.line(name, most: 200) {
            Failure(
                .keySite, "The site of a key is one line of at most 200 characters.",
                hint: "give Plausible's data-domain or Umami's data-website-id")
        }
        self.site = site == nil ? nil : name
    }

    private static func line(
        _ text: String, most: Int, else failure: () -> Failure
    ) throws(Failure) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isPlain, (1...most).contains(text.count) else { throw failure() }
        return text
    }

    private static func origin(_ text: String) throws(Failure) -> String {
        let text = text.lowercased()
        guard let url = URL(string: text), let scheme = url.scheme, let host = url.host,
            ["http", "https"].contains(scheme), url.path.isEmpty, url.query == nil, !host.isEmpty
        else {
            throw Failure(
                .keyOrigin, "'\(text.prefix(100))' is no origin of pages.",
                hint: "write it as a browser sends it, such as https://shop.example.com")
        }
        return text
    }
}

extension Failure.Code {
    /// The label of a key is empty, too long or has several lines.
    public static let keyLabel: Self = "keys/bad-label"
    /// The origin of a key is no scheme and host.
    public static let keyOrigin: Self = "keys/bad-origin"
    /// The site of a key is empty, too long or has several lines.
    public static let keySite: Self = "keys/bad-site"
}
