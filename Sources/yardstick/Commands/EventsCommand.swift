import ArgumentParser
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

/// Lists the events of a source.
struct EventsListCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the events that came, and how they fit the tracking plan.")

    @Argument(help: ArgumentHelp("A source of events.", valueName: "source"))
    var source: String

    @Flag(help: "Lists the properties of each event too.")
    var properties = false

    @OptionGroup var format: FormatOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let inventory = try await session.eventInventory(of: source)
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

    @Argument(help: ArgumentHelp("A source of events.", valueName: "source"))
    var source: String

    @Option(help: ArgumentHelp("Leaves out events that came less often.", valueName: "count"))
    var atLeast = 1

    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let draft = try await session.eventInventory(of: source).draft(countMin: atLeast)
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

    @Argument(help: ArgumentHelp("A source of events.", valueName: "source"))
    var source: String

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
        let rows = try await session.quarantine(of: source, limit: limit)
        let reasons = try await session.quarantineReasons(of: source)
        RefusedEventsText(rows, reasons).write(to: output, as: format.value)
        return .done
    }
}

/// Which refused events are meant.
struct RefusedEventsOption: ParsableArguments {
    @Argument(help: ArgumentHelp("A source of events.", valueName: "source"))
    var source: String

    @Argument(
        help: ArgumentHelp("Numbers of refused events; without any, all.", valueName: "number"))
    var numbers: [Int] = []
}

/// Reads refused events again.
struct EventsReplayCommand: WorkspaceCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Reads refused events again, and stores those that are sound now.")

    @OptionGroup var choice: RefusedEventsOption
    @OptionGroup var workspace: WorkspaceOption

    func run(in session: WorkspaceSession, output: Output) async throws(Failure) -> Outcome {
        let replay = try await session.replayQuarantine(
            of: choice.source, numbers: choice.numbers)
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
        let count = try await session.removeQuarantined(
            of: choice.source, numbers: choice.numbers)
        output.line("Removed \(count).")
        return .done
    }
}
