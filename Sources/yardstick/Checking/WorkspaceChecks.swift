import Definitions
import Engines
import Features
import Foundation
import Server
import Vocabulary

/// What a workspace needs: its files, room, and the right to write.
struct WorkspaceChecks {
    /// The workspace's folder.
    let folder: URL

    /// All of them; only the first where there is no workspace.
    func all() -> [DoctorCheck] {
        let path = folder.path
        guard FileManager.default.fileExists(atPath: file("yardstick.yaml")) else {
            return [
                .warning(
                    "workspace", "\(path) is none: it has no yardstick.yaml",
                    hint: "make one: 'yardstick demo DIR' or 'yardstick init DIR'; "
                        + "or name one with --workspace")
            ]
        }
        let loaded = CatalogLoader.load(WorkspaceFolder(folder).definitionFiles())
        return [.good("workspace", path), writable, space, definitions(loaded), holder]
            + WorkspaceFolder(folder).storedHistories(loaded.catalog).map(histories)
    }

    private var writable: DoctorCheck {
        let data = file("data")
        let place = FileManager.default.fileExists(atPath: data) ? data : file("")
        guard FileManager.default.isWritableFile(atPath: place) else {
            return .problem(
                "data folder", "\(place) may not be written",
                hint: "make it yours: sudo chown -R \"$USER\" \(shellWord(place))")
        }
        return .good("data folder", "may be written")
    }

    private var space: DoctorCheck {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: file(""))
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
            return .warning("disk", "how much is free is not known", hint: "look with 'df -h .'")
        }
        let text = "\(grouped(Double(free) / 1e9, decimals: 1)) GB free"
        let hint = "make room: 'df -h \(shellWord(file("")))' shows the disk"
        if free < 100_000_000 { return .problem("disk", text, hint: hint) }
        if free < 1_000_000_000 { return .warning("disk", text, hint: hint) }
        return .good("disk", text)
    }

    private func definitions(_ loaded: LoadedCatalog) -> DoctorCheck {
        let errors = loaded.findings.count { $0.severity == .error }
        guard errors == 0 else {
            return .problem(
                "definitions", counted(errors, "error"),
                hint: "'yardstick check --workspace \(shellWord(folder.path))' tells them all")
        }
        let counts = [
            counted(loaded.catalog.writtenSources.count, "source"),
            counted(loaded.catalog.metrics.count, "metric"),
            counted(loaded.catalog.kpis.count, "KPI"),
        ]
        return .good("definitions", counts.joined(separator: ", "))
    }

    /// Who has the workspace open. The lock is taken for a moment to see that it is free.
    private var holder: DoctorCheck {
        if let socket = LocalSocket.find(in: folder) {
            return .good("in use", "by a server, which runs commands that come to \(socket)")
        }
        let lock = WorkspaceFolder(folder).lock.path
        guard FileManager.default.fileExists(atPath: lock) else {
            return .good("in use", "by nobody")
        }
        do throws(Failure) {
            _ = try WorkspaceLock(path: lock, purpose: "yardstick doctor")
            return .good("in use", "by nobody")
        } catch {
            return .warning(
                "in use", error.message, hint: error.hint ?? "wait until it ends, or stop it")
        }
    }

    /// What answers questions about behaviour faster; without it the tables answer.
    private func histories(_ stored: StoredHistories) -> DoctorCheck {
        let name = "histories of \(stored.source)"
        let status = stored.status
        switch status.state {
        case .ready where status.events == 0:
            return .good(name, "made of no events; those that came since lie beside them")
        case .ready:
            let each = Double(status.sizeBytes) / Double(max(1, status.events))
            return .good(
                name,
                "\(counted(status.events, "event")), "
                    + "\(grouped(Double(status.sizeBytes) / 1e6, decimals: 1)) MB, "
                    + "\(grouped(each, decimals: 1)) bytes an event")
        case .absent, .building:
            let reason = status.reason.map { ", since \($0)" } ?? ""
            return .good(name, "none\(reason); the next question over its events has them made")
        case .failed:
            return .warning(
                name, "none, since \(status.reason ?? "they cannot be made")",
                hint: "the tables answer, more slowly; leave 'time' and 'event' out of the source")
        }
    }

    private func file(_ name: String) -> String {
        folder.appending(path: name).path(percentEncoded: false)
    }
}
