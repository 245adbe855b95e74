import Vocabulary

/// Reads the library's files: needs, templates over placeholders, examples, and entries.
struct LibraryReading {
    private let problems = Problems()
    private var families: [String: LibraryFamily] = [:]
    private var needs: [String: LibraryNeed] = [:]
    private var metrics: [String: Metric] = [:]
    private var templates: [String: LibraryTemplate] = [:]
    private var tables: [String: LibraryExample.Table] = [:]
    private var choices: [LibraryChoice] = []
    private var waiting: [(reader: NodeReader, family: String)] = []

    /// What the library's files say.
    struct Result {
        /// The entries, by title and variant.
        var entries: [LibraryEntry] = []
        /// Which entries fit which goals, the most important first.
        var choices: [LibraryChoice] = []
        /// What is wrong with the files.
        var problems: [Finding] = []
    }

    static func read(_ files: [DefinitionFile]) -> Result {
        var reading = LibraryReading()
        for file in files { reading.read(file) }
        var result = Result(choices: reading.choices)
        result.entries = reading.waiting.compactMap { reading.entry($0.reader, $0.family) }
            .sorted { ($0.title, $0.variant) < ($1.title, $1.variant) }
        result.problems = reading.problems.findings.filter { $0.severity == .error }
        return result
    }

    private mutating func read(_ file: DefinitionFile) {
        let (documents, failure) = SafeYAML.documents(of: file)
        if let failure { problems.report(.error, failure) }
        var family = ""
        for document in documents {
            guard
                let reader = NodeReader(
                    document.root, what: "library's part", problems: problems)
            else { continue }
            switch reader.keys.first {
            case "family": family = readFamily(reader)
            case "needs": readNeeds(reader)
            case "source": readSource(reader, document)
            case "metric": readMetric(reader, document)
            case "example": readTable(reader)
            case "choice": if let choice = LibraryChoice(reader) { choices.append(choice) }
            default: waiting.append((reader, family))
            }
        }
    }

    private mutating func readFamily(_ reader: NodeReader) -> String {
        let id = reader.text("family", required: true) ?? ""
        families[id] = LibraryFamily(
            id: id, title: reader.text("title", required: true) ?? "",
            meaning: reader.text("is", required: true) ?? "")
        reader.finish()
        return id
    }

    private mutating func readSource(_ reader: NodeReader, _ document: YAMLDocument) {
        guard let id = reader.text("source") else { return }
        templates[id] = LibraryTemplate(
            kind: .source, id: id, yaml: withoutComments(document.text))
    }

    private mutating func readMetric(_ reader: NodeReader, _ document: YAMLDocument) {
        guard let id = reader.text("metric") else { return }
        let origin = Origin(place: reader.place, yaml: document.text)
        let implicit = ImplicitSources(metric: id, origin: origin)
        guard
            let metric = MetricReading(reader: reader, implicit: implicit)
                .metric(named: id, origin: origin)
        else { return }
        metrics[id] = metric
        templates[id] = LibraryTemplate(
            kind: .metric, id: id, yaml: withoutComments(document.text))
    }

    private func withoutComments(_ yaml: String) -> String {
        yaml.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0 + "\n" }.joined()
    }

    private mutating func readTable(_ reader: NodeReader) {
        guard let name = reader.text("example"),
            let meaning = reader.text("is", required: true),
            let definition = reader.text("definition", required: true),
            let rows = reader.text("rows", required: true)
        else { return }
        reader.finish()
        tables[name] = LibraryExample.Table(
            name: name, meaning: meaning, definition: definition + "\n", rows: rows + "\n")
    }

    private mutating func readNeeds(_ reader: NodeReader) {
        guard let list = reader.mapping("needs", what: "list of needs") else { return }
        for name in list.keys {
            guard let need = list.mapping(name, what: "need '\(name)'") else { continue }
            defer { need.finish() }
            let role = need.text("of") ?? LibraryNeed.mainRole
            let meaning = need.text("is", required: true) ?? ""
            let type = need.word("type", as: ValueType.self)
            let kinds: [LibraryNeed.Kind] = [.source, .time, .entity, .event, .column]
            guard let kind = kinds.first(where: { need.has($0.rawValue) }) else {
                need.missing("column", example: name)
                continue
            }
            let written = need.text(kind.rawValue) ?? ""
            needs[name] = LibraryNeed(
                role: kind == .source ? written.uppercased() : role, kind: kind,
                name: kind == .time ? "" : written, type: type, meaning: meaning)
        }
        reader.finish()
    }

    private func entry(_ reader: NodeReader, _ family: String) -> LibraryEntry? {
        let texts = [
            "entry", "title", "variant", "metric", "use", "misleads", "guardrail", "source",
            "oracle",
        ]
        .map { reader.text($0, required: true) ?? "" }
        let entity = reader.text("entity")
        let related = reader.names("related")
        let needs = reader.names("needs").compactMap { need($0, reader) }
        let example = example(reader)
        reader.finish()
        guard let metric = metrics[texts[3]], let family = families[family] else {
            reader.report(
                .unknownMetric, "The library has no metric '\(texts[3])'.", at: reader.place)
            return nil
        }
        guard let example else { return nil }
        return LibraryEntry(
            id: texts[0], title: texts[1], variant: texts[2], family: family,
            meaning: metric.meaning, metric: metric.id, formula: formula(of: metric.id),
            unit: metric.unit, better: metric.better, entity: entity, use: texts[4],
            misleads: texts[5], guardrail: texts[6], related: related, source: texts[7],
            oracle: texts[8], example: example, needs: needs,
            templates: chain(to: metric.id).compactMap { templates[$0] })
    }

    private func need(_ name: String, _ reader: NodeReader) -> LibraryNeed? {
        if let need = needs[name] { return need }
        reader.report(
            .badValue, "The library has no need '\(name)'.", at: reader.node("needs")?.place,
            hint: nearestName(to: name, among: needs.keys).map { "did you mean '\($0)'?" })
        return nil
    }

    private func example(_ reader: NodeReader) -> LibraryExample? {
        guard let example = reader.mapping("example", what: "example") else {
            reader.missing("example", example: "{ rows: visits, over: 2026-03, value: 3, … }")
            return nil
        }
        defer { example.finish() }
        let isMapping = example.node("rows")?.scalar == nil
        let names = isMapping ? example.mapping("rows", what: "tables of an example") : nil
        let roles = names?.keys ?? [LibraryNeed.mainRole]
        let found = roles.compactMap { role -> (role: String, table: LibraryExample.Table)? in
            let name = names?.text(role) ?? example.text("rows", required: true) ?? ""
            guard let table = tables[name] else {
                example.report(
                    .badValue, "The library has no example '\(name)'.", at: example.place)
                return nil
            }
            return (role, table)
        }
        let value = example.text("value", required: true) ?? ""
        return LibraryExample(
            tables: found, over: example.text("over", required: true) ?? "",
            grain: example.word("grain", as: Grain.self) ?? .month, value: Double(value),
            tolerance: example.text("within").flatMap(Double.init) ?? 1e-9,
            explanation: example.text("because", required: true) ?? "")
    }

    /// A metric with the metrics and derived sources that it rests on, each after what it needs.
    private func chain(to id: String) -> [String] {
        var chain: [String] = []
        let names = (metrics[id]?.formula.metricNames ?? []) + sources(named: id)
        for name in names where name != id {
            for part in self.chain(to: name) where !chain.contains(part) { chain.append(part) }
        }
        return chain + [id]
    }

    /// The derived sources that a template's text names.
    private func sources(named id: String) -> [String] {
        guard let template = templates[id] else { return [] }
        return Placeholder.all(in: template.yaml).filter {
            $0 != id && templates[$0]?.kind == .source
        }
    }

    /// A metric's formula in words, followed by those of the metrics that it names.
    private func formula(of id: String) -> String {
        let parts = chain(to: id).reversed().compactMap { name -> String? in
            guard let formula = metrics[name]?.formula else { return nil }
            var words = formula.description.replacing(" in SOURCE_", with: " in the ")
                .replacing(" in SOURCE", with: "")
            for other in Placeholder.all(in: words) {
                words = words.replacing(other, with: other.lowercased())
            }
            return name == id ? words : "\(name) = \(words)"
        }
        return parts.joined(separator: "; ")
    }
}
