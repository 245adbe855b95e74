import Foundation
import Vocabulary

/// A repository on disk that may be read.
struct GitRepository {
    /// Its folder, absolute, with all links followed.
    let path: String
    /// The name under which its rows are kept: the path, relative where it lies in the workspace.
    let label: String
    /// The folders in which everything of it must lie; nil where a person named it.
    private let folders: [String]?

    /// A repository that a definition names.
    ///
    /// Definitions may be written by people who cannot read the disk otherwise, so a repository lies
    /// in the workspace or in a folder that `yardstick.yaml` allows.
    ///
    /// - Throws: `import/missing-file`, `import/outside-folder`.
    init(path written: String, workspace: URL, allowed: [String]) throws(Failure) {
        let folders = ([workspace.path] + allowed.map { Self.path($0, in: workspace) })
            .compactMap(Self.real)
        try self.init(written, workspace: workspace, folders: folders)
    }

    /// A repository that a person names on the command line.
    ///
    /// - Throws: `import/missing-file`.
    init(namedBy folder: URL, workspace: URL) throws(Failure) {
        try self.init(folder.path, workspace: workspace, folders: nil)
    }

    private init(_ written: String, workspace: URL, folders: [String]?) throws(Failure) {
        let absolute = Self.path(written, in: workspace)
        // Nobody learns from a refusal what exists outside the folders.
        let resolved = Self.real(absolute)
        if let folders, !(resolved ?? absolute).lies(in: folders) {
            throw Self.outside(written)
        }
        guard let resolved else {
            throw Failure(
                .importMissingFile, "There is no folder '\(written)'.",
                hint: "Correct `from` of the source.")
        }
        let base = Self.real(workspace.path) ?? workspace.path
        path = resolved
        let isInside = resolved.hasPrefix(base + "/")
        label =
            resolved == base
            ? "." : isInside ? String(resolved.dropFirst(base.count + 1)) : resolved
        self.folders = folders
    }

    /// Checks that the folder is a repository, that its history lies where it may be read, and that
    /// none of it is missing.
    ///
    /// - Throws: `import/no-repository`, `import/outside-folder`, `import/shallow-history`.
    func checkHistory(_ program: GitProgram) async throws(Failure) {
        guard let folder = try await program.line(["rev-parse", "--absolute-git-dir"]),
            let common = try await program.line(["rev-parse", "--git-common-dir"]),
            let isShallow = try await program.line(["rev-parse", "--is-shallow-repository"])
        else {
            throw Failure(
                .importNoRepository, "'\(label)' is not a git repository.",
                hint: "Name the folder that holds .git, or a bare repository.")
        }
        let absolute = common.hasPrefix("/") ? common : path + "/" + common
        if let folders {
            for place in [folder, absolute] where !(Self.real(place) ?? place).lies(in: folders) {
                throw Self.outside(place)
            }
        }
        guard isShallow == "false" else {
            throw Failure(
                .importShallowHistory,
                "The repository '\(label)' holds only the end of its history.",
                hint: "Fetch all of it with 'git fetch --unshallow --tags'.")
        }
    }

    private static func outside(_ path: String) -> Failure {
        Failure(
            .importOutsideFolder, "The repository '\(path)' lies outside the workspace.",
            hint: "Allow its folder with git: { allow: [FOLDER] } in yardstick.yaml, "
                + "or name it yourself: yardstick import SOURCE PATH")
    }

    private static func path(_ written: String, in workspace: URL) -> String {
        let path = written.hasPrefix("/") ? written : workspace.path + "/" + written
        return URL(filePath: path).standardizedFileURL.path
    }

    /// The absolute path with all links followed; nil where nothing is.
    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension String {
    /// Whether a path is one of some folders or lies in one.
    fileprivate func lies(in folders: [String]) -> Bool {
        folders.contains { self == $0 || hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
    }
}
