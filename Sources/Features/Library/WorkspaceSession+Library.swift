import Definitions
import Foundation
import Vocabulary

/// Taking KPIs over from the library.
extension WorkspaceSession {
    /// The library as the API prints it.
    public func libraryJSON() -> JSON { KPILibrary.json }

    /// Writes the definition of a library entry, and of the metrics that it needs.
    ///
    /// Metrics that are there already are left as they are. The definitions are read again.
    ///
    /// - Parameters:
    ///   - id: The entry's name.
    ///   - source: The source that it is computed from; nil takes the only one.
    /// - Returns: The KPI's file, relative to the workspace.
    /// - Throws: `library/unknown-entry`, `library/exists`, `library/which-source`.
    public func addFromLibrary(id: String, source: String?) async throws(Failure) -> String {
        let entry = try KPILibrary.entry(named: id)
        let source = try chosenSource(source)
        let files = KPILibrary.yaml(for: entry, source: source.name, owner: source.owner)
        guard let kpi = files.last else {
            throw Failure(.libraryExists, "The entry '\(id)' writes nothing.")
        }
        let target = folder.appending(path: kpi.path)
        guard catalog.kpis[entry.id] == nil, !FileManager.default.fileExists(atPath: target.path)
        else {
            throw Failure(
                .libraryExists, "The workspace has a KPI '\(entry.id)' already.",
                hint: "Adapt \(kpi.path), or rename it first.")
        }
        for file in files where !isDefined(file.path) { try write(file.yaml, to: file.path) }
        _ = await reloadDefinitions()
        return kpi.path
    }

    private func chosenSource(_ name: String?) throws(Failure) -> SourceDefinition {
        if let name { return try source(named: name) }
        let sources = catalog.sources.values.sorted { $0.name < $1.name }
        guard let first = sources.first else {
            throw Failure(
                .libraryWhichSource, "The workspace has no source to compute it from.",
                hint: "Define one in definitions/, with source: NAME as its first line.")
        }
        guard sources.count == 1 else {
            throw Failure(
                .libraryWhichSource, "The workspace has several sources.",
                hint: "Name one with --source: \(sources.map(\.name).joined(separator: ", "))")
        }
        return first
    }

    /// Whether a metric of that file's name is defined, in whatever file.
    private func isDefined(_ path: String) -> Bool {
        let url = folder.appending(path: path)
        let id = url.deletingPathExtension().lastPathComponent
        return path.contains("/metrics/")
            && (catalog.metrics[id] != nil || FileManager.default.fileExists(atPath: url.path))
    }

    private func write(_ yaml: String, to path: String) throws(Failure) {
        let file = folder.appending(path: path)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(yaml.utf8).write(to: file, options: .atomic)
        } catch {
            throw Failure(
                .workspaceNotWritable, "The file \(path) cannot be written.",
                hint: "Check the rights of the workspace's folder.",
                details: [error.localizedDescription])
        }
    }
}

extension Failure.Code {
    /// The workspace has the KPI already.
    public static let libraryExists: Self = "library/exists"
    /// The source to compute a KPI from is not clear.
    public static let libraryWhichSource: Self = "library/which-source"
}
