import Foundation

/// The graph of a repository's commits, and which release contained each of them first.
struct GitHistory {
    /// A tag that marks a release.
    struct Release: Hashable, Sendable {
        let tag: String
        /// The commit's hash.
        let commit: String
        /// When the tag was made, in seconds since 1970; of a lightweight tag when its commit was.
        let taggedAt: Int

        /// Earlier releases come first, those of one second in the order of their numbers.
        static func isBefore(_ one: Release, _ other: Release) -> Bool {
            one.taggedAt == other.taggedAt
                ? one.tag.compare(other.tag, options: .numeric) == .orderedAscending
                : one.taggedAt < other.taggedAt
        }
    }

    /// The releases, the earliest first.
    let releases: [Release]
    /// For each commit the place of its first release in ``releases``; -1 where none contains it.
    private(set) var firstRelease: [Int]
    /// Whether each commit belongs to the branch.
    private(set) var isOnBranch: [Bool]
    private let numbers: [String: Int]

    /// Walks from every release to all commits it contains, the earliest release first.
    ///
    /// A walk stops at a commit that an earlier release contains, since that one contains all that
    /// lies before it too; so every commit is visited once.
    ///
    /// - Parameters:
    ///   - commits: Hashes with the hashes of their parents; all that the releases and the branch
    ///     can reach.
    ///   - head: The branch's last commit.
    ///   - releases: The releases in any order.
    init(commits: [(hash: String, parents: [String])], head: String, releases: [Release]) {
        self.releases = releases.sorted(by: Release.isBefore)
        var numbers: [String: Int] = [:]
        numbers.reserveCapacity(commits.count)
        for (number, commit) in commits.enumerated() { numbers[commit.hash] = number }
        let parents = commits.map { $0.parents.compactMap { numbers[$0] } }
        self.numbers = numbers
        firstRelease = [Int](repeating: -1, count: commits.count)
        isOnBranch = [Bool](repeating: false, count: commits.count)
        for (place, release) in self.releases.enumerated() {
            var waiting = [numbers[release.commit]].compactMap(\.self)
            while let number = waiting.popLast() {
                if firstRelease[number] >= 0 { continue }
                firstRelease[number] = place
                waiting += parents[number]
            }
        }
        var waiting = [numbers[head]].compactMap(\.self)
        while let number = waiting.popLast() {
            if isOnBranch[number] { continue }
            isOnBranch[number] = true
            waiting += parents[number]
        }
    }

    /// The first release that contains a commit; nil for one that is not released.
    func firstRelease(of hash: String) -> Release? {
        guard let number = numbers[hash], firstRelease[number] >= 0 else { return nil }
        return releases[firstRelease[number]]
    }

    /// Whether a commit belongs to the branch.
    func isOnBranch(_ hash: String) -> Bool { numbers[hash].map { isOnBranch[$0] } ?? false }

    /// How many commits of the branch each release is the first to contain.
    var newCommits: [Int] {
        var counts = [Int](repeating: 0, count: releases.count)
        for (number, place) in firstRelease.enumerated() where place >= 0 && isOnBranch[number] {
            counts[place] += 1
        }
        return counts
    }
}
