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
        if let recipe = definition.recipe {
            throw Failure(
                .importDerived,
                "The source '\(source)' is made from \(recipe.upstream.joined(separator: " and ")), "
                    + "not imported.",
                hint: "Import into \(catalog.imported(under: source).joined(separator: " or ")); "
                    + "'\(source)' follows by itself.", place: definition.origin.place(of: "from"))
        }
        if definition.intake != nil {
            throw Failure(
                .importEvents,
                "The source '\(source)' takes events of applications; files are not imported into it.",
                hint: "send them to /api/v1/events, or define a source of files for them",
                place: definition.origin.place(of: "from"))
        }
        var staging = FileStaging(definition, in: self)
        defer { staging.removeTemporaries() }
        try await staging.stage(files, isUpload: isUpload)
        let request = ImportRequest(
            definition, files: staging.files, format: staging.format, calendar: calendar)
        let report = try await SourceImporter(engine).run(
            request, now: clock.now, progress: progress)
        try await refreshFacts(of: [source])
        broadcast.send(.data(source: source, version: report.version))
        return report
    }

    /// The definition of a source.
    ///
    /// - Throws: `question/unknown-source` with the nearest name.
    public func source(named name: String) throws(Failure) -> SourceDefinition {
        if let source = catalog.sources[name] { return source }
        let names = catalog.writtenSources.map(\.name)
        throw Failure(
            .unknownSourceAsked, "There is no source named '\(name)'.",
            hint: nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
                ?? (names.isEmpty
                    ? "Define one in definitions/, with source: \(name) as its first line."
                    : "the sources are \(names.joined(separator: ", "))"))
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
        options.missing = source.files?.missing ?? []
        let content = source.files?.content ?? SourceContent()
        var pins = source.columnTypes
        if source.files?.format == .git {
            for (name, type) in GitExtract.columnTypes(content)
            where !pins.keys.contains(where: { FilePlanner.same($0, name) }) {
                pins[name] = type
            }
        }
        self.init(
            source: source.name, files: files, format: format, zone: zone, time: time,
            pins: pins, options: options, content: content)
    }
}

extension Catalog {
    /// The imported sources on which a derived one rests.
    func imported(under source: String) -> [String] {
        upstream(of: source).filter { sources[$0]?.recipe == nil }
    }
}

extension Failure.Code {
    /// Files were to be imported into a source that is made from others.
    public static let importDerived: Self = "import/derived"
    /// Files were to be imported into a source of events.
    public static let importEvents: Self = "import/events"
}
