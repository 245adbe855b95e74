import Definitions
import Engines
import Foundation
import Vocabulary

/// Brings the files of an import to where the engine may read them, in a form that it can read.
///
/// Files outside the imports folder are taken into the inbox, answers of an API become lines, and
/// the history of a repository becomes a file.
struct FileStaging {
    private let session: WorkspaceSession
    private let definition: SourceDefinition
    /// The files to import.
    private(set) var files: [ImportFile] = []
    /// Their format.
    private(set) var format: ImportFormat
    private var temporaries: [URL] = []

    init(_ definition: SourceDefinition, in session: WorkspaceSession) {
        self.session = session
        self.definition = definition
        format = definition.files.map { ImportFormat($0.format) } ?? .csv
    }

    /// Removes what was made for the import, and uploads.
    func removeTemporaries() {
        for file in temporaries { try? FileManager.default.removeItem(at: file) }
    }

    /// Stages files; without any those that the definition names.
    mutating func stage(_ named: [URL], isUpload: Bool) async throws(Failure) {
        guard let own = definition.files else {
            guard !named.isEmpty else {
                throw Failure(
                    .importMissingFile,
                    "The source '\(definition.name)' names no files of its own.",
                    hint: "Name one: yardstick import \(definition.name) FILE")
            }
            return try stagePersonal(named, isUpload: isUpload)
        }
        guard named.isEmpty else {
            if own.format == .git, named.contains(where: \.isFolder) {
                for folder in named {
                    try await stage(
                        GitRepository(namedBy: folder, workspace: session.folder), own.content)
                }
                return
            }
            return try stagePersonal(named, isUpload: isUpload)
        }
        if own.format == .git {
            return try await stage(
                GitRepository(
                    path: own.path, workspace: session.folder,
                    allowed: session.settings.gitFolders), own.content)
        }
        let found = try ImportFiles.named(
            own.path, format: format, workspace: session.folder.path,
            within: [session.place.imports.path])
        for file in found { try add(file) }
    }

    /// Stages files that a person names.
    private mutating func stagePersonal(_ named: [URL], isUpload: Bool) throws(Failure) {
        if isUpload { temporaries += named }
        switch definition.files?.format {
        case .github, .jira, .accessLog: break
        default:
            let said = ImportFormat(fileName: named[0].lastPathComponent)
            format = said ?? (definition.files?.format == .git ? .csv : format)
        }
        for file in named {
            let found = try ImportFiles.named(
                file.path, format: format, workspace: session.folder.path, within: nil)
            for one in found {
                if isUpload {
                    let name = file.lastPathComponent.drop { $0 != "-" }.dropFirst()
                    let label = name.isEmpty ? file.lastPathComponent : String(name)
                    try add(ImportFile(path: one.path, label: "upload/\(label)"))
                } else if isInImports(one.path) || becomesLines(one) {
                    try add(one)
                } else {
                    try add(ImportFile(path: try takeIn(one).path, label: one.label))
                }
            }
        }
    }

    private func isInImports(_ path: String) -> Bool {
        path.hasPrefix(session.place.imports.resolvingSymlinksInPath().path + "/")
    }

    /// Whether a file is an answer of an API that has to be taken apart.
    private func becomesLines(_ file: ImportFile) -> Bool { format.form(of: file.label).isAnswer }

    /// Adds a file, or the lines that are made of it; one that cannot be taken apart is refused.
    private mutating func add(_ file: ImportFile) throws(Failure) {
        guard becomesLines(file) else { return files.append(file) }
        let lines = temporary("jsonl")
        do throws(Failure) {
            try AnswerFile(file).write(to: lines)
            files.append(ImportFile(path: lines.path, label: file.label))
        } catch {
            guard error.code.rawValue.hasPrefix("import/") else { throw error }
            files.append(ImportFile(path: file.path, label: file.label, failure: error))
        }
    }

    private mutating func stage(
        _ repository: GitRepository, _ content: SourceContent
    ) async throws(Failure) {
        let rows = temporary("jsonl")
        let scratch = temporary("git")
        do {
            try FileManager.default.createDirectory(
                at: scratch, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .workspaceNotWritable, "The folder \(scratch.path) cannot be made.",
                hint: "Check the rights of the workspace's folder.",
                details: [error.localizedDescription])
        }
        let program = try GitProgram(repository: repository.path, scratch: scratch)
        try await repository.checkHistory(program)
        let pattern = TagPattern(content.tags)
        let engine = session.engine
        let extract = GitExtract(program: program, content: content) { tags throws(Failure) in
            try await pattern.matches(of: tags, on: engine)
        }
        try await extract.write(to: rows, label: repository.label)
        files.append(ImportFile(path: rows.path, label: repository.label))
    }

    /// A name in the inbox for something that is removed after the import.
    private mutating func temporary(_ ending: String) -> URL {
        let file = session.place.inbox.appending(path: "\(UUID().uuidString).\(ending)")
        temporaries.append(file)
        return file
    }

    /// Links or copies a file into the inbox.
    private mutating func takeIn(_ file: ImportFile) throws(Failure) -> URL {
        let original = URL(filePath: file.path)
        let copy = session.place.inbox.appending(
            path: "\(UUID().uuidString)-\(original.lastPathComponent)")
        temporaries.append(copy)
        if link(original.path, copy.path) == 0 { return copy }
        do {
            try FileManager.default.copyItem(at: original, to: copy)
        } catch {
            throw Failure(
                .importUnreadable, "The file '\(file.path)' cannot be copied into the inbox.",
                hint: "Check that it may be read and that the disk has room.",
                details: [error.localizedDescription])
        }
        return copy
    }
}

extension URL {
    /// Whether a folder lies here.
    fileprivate var isFolder: Bool {
        var entry = stat()
        return stat(path, &entry) == 0 && entry.st_mode & S_IFMT == S_IFDIR
    }
}
