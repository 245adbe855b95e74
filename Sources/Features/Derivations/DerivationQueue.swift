import Vocabulary

/// Lets derivations run one after the other, since two would make the same tables.
actor DerivationQueue {
    private var last: Task<Void, Never>?

    /// Runs work after all that was given before it.
    func run<Output: Sendable>(
        _ work: @escaping @Sendable () async -> Result<Output, Failure>
    ) async -> Result<Output, Failure> {
        let before = last
        let task = Task {
            await before?.value
            return await work()
        }
        last = Task { _ = await task.value }
        return await task.value
    }
}
