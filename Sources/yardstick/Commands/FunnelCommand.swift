import ArgumentParser
import Definitions
import Features
import Vocabulary

/// Shows how many get through a funnel, or who.
struct FunnelCommand: ListingCommand {
    static let kind = BehaviourKind.funnel
    static let configuration = CommandConfiguration(
        commandName: "funnel",
        abstract: "Shows how many get through the steps of a funnel, and how long it takes.",
        discussion: """
            A funnel is a definition: funnel: NAME with its steps. --by tells which parts differ \
            beyond noise, --grain draws the trend by the day of entry, --people lists who reached a \
            step.
            """
    )

    @OptionGroup var options: ListingOptions

    @Option(help: ArgumentHelp("The number of a step, for --people.", valueName: "number"))
    var step = 1

    @Flag(help: "Only who did not reach the next step, for --people.")
    var dropped = false

    func listed(
        _ asked: BehaviourWords, limit: Int, in session: WorkspaceSession
    ) async throws(Failure) -> JSON {
        try await session.funnelPeople(asked, step: step, dropped: dropped, limit: limit)
    }
}

/// Shows who comes back.
struct RetentionCommand: ListingCommand {
    static let kind = BehaviourKind.retention
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Shows who comes back, cohort by cohort and age by age.",
        discussion: """
            A retention is a definition: retention: NAME with its start and return. --people lists \
            who of a cohort came back at an age.
            """
    )

    @OptionGroup var options: ListingOptions

    @Option(help: ArgumentHelp("The first day of a cohort, for --people.", valueName: "date"))
    var cohort: String?

    @Option(help: ArgumentHelp("An age, such as 2 or 1-3, for --people.", valueName: "age"))
    var age = "0"

    @Flag(help: "Only who did not come back, for --people.")
    var lost = false

    func listed(
        _ asked: BehaviourWords, limit: Int, in session: WorkspaceSession
    ) async throws(Failure) -> JSON {
        try await session.retentionPeople(
            asked, cohort: cohort ?? "", age: age, returned: !lost, limit: limit)
    }
}
