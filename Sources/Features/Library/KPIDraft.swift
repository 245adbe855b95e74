import Definitions
import Foundation
import Vocabulary

/// A KPI that somebody makes of a metric.
public struct KPIDraft: Sendable {
    /// The metric that it watches.
    public var metric: String
    /// Its name; nil takes the metric's with hyphens.
    public var id: String?
    /// Who answers for it; nil takes the metric's owner.
    public var owner: String?
    /// The objective that it serves.
    public var objective: String?
    /// Where it should be at the end, as people write it: `40%`.
    public var target: String?
    /// By which day.
    public var by: String?
    /// Where it stands at the start.
    public var baseline: String?
    /// From which day; nil is today.
    public var from: String?
    /// A metric that must not suffer.
    public var guardrail: String?
    /// How often it is looked at; nil is monthly.
    public var review: String?

    /// Makes a draft.
    public init(metric: String) { self.metric = metric }
}

/// Making KPIs of metrics, and putting them out of service.
extension WorkspaceSession {
    /// Writes the file of a new KPI; the definitions are read again.
    ///
    /// It is active where it has an owner and a whole target, else proposed.
    ///
    /// - Returns: Its file, relative to the workspace.
    /// - Throws: `question/unknown-metric`, `library/exists`, `library/bad-kpi` with what the checks
    ///   say of it; nothing is written then.
    public func addKPI(_ draft: KPIDraft) async throws(Failure) -> String {
        guard let metric = catalog.metrics[draft.metric] else {
            let near = nearestName(to: draft.metric, among: catalog.metrics.keys)
            throw Failure(
                .noMetricForKPI, "There is no metric named '\(draft.metric.prefix(80))'.",
                hint: near.map { "did you mean '\($0)'?" }
                    ?? "yardstick library has KPIs with their metrics")
        }
        let id = draft.id ?? metric.id.replacing("_", with: "-")
        let path = "definitions/kpis/\(id).yaml"
        let isThere = FileManager.default.fileExists(atPath: folder.appending(path: path).path)
        guard catalog.kpis[id] == nil, !isThere else {
            throw Failure(
                .libraryExists, "The workspace has a KPI '\(id)' already.",
                hint: "Adapt it, or give the new one another name with --name.")
        }
        let yaml = yaml(of: draft, id: id, metric: metric)
        guard yaml.split(separator: "\n").count == 8 else {
            throw Failure(.badKPI, "What is said of a KPI stands on one line each.")
        }
        try refuseErrors(in: yaml, at: path)
        try write(yaml, to: path)
        _ = await reloadDefinitions()
        return path
    }

    private func yaml(of draft: KPIDraft, id: String, metric: Metric) -> String {
        let owner = draft.owner ?? metric.owner
        var target = "# target: { from: { date: …, value: … }, by: { date: …, value: … } }"
        var isWhole = false
        if let value = draft.target, let by = draft.by {
            let start = draft.from ?? "\(today)"
            let from = draft.baseline.map { "from: { date: \(start), value: \($0) }, " } ?? ""
            target = "target: { \(from)by: { date: \(by), value: \(value) } }"
            isWhole = draft.baseline != nil
        }
        let lines = [
            "kpi: \(id)", "metric: \(metric.id)",
            draft.objective.map { "objective: \($0)" } ?? "# objective: what it is for",
            owner.map { "owner: \($0)" } ?? "# owner: who answers for it", target,
            draft.guardrail.map { "guardrail: \($0)" } ?? "# guardrail: what must not suffer",
            "review: \(draft.review ?? "monthly")",
            "status: \(owner != nil && isWhole ? "active" : "proposed")",
        ]
        return lines.map { $0 + "\n" }.joined()
    }

    private func refuseErrors(in yaml: String, at path: String) throws(Failure) {
        let file = DefinitionFile(path: path, text: yaml)
        let loaded = CatalogLoader.load(place.definitionFiles() + [file])
        let errors = (loaded.findings + check(loaded.catalog, facts: facts, today: today))
            .filter { $0.severity == .error && $0.failure.place?.file == path }
        guard let first = errors.first else { return }
        throw Failure(
            .badKPI, first.failure.message, hint: first.failure.hint,
            details: errors.dropFirst().map(\.failure.message))
    }

    /// Marks a KPI as retired in its file, comments kept; the definitions are read again.
    ///
    /// - Returns: The file, relative to the workspace.
    /// - Throws: `library/unknown-kpi`, `workspace/not-writable`.
    public func retireKPI(_ id: String) async throws(Failure) -> String {
        guard let kpi = catalog.kpis[id] else {
            throw Failure(
                .unknownKPIToRetire, "There is no KPI named '\(id.prefix(80))'.",
                hint: nearestName(to: id, among: catalog.kpis.keys).map { "did you mean '\($0)'?" }
                    ?? "yardstick kpi list shows them")
        }
        let path = kpi.origin.place.file
        let files = place.definitionFiles()
        let bytes = files.first { $0.path == path }?.bytes ?? []
        let text = String(decoding: bytes, as: UTF8.self)
        try write(retired(text, at: kpi.origin.place.line), to: path)
        _ = await reloadDefinitions()
        return path
    }

    /// A file's text with the status of the KPI that begins at a line set to retired.
    private func retired(_ text: String, at line: Int) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = min(max(line - 1, 0), lines.count)
        let end = lines[start...].firstIndex { $0.hasPrefix("---") || $0 == "..." } ?? lines.count
        if let status = lines[start..<end].firstIndex(where: { $0.hasPrefix("status:") }) {
            let line = lines[status]
            let comment = line.firstIndex(of: "#").map { "  " + line[$0...] } ?? ""
            lines[status] = "status: retired" + comment
        } else {
            let last = lines[start..<end].lastIndex { !$0.allSatisfy(\.isWhitespace) } ?? start
            lines.insert("status: retired", at: last + 1)
        }
        return lines.joined(separator: "\n")
    }
}

extension Failure.Code {
    /// A KPI is to watch a metric that is not there.
    public static let noMetricForKPI: Self = "library/unknown-metric"
    /// What was said of a new KPI makes no sound definition.
    public static let badKPI: Self = "library/bad-kpi"
    /// A KPI that is to be retired is not there.
    public static let unknownKPIToRetire: Self = "library/unknown-kpi"
}
