import ServiceLifecycle

/// Has the definitions read again soon after a file of theirs was changed, added or removed.
struct DefinitionsWatcher: Service {
    let workspace: any ServedWorkspace
    let interval: Duration

    /// Looks once an interval, until the server stops. A look at unchanged files is cheap: it
    /// compares their modification times.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await Task.sleep(for: interval) } catch { return }
                _ = await workspace.reloadDefinitions()
            }
        }
    }
}
