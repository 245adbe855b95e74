import Definitions
import Vocabulary

/// A wish to take a KPI over from the library.
public struct LibraryAddition: Sendable {
    /// The entry's name.
    public var entry: String
    /// The user's sources by the parts they play, in lower case; the main one by an empty name.
    public var sources: [String: String]
    /// The user's names of entities, columns and events by those of the library.
    public var names: [String: String]
    /// Who answers for the KPI; nil takes the owner of the source.
    public var owner: String?
    /// Where the KPI should go, as the inside of `target:`.
    public var target: String?
    /// Whether files are written although the sources lack something.
    public var isForced: Bool

    /// Makes a wish.
    public init(
        entry: String, sources: [String: String] = [:], names: [String: String] = [:],
        owner: String? = nil, target: String? = nil, isForced: Bool = false
    ) {
        self.entry = entry
        self.sources = sources
        self.names = names
        self.owner = owner
        self.target = target
        self.isForced = isForced
    }

    /// Reads pairs such as `costs=marketing`; a name alone is the main source.
    ///
    /// - Throws: `library/bad-name` for a text that is no name or pair of names.
    public static func sources(_ texts: [String]) throws(Failure) -> [String: String] {
        var sources: [String: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count <= 2, parts.allSatisfy(isName) else { throw badName(text) }
            sources[parts.count == 1 ? "" : "\(parts[0])"] = String(parts[parts.count - 1])
        }
        return sources
    }

    /// Reads pairs such as `person=user_id`.
    ///
    /// - Throws: `library/bad-name` for a text that is no pair of names.
    public static func names(_ texts: [String]) throws(Failure) -> [String: String] {
        var names: [String: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, isName(parts[0]) else { throw badName(text) }
            let own = parts[1].map { " -".contains($0) ? "_" : $0 }
            guard isName(Substring(String(own))) else { throw badName(text) }
            names[String(parts[0])] = String(own)
        }
        return names
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.count <= 64
            && text.allSatisfy { $0 == "_" || $0.isLetter || $0.isNumber }
    }

    private static func badName(_ text: String) -> Failure {
        Failure(
            .libraryBadName, "'\(text.prefix(80))' is no pair of names.",
            hint: "Write the library's name and yours, for example person=user_id.")
    }
}

extension LibraryEntry {
    /// The parts that the user's sources play in the definitions that are written.
    func writtenRoles(_ binding: LibraryBinding) -> [String] {
        roles(without: Set(binding.sources.keys))
    }
}

extension Failure.Code {
    /// A pair of names for the library cannot be read.
    public static let libraryBadName: Self = "library/bad-name"
}
