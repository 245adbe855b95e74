/// What is read of a repository, or of what another tool exports.
public struct SourceContent: Hashable, Sendable {
    /// What a row is.
    public enum Rows: String, CaseIterable, Sendable {
        /// Of a repository: a commit of the branch, or a tag.
        case commits, tags
        /// Of Jira: an issue, or a change of an issue's status.
        case issues, transitions
    }

    /// What a row is; nil means commits of a repository and issues of Jira.
    public var rows: Rows?
    /// The branch whose commits are read; nil means the one that is checked out.
    public var branch: String?
    /// Which tags are releases: a pattern with `*`, `?` and `[…]`, or `/a regular expression/`;
    /// nil means all.
    public var tags: String?
    /// Whether people's names are kept, rather than only their pseudonyms.
    public var hasNames: Bool
    /// The Jira field that holds story points, such as `customfield_10016`.
    public var storyPoints: String?
    /// The Jira field that holds sprints.
    public var sprint: String?

    /// Says what is read; without arguments what a plain file of rows needs.
    public init(
        rows: Rows? = nil, branch: String? = nil, tags: String? = nil, hasNames: Bool = false,
        storyPoints: String? = nil, sprint: String? = nil
    ) {
        self.rows = rows
        self.branch = branch
        self.tags = tags
        self.hasNames = hasNames
        self.storyPoints = storyPoints
        self.sprint = sprint
    }
}
