import ArgumentParser

/// The root of the command line.
struct YardstickCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yardstick",
        abstract: "Defines KPIs once, feeds them from your data, and says what they are worth.",
        discussion: """
            Start with 'yardstick demo DIR' for a workspace full of data, or 'yardstick init DIR' \
            for an empty one; then 'yardstick serve --workspace DIR'.

            A command exits with 0 when all is well, with 1 when it failed or found something \
            wrong, with 2 when its arguments make no sense.
            """,
        version: Version.text,
        subcommands: [
            DemoCommand.self, InitCommand.self, ServeCommand.self, CheckCommand.self,
            ImportCommand.self, StatusCommand.self, AskCommand.self, ExplainCommand.self,
            PanelsCommand.self, RowsCommand.self, FunnelCommand.self, RetentionCommand.self,
            LifecycleCommand.self, ActivityCommand.self, AdoptionCommand.self, PathsCommand.self,
            CampaignsCommand.self, SegmentCommand.self, PeopleCommand.self, KPICommand.self,
            LibraryCommand.self, KeyCommand.self, EventsCommand.self, ExportCommand.self,
            ForgetCommand.self, DoctorCommand.self,
        ]
    )
}
