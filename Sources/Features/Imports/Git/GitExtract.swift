import CSodium
import Definitions
import Foundation
import Vocabulary

/// Reads a repository's commits or tags into a file of JSON lines.
///
/// People's e-mail addresses never reach the file: an author is the first twelve hexadecimal digits
/// of the SHA-256 of the address in small letters.
struct GitExtract {
    let program: GitProgram
    let content: SourceContent
    /// Chooses those tags that are releases.
    let releaseTags: ([String]) async throws(Failure) -> Set<String>

    /// The types of the columns, which must not be guessed: a tag `1.10` is no number.
    static func columnTypes(_ content: SourceContent) -> [String: ValueType] {
        if content.rows == .tags {
            return ["tag": .text, "commit": .text, "tagged_at": .instant, "new_commits": .integer]
        }
        var types: [String: ValueType] = [
            "commit": .text, "parents": .integer, "is_merge": .boolean, "author": .text,
            "authored_at": .instant, "committed_at": .instant, "subject": .text,
            "first_release_tag": .text, "first_released_at": .instant,
        ]
        if content.hasNames { types["author_name"] = .text }
        return types
    }

    /// Writes the rows, the oldest first.
    ///
    /// - Parameters:
    ///   - file: Where to; an existing file is overwritten.
    ///   - label: The repository's name in failures.
    /// - Throws: `import/unknown-branch`, `import/empty-file`, `import/git-failed`,
    ///   `engine/cancelled`.
    func write(to file: URL, label: String) async throws(Failure) {
        let head = try await head(label)
        let releases = try await releases()
        let reached = [head] + releases.map(\.commit)
        let fields = "%H%x00%P%x00%ae%x00%an%x00%at%x00%ct%x00%s%x00"
        let written = try await program.output(
            ["rev-list", "--topo-order", "--format=\(fields)", "--stdin"], input: reached)
        let records = GitRecords([UInt8](written), fields: 7)
        var commits: [(hash: String, parents: [String])] = []
        for record in records {
            commits.append((record.hash, record.text(1).split(separator: " ").map(String.init)))
        }
        let history = GitHistory(commits: commits, head: head, releases: releases)
        let lines = try LineFile(file)
        if content.rows == .tags {
            guard !releases.isEmpty else {
                throw Failure(
                    .importEmptyFile,
                    content.tags.map { "The repository '\(label)' has no tag like '\($0)'." }
                        ?? "The repository '\(label)' has no tags.",
                    hint: "Fetch them with 'git fetch --tags', or correct `tags` of the source.")
            }
            for (release, count) in zip(history.releases, history.newCommits) {
                try lines.write(Self.row(release, newCommits: count).bytes)
            }
        } else {
            try write(records, history, to: lines)
        }
        try lines.finish()
    }

    /// The hash of the branch's last commit.
    private func head(_ label: String) async throws(Failure) -> String {
        let branch = content.branch ?? "HEAD"
        if let hash = try await program.line(
            ["rev-parse", "--verify", "--quiet", branch + "^{commit}"])
        {
            return hash
        }
        throw content.branch == nil
            ? Failure(
                .importEmptyFile, "The repository '\(label)' has no commits.",
                hint: "Commit something, or name a `branch`.")
            : Failure(
                .importUnknownBranch, "The repository '\(label)' has no branch '\(branch)'.",
                hint: "List them with 'git branch --all'.")
    }

    private func releases() async throws(Failure) -> [GitHistory.Release] {
        let fields = [
            "refname:strip=2", "objectname", "objecttype", "*objectname", "*objecttype",
            "creatordate:unix",
        ].map { "%(\($0))%00" }.joined()
        let written = try await program.output(["for-each-ref", "--format=\(fields)", "refs/tags"])
        let tags = Array(GitRecords([UInt8](written), fields: 6))
        let chosen = try await releaseTags(tags.map { $0.line(0) })
        var releases: [GitHistory.Release] = []
        for tag in tags where chosen.contains(tag.line(0)) {
            let name = tag.line(0)
            var commit: String?
            if tag.text(2) == "commit" { commit = tag.text(1) }
            if tag.text(4) == "commit" { commit = tag.text(3) }
            if tag.text(4) == "tag" {
                commit = try await program.line(
                    ["rev-parse", "--verify", "--quiet", "refs/tags/\(name)^{commit}"])
            }
            guard let commit, let taggedAt = Int(tag.text(5)) else { continue }
            releases.append(GitHistory.Release(tag: name, commit: commit, taggedAt: taggedAt))
        }
        return releases
    }

    private func write(
        _ records: GitRecords, _ history: GitHistory, to lines: LineFile
    ) throws(Failure) {
        var pseudonyms: [String: String] = [:]
        for record in Array(records).reversed() where history.isOnBranch(record.hash) {
            let address = record.text(2)
            let author = pseudonyms[address] ?? Self.pseudonym(address)
            pseudonyms[address] = author
            let parents = record.text(1).split(separator: " ").count
            let release = history.firstRelease(of: record.hash)
            var row: [(name: String, value: JSON)] = [
                ("commit", .text(record.hash)), ("parents", .integer(parents)),
                ("is_merge", .boolean(parents > 1)), ("author", .text(author)),
            ]
            if content.hasNames { row.append(("author_name", .text(record.text(3)))) }
            row += [
                ("authored_at", Self.time(Int(record.text(4)))),
                ("committed_at", Self.time(Int(record.text(5)))),
                ("subject", .text(record.text(6))),
                ("first_release_tag", .optional(release?.tag)),
                ("first_released_at", Self.time(release?.taggedAt)),
            ]
            try lines.write(JSON.object(row).bytes)
        }
    }

    private static func row(_ release: GitHistory.Release, newCommits: Int) -> JSON {
        .object([
            ("tag", .text(release.tag)), ("commit", .text(release.commit)),
            ("tagged_at", time(release.taggedAt)), ("new_commits", .integer(newCommits)),
        ])
    }

    private static func time(_ seconds: Int?) -> JSON {
        .optional(seconds.map { Instant(seconds: $0).description })
    }

    private static func pseudonym(_ address: String) -> String {
        let bytes = Array(address.lowercased().utf8)
        var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_bytes()))
        crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
        return digest.prefix(6).map { byte in
            byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
        }.joined()
    }
}
