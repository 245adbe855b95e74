import Foundation
import Testing

/// Packed bodies, made by the program gzip: what unpacks is not asked to pack.
enum Packing {
    /// The bytes as gzip.
    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] { try run(["gzip", "-nc"], bytes) }

    private static func run(_ arguments: [String], _ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "yardstick-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments + [file.path]
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(data)
    }
}
