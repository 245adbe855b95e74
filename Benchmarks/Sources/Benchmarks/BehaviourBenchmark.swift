import Behaviour
import Engines
import Foundation
import Vocabulary

/// Behavioural questions asked of the index, of ClickHouse and of DuckDB, two threads each.
///
/// All answers must be equal. What is loaded stays in `.cache/behaviour`, so that the next run only
/// asks.
struct BehaviourBenchmark {
    private let events: Int
    private let folder: URL
    private let runs = 3

    init(events: Int) {
        self.events = events
        folder = URL(filePath: ".cache/behaviour/\(events)")
    }

    /// Asks everything of everyone.
    func run() async throws {
        let data = try BehaviourData(events: events, folder: folder)
        Report.note("      \(data.count) events of \(data.people) people; load \(Self.load)")
        let snapshot = try await build(data, report: true)
        let asked = BehaviourAsked(snapshot: snapshot)
        guard let python = BehaviourPeer.python else {
            for name in BehaviourAsked.names { try await report(name, asked) }
            Report.note("      the package chdb-core is not here: Scripts/setup bench installs it")
            return
        }
        try load(python, data)
        let peer = try BehaviourPeer(python: python, folder: folder)
        defer { peer.close() }
        try await BehaviourTies(folder: folder, peer: peer).run()
        let duck = try await duck()
        for name in BehaviourAsked.names {
            let (first, rows) = try await best(name, asked)
            let answer = try peer.ask(name)
            let (again, _) = try await best(name, asked)
            let ours = min(first, again)
            try compare(name, rows, answer.rows, "ClickHouse")
            Report.ratio(name, peer: answer.seconds, ours: ours)
            Report.note("      \(answer.how)")
            let (seconds, duckRows) = try await best(name, duck)
            try compare(name, rows, duckRows, "DuckDB")
            Report.measure("behaviour-\(name)-ms", ours * 1_000)
            Report.measure("behaviour-\(name)-duckdb-ms", seconds * 1_000)
        }
        for engine in duck { await engine.close() }
        reportMemory()
        Report.note("      load at the end \(Self.load)")
    }

    /// Only the index, at another size.
    func grow() async throws {
        let data = try BehaviourData(events: events, folder: folder)
        let asked = BehaviourAsked(snapshot: try await build(data, report: true))
        for name in BehaviourAsked.names {
            let (seconds, _) = try await best(name, asked)
            Report.measure("behaviour-growth-\(events / 1_000_000)-\(name)-ms", seconds * 1_000)
        }
        reportMemory()
    }

    private func build(_ data: BehaviourData, report: Bool) async throws -> BehaviourSnapshot {
        let path = folder.appending(path: "behaviour.index").path
        let builder = BehaviourIndexBuilder(path: path, schema: BehaviourData.schema)
        var seconds = 0.0
        for start in stride(from: 0, to: data.count, by: 1_000_000) {
            let columns = data.columns(start..<min(start + 1_000_000, data.count))
            let start = Self.processorSeconds
            try builder.add(columns)
            seconds += Self.processorSeconds - start
        }
        Report.measure("behaviour-build-own-memory-mb", Self.memory("RssAnon"))
        let start = Self.processorSeconds
        let index = try builder.finish(
            watermark: IndexWatermark(inboxOffset: 0, dataVersion: 1))
        let rest = Self.processorSeconds - start
        Report.measure(
            "behaviour-built-million-events-per-second-core",
            Double(data.count) / (seconds + rest) / 1e6)
        Report.note(String(format: "      parted in %.2f s, sorted in %.2f s", seconds, rest))
        Report.measure("behaviour-bytes-per-event", Double(index.sizeBytes) / Double(data.count))
        let (check, isWhole) = await timed { index.isWhole }
        guard isWhole else { throw Failure("benchmark/index", "The index is damaged.") }
        Report.measure("behaviour-check-ms", check * 1_000)
        let snapshot = BehaviourSnapshot(index)
        let batch = data.columns((data.count - 10_000)..<data.count)
        let (append, _) = await timed {
            snapshot.adding(batch, schema: BehaviourData.schema, watermark: index.watermark)
        }
        Report.measure("behaviour-append-10000-ms", append * 1_000)
        return snapshot
    }

    private func load(_ python: String, _ data: BehaviourData) throws {
        let stamp = folder.appending(path: "loaded")
        guard !FileManager.default.fileExists(atPath: stamp.path) else { return }
        let absolute = folder.absoluteURL
        let sizes = try BehaviourPeer.load(
            python: python, rows: absolute.appending(path: "events.rows"), folder: absolute)
        Report.note("      ClickHouse, bytes an event: \(sizes)")
        try Data(sizes.utf8).write(to: stamp)
    }

    /// The events in DuckDB, sorted by time and by person.
    private func duck() async throws -> [DuckDBEngine] {
        var engines: [DuckDBEngine] = []
        for (name, order) in [("time", "ts"), ("person", "user_id, ts")] {
            let file = folder.appending(path: "\(name).duckdb")
            let isNew = !FileManager.default.fileExists(atPath: file.path)
            let engine = try DuckDBEngine(
                .file(file.path), limits: EngineLimits(threads: 2, seconds: 900),
                access: DuckDBEngine.FileAccess(folders: [folder.absoluteURL.path]))
            if isNew {
                let parquet = folder.absoluteURL.appending(path: "events.parquet").path
                try await engine.execute(
                    Statement(
                        """
                        create table events as select user_id, ts::timestamp as ts, event_id, country,
                        plan, device, url, revenue from read_parquet('\(parquet)') order by \(order)
                        """))
                try await engine.execute(Statement("checkpoint"))
            }
            engines.append(engine)
        }
        return engines
    }

    private func best(
        _ name: String, _ asked: BehaviourAsked
    ) async throws -> (seconds: Double, rows: [[String]]) {
        var best = Double.infinity
        var rows: [[String]] = []
        for _ in 0...runs {
            let (seconds, answer) = try await timed { try await asked.rows(name) }
            best = min(best, seconds)
            rows = answer
        }
        return (best, rows)
    }

    private func best(
        _ name: String, _ engines: [DuckDBEngine]
    ) async throws -> (seconds: Double, rows: [[String]]) {
        let sql = try String(
            contentsOf: URL(filePath: "Benchmarks/behaviour/duckdb/\(name).sql"), encoding: .utf8)
        var best = Double.infinity
        var rows: [[String]] = []
        for engine in engines {
            for _ in 0..<runs {
                let (seconds, frame) = try await timed { try await engine.run(Statement(sql)) }
                best = min(best, seconds)
                rows = Self.rows(frame)
            }
        }
        return (best, rows)
    }

    private static func rows(_ frame: Frame) -> [[String]] {
        (0..<frame.count).map { row in
            frame.columns.map { column in
                switch column.values {
                case .integers(let values): values[row].map(String.init) ?? ""
                case .texts(let values): values[row] ?? ""
                default: column.number(row).map { "\(Int($0))" } ?? ""
                }
            }
        }
    }

    private func report(_ name: String, _ asked: BehaviourAsked) async throws {
        Report.measure("behaviour-\(name)-ms", try await best(name, asked).seconds * 1_000)
    }

    /// Rows of which every count is zero are rows that SQL does not have.
    private func compare(
        _ name: String, _ ours: [[String]], _ theirs: [[String]], _ who: String
    ) throws {
        func counted(_ rows: [[String]]) -> [[String]] {
            name == "funnel-split" ? rows.filter { $0[1] != "0" } : rows
        }
        guard counted(ours) == counted(theirs) else {
            let pairs = zip(counted(ours), counted(theirs)).first { $0 != $1 }
            throw Failure(
                "benchmark/differs",
                "\(name): \(who) has \(theirs.count) rows, we \(ours.count); first difference: "
                    + "\(pairs.map { "\($0.0) here, \($0.1) there" } ?? "their number").")
        }
    }

    private func reportMemory() {
        Report.measure("behaviour-own-memory-mb", Self.memory("RssAnon"))
    }

    /// Seconds that a core has worked for this process.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// A line of the process's status, in megabytes.
    private static func memory(_ name: String) -> Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        let words = line?.split(whereSeparator: \.isWhitespace) ?? []
        return words.count > 1 ? (Double(words[1]) ?? 0) / 1_024 : 0
    }

    private static var load: String {
        let text = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)
        return text?.split(separator: " ").prefix(3).joined(separator: " ") ?? "unknown"
    }
}
