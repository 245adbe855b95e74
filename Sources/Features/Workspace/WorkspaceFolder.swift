import Definitions
import Engines
import Foundation
import Vocabulary

/// The folder of a workspace: where definitions, imports and data lie.
public struct WorkspaceFolder: Hashable, Sendable {
    /// The folder itself.
    public let url: URL

    /// Names a workspace's folder.
    public init(_ url: URL) { self.url = url.standardizedFileURL }

    /// Facts, state and the inbox; not in git.
    public var data: URL { url.appending(path: "data", directoryHint: .isDirectory) }
    /// The facts.
    public var facts: URL { data.appending(path: "facts.duckdb") }
    /// Files on their way in.
    public var inbox: URL { data.appending(path: "inbox", directoryHint: .isDirectory) }
    /// Events that were taken in and are on their way into the tables.
    public var events: URL { data.appending(path: "events", directoryHint: .isDirectory) }
    /// Histories of people by source, which may be thrown away.
    public var histories: URL { data.appending(path: "index", directoryHint: .isDirectory) }
    /// Questions by the names of their receipts.
    public var receipts: URL { data.appending(path: "receipts", directoryHint: .isDirectory) }
    /// Files that sources may name.
    public var imports: URL { url.appending(path: "imports", directoryHint: .isDirectory) }
    /// Says which process has the workspace open.
    public var lock: URL { data.appending(path: "lock") }

    private static let filesMax = 5_000
    private static let bytesMax = 1 << 20

    /// Fails where the folder is no workspace.
    public func check() throws(Failure) {
        let file = url.appending(path: "yardstick.yaml").path
        guard FileManager.default.fileExists(atPath: file) else {
            throw Failure(
                .notAWorkspace, "There is no workspace in \(url.path): yardstick.yaml is missing.",
                hint: "Make one with 'yardstick init DIR' or 'yardstick demo DIR', "
                    + "or name one with --workspace DIR.")
        }
    }

    /// Makes the folders that the program writes to.
    func prepare() throws(Failure) {
        for folder in [data, inbox, events, histories, receipts, imports] {
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true)
            } catch {
                throw Failure(
                    .workspaceNotWritable, "The folder \(folder.path) cannot be made.",
                    hint: "Check the rights of the workspace's folder.",
                    details: [error.localizedDescription])
            }
        }
    }

    /// Takes the workspace for this process.
    ///
    /// - Throws: `engine/in-use` naming the workspace and the process that has it.
    func locked(purpose: String) throws(Failure) -> WorkspaceLock {
        do throws(Failure) {
            return try WorkspaceLock(path: lock.path, purpose: purpose)
        } catch {
            throw Failure(
                error.code,
                error.message.replacing(lock.path, with: "The workspace \(url.path)"),
                hint: error.hint, details: error.details)
        }
    }

    /// Reads yardstick.yaml and all definitions, in the order of their paths.
    ///
    /// Files over 1 MB are handed on cut off, so that reading them reports their size.
    public func definitionFiles() -> [DefinitionFile] {
        definitionPaths().map { path in
            let file = url.appending(path: path)
            let handle = try? FileHandle(forReadingFrom: file)
            defer { try? handle?.close() }
            let data = try? handle?.read(upToCount: WorkspaceFolder.bytesMax + 1)
            return DefinitionFile(path: path, bytes: Array(data ?? Data()))
        }
    }

    /// The definition files' paths, relative to the workspace.
    func definitionPaths() -> [String] {
        var paths: [String] = []
        let base = url.appending(path: "definitions", directoryHint: .isDirectory)
        let files = FileManager.default.enumerator(atPath: base.path)
        while let path = files?.nextObject() as? String, paths.count < WorkspaceFolder.filesMax {
            if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
                paths.append("definitions/" + path)
            }
        }
        return ["yardstick.yaml"] + paths.sorted()
    }

    /// Changes when any definition file does: paths, sizes and times of change.
    func definitionStamp() -> Int {
        var hasher = Hasher()
        for path in definitionPaths() {
            hasher.combine(path)
            let file = url.appending(path: path).path
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            hasher.combine(attributes?[.size] as? Int)
            hasher.combine(attributes?[.modificationDate] as? Date)
        }
        return hasher.finalize()
    }
}

extension Failure.Code {
    /// A folder is no workspace.
    public static let notAWorkspace: Self = "workspace/not-found"
    /// The workspace cannot be written to.
    public static let workspaceNotWritable: Self = "workspace/not-writable"
}
