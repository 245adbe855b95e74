import Foundation
import Testing

@testable import Features
import Vocabulary

/// A CSV file of the demo in memory, by column.
struct DemoTable: Sendable {
    let count: Int
    private let columns: [String: Int]
    private let rows: [[Substring]]

    /// Reads a file that `DemoCompany` wrote: no field is quoted.
    init(_ name: String, in folder: URL) throws {
        let text = try String(
            decoding: Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
        var lines = text.utf8.split(separator: 10)
        let header = lines.removeFirst()
        columns = Dictionary(
            uniqueKeysWithValues: header.split(separator: 44).enumerated().map {
                (String($1) ?? "", $0)
            })
        rows = lines.map { line in
            line.split(separator: 44, omittingEmptySubsequences: false).map { Substring($0) }
        }
        count = rows.count
    }

    /// The fields of a column, from the first row on.
    subscript(_ column: String) -> [Substring] {
        guard let place = columns[column] else { return [] }
        return rows.map { $0[place] }
    }
}

/// Companies that several tests look at, each simulated once.
enum DemoFixture {
    static let lastDay = Day(number: 20_772)  // Sunday, 2026-11-15

    /// A company of full size in which nobody works, so that it is made quickly: everything about
    /// accounts, money, surveys and releases, with no events of work.
    static let full = tables("full", people: 25_000) {
        $0.workingDayShare = [0, 0]
        $0.botViewsPerDay = 0
    }

    /// A small company with all its events.
    static let small = tables("small", people: 1_500) { _ in }

    /// The files of a company by name, read into memory; the folder is gone then.
    private static func tables(
        _ name: String, people: Int, change: (inout DemoParameters) -> Void
    ) -> [String: DemoTable] {
        guard let folder = make(name, people: people, change: change) else { return [:] }
        defer { try? FileManager.default.removeItem(at: folder) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.reduce(into: [:]) { $0[$1] = try? DemoTable($1, in: folder) }
    }

    static func make(
        _ name: String, people: Int, seed: UInt64 = 20_140_711,
        change: (inout DemoParameters) -> Void
    ) -> URL? {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("yardstick-demo-\(name)-\(UUID().uuidString)")
        var parameters = DemoParameters()
        change(&parameters)
        let company = DemoCompany(
            people: people, lastDay: lastDay, seed: seed, parameters: parameters)
        guard (try? company.write(to: folder)) != nil else { return nil }
        return folder
    }

    /// A digest of all files of a folder, in the order of their names (FNV-1a, 64 bits).
    static func digest(of folder: URL) throws -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let data = try Data(contentsOf: folder.appendingPathComponent(name))
            data.withUnsafeBytes { bytes in
                for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            }
        }
        return hash
    }
}

/// Whether a share lies within four standard errors of a probability.
func agrees(_ hits: Int, of count: Int, with probability: Double) -> Bool {
    let error = (probability * (1 - probability) / Double(count)).squareRoot()
    return abs(Double(hits) / Double(count) - probability) < 4 * error
}
