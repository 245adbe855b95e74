import ArgumentParser
import Definitions
import Features
import Vocabulary

/// Shows how many are in a segment, or who.
struct SegmentCommand: BehaviourCommand {
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

    @Argument(help: ArgumentHelp("A segment; none with --definition.", valueName: "name"))
    var name: String?

    @Flag(help: "Lists who is in it.")
    var people = false

    @OptionGroup var words: BehaviourOptions
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let asked = try words.words(name, from: output.directory)
        guard people else {
            let json = try await session.behaviour(Self.kind, asked)
            BehaviourText(Self.kind, json).write(words.format, to: output)
            return .done
        }
        let json = try await session.segmentPeople(asked, limit: words.range.limit ?? 100)
        PeopleText(json).write(words.format, to: output)
        return .done
    }
}
