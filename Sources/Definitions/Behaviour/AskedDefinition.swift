import Vocabulary

// Definitions that are asked for once, without a file: the same keys, read by the same reader.

extension FunnelDefinition {
    /// Reads a funnel from YAML; its first key `funnel` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) { self = try Self.asked(yaml) }
}

extension RetentionDefinition {
    /// Reads a retention from YAML; its first key `retention` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) { self = try Self.asked(yaml) }
}

extension LifecycleDefinition {
    /// Reads a lifecycle from YAML; its first key `lifecycle` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) { self = try Self.asked(yaml) }
}

extension ActivityDefinition {
    /// Reads an activity from YAML; its first key `activity` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) { self = try Self.asked(yaml) }
}

extension AdoptionDefinition {
    /// Reads an adoption from YAML; its first key `adoption` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) { self = try Self.asked(yaml) }
}

extension PathsDefinition {
    /// Reads paths from YAML; its first key `paths` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) { self = try Self.asked(yaml) }
}

extension CampaignsDefinition {
    /// Reads campaigns from YAML; its first key `campaigns` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) { self = try Self.asked(yaml) }
}

extension SegmentDefinition {
    /// Reads a segment from YAML; its first key `segment` may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    public init(yaml: String) throws(Failure) { self = try Self.asked(yaml) }
}

extension BehaviourDefinition {
    /// Whether it stands in a file of the workspace, so that others can use it by its name.
    public var isSaved: Bool { origin.place.file != askedPath }
}

/// What stands for the file of a definition that has none.
private let askedPath = "question"

extension ReadableBehaviour {
    fileprivate static func asked(_ yaml: String) throws(Failure) -> Self {
        let file = DefinitionFile(path: askedPath, text: yaml)
        let (documents, failure) = SafeYAML.documents(of: file)
        if let failure { throw failure }
        let problems = Problems()
        var found: Self?
        if let document = documents.first, documents.count == 1,
            let reader = NodeReader(
                document.root, what: "\(kind.rawValue) asked for", problems: problems)
        {
            let origin = Origin(
                place: document.root.place, yaml: document.text, places: document.root.places())
            found = read(reader, named: reader.text(kind.rawValue) ?? "asked", origin: origin)
        }
        if let problem = problems.findings.first(where: { $0.severity == .error }) {
            throw problem.failure
        }
        guard let found else {
            throw Failure(
                .unknownKind, "A \(kind.rawValue) is a mapping of keys and values.",
                hint: "write from: SOURCE and what else it needs")
        }
        return found
    }
}
