import ArgumentParser
import Definitions
import Features
import Vocabulary

/// Shows how many are in a segment, or who.
struct SegmentCommand: ListingCommand {
    static let kind = BehaviourKind.segment
    static let configuration = CommandConfiguration(
        commandName: "segment",
        abstract: "Shows how many are in a segment, or who.",
        discussion: """
            A segment is a definition: segment: NAME with what its people did, how often, within \
            which time and on which days. Filters use it as in_segment('NAME'). --people lists who \
            is in it, those who did it last first.
            """
    )

    @OptionGroup var options: ListingOptions

    func listed(
        _ asked: BehaviourWords, limit: Int, in session: WorkspaceSession
    ) async throws(Failure) -> JSON {
        try await session.segmentPeople(asked, limit: limit)
    }
}
