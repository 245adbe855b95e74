import Vocabulary

/// Definitions that are asked for once, without a file: the same keys, read by the same reader.
extension FunnelDefinition {
    /// Reads a funnel from YAML; its first key `funnel` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) {
        self = try asked(yaml, kind: "funnel") { reader, name, origin in
            FunnelReading(reader: reader).funnel(named: name, origin: origin)
        }
    }
}

extension RetentionDefinition {
    /// Reads a retention from YAML; its first key `retention` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) {
        self = try asked(yaml, kind: "retention") { reader, name, origin in
            RetentionDefinitionReading(reader: reader).retention(named: name, origin: origin)
        }
    }
}

private func asked<Definition>(
    _ yaml: String, kind: String,
    _ read: (NodeReader, String, Origin) -> Definition?
) throws(Failure) -> Definition {
    let (documents, failure) = SafeYAML.documents(of: DefinitionFile(path: "question", text: yaml))
    if let failure { throw failure }
    let problems = Problems()
    var found: Definition?
    if let document = documents.first, documents.count == 1,
        let reader = NodeReader(document.root, what: "\(kind) asked for", problems: problems)
    {
        let name = reader.text(kind) ?? "asked"
        _ = reader.text("is")
        found = read(
            reader, name,
            Origin(
                place: document.root.place, yaml: document.text, places: document.root.places()))
    }
    if let problem = problems.findings.first(where: { $0.severity == .error }) {
        throw problem.failure
    }
    guard let found else {
        throw Failure(
            .unknownKind, "A \(kind) is a mapping of keys and values.",
            hint: "write from: SOURCE and what else it needs")
    }
    return found
}
