import Definitions
import Engines
import Features
import Foundation
import Testing
import Vocabulary

/// A folder with files and a database, for one test of imports.
final class ImportBench: Sendable {
    let folder: String
    let engine: DuckDBEngine

    init() throws {
        folder = NSTemporaryDirectory() + "yardstick-import-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder + "/imports", withIntermediateDirectories: true)
        engine = try DuckDBEngine(
            .file(folder + "/data.duckdb"), access: .init(folders: [folder + "/imports"]),
            connections: 1)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes a file into the imports folder.
    @discardableResult
    func file(_ name: String, _ content: Data) throws -> ImportFile {
        let path = folder + "/imports/" + name
        try content.write(to: URL(fileURLWithPath: path))
        return ImportFile(path: path, label: "imports/" + name)
    }

    @discardableResult
    func file(_ name: String, _ text: String) throws -> ImportFile {
        try file(name, Data(text.utf8))
    }

    func run(
        _ files: ImportFile..., format: ImportFormat = .csv, time: ImportRequest.Time? = nil,
        zone: String = "UTC", pins: [String: ValueType] = [:],
        options: ImportRequest.Options = .init(), content: SourceContent = .init()
    ) async throws -> ImportReport {
        try await SourceImporter(engine).run(
            ImportRequest(
                source: "orders", files: files, format: format,
                zone: try #require(TimeZone(identifier: zone)), time: time, pins: pins,
                options: options, content: content),
            now: Instant(seconds: 1_800_000_000))
    }

    /// The rows as texts, one a row, the columns joined by `|`.
    func rows(_ columns: String = "* exclude _file") async throws -> [String] {
        let frame = try await engine.run(
            Statement("select \(columns) from source.orders order by _file, rowid"))
        return (0..<frame.count).map { row in
            frame.columns.map { $0.text(row) ?? "–" }.joined(separator: "|")
        }
    }

    /// One number.
    func number(_ sql: String) async throws -> Int? {
        try await engine.run(Statement("select \(sql) from source.orders")).columns[0].integer(0)
    }

    func types() async throws -> [String] {
        try await engine.schema(of: SourceImporter.table(of: "orders")).map {
            "\($0.name) \($0.type)"
        }
    }
}
