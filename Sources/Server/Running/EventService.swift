import Foundation
import ServiceLifecycle
import Vocabulary

/// Tells the event streams what changes in the workspace, and that the server lives.
struct EventService: Service {
    let workspace: any ServedWorkspace
    let events: EventHub
    let heartbeat: Duration

    /// Runs until the server stops.
    func run() async throws {
        await withTaskGroup { group in
            group.addTask { await forward() }
            group.addTask { await beat() }
        }
        events.close()
    }

    private func forward() async {
        for await change in workspace.changes().cancelOnGracefulShutdown() {
            switch change {
            case .data(let source, let version):
                events.send("data", ["source": .text(source), "version": .integer(version)])
            case .definitions(let findings):
                events.send("definitions", ["findings": .integer(findings)])
            }
        }
    }

    private func beat() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await Task.sleep(for: heartbeat) } catch { return }
                events.beat()
            }
        }
    }
}

/// Says that the server is not ready any more when it is told to stop, and stops its imports.
struct StopService: Service {
    let parts: ServerParts

    /// Waits until the server is told to stop.
    func run() async throws {
        try? await gracefulShutdown()
        parts.readiness.stopping()
        await parts.jobs.close()
    }
}
