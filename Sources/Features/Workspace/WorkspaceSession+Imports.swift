import Definitions
import Foundation
import Planning
import Vocabulary

/// Bringing files in.
extension WorkspaceSession {
    /// Loads files into a source; without files those that the source's definition names.
    ///
    /// A file outside the workspace's imports folder is taken into the inbox first, so that what
    /// is read cannot change meanwhile and the engine needs no other folder.
    ///
    /// - Parameters:
    ///   - source: The source's name.
    ///   - files: The files; empty means those that the definition names.
    ///   - isUpload: Whether the files already lie in the inbox, under `NUMBER-NAME`.
    ///   - progress: Called a few times a second.
    /// - Returns: What was read, stored and refused, and why.
    /// - Throws: `question/unknown-source`, `import/…`, `engine/…`; the source is as it was then.
    public func importFiles(
        source: String, files: [URL] = [], isUpload: Bool = false,
        progress: (@Sendable (ImportProgress) -> Void)? = nil
    ) async throws(Failure) -> ImportReport {
        let definition = try self.source(named: source)
        let staged = try stage(files, definition: definition, isUpload: isUpload)
        defer { for file in staged.temporary { try? FileManager.default.removeItem(at: file) } }
        let request = ImportRequest(
            definition, files: staged.files, format: staged.format, calendar: calendar)
        let report = try await SourceImporter(engine).run(
            request, now: clock.now, progress: progress)
        try await refreshFacts()
        broadcast.send(.data(source: source, version: report.version))
        return report
    }

    /// The definition of a source.
    ///
    /// - Throws: `question/unknown-source` with the nearest name.
    public func source(named name: String) throws(Failure) -> SourceDefinition {
        if let source = catalog.sources[name] { return source }
        let names = catalog.sources.keys
        throw Failure(
            .unknownSourceAsked, "There is no source named '\(name)'.",
            hint: nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
                ?? (names.isEmpty
                    ? "Define one in definitions/, with source: \(name) as its first line."
                    : "the sources are \(names.sorted().joined(separator: ", "))"))
    }

    private struct StagedFiles {
        var files: [ImportFile]
        var temporary: [URL]
        var format: ImportFormat
    }

    private func stage(
        _ files: [URL], definition: SourceDefinition, isUpload: Bool
    ) throws(Failure) -> StagedFiles {
        let defined = definition.files.flatMap { ImportFormat(rawValue: $0.format.rawValue) }
        guard !files.isEmpty else {
            guard let own = definition.files, let format = defined else {
                throw Failure(
                    .importMissingFile,
                    "The source '\(definition.name)' names no files of its own.",
                    hint: "Name one: yardstick import \(definition.name) FILE")
            }
            let found = try ImportFiles.named(
                own.path, format: format, workspace: folder.path, within: [place.imports.path])
            return StagedFiles(files: found, temporary: [], format: format)
        }
        let format = ImportFormat(fileName: files[0].lastPathComponent) ?? defined ?? .csv
        var staged = StagedFiles(files: [], temporary: [], format: format)
        for file in files {
            let found = try ImportFiles.named(
                file.path, format: format, workspace: folder.path, within: nil)
            for one in found {
                if isUpload {
                    let name = file.lastPathComponent.drop { $0 != "-" }.dropFirst()
                    let label = name.isEmpty ? file.lastPathComponent : String(name)
                    staged.files.append(ImportFile(path: one.path, label: "upload/\(label)"))
                    staged.temporary.append(file)
                } else if isInImports(one.path) {
                    staged.files.append(one)
                } else {
                    let copy = try takeIn(one)
                    staged.files.append(ImportFile(path: copy.path, label: one.label))
                    staged.temporary.append(copy)
                }
            }
        }
        return staged
    }

    private func isInImports(_ path: String) -> Bool {
        path.hasPrefix(place.imports.resolvingSymlinksInPath().path + "/")
    }

    /// Links or copies a file into the inbox.
    private func takeIn(_ file: ImportFile) throws(Failure) -> URL {
        let original = URL(filePath: file.path)
        let copy = place.inbox.appending(
            path: "\(UUID().uuidString)-\(original.lastPathComponent)")
        if link(original.path, copy.path) == 0 { return copy }
        do {
            try FileManager.default.copyItem(at: original, to: copy)
        } catch {
            throw Failure(
                .importUnreadable, "The file '\(file.path)' cannot be copied into the inbox.",
                hint: "Check that it may be read and that the disk has room.",
                details: [error.localizedDescription])
        }
        return copy
    }
}

extension ImportFormat {
    /// The format that a file's name says.
    init?(fileName: String) {
        let name = fileName.lowercased()
        let bare = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        switch bare.split(separator: ".").last {
        case "csv", "tsv", "txt": self = .csv
        case "parquet": self = .parquet
        case "jsonl", "ndjson": self = .jsonl
        default: return nil
        }
    }
}

extension ImportRequest {
    /// The request that a source's definition makes of some files.
    init(
        _ source: SourceDefinition, files: [ImportFile], format: ImportFormat,
        calendar: WorkCalendar
    ) {
        let zone = TimeZone(identifier: source.time?.zone ?? calendar.zone.name) ?? .gmt
        let time = source.time.map { column -> Time in
            let format: String? =
                switch column.format {
                case .inferred: nil
                case .epochSeconds: "epoch_seconds"
                case .epochMilliseconds: "epoch_milliseconds"
                case .pattern(let text): text
                }
            return Time(column: column.column, format: format)
        }
        var options = Options()
        if let delimiter = source.files?.delimiter { options.delimiter = delimiter.first }
        if let encoding = source.files?.encoding { options.encoding = encoding }
        if let decimal = source.files?.decimal?.first { options.decimal = decimal }
        self.init(
            source: source.name, files: files, format: format, zone: zone, time: time,
            pins: source.columnTypes, options: options)
    }
}
