import Vocabulary

/// What a workspace's files say, and what is wrong with them.
public struct LoadedCatalog: Sendable {
    /// Everything that is sound; what is broken, and what depends on it, is left out.
    public let catalog: Catalog
    /// Every problem of reading and of names, sorted by place.
    public let findings: [Finding]
}

/// Makes a catalogue of files.
public enum CatalogLoader {
    /// Reads all files and resolves the names between them.
    ///
    /// It is pure: the caller reads the disk. Columns and types are not looked at here, since they
    /// need data; ``check(_:facts:today:)`` does.
    public static func load(_ files: [DefinitionFile]) -> LoadedCatalog {
        let reading = CatalogReading()
        for file in files.sorted(by: { $0.path < $1.path }) { reading.read(file) }
        reading.finish(files: files)
        let catalog = CatalogResolver(reading).resolved()
        return LoadedCatalog(
            catalog: catalog, findings: reading.problems.findings.sortedByPlace())
    }
}

extension [Finding] {
    /// The findings in the order of their files, lines and columns, each once.
    public func sortedByPlace() -> [Finding] {
        var seen: Set<String> = []
        return sorted { left, right in left.sortKey < right.sortKey }
            .filter { seen.insert("\($0.failure)").inserted }
    }
}

extension Finding {
    fileprivate var sortKey: (String, Int, Int, String, String) {
        let place = failure.place
        return (
            place?.file ?? "", place?.line ?? 0, place?.column ?? 0, failure.code.rawValue,
            failure.message
        )
    }
}

/// The definitions of all files as they are read, before their names are resolved.
final class CatalogReading {
    /// A kind of definition, as the first key of a document names it.
    enum Kind: String, CaseIterable {
        case workspace, source, event, metric, funnel, retention, lifecycle, activity, adoption
        case paths, campaigns, segment, kpi, objective, dimension, entity
    }

    let problems = Problems()
    var settings: WorkspaceSettings?
    var sources: [String: SourceDefinition] = [:]
    var metrics: [String: Metric] = [:]
    var kpis: [String: (kpi: KPI, numbers: [TargetNumber])] = [:]
    var objectives: [String: Objective] = [:]
    var descriptions: [String: Catalog.Description] = [:]
    var behaviours: [BehaviourKind: [String: any ReadableBehaviour]] = [:]
    var events: [String: EventDefinition] = [:]
    /// Numbers of questions about behaviour, by the name that stands for each in a metric's
    /// formula, with where the metric is defined.
    var asked: [String: (number: BehaviourNumber, metric: Origin)] = [:]
    /// Where each name was first defined, broken definitions included.
    private var declared: [Kind: [String: Place]] = [:]

    /// Whether a name is defined somewhere, soundly or not.
    func declares(_ kind: Kind, _ name: String) -> Bool { declared[kind]?[name] != nil }

    /// The names of a kind, those that metrics bring along left out.
    func names(_ kind: Kind) -> [String] {
        declared[kind].map { $0.keys.filter { !$0.contains(".") } } ?? []
    }

    func read(_ file: DefinitionFile) {
        let (documents, failure) = SafeYAML.documents(of: file)
        for document in documents { read(document) }
        if let failure { problems.report(.error, failure) }
    }

    private func read(_ document: YAMLDocument) {
        guard case .mapping(let entries) = document.root.content, let first = entries.first else {
            problems.report(
                .error,
                Failure(
                    .unknownKind, "A definition is a mapping; here is \(document.root.phrase).",
                    hint: "begin with metric: name", place: document.root.place))
            return
        }
        guard let kind = Kind(rawValue: first.key) else {
            let kinds = Kind.allCases.map(\.rawValue)
            problems.report(
                .error,
                Failure(
                    .unknownKind,
                    "The first key of a definition says what it is; '\(shortened(first.key))' is "
                        + "nothing known.",
                    hint: nearestName(to: first.key, among: kinds).map { "did you mean '\($0)'?" }
                        ?? "begin with \(kinds.joined(separator: ", "))", place: first.place))
            return
        }
        let origin = Origin(
            place: first.place, yaml: document.text, places: document.root.places())
        let name = first.value.scalar?.trimmedOfSpace ?? ""
        guard
            let reader = NodeReader(
                document.root, what: "\(kind.noun) '\(shortened(name))'", problems: problems),
            let id = reader.text(kind.rawValue, required: true, example: kind.exampleName),
            declare(kind, id, at: first.value.place)
        else { return }
        read(kind, id, reader, origin)
    }

    /// Takes a name if it is well formed and free.
    private func declare(_ kind: Kind, _ id: String, at place: Place) -> Bool {
        // There is one workspace, whatever its title.
        let name = kind == .workspace ? "" : id
        if let other = declared[kind]?[name] {
            let named = kind == .workspace ? "" : " named '\(id)'"
            problems.report(
                .error,
                Failure(
                    .duplicateName, "There are two \(kind.noun) definitions\(named).",
                    hint: "the other is at \(other); rename or remove one", place: place))
            return false
        }
        declared[kind, default: [:]][name] = place
        guard kind != .workspace, let better = kind.betterName(than: id) else { return true }
        let style = kind.joiner == "-" ? "a kebab-case name" : "a snake_case name"
        problems.report(
            .error,
            Failure(
                .badName, "'\(shortened(id))' is not \(style) of at most 64 characters.",
                hint: better.isEmpty ? "write \(kind.exampleName)" : "write '\(better)'",
                place: place))
        return false
    }

    private func read(_ kind: Kind, _ id: String, _ reader: NodeReader, _ origin: Origin) {
        if let behaviour = kind.behaviour {
            behaviours[behaviour, default: [:]][id] = problems.soundly {
                behaviour.type.read(reader, named: id, origin: origin)
            }
            return
        }
        switch kind {
        case .funnel, .retention, .lifecycle, .activity, .adoption, .paths, .campaigns, .segment:
            break
        case .workspace:
            settings = WorkspaceReading(reader: reader).settings(title: id)
        case .source:
            sources[id] = problems.soundly {
                SourceReading(reader: reader).source(named: id, origin: origin)
            }
        case .event:
            events[id] = problems.soundly {
                EventDefinitionReading(reader: reader).event(named: id, origin: origin)
            }
        case .metric:
            let implicit = ImplicitSources(metric: id, origin: origin)
            metrics[id] = problems.soundly {
                MetricReading(reader: reader, implicit: implicit)
                    .metric(named: id, origin: origin)
            }
            for source in implicit.sources where metrics[id] != nil {
                declared[.source, default: [:]][source.name] = origin.place
                sources[source.name] = source
            }
            for (name, number) in implicit.asked where metrics[id] != nil {
                declared[.source, default: [:]][name] = origin.place
                asked[name] = (number, origin)
            }
        case .kpi:
            kpis[id] = problems.soundly {
                KPIReading(reader: reader).kpi(named: id, origin: origin)
            }
        case .objective:
            objectives[id] = problems.soundly {
                ObjectiveReading(reader: reader).objective(named: id, origin: origin)
            }
        case .dimension, .entity:
            let meaning = reader.text("is", required: true, example: "Country of the customer.")
            reader.finish()
            guard let meaning else { return }
            descriptions[id] = Catalog.Description(
                kind: kind.rawValue, name: id, meaning: meaning, origin: origin)
        }
    }

    /// Reports what only shows when all files are read.
    func finish(files: [DefinitionFile]) {
        guard declared[.workspace] == nil else { return }
        problems.report(
            .error,
            Failure(
                .noWorkspace, "No file says what the workspace is.",
                hint: "make a file yardstick.yaml that begins with workspace: Name",
                place: Place(file: "yardstick.yaml", line: 1, column: 1)))
    }
}

extension CatalogReading.Kind {
    /// The question about behaviour that it is; nil for anything else.
    var behaviour: BehaviourKind? { BehaviourKind(rawValue: rawValue) }

    /// The kind in a sentence.
    var noun: String { self == .kpi ? "KPI" : rawValue }

    fileprivate var joiner: Character { self == .kpi || self == .objective ? "-" : "_" }

    fileprivate var exampleName: String {
        switch self {
        case .workspace: "Acme"
        case .source: "orders"
        case .event: "signed_up"
        case .metric: "revenue"
        case .funnel: "checkout"
        case .retention: "weekly_return"
        case .lifecycle: "people_by_week"
        case .activity: "product_use"
        case .adoption: "report_sharing"
        case .paths: "after_sign_up"
        case .campaigns: "campaigns"
        case .segment: "power_users"
        case .kpi: "activation-rate"
        case .objective: "teams-succeed"
        case .dimension: "country"
        case .entity: "customer"
        }
    }

    /// A well-formed name near to one that is not; nil if it is well formed.
    fileprivate func betterName(than name: String) -> String? {
        wellFormed(name, joiner: joiner) == name ? nil : wellFormed(name, joiner: joiner)
    }
}

/// A name in small letters, digits and joiners, that begins with a letter and has 64 at most.
func wellFormed(_ name: String, joiner: Character) -> String {
    let parts = name.lowercased().split { character in
        !(("a"..."z").contains(character) || ("0"..."9").contains(character))
    }
    // A name may hold two joiners in a row or end with one only if it stands so already.
    let isSound =
        name.utf8.count <= 64 && name.first.map { ("a"..."z").contains($0) } == true
        && name.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == joiner
        }
    if isSound { return name }
    let joined = parts.joined(separator: String(joiner)).drop { !("a"..."z").contains($0) }
    return String(joined.prefix(64))
}

extension YAMLNode {
    /// Where every part of the node stands, by its path.
    func places() -> [String: Place] {
        var places: [String: Place] = [:]
        collect(into: &places, path: "")
        return places
    }

    private func collect(into places: inout [String: Place], path: String) {
        if !path.isEmpty { places[path] = place }
        let prefix = path.isEmpty ? "" : path + "."
        switch content {
        case .scalar: break
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                item.collect(into: &places, path: "\(prefix)\(index)")
            }
        case .mapping(let entries):
            for entry in entries {
                entry.value.collect(into: &places, path: prefix + entry.key)
            }
            // A dimension that is written at length is where its expression is.
            if path.hasPrefix("dimensions."), let expression = places[prefix + "expression"] {
                places[path] = expression
            }
        }
    }
}

extension Failure.Code {
    /// A definition does not say what it is.
    public static let unknownKind: Self = "definition/unknown-kind"
    /// Two definitions have the same name.
    public static let duplicateName: Self = "definition/duplicate-name"
    /// A name has characters or a length that names may not have.
    public static let badName: Self = "definition/bad-name"
    /// The workspace has no settings.
    public static let noWorkspace: Self = "definition/no-workspace"
}
