/// A word of an expression's text.
struct ExpressionToken: Equatable {
    /// What kind of word it is.
    enum Kind: Equatable {
        /// A number as written.
        case number(String)
        /// What stands between single quotes.
        case text(String)
        /// A name or a word of the language.
        case name(String)
        /// What stands between double quotes: always a name.
        case quotedName(String)
        /// An operator or a bracket.
        case symbol(String)
        /// Nothing more.
        case end
    }

    /// What it is.
    let kind: Kind
    /// How many characters stand before it.
    let offset: Int

    /// The word as a message shows it.
    var shown: String {
        switch kind {
        case .number(let text), .name(let text), .symbol(let text): "'\(text)'"
        case .text(let text): "the text '\(shortened(text))'"
        case .quotedName(let text): "the name \"\(shortened(text))\""
        case .end: "the end"
        }
    }

    /// Whether it is this word of the language, whatever its case.
    func isWord(_ word: String) -> Bool {
        if case .name(let name) = kind { name.lowercased() == word } else { false }
    }

    /// Whether it is this operator or bracket.
    func isSymbol(_ symbol: String) -> Bool { kind == .symbol(symbol) }
}

/// A user's text, short enough for a message.
func shortened(_ text: String, to limit: Int = 40) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
}
