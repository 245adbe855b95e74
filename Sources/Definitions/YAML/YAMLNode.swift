import Vocabulary

/// A node of a YAML document: small, checked, and with its place.
struct YAMLNode {
    /// What a node holds.
    indirect enum Content {
        /// A text, a number or a word, as written.
        case scalar(String)
        /// A list.
        case sequence([YAMLNode])
        /// Keys with their values, in the file's order.
        case mapping([YAMLEntry])
    }

    /// What it holds.
    let content: Content
    /// Where it stands; for a quoted text, where its first letter stands.
    let place: Place
    /// Whether the text stands in the file letter for letter, so that columns can be counted.
    let isVerbatim: Bool
    /// Whether the text was in quotes.
    let isQuoted: Bool

    /// The text of a scalar.
    var scalar: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    /// Whether it is written as nothing at all, or as `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let text) = content, !isQuoted else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What it is, in a sentence.
    var phrase: String {
        switch content {
        case .scalar(let text): isNull ? "nothing" : "'\(shortened(text))'"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// A key and its value.
struct YAMLEntry {
    /// The key.
    let key: String
    /// Where the key stands.
    let place: Place
    /// The value.
    let value: YAMLNode
}

/// One document of a file: what stands between two lines of `---`.
struct YAMLDocument {
    /// Its node.
    let root: YAMLNode
    /// Its text, without the separators and empty lines around it.
    let text: String
}
