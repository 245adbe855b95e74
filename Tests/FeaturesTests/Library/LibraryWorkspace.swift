import Definitions
import Features
import Foundation
import Vocabulary

/// A workspace with the tables of some examples of the library.
struct LibraryWorkspace: ~Copyable {
    let folder: URL
    /// Noon of 1 July 2026, UTC.
    static let clock = FixedClock(Instant(seconds: 1_782_907_200))

    init(_ tables: [LibraryExample.Table]) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "yardstick-\(UUID().uuidString)", directoryHint: .isDirectory)
        try write("workspace: Library\ncurrency: EUR\nminimum_n: 1\n", to: "yardstick.yaml")
        for table in tables {
            let head = """
                source: \(table.name)
                is: \(table.meaning.replacing(":", with: ","))
                from: { csv: "imports/\(table.name).csv" }

                """
            try write(head + table.definition, to: "definitions/\(table.name).yaml")
            try write(table.rows, to: "imports/\(table.name).csv")
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Opens it and imports its tables.
    func open() async throws -> WorkspaceSession {
        let session = try await WorkspaceSession.open(folder, clock: LibraryWorkspace.clock)
        for source in session.catalog.sources.keys.sorted() {
            _ = try await session.importFiles(source: source)
        }
        return session
    }
}
