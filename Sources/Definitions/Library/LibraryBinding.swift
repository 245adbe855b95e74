/// Which names of a workspace stand for those that the library's definitions use.
public struct LibraryBinding: Hashable, Sendable {
    /// The user's sources by the parts they play: `SOURCE`, `COSTS`, or `SOURCE_ledger` for a
    /// derived source that the workspace has already.
    public var sources: [String: String]
    /// The user's names of entities, columns and events by those of the library.
    public var names: [String: String]

    /// Binds names; what is not bound keeps the library's.
    public init(sources: [String: String] = [:], names: [String: String] = [:]) {
        self.sources = sources
        self.names = names
    }

    /// Binds the main source only.
    public init(source: String) { self.init(sources: [LibraryNeed.mainRole: source]) }

    /// The user's name of a source: `SOURCE_ledger` over `subscriptions` is `subscriptions_ledger`.
    public func source(_ placeholder: String) -> String {
        if let name = sources[placeholder] { return name }
        let role = Placeholder.role(of: placeholder)
        let rest = placeholder.dropFirst(role.count)
        return (sources[role] ?? role) + rest
    }

    /// The text of a definition with the user's names in the place of the library's.
    func bound(_ yaml: String) -> String {
        var isCode = false
        let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if let first = line.first, !first.isWhitespace {
                let key = line.prefix { $0 != ":" }
                isCode = !["metric", "source", "title", "is", "owner", "unit", "better"]
                    .contains(key)
            }
            return isCode ? boundCode(line) : boundText(line)
        }
        return lines.joined(separator: "\n")
    }

    private func boundText(_ line: Substring) -> String {
        Words.of(line).map { Placeholder.isOne($0) ? source(String($0)) : String($0) }.joined()
    }

    /// A key of YAML keeps its name, but for the columns of `match: { own: other }`.
    private func boundCode(_ line: Substring) -> String {
        let words = Words.of(line)
        var isMatch = false
        return words.enumerated().map { index, word in
            if word == "match" { isMatch = true }
            if word.contains("}") { isMatch = false }
            if Placeholder.isOne(word) { return source(String(word)) }
            let isKey = index + 1 < words.count && words[index + 1].hasPrefix(":")
            guard !isKey || isMatch, let name = names[String(word)] else { return String(word) }
            return name
        }.joined()
    }
}

/// The names in capitals that stand for the user's sources.
enum Placeholder {
    /// Whether a word is one: three capitals or more, and perhaps a derived source's name.
    static func isOne(_ word: some StringProtocol) -> Bool {
        let role = word.prefix { $0.isASCII && $0.isUppercase }
        guard role.count >= 3 else { return false }
        let rest = word.dropFirst(role.count)
        return rest.isEmpty || (rest.hasPrefix("_") && rest.allSatisfy { !$0.isUppercase })
    }

    /// The part that the user's source plays: `SOURCE` of `SOURCE_ledger`.
    static func role(of placeholder: String) -> String {
        String(placeholder.prefix { $0.isUppercase })
    }

    /// Those that a text names, each once.
    static func all(in text: String) -> [String] {
        var found: [String] = []
        for word in Words.of(text) where isOne(word) && !found.contains(String(word)) {
            found.append(String(word))
        }
        return found
    }
}

/// A text cut into words and what stands between them.
private enum Words {
    static func of(_ text: some StringProtocol) -> [Substring] {
        var words: [Substring] = []
        var rest = Substring(text)
        while let first = rest.first {
            let isWord = isPart(first)
            let word = rest.prefix { isPart($0) == isWord }
            words.append(word)
            rest = rest.dropFirst(word.count)
        }
        return words
    }

    private static func isPart(_ character: Character) -> Bool {
        character == "_" || character.isLetter || character.isNumber
    }
}
