import Definitions
import Engines
import Foundation
import Vocabulary

/// Taking KPIs over from the library.
extension WorkspaceSession {
    /// What was written for an entry of the library.
    public struct LibraryReport: Sendable {
        /// The KPI's file, relative to the workspace.
        public let file: String
        /// All files that were written, the KPI's last.
        public let written: [String]
        /// Metrics and sources of the same names that were there already, and left as they are.
        public let kept: [String]
        /// What is missing before it computes; empty where it computes at once.
        public let gaps: [LibraryGap]
    }

    /// The library as the API prints it.
    public func libraryJSON() -> JSON { KPILibrary.json }

    /// Writes the definition of a library entry, and of the metrics and sources that it needs.
    ///
    /// Definitions that are there already are left as they are. The definitions are read again.
    /// Where no main source is named, the only one that fits is taken.
    ///
    /// - Returns: What was written, and what is missing if it was written all the same.
    /// - Throws: `library/unknown-entry`, `library/exists`, `library/which-source`,
    ///   `library/does-not-fit` with what is missing, `question/unknown-source`.
    public func addFromLibrary(_ wish: LibraryAddition) async throws(Failure) -> LibraryReport {
        let fit = LibraryFit(catalog: catalog, facts: facts, events: await eventNames())
        let report = try written(wish, fit)
        _ = await reloadDefinitions()
        return report
    }

    /// Writes the definitions of several entries, as one alone; the definitions are read again once.
    ///
    /// - Throws: What adding one of them throws; those before it have been written then.
    public func addFromLibrary(
        _ wishes: [LibraryAddition]
    ) async throws(Failure) -> [LibraryReport] {
        let fit = LibraryFit(catalog: catalog, facts: facts, events: await eventNames())
        var reports: [LibraryReport] = []
        for wish in wishes { reports.append(try written(wish, fit)) }
        _ = await reloadDefinitions()
        return reports
    }

    private func written(
        _ wish: LibraryAddition, _ fit: LibraryFit
    ) throws(Failure) -> LibraryReport {
        let entry = try KPILibrary.entry(named: wish.entry)
        try refuseExisting(entry)
        let binding = try binding(of: wish, entry, fit)
        let gaps = fit.gaps(of: entry, binding)
        guard gaps.isEmpty || wish.isForced else { throw doesNotFit(entry, gaps) }
        let main = binding.sources[LibraryNeed.mainRole]
        guard wish.owner?.contains(where: \.isNewline) != true else {
            throw Failure(.libraryBadName, "An owner's name stands on one line.")
        }
        let owner = wish.owner ?? main.flatMap { catalog.sources[$0]?.owner }
        let all = KPILibrary.files(for: entry, binding, owner: owner, target: wish.target)
        let files = all.filter { !isDefined($0) }
        let kept = all.filter(isDefined).map(\.id)
        for file in files { try write(file.yaml, to: file.path) }
        let paths = files.map(\.path)
        return LibraryReport(file: paths.last ?? "", written: paths, kept: kept, gaps: gaps)
    }

    private func refuseExisting(_ entry: LibraryEntry) throws(Failure) {
        let path = "definitions/kpis/\(entry.id).yaml"
        let target = folder.appending(path: path).path
        guard catalog.kpis[entry.id] == nil, !FileManager.default.fileExists(atPath: target) else {
            throw Failure(
                .libraryExists, "The workspace has a KPI '\(entry.id)' already.",
                hint: "Adapt \(path), or rename it first.")
        }
    }

    private func doesNotFit(_ entry: LibraryEntry, _ gaps: [LibraryGap]) -> Failure {
        let count = gaps.count == 1 ? "one thing" : "\(gaps.count) things"
        return Failure(
            .libraryDoesNotFit, "The workspace lacks \(count) for '\(entry.id)'.",
            hint: "Name what is meant, or write it all the same with --anyway and adapt it.",
            details: gaps.map { "missing: \($0.text)" })
    }

    /// The user's names for the entry's placeholders.
    private func binding(
        of wish: LibraryAddition, _ entry: LibraryEntry, _ fit: LibraryFit
    ) throws(Failure) -> LibraryBinding {
        var binding = LibraryBinding(names: wish.names)
        for (role, name) in wish.sources {
            _ = try source(named: name)
            binding.sources[entry.placeholder(of: role)] = name
        }
        for role in entry.writtenRoles(binding) where binding.sources[role] == nil {
            let name = role.lowercased()
            if role == LibraryNeed.mainRole {
                binding.sources[role] = try onlySource(for: entry, binding, fit)
            } else if catalog.sources[name] != nil {
                binding.sources[role] = name
            } else {
                binding.sources[role] = try onlySource(playing: role, of: entry, binding, fit)
            }
        }
        return binding
    }

    /// The source that fits an entry, where there is just one; else the only source at all.
    private func onlySource(
        for entry: LibraryEntry, _ binding: LibraryBinding, _ fit: LibraryFit
    ) throws(Failure) -> String {
        let names = catalog.writtenSources.map(\.name)
        guard let first = names.first else {
            throw Failure(
                .libraryWhichSource, "The workspace has no source to compute it from.",
                hint: "Define one in definitions/, with source: NAME as its first line.")
        }
        if names.count == 1 { return first }
        let fitting = fitting(LibraryNeed.mainRole, entry, binding, fit)
        if fitting.count == 1 { return fitting[0] }
        throw Failure(
            .libraryWhichSource,
            fitting.isEmpty
                ? "No source of the workspace fits '\(entry.id)' as it is."
                : "Several sources fit '\(entry.id)': \(fitting.joined(separator: ", ")).",
            hint: "Name one with --source: "
                + (fitting.isEmpty ? names : fitting).joined(separator: ", "))
    }

    private func onlySource(
        playing role: String, of entry: LibraryEntry, _ binding: LibraryBinding, _ fit: LibraryFit
    ) throws(Failure) -> String? {
        let fitting = fitting(role, entry, binding, fit)
        return fitting.count == 1 ? fitting[0] : nil
    }

    /// The sources that have all that an entry needs of one part.
    private func fitting(
        _ role: String, _ entry: LibraryEntry, _ binding: LibraryBinding, _ fit: LibraryFit
    ) -> [String] {
        catalog.writtenSources.map(\.name).filter { name in
            var trial = binding
            trial.sources[role] = name
            return !fit.gaps(of: entry, trial).contains { $0.need.role == role }
        }
    }

    /// The events that occur in each source that names its event column.
    private func eventNames() async -> [String: [String]] {
        var names: [String: [String]] = [:]
        for source in catalog.sources.values {
            guard let column = source.event, facts[source.name]?.rows ?? 0 > 0 else { continue }
            let table = SourceImporter.table(of: source.name)
            let name = quotedName(column)
            let statement = Statement(
                "SELECT DISTINCT \(name) FROM \(table.sql) WHERE \(name) IS NOT NULL "
                    + "ORDER BY 1 LIMIT 500")
            guard let frame = try? await engine.run(statement) else { continue }
            names[source.name] = (0..<frame.count).compactMap { frame.columns[0].text($0) }
        }
        return names
    }

    /// Whether something of that kind and name is defined, in whatever file.
    private func isDefined(_ file: KPILibrary.File) -> Bool {
        let path = folder.appending(path: file.path).path
        switch file.kind {
        case "metric": return catalog.metrics[file.id] != nil || exists(path)
        case "source": return catalog.sources[file.id] != nil || exists(path)
        default: return false
        }
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    func write(_ yaml: String, to path: String) throws(Failure) {
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
    /// The sources lack what a KPI needs.
    public static let libraryDoesNotFit: Self = "library/does-not-fit"
}
