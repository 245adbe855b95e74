import Features
import Foundation
import Vocabulary

/// The imports that run, and the last ones that ran; kept in memory.
final class ImportJobs: Sendable {
    /// Does an import: is given where to tell its progress, returns the report.
    typealias Work =
        @Sendable (_ progress: @escaping @Sendable (Double) -> Void) async throws(Failure) -> JSON

    private struct Job {
        var state = "running"
        var progress = 0.0
        var report: JSON?
        var failure: Failure?
        var task: Task<Void, Never>?
    }

    private let settings: ServerSettings
    private let events: EventHub
    private let counters: ServerCounters
    private let lock = NSLock()
    nonisolated(unsafe) private var jobs: [String: Job] = [:]
    nonisolated(unsafe) private var order: [String] = []

    init(settings: ServerSettings, events: EventHub, counters: ServerCounters) {
        self.settings = settings
        self.events = events
        self.counters = counters
    }

    /// How many imports run.
    var running: Int { lock.withLock { jobs.values.filter { $0.state == "running" }.count } }

    /// Begins an import.
    ///
    /// - Parameter work: Does it.
    /// - Returns: The job's id.
    /// - Throws: `server/too-many-jobs`.
    func start(_ work: @escaping Work) throws(Failure) -> String {
        let id = String(SecretToken().text.prefix(22))
        let isFull = lock.withLock {
            guard jobs.values.filter({ $0.state == "running" }).count < settings.jobsMax.running
            else { return true }
            jobs[id] = Job()
            order.append(id)
            while order.count > settings.jobsMax.remembered,
                let old = order.firstIndex(where: { jobs[$0]?.state != "running" })
            {
                jobs[order.remove(at: old)] = nil
            }
            return false
        }
        guard !isFull else {
            throw Failure(
                .tooManyJobs, "Too many imports run at the same time.",
                hint: "Wait until one of them has ended.")
        }
        let task = Task { await self.run(id, work) }
        lock.withLock { jobs[id]?.task = task }
        return id
    }

    /// The state of a job.
    ///
    /// - Throws: `server/unknown-job`.
    func json(_ id: String) throws(Failure) -> JSON {
        guard let job = lock.withLock({ jobs[id] }) else { throw unknown(id) }
        return [
            "id": .text(id), "state": .text(job.state), "progress": .number(job.progress),
            "report": job.report ?? .null, "failure": job.failure?.json ?? .null,
        ]
    }

    /// Asks a job to stop; one that has ended stays as it is.
    ///
    /// - Throws: `server/unknown-job`.
    func cancel(_ id: String) throws(Failure) {
        guard let job = lock.withLock({ jobs[id] }) else { throw unknown(id) }
        job.task?.cancel()
    }

    /// Waits until a job has ended.
    func wait(for id: String) async {
        let task = lock.withLock { jobs[id]?.task }
        await task?.value
    }

    /// Asks all jobs to stop and waits until they have.
    func close() async {
        let tasks = lock.withLock { jobs.values.compactMap(\.task) }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private func run(_ id: String, _ work: Work) async {
        do {
            let report = try await work { self.progress(id, $0) }
            counters.count(.imports)
            finish(id) { job in
                job.state = "done"
                job.progress = 1
                job.report = report
            }
        } catch {
            counters.count(.importsFailed)
            finish(id) { job in
                job.state = "failed"
                job.failure = error
            }
        }
    }

    /// Remembers a progress, and tells it when it is a percent further.
    private func progress(_ id: String, _ value: Double) {
        let isNews = lock.withLock {
            guard let old = jobs[id]?.progress, value >= old + 0.01 else { return false }
            jobs[id]?.progress = min(value, 1)
            return true
        }
        if isNews { tell(id) }
    }

    private func finish(_ id: String, _ change: (inout Job) -> Void) {
        lock.withLock {
            guard var job = jobs[id] else { return }
            change(&job)
            job.task = nil
            jobs[id] = job
        }
        tell(id)
    }

    private func tell(_ id: String) {
        guard let job = lock.withLock({ jobs[id] }) else { return }
        let progress = JSON.number(job.progress)
        events.send("job", ["id": .text(id), "progress": progress, "state": .text(job.state)])
    }

    private func unknown(_ id: String) -> Failure {
        Failure(
            .unknownJob, "There is no job '\(id.prefix(40))'.",
            hint: "Jobs are forgotten when the server stops, and when many newer ones ran.")
    }
}

extension Failure.Code {
    /// No import of this id runs or ran lately.
    public static let unknownJob: Self = "server/unknown-job"
    /// As many imports as allowed run already.
    public static let tooManyJobs: Self = "server/too-many-jobs"
}
