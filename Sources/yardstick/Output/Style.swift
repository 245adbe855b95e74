/// How a piece of text stands out on a terminal. The words always say the same without it.
enum Style: String, Sendable {
    /// As the rest.
    case plain = ""
    /// A heading.
    case bold = "1"
    /// Something of less weight.
    case dim = "2"
    /// Good news.
    case good = "32"
    /// Something to look at.
    case warning = "33"
    /// Bad news.
    case bad = "31"

    /// The text with the terminal's codes around it, or as it is.
    func painted(_ text: String, in color: Bool) -> String {
        guard color, self != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
    }
}
