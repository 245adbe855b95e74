import Vocabulary

/// Reads the library's file: metrics over `SOURCE`, and entries that watch them.
struct LibraryReading {
    private let problems = Problems()
    private var metrics: [String: (metric: Metric, yaml: String)] = [:]
    private var entries: [LibraryEntry] = []

    /// The entries by title and variant, and what is wrong with the file.
    static func entries(
        of file: DefinitionFile
    ) -> (entries: [LibraryEntry], problems: [Finding]) {
        var reading = LibraryReading()
        let (documents, failure) = SafeYAML.documents(of: file)
        if let failure { reading.problems.report(.error, failure) }
        for document in documents { reading.read(document) }
        let sorted = reading.entries.sorted { ($0.title, $0.variant) < ($1.title, $1.variant) }
        return (sorted, reading.problems.findings.filter { $0.severity == .error })
    }

    private mutating func read(_ document: YAMLDocument) {
        guard
            let reader = NodeReader(document.root, what: "library's part", problems: problems)
        else { return }
        if let id = reader.text("metric"), !reader.has("entry") {
            let origin = Origin(place: reader.place, yaml: document.text)
            if let metric = MetricReading(
                reader: reader, implicit: ImplicitSources(metric: id, origin: origin)
            ).metric(named: id, origin: origin) {
                metrics[id] = (metric, withoutComments(document.text))
            }
            return
        }
        if let entry = entry(reader) { entries.append(entry) }
    }

    private func withoutComments(_ yaml: String) -> String {
        yaml.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0 + "\n" }.joined()
    }

    private func entry(_ reader: NodeReader) -> LibraryEntry? {
        let texts = [
            "entry", "title", "variant", "metric", "use", "misleads", "guardrail", "source",
        ]
        .map { reader.text($0, required: true) ?? "" }
        let needs = needs(reader)
        reader.finish()
        guard let (metric, _) = metrics[texts[3]] else {
            reader.report(
                .unknownMetric, "The library has no metric '\(texts[3])'.", at: reader.place)
            return nil
        }
        return LibraryEntry(
            id: texts[0], title: texts[1], variant: texts[2], meaning: metric.meaning,
            metric: metric.id, formula: formula(of: metric.id),
            unit: metric.unit, better: metric.better, use: texts[4], misleads: texts[5],
            guardrail: texts[6], source: texts[7], needs: needs,
            metrics: chain(to: metric.id).map { ($0, metrics[$0]?.yaml ?? "") })
    }

    /// A metric and those it rests on, each after what it needs.
    private func chain(to id: String) -> [String] {
        var chain: [String] = []
        for name in metrics[id]?.metric.formula.metricNames ?? [] {
            for part in self.chain(to: name) where !chain.contains(part) { chain.append(part) }
        }
        return chain + [id]
    }

    /// A metric's formula in words, followed by those of the metrics that it names.
    private func formula(of id: String) -> String {
        let parts = chain(to: id).reversed().compactMap { name -> String? in
            guard let formula = metrics[name]?.metric.formula else { return nil }
            let words = formula.description.replacing(" in SOURCE", with: "")
            return name == id ? words : "\(name) = \(words)"
        }
        return parts.joined(separator: "; ")
    }

    private func needs(_ reader: NodeReader) -> [LibraryEntry.Need] {
        guard case .sequence(let items)? = reader.node("needs")?.content else {
            reader.missing("needs", example: "[ { time: when it happened } ]")
            return []
        }
        return items.compactMap { item in
            guard let need = NodeReader(item, what: "need", problems: problems) else { return nil }
            defer { need.finish() }
            if let meaning = need.text("time") {
                return LibraryEntry.Need(kind: .time, name: "", type: nil, meaning: meaning)
            }
            if let meaning = need.text("event") {
                return LibraryEntry.Need(kind: .event, name: "", type: nil, meaning: meaning)
            }
            let meaning = need.text("is", required: true) ?? ""
            if let name = need.text("entity") {
                return LibraryEntry.Need(kind: .entity, name: name, type: nil, meaning: meaning)
            }
            guard let name = need.text("column", required: true) else { return nil }
            return LibraryEntry.Need(
                kind: .column, name: name, type: need.word("type", as: ValueType.self),
                meaning: meaning)
        }
    }
}
