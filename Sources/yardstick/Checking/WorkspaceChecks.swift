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
        return [.good("workspace", path), writable, space, holder]
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

    private var holder: DoctorCheck {
        if let socket = LocalSocket.find(in: folder) {
            return .good("server", "runs and is asked at \(socket)")
        }
        return .good("server", "none runs")
    }

    private func file(_ name: String) -> String {
        folder.appending(path: name).path(percentEncoded: false)
    }
}
