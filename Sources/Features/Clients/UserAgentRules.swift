import Foundation
import Vocabulary
import Yams

/// The rules of the uap-core project, by which a user agent names its browser and its system.
///
/// The first rule that matches decides. Source: ua-parser, uap-core's specification; the file is
/// Debian's package `uap-core`.
struct UserAgentRules: @unchecked Sendable {
    /// Where Debian's package puts the file.
    static let usualPath = "/usr/share/uap-core/regexes.yaml"

    /// A user agent is looked at to this length, so that no rule takes long over a hostile one.
    static let charactersMax = 512

    private let browsers: [Rule]
    private let systems: [Rule]

    private struct Rule {
        let expression: NSRegularExpression
        /// The name with `$1` for the first group; nil for the group itself.
        let name: String?
    }

    private struct File: Decodable {
        struct Entry: Decodable {
            let regex: String
            let family_replacement: String?
            let os_replacement: String?
        }
        let user_agent_parsers: [Entry]
        let os_parsers: [Entry]
    }

    /// Reads the rules.
    ///
    /// - Throws: `clients/bad-rules` where the file is not what the project publishes.
    init(path: String = usualPath) throws(Failure) {
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let file = try YAMLDecoder().decode(File.self, from: text)
            browsers = try file.user_agent_parsers.map {
                Rule(
                    expression: try NSRegularExpression(pattern: $0.regex),
                    name: $0.family_replacement)
            }
            systems = try file.os_parsers.map {
                Rule(
                    expression: try NSRegularExpression(pattern: $0.regex), name: $0.os_replacement)
            }
        } catch {
            throw Failure(
                .clientRules, "The rules of user agents in \(path) cannot be read.",
                hint: "install them again: apt-get install --reinstall uap-core",
                details: ["\(error)"])
        }
    }

    /// The browser's family, such as `Mobile Safari`; nil where no rule knows it.
    func browser(of userAgent: String) -> String? {
        UserAgentRules.first(browsers, in: userAgent)
    }

    /// The system's family, such as `Mac OS X`; nil where no rule knows it.
    func system(of userAgent: String) -> String? { UserAgentRules.first(systems, in: userAgent) }

    private static func first(_ rules: [Rule], in userAgent: String) -> String? {
        let text = String(userAgent.prefix(charactersMax))
        let whole = NSRange(text.startIndex..., in: text)
        for rule in rules {
            guard let match = rule.expression.firstMatch(in: text, range: whole) else { continue }
            let group = match.numberOfRanges > 1 ? match.range(at: 1) : match.range
            let found = Range(group, in: text).map { String(text[$0]) } ?? ""
            let name = rule.name?.replacing("$1", with: found) ?? found
            let trimmed = name.drop(while: \.isWhitespace)
            return trimmed.isEmpty ? nil : String(trimmed)
        }
        return nil
    }
}

extension Failure.Code {
    /// The rules of user agents cannot be read.
    public static let clientRules: Self = "clients/bad-rules"
    /// The table of countries cannot be read.
    public static let clientCountries: Self = "clients/bad-countries"
}
