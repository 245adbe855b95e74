import Definitions
import Foundation

/// Files of the repository that tests read.
enum RepositoryFiles {
    /// The folder that holds `Package.swift`.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file's text.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The definitions of a workspace in the repository.
    static func workspace(_ path: String) throws -> [DefinitionFile] {
        let folder = root.appendingPathComponent(path).resolvingSymlinksInPath()
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return try names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
            return DefinitionFile(path: name, bytes: Array(bytes))
        }
    }
}
