import Foundation

/// The real data and oracles, which lie beside the project where they are.
enum SharedData {
    static let folder = URL(filePath: #filePath)
        .appending(path: "../../../../../shared/data").standardizedFileURL

    static func file(_ path: String) -> URL { folder.appending(path: path) }

    static func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: file(path).path)
    }
}
