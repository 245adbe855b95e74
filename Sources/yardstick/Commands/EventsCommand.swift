import ArgumentParser
import Definitions
import Features
import Vocabulary

/// What applications sent: the events, a tracking plan for them, and what was refused.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract:
            "Shows what applications sent, suggests a tracking plan, tries refused ones again.",
        subcommands: [
            EventsListCommand.self, EventsSuggestCommand.self, EventsRefusedCommand.self,
            EventsReplayCommand.self, EventsRemoveCommand.self,
        ])
}

/// Which source of events is meant.
struct EventSourceOption: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A source of events; the only one needs no name.", valueName: "source"))
    var name: String?
}

/// Lists the events of a source.
struct EventsListCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the events that came, and how they fit the tracking plan.")

    @OptionGroup var source: EventSourceOption

    @Flag(help: "Lists the properties of each event too.")
    var properties = false

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let inventory = try await session.eventInventory(
            of: session.sourceOfEvents(source.name))
        EventsText(inventory, showsProperties: properties).write(to: output, as: format.value)
        return .done
    }
}

/// Writes definitions for the events that came.
struct EventsSuggestCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Writes definitions for the events that came and are not planned, as YAML.",
        discussion: """
            Put the text into a file under definitions, and say of each event when it happens:
            yardstick events suggest app > definitions/tracking-plan.yaml
            """)

    @OptionGroup var source: EventSourceOption

    @Option(help: ArgumentHelp("Leaves out events that came less often.", valueName: "count"))
    var atLeast = 1

    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let draft = try await session.eventInventory(of: session.sourceOfEvents(source.name))
            .draft(countMin: atLeast)
        if draft.isEmpty {
            output.notice("Nothing to suggest: no event came that is not planned.")
        } else {
            output.write(printable(draft))
        }
        return .done
    }
}

/// Lists what was refused.
struct EventsRefusedCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "refused",
        abstract: "Lists the events that were refused, the newest first, with the reasons.")

    @OptionGroup var source: EventSourceOption

    @Option(help: ArgumentHelp("How many, from 1 to 500.", valueName: "count"))
    var limit = 20

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        guard (1...500).contains(limit) else {
            throw Failure(
                .badLimit, "\(limit) events are not possible.",
                hint: "take a limit from 1 to 500")
        }
        let source = try session.sourceOfEvents(source.name)
        let rows = try await session.quarantine(of: source, limit: limit)
        let reasons = try await session.quarantineReasons(of: source)
        RefusedEventsText(rows, reasons).write(to: output, as: format.value)
        return .done
    }
}

/// Which refused events are meant.
struct RefusedEventsOption: ParsableArguments {
    @OptionGroup var source: EventSourceOption

    @Argument(
        help: ArgumentHelp("Numbers of refused events; without any, all.", valueName: "number"))
    var numbers: [Int] = []

    /// The source and the numbers; what is a number alone names no source.
    ///
    /// - Throws: As ``WorkspaceSession/sourceOfEvents(_:)``.
    func chosen(
        in session: WorkspaceSession
    ) throws(Failure) -> (source: String, numbers: [Int]) {
        if let name = source.name, let number = Int(name), session.catalog.sources[name] == nil {
            return (try session.sourceOfEvents(nil), [number] + numbers)
        }
        return (try session.sourceOfEvents(source.name), numbers)
    }
}

/// Reads refused events again.
struct EventsReplayCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Reads refused events again, and stores those that are sound now.")

    @OptionGroup var choice: RefusedEventsOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let (source, numbers) = try choice.chosen(in: session)
        let replay = try await session.replayQuarantine(of: source, numbers: numbers)
        output.line("Stored \(replay.accepted); \(replay.refused) are refused again and stay.")
        return .done
    }
}

/// Removes refused events.
struct EventsRemoveCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Removes refused events for good.")

    @OptionGroup var choice: RefusedEventsOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let (source, numbers) = try choice.chosen(in: session)
        let count = try await session.removeQuarantined(of: source, numbers: numbers)
        output.line("Removed \(count).")
        return .done
    }
}
