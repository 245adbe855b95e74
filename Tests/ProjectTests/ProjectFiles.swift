import Foundation

/// The project's own files, as the tests of its habits read them.
enum ProjectFiles {
    /// The folder of the project.
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file; empty where there is none.
    static func text(_ path: String) -> String {
        (try? String(contentsOf: folder.appending(path: path), encoding: .utf8)) ?? ""
    }

    /// The Swift files below a folder, with their paths in the project.
    static func swiftFiles(below path: String) -> [(path: String, text: String)] {
        let root = folder.appending(path: path)
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
            .map { file in
                let inside = file.path.dropFirst(folder.path.count)
                return (
                    String(inside.drop { $0 == "/" }),
                    (try? String(contentsOf: file, encoding: .utf8)) ?? ""
                )
            }
            .sorted { $0.0 < $1.0 }
    }
}
