import Engines
import Foundation
import Vocabulary

@testable import Features

/// A workspace with one source `feed`, which reads from what a test puts there.
final class ExportWorkspace {
    let folder: URL

    /// Makes it with what the source reads from, as YAML, its time column, and more lines of
    /// `yardstick.yaml`.
    init(from: String, time: String, settings: String = "") throws {
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "yardstick-\(UUID().uuidString)", directoryHint: .isDirectory)
        try write("workspace: Delivery\nzone: UTC\n" + settings, to: "yardstick.yaml")
        try write(
            "source: feed\nis: A row.\nowner: delivery\nfrom: \(from)\ntime: \(time)\n",
            to: "definitions/feed.yaml")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Imports the source, from files or else from what it names.
    func run(_ files: [URL] = []) async throws -> ImportReport {
        let session = try await WorkspaceSession.open(folder, clock: TemporaryWorkspace.clock)
        let report: Result<ImportReport, Failure>
        do throws(Failure) {
            report = .success(try await session.importFiles(source: "feed", files: files))
        } catch {
            report = .failure(error)
        }
        await session.close()
        return try report.get()
    }

    /// The rows as texts, one a row, the columns joined by `|`.
    func rows(_ columns: String) async throws -> [String] {
        let session = try await WorkspaceSession.open(folder, clock: TemporaryWorkspace.clock)
        let frame = try await session.engine.run(
            Statement("select \(columns) from source.feed order by _file, rowid"))
        await session.close()
        return (0..<frame.count).map { row in
            frame.columns.map { $0.text(row) ?? "–" }.joined(separator: "|")
        }
    }

    /// What lies in the inbox.
    var inbox: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "data/inbox").path)
        }
    }
}
