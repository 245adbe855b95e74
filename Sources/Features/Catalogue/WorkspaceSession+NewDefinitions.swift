import Definitions
import Foundation
import Vocabulary

/// Definitions that are written on a page instead of in an editor.
extension WorkspaceSession {
    /// A file of definitions that was written.
    public struct WrittenDefinitions: Hashable, Sendable {
        /// Its path, relative to the workspace.
        public let file: String
        /// What its first definition is, such as `funnel`.
        public let kind: String
        /// The name of its first definition.
        public let name: String
    }

    /// What is wrong with definitions, beside all the others, before they are written.
    ///
    /// - Parameter yaml: One or several definitions, with `---` between them.
    /// - Returns: The findings in the text; lines are those of the text.
    public func findings(in yaml: String) -> [Finding] {
        tried(yaml, as: WorkspaceSession.draftPath)
    }

    /// Writes definitions into a file of their own; they hold at once.
    ///
    /// - Parameter yaml: One or several definitions, with `---` between them.
    /// - Returns: What was written.
    /// - Throws: The first problem of the text; `definition/exists`, `workspace/not-writable`.
    public func addDefinitions(_ yaml: String) async throws(Failure) -> WrittenDefinitions {
        let (kind, name) = try WorkspaceSession.firstName(in: yaml)
        let path = "definitions/\(kind)s/\(name).yaml"
        guard !FileManager.default.fileExists(atPath: folder.appending(path: path).path) else {
            throw Failure(
                .definitionExists, "There is a file \(path) already.",
                hint: "choose another name, or change the file")
        }
        if let error = tried(yaml, as: path).first(where: { $0.severity == .error }) {
            throw error.failure
        }
        let end = yaml.hasSuffix("\n") ? "" : "\n"
        try write(yaml + end, to: path)
        _ = await reloadDefinitions()
        return WrittenDefinitions(file: path, kind: kind, name: name)
    }

    private static let draftPath = "definitions/new.yaml"

    /// The findings of a text, were it a file of the workspace.
    private func tried(_ yaml: String, as path: String) -> [Finding] {
        let files = place.definitionFiles() + [DefinitionFile(path: path, text: yaml)]
        let loaded = CatalogLoader.load(files)
        let checked = check(loaded.catalog, facts: facts, today: today)
        return (loaded.findings + checked).sortedByPlace()
            .filter { $0.failure.place?.file == path }
    }

    /// What the first line of definitions says: `funnel: checkout`.
    private static func firstName(in yaml: String) throws(Failure) -> (kind: String, name: String) {
        let line =
            yaml.split(whereSeparator: \.isNewline)
            .first { !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("#") && $0 != "---" } ?? ""
        let parts = line.split(separator: ":", maxSplits: 1)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, isWord(parts[0]), isWord(parts[1]), parts[0] != "workspace" else {
            throw Failure(
                .unknownKind, "The first line of a definition says what it is and its name.",
                hint: "begin with funnel: name")
        }
        return (parts[0], parts[1])
    }

    /// Whether a word can be part of a path as it is.
    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
    }
}

extension Failure.Code {
    /// A file of definitions that was to be written is there already.
    public static let definitionExists: Self = "definition/exists"
}
