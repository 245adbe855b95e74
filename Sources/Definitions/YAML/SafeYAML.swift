import Vocabulary
import Yams

/// Reads YAML that may be hostile.
///
/// Aliases are refused, since a few hundred bytes of them can stand for gigabytes; so are tags,
/// which could ask for any type. Size, number of nodes and depth are limited.
enum SafeYAML {
    static let sizeBytesMax = 1 << 20
    static let nodesMax = 20_000
    static let depthMax = 64

    /// The documents of a file; those before a mistake are read even where the rest is not.
    static func documents(of file: DefinitionFile) -> (documents: [YAMLDocument], Failure?) {
        do throws(Failure) {
            let text = try checkedText(of: file)
            var walk = YAMLWalk(file: file.path, text: text)
            return walk.documents(of: text)
        } catch {
            return ([], error)
        }
    }

    private static func checkedText(of file: DefinitionFile) throws(Failure) -> String {
        let start = Place(file: file.path, line: 1, column: 1)
        guard file.bytes.count <= sizeBytesMax else {
            throw Failure(
                .yamlTooLarge, "The file has \(file.bytes.count) bytes; 1 MB is the most.",
                hint: "put one definition into a file", place: start)
        }
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            throw Failure(
                .yamlEncoding, "The file is not UTF-8.", hint: "save it as UTF-8", place: start)
        }
        guard !text.utf8.contains(0) else {
            throw Failure(
                .yamlEncoding, "The file holds a NUL character, so it is no text.", place: start)
        }
        // Each value brings at least one of these, so that no parser need see a file with more.
        let marks = text.utf8.count { ",[{:\n".utf8.contains($0) }
        guard marks <= 2 * nodesMax else {
            throw Failure(
                .yamlTooLarge, "The file has more than \(nodesMax) values or lines.",
                hint: "put one definition into a file", place: start)
        }
        if let place = placeOfAlias(in: text, file: file.path) {
            throw Failure(
                .yamlAlias, "YAML aliases (&name … *name) are not read.",
                hint:
                    "write the value where it is used; a '*' between values has a space behind it",
                place: place)
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    /// Where an alias stands, if the text has both what could be an anchor and what could be its
    /// alias. Text in sentences may be taken for one; for both of them it hardly ever is.
    private static func placeOfAlias(in text: String, file: String) -> Place? {
        var alias: Place?
        var hasAnchor = false
        var line = 1
        var column = 0
        var previous: UInt8 = 10
        var isMark = false
        for byte in text.utf8 {
            column += 1
            if isMark, byte > 32, byte != 42 {
                if previous == 38 { hasAnchor = true }
                if previous == 42, alias == nil {
                    alias = Place(file: file, line: line, column: column - 1)
                }
            }
            isMark =
                (byte == 38 || byte == 42) && (previous <= 32 || ":-?[{,".utf8.contains(previous))
            previous = byte
            if byte == 10 {
                line += 1
                column = 0
            }
        }
        return hasAnchor ? alias : nil
    }
}

/// One walk over the nodes of a file, with its budget.
private struct YAMLWalk {
    let file: String
    let lines: [Substring]
    var nodes = 0

    init(file: String, text: String) {
        self.file = file
        lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    }

    mutating func documents(of text: String) -> ([YAMLDocument], Failure?) {
        var documents: [YAMLDocument] = []
        do {
            let parser = try Parser(yaml: text, encoding: .utf8)
            while let root = try parser.nextRoot() {
                let node = try converted(root, depth: 0)
                if node.isNull { continue }
                documents.append(YAMLDocument(root: node, text: self.text(around: node.place.line)))
            }
            return (documents, nil)
        } catch let failure as Failure {
            return (documents, failure)
        } catch let error as YamlError {
            return (documents, failure(error))
        } catch {
            return (documents, Failure(.yamlSyntax, "The file is not YAML.", place: place(nil)))
        }
    }

    /// The lines around one, up to the separators of documents.
    private func text(around line: Int) -> String {
        let isSeparator = { (line: Substring) in line.hasPrefix("---") || line.hasPrefix("...") }
        let index = min(max(line - 1, 0), lines.count - 1)
        let start = lines[..<index].lastIndex(where: isSeparator).map { $0 + 1 } ?? 0
        let end = lines[index...].dropFirst().firstIndex(where: isSeparator) ?? lines.count
        let isBlank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
        let body = lines[start..<max(start, end)].drop(while: isBlank)
        let last = body.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? body.endIndex
        return body[..<last].map { $0 + "\n" }.joined()
    }

    private func place(_ mark: Mark?) -> Place {
        Place(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }

    private mutating func converted(_ node: Node, depth: Int) throws(Failure) -> YAMLNode {
        nodes += 1
        guard nodes <= SafeYAML.nodesMax, depth <= SafeYAML.depthMax else {
            throw Failure(
                .yamlTooLarge,
                nodes > SafeYAML.nodesMax
                    ? "The file has more than \(SafeYAML.nodesMax) values."
                    : "The file nests more than \(SafeYAML.depthMax) levels deep.",
                hint: "put one definition into a file", place: place(node.mark))
        }
        switch node {
        case .scalar(let scalar):
            try refuse(scalar.tag, isQuotable: true, at: scalar.mark)
            return self.scalar(scalar)
        case .sequence(let sequence):
            try refuse(sequence.tag, isQuotable: false, at: sequence.mark)
            var items: [YAMLNode] = []
            for item in sequence { items.append(try converted(item, depth: depth + 1)) }
            return YAMLNode(
                content: .sequence(items), place: place(sequence.mark), isVerbatim: false,
                isQuoted: false)
        case .mapping(let mapping):
            try refuse(mapping.tag, isQuotable: false, at: mapping.mark)
            var entries: [YAMLEntry] = []
            for (key, value) in mapping {
                guard let name = key.scalar?.string else {
                    throw Failure(
                        .yamlSyntax, "A key is a list or a mapping; keys are words.",
                        place: place(key.mark))
                }
                entries.append(
                    YAMLEntry(
                        key: name, place: place(key.mark),
                        value: try converted(value, depth: depth + 1)))
            }
            return YAMLNode(
                content: .mapping(entries), place: place(mapping.mark), isVerbatim: false,
                isQuoted: false)
        case .alias:
            throw Failure(.yamlAlias, "YAML aliases are not read.", place: place(node.mark))
        }
    }

    private func scalar(_ scalar: Node.Scalar) -> YAMLNode {
        let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
        let mark = place(scalar.mark)
        let start = Place(
            file: file, line: mark.line, column: mark.column + (isQuoted ? 1 : 0))
        let line = start.line <= lines.count ? lines[start.line - 1] : ""
        let rest = line.unicodeScalars.dropFirst(start.column - 1)
        let isVerbatim = rest.starts(with: scalar.string.unicodeScalars)
        return YAMLNode(
            content: .scalar(scalar.string), place: start, isVerbatim: isVerbatim,
            isQuoted: isQuoted || scalar.style == .literal || scalar.style == .folded)
    }

    private func refuse(_ tag: Tag, isQuotable: Bool, at mark: Mark?) throws(Failure) {
        let name = tag.rawValue
        guard !name.isEmpty, name != "!", !(isQuotable && name == Tag.Name.str.rawValue) else {
            return
        }
        throw Failure(
            .yamlTag, "The YAML tag '\(shortened(name))' is not read.",
            hint: "leave it out; every value has its type from its key", place: place(mark))
    }

    private func failure(_ error: YamlError) -> Failure {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let before = context.map { " \($0.text.trimmedOfSpace)" } ?? ""
            return Failure(
                .yamlSyntax, "The file is not YAML here: \(problem)\(before).",
                hint: "a value with ': ', ' #' or a leading '*', '%', '@' or '[' stands in quotes",
                place: place(mark))
        case .reader(let problem, _, _, _):
            return Failure(
                .yamlEncoding, "The file is no YAML text: \(problem).", place: place(nil))
        case .duplicatedKeysInMapping(let names, let context):
            return Failure(
                .yamlDuplicateKey, "The key '\(shortened(names.first ?? ""))' is written twice.",
                hint: "keep one of them", place: place(context.mark))
        default:
            return Failure(.yamlSyntax, "The file is not YAML.", place: place(nil))
        }
    }
}

extension String {
    /// The text without white space around it.
    var trimmedOfSpace: String {
        let head = drop(while: \.isWhitespace)
        let last = head.lastIndex { !$0.isWhitespace }
        return last.map { String(head[...$0]) } ?? ""
    }
}

extension Failure.Code {
    /// A file is not YAML.
    public static let yamlSyntax: Self = "definition/yaml-syntax"
    /// A file is too large, has too many values or nests too deep.
    public static let yamlTooLarge: Self = "definition/yaml-too-large"
    /// A file is not text in UTF-8.
    public static let yamlEncoding: Self = "definition/yaml-encoding"
    /// A file uses aliases.
    public static let yamlAlias: Self = "definition/yaml-alias"
    /// A file uses tags.
    public static let yamlTag: Self = "definition/yaml-tag"
    /// A key is written twice in one mapping.
    public static let yamlDuplicateKey: Self = "definition/yaml-duplicate-key"
}
