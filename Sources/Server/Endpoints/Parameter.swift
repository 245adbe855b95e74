import Vocabulary

/// A parameter of an endpoint, in its path or in the query.
struct Parameter: Sendable {
    /// What values it takes.
    enum Kind: Sendable {
        /// A text of at most 2,000 bytes without control characters.
        case text
        /// A definition of at most 10,000 bytes, which may have several lines.
        case definition
        /// A whole number.
        case integer(ClosedRange<Int>)
        /// One of some words.
        case choice([String])
    }

    /// Where it stands.
    enum Location: String, Sendable {
        case path, query
    }

    let name: String
    let location: Location
    let kind: Kind
    let isRequired: Bool
    /// Whether it may be given several times.
    let repeats: Bool
    let summary: String

    /// A parameter in the path.
    static func path(_ name: String, _ summary: String) -> Parameter {
        Parameter(
            name: name, location: .path, kind: .text, isRequired: true, repeats: false,
            summary: summary)
    }

    /// A parameter in the query.
    static func query(
        _ name: String, _ summary: String, kind: Kind = .text, isRequired: Bool = false,
        repeats: Bool = false
    ) -> Parameter {
        Parameter(
            name: name, location: .query, kind: kind, isRequired: isRequired, repeats: repeats,
            summary: summary)
    }

    /// Checks a value.
    ///
    /// - Throws: `server/bad-parameter`.
    func check(_ value: String) throws(Failure) {
        switch kind {
        case .text:
            guard value.utf8.count <= 2_000 else {
                throw bad("is longer than 2,000 bytes", hint: "Ask a shorter question.")
            }
            try checkCharacters(of: value)
            guard location == .query || !value.isEmpty else {
                throw bad("is empty", hint: "Name one.")
            }
        case .definition:
            guard value.utf8.count <= 10_000 else {
                throw bad(
                    "is longer than 10,000 bytes",
                    hint: "Save the definition, and ask for it by its name.")
            }
            try checkCharacters(of: value.filter { !$0.isNewline && $0 != "\t" })
        case .integer(let range):
            guard let number = Int(value), range.contains(number) else {
                let limits = "\(range.lowerBound) to \(range.upperBound)"
                throw bad("is not a whole number", hint: "Give one from \(limits).")
            }
        case .choice(let words):
            guard words.contains(value) else {
                throw bad(
                    "cannot be '\(value.prefix(40))'",
                    hint: "Give one of: \(words.joined(separator: ", ")).")
            }
        }
    }

    private func checkCharacters(of value: String) throws(Failure) {
        let scalars = value.unicodeScalars
        guard !scalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw bad("contains a control character", hint: "Leave it out.")
        }
    }

    private func bad(_ what: String, hint: String) -> Failure {
        Failure(.badParameter, "The parameter '\(name)' \(what).", hint: hint)
    }
}

extension Failure.Code {
    /// A parameter of the address is unknown, missing, repeated or out of its range.
    public static let badParameter: Self = "server/bad-parameter"
}
