import Vocabulary

/// Reads a mapping's keys, and reports every problem with its place.
///
/// It remembers which keys were asked for; ``finish()`` reports the others, with the nearest name.
final class NodeReader {
    let problems: Problems
    /// What the mapping is, in messages: `metric 'revenue'`.
    let what: String
    /// Where the mapping stands.
    let place: Place
    private let entries: [String: YAMLEntry]
    private let order: [String]
    private var asked: [String] = []

    /// Opens a mapping; nil, with a finding, if the node is none.
    init?(_ node: YAMLNode, what: String, problems: Problems) {
        guard case .mapping(let entries) = node.content else {
            problems.report(
                .error,
                Failure(
                    .wrongType,
                    "The \(what) is a mapping of keys and values; here is \(node.phrase).",
                    place: node.place))
            return nil
        }
        self.problems = problems
        self.what = what
        place = entries.first?.place ?? node.place
        self.entries = Dictionary(
            entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        order = entries.map(\.key)
    }

    /// The keys as written, in order.
    var keys: [String] { order }

    /// The entry of a key; a key without a value counts as not written.
    func entry(_ key: String) -> YAMLEntry? {
        if !asked.contains(key) { asked.append(key) }
        guard let entry = entries[key], !entry.value.isNull else { return nil }
        return entry
    }

    func node(_ key: String) -> YAMLNode? { entry(key)?.value }

    func has(_ key: String) -> Bool { entry(key) != nil }

    func report(
        _ code: Failure.Code, _ message: String, at place: Place?, hint: String? = nil,
        severity: Finding.Severity = .error
    ) {
        problems.report(
            severity, Failure(code, message, hint: hint, place: place ?? self.place))
    }

    /// A key's text; a missing one is reported if it is required.
    func text(_ key: String, required: Bool = false, example: String? = nil) -> String? {
        guard let node = node(key) else {
            if required { missing(key, example: example) }
            return nil
        }
        guard let text = node.scalar else {
            report(
                .wrongType, "'\(key)' of the \(what) is a text; here is \(node.phrase).",
                at: node.place, hint: example.map { "write \(key): \($0)" })
            return nil
        }
        let trimmed = text.trimmedOfSpace
        if trimmed.isEmpty, required { missing(key, example: example) }
        return trimmed.isEmpty ? nil : trimmed
    }

    func missing(_ key: String, example: String?, severity: Finding.Severity = .error) {
        report(
            .missingKey, "The \(what) has no '\(key)'.", at: place,
            hint: example.map { "add \(key): \($0)" }, severity: severity)
    }

    /// A key's value as something that is made of its text; one that cannot be made is reported.
    func value<Value>(
        _ key: String, required: Bool = false, is phrase: String, example: String,
        make: (String) -> Value?
    ) -> Value? {
        guard let text = text(key, required: required, example: example) else { return nil }
        if let value = make(text) { return value }
        report(
            .badValue, "'\(key)' of the \(what) is \(phrase); '\(shortened(text))' is none.",
            at: node(key)?.place, hint: "write \(key): \(example)")
        return nil
    }

    /// A key's value as one of a few words.
    func word<Value>(_ key: String, of words: [(String, Value)]) -> Value? {
        guard let text = text(key) else { return nil }
        if let (_, value) = words.first(where: { $0.0 == text.lowercased() }) { return value }
        let names = words.map(\.0)
        report(
            .badValue,
            "'\(key)' of the \(what) is one of \(names.joined(separator: ", ")); "
                + "'\(shortened(text))' is none of them.", at: node(key)?.place,
            hint: nearestName(to: text, among: names).map { "did you mean '\($0)'?" })
        return nil
    }

    /// A key's value as a case of an enumeration.
    func word<Value: RawRepresentable & CaseIterable>(_ key: String, as: Value.Type) -> Value?
    where Value.RawValue == String {
        word(key, of: Value.allCases.map { ($0.rawValue, $0) })
    }

    func day(_ key: String, required: Bool = false) -> Day? {
        value(key, required: required, is: "a date", example: "2026-12-31") { Day(iso: $0) }
    }

    /// A key's list of names; one name may stand without brackets.
    func names(_ key: String) -> [String] {
        guard let node = node(key) else { return [] }
        switch node.content {
        case .scalar(let text): return [text.trimmedOfSpace]
        case .sequence(let items):
            return items.compactMap { item in
                if let text = item.scalar { return text.trimmedOfSpace }
                report(
                    .wrongType, "'\(key)' of the \(what) lists names; here is \(item.phrase).",
                    at: item.place)
                return nil
            }
        case .mapping:
            report(
                .wrongType, "'\(key)' of the \(what) is a list of names; here is a mapping.",
                at: node.place, hint: "write \(key): [a, b]")
            return []
        }
    }

    /// A key's mapping.
    func mapping(_ key: String, what: String) -> NodeReader? {
        guard let node = node(key) else { return nil }
        return NodeReader(node, what: what, problems: problems)
    }

    func expression(_ key: String) -> Expression? {
        node(key).flatMap { expression(of: $0, key: key) }
    }

    /// The expression that a node writes.
    func expression(of node: YAMLNode, key: String) -> Expression? {
        parsed(node, key: key) { (text) throws(Failure) in try Expression(text) }
    }

    func arithmetic(_ key: String) -> Arithmetic? {
        guard let node = node(key) else { return nil }
        return parsed(node, key: key) { (text) throws(Failure) in try Arithmetic(text) }
    }

    private func parsed<Tree>(
        _ node: YAMLNode, key: String, _ parse: (ExpressionText) throws(Failure) -> Tree
    ) -> Tree? {
        guard let text = node.scalar else {
            report(
                .wrongType, "'\(key)' of the \(what) is an expression; here is \(node.phrase).",
                at: node.place)
            return nil
        }
        do throws(Failure) {
            return try parse(
                ExpressionText(text, at: node.place, hasColumns: node.isVerbatim))
        } catch {
            problems.report(.error, error)
            return nil
        }
    }

    /// Reports the keys that nobody asked for.
    func finish() {
        for key in order where !asked.contains(key) {
            let near = nearestName(to: key, among: asked)
            report(
                .unknownKey, "The \(what) has no key '\(shortened(key))'.", at: entries[key]?.place,
                hint: near.map { "did you mean '\($0)'?" }
                    ?? "its keys are \(asked.joined(separator: ", "))")
        }
    }
}

extension Failure.Code {
    /// A key means nothing here.
    public static let unknownKey: Self = "definition/unknown-key"
    /// A key that is needed is not written.
    public static let missingKey: Self = "definition/missing-key"
    /// A value has another form than its key needs: a list for a text, for example.
    public static let wrongType: Self = "definition/wrong-type"
    /// A value is not one of those that its key takes.
    public static let badValue: Self = "definition/bad-value"
}
