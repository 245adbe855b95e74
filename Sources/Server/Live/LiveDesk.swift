import Vocabulary

/// Asks what happens now at most once a second for each source, however many pages look at it.
actor LiveDesk {
    private let workspace: any ServedWorkspace
    private var known: [String: (json: JSON, at: ContinuousClock.Instant, cost: Duration)] = [:]
    private var asking: [String: Task<Result<JSON, Failure>, Never>] = [:]

    /// Seconds between two looks, at least.
    private static let pause: Duration = .milliseconds(900)

    init(workspace: any ServedWorkspace) { self.workspace = workspace }

    /// What happens now; no older than a second, or than four times what finding out costs.
    func state(of source: String) async throws(Failure) -> JSON {
        if let known = known[source],
            ContinuousClock.now - known.at < max(LiveDesk.pause, known.cost * 4)
        {
            return known.json
        }
        let task =
            asking[source]
            ?? Task { [workspace] in
                do throws(Failure) {
                    return .success(try await workspace.live(source))
                } catch {
                    return .failure(error)
                }
            }
        let isFirst = asking[source] == nil
        asking[source] = task
        let start = ContinuousClock.now
        let result = await task.value
        if isFirst { asking[source] = nil }
        let json = try result.get()
        if isFirst { known[source] = (json, start, ContinuousClock.now - start) }
        return json
    }
}
