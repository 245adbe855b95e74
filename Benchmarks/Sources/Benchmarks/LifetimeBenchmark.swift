import Foundation
import Statistics
import Vocabulary

/// BG/NBD fitted to 25,000 simulated customers, beside the Python package `lifetimes`.
///
/// Both get the same rows, one a customer. The parameters must agree, so that nobody wins by
/// stopping early.
struct LifetimeBenchmark {
    private let bench: BenchmarkFolder
    private static let customers = 25_000
    private static let runs = 3

    init(_ bench: BenchmarkFolder) { self.bench = bench }

    func run() throws {
        let summaries = try LifetimeBenchmark.simulated()
        var ours = Double.infinity
        var fit = try BGNBD.fit(summaries)
        for _ in 0..<LifetimeBenchmark.runs {
            let start = ContinuousClock.now
            fit = try BGNBD.fit(summaries)
            ours = min(ours, start.duration(to: .now) / .seconds(1))
        }
        Report.measure("lifetime-fit-ms", ours * 1000)
        guard let python = LifetimeBenchmark.python else {
            Report.note("      the package lifetimes is not here: Scripts/setup bench installs it")
            return
        }
        let peer = try peer(python, summaries)
        let found = fit.parameters.map(\.value)
        guard zip(found, peer.parameters).allSatisfy({ abs($0 / $1 - 1) < 0.01 }) else {
            throw Failure(
                "benchmark/different", "The fits differ: \(found) here, \(peer.parameters) there.")
        }
        Report.ratio("lifetime-fit", peer: peer.seconds, ours: ours)
    }

    private struct Peer {
        let seconds: Double
        let parameters: [Double]
    }

    private func peer(_ python: String, _ summaries: [PurchaseSummary]) throws -> Peer {
        let table = bench.url.appending(path: "customers.csv")
        let lines = summaries.map { "\($0.frequency),\($0.recency),\($0.age)" }
        let text = (["frequency,recency,age"] + lines).joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: table)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = [
            "Benchmarks/lifetimes/fit.py", table.path, "\(LifetimeBenchmark.runs)",
        ]
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard let answer = try JSONSerialization.jsonObject(with: data) as? [String: Any],
            let seconds = answer["seconds"] as? Double,
            let parameters = answer["parameters"] as? [Double]
        else { throw Failure("benchmark/peer", "The package lifetimes gave no answer.") }
        return Peer(seconds: seconds, parameters: parameters)
    }

    /// The Python that has the package.
    private static var python: String? {
        let paths = [
            ProcessInfo.processInfo.environment["YARDSTICK_LIFETIMES_PYTHON"],
            ".deps/bench/bin/python",
        ]
        return paths.compactMap { $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Customers who buy and stop as the model says, with the parameters of the CDNOW data.
    private static func simulated() throws -> [PurchaseSummary] {
        var random = SplitMix(state: 20_050_802)
        return try (0..<customers).map { _ in
            let rate = random.gamma(0.243) / 4.414
            let left = random.gamma(0.793)
            let stop = left / (left + random.gamma(2.426))
            let age = 26 + random.unit() * 52
            var (time, frequency, recency) = (0.0, 0, 0.0)
            while true {
                time += -log(random.unit()) / rate
                guard time < age else { break }
                frequency += 1
                recency = time
                if random.unit() < stop { break }
            }
            return try PurchaseSummary(frequency: frequency, recency: recency, age: age)
        }
    }
}

/// A small generator of random numbers that is the same everywhere (Steele and others, 2014).
private struct SplitMix {
    var state: UInt64

    mutating func unit() -> Double {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return (Double((bits ^ (bits >> 31)) >> 11) + 0.5) / Double(1 << 53)
    }

    /// A gamma variate with scale 1 (Marsaglia and Tsang, 2000; small shapes by their boost).
    mutating func gamma(_ shape: Double) -> Double {
        guard shape >= 1 else { return gamma(shape + 1) * pow(unit(), 1 / shape) }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let normal = (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit())
            let v = pow(1 + c * normal, 3)
            guard v > 0 else { continue }
            if log(unit()) < normal * normal / 2 + d - d * v + d * log(v) { return d * v }
        }
    }
}
