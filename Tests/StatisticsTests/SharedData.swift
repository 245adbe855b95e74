import Foundation
import TestSupport
import Testing

/// Real data beside the project, with numbers that other programs give for it; the tests that need
/// it are skipped where it is not there.
enum SharedData {
    /// `YARDSTICK_DATA`, else the folder `shared/data` beside the project's.
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["YARDSTICK_DATA"] {
            return URL(filePath: path)
        }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")
    }()

    /// Whether the data is there.
    static let isThere = FileManager.default.fileExists(atPath: folder.path)

    /// The rows of a table, each by the names of its columns. Values hold no commas.
    static func rows(_ path: String) throws -> [[String: String]] {
        let lines = try text(folder.appending(path: path)).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard let names = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
    }

    /// A number of a row.
    static func number(_ row: [String: String], _ column: String) throws -> Double {
        try #require(row[column].flatMap(Double.init))
    }

    private static func text(_ file: URL) throws -> String {
        guard file.pathExtension == "gz" else {
            return try String(contentsOf: file, encoding: .utf8)
        }
        return String(
            decoding: try SystemProgram.output(of: ["gzip", "-dc", file.path]), as: UTF8.self)
    }
}
