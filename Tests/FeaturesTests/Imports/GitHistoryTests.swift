import Testing

@testable import Features

@Suite("Releases that contain commits first")
struct GitHistoryTests {
    @Test("every commit is visited once, however deep the history is")
    func deepHistory() {
        let count = 200_000
        let commits = (0..<count).map { number in
            (hash: "\(number)", parents: number == 0 ? [] : ["\(number - 1)"])
        }
        let releases = [
            GitHistory.Release(tag: "b", commit: "150000", taggedAt: 20),
            GitHistory.Release(tag: "a", commit: "99999", taggedAt: 10),
        ]

        let history = GitHistory(commits: commits, head: "\(count - 1)", releases: releases)

        #expect(history.releases.map(\.tag) == ["a", "b"])
        #expect(history.newCommits == [100_000, 50_001])
        #expect(history.firstRelease(of: "150001") == nil)
    }

    @Test("a release that was made on an old commit later releases nothing new")
    func tagOnOldCommit() {
        let commits = [(hash: "b", parents: ["a"]), (hash: "a", parents: [])]
        let releases = [
            GitHistory.Release(tag: "old", commit: "a", taggedAt: 9),
            GitHistory.Release(tag: "new", commit: "b", taggedAt: 5),
        ]

        let history = GitHistory(commits: commits, head: "b", releases: releases)

        #expect(history.firstRelease(of: "a")?.tag == "new")
        #expect(history.newCommits == [2, 0])
    }

    @Test("releases of one second come in the order of their numbers")
    func sameSecond() {
        let releases = ["v1.10", "v1.9"].map {
            GitHistory.Release(tag: $0, commit: "a", taggedAt: 1)
        }

        let history = GitHistory(
            commits: [(hash: "a", parents: [])], head: "a", releases: releases)

        #expect(history.firstRelease(of: "a")?.tag == "v1.9")
    }

    @Test("commits of other branches count for no release of this one")
    func otherBranch() {
        let commits = [
            (hash: "side", parents: ["root"]), (hash: "main", parents: ["root"]),
            (hash: "root", parents: []),
        ]
        let release = GitHistory.Release(tag: "v1", commit: "side", taggedAt: 1)

        let history = GitHistory(commits: commits, head: "main", releases: [release])

        #expect(history.newCommits == [1])
        #expect(!history.isOnBranch("side") && history.firstRelease(of: "main") == nil)
    }
}
