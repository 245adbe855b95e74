import Foundation
import TestSupport

/// Packed bodies, made by the programs gzip and zstd: what unpacks is not asked to pack.
enum Packing {
    /// The bytes as gzip.
    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] { try run(["gzip", "-nc"], bytes) }

    /// The bytes as a program packs them.
    static func packed(_ bytes: [UInt8], by program: String) throws -> [UInt8] {
        program == "zstd" ? try zstd(bytes) : try gzip(bytes)
    }

    /// The bytes as zstd, with its checksum at the end.
    static func zstd(_ bytes: [UInt8], _ options: String...) throws -> [UInt8] {
        try run(["zstd", "-qc"] + options, bytes)
    }

    private static func run(_ arguments: [String], _ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "yardstick-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try SystemProgram.output(of: arguments + [file.path])
    }
}
