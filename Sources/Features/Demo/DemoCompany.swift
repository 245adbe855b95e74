import Foundation
import Vocabulary

/// A simulated company with a subscription product for teams, and the data that it leaves behind.
///
/// The same size, last day and seed give the same bytes on every machine. What an analysis of the
/// data should find is written down in ``DemoParameters``.
public struct DemoCompany: Sendable {
    /// About how many people ever sign up or join.
    public let people: Int
    /// The last day of the data.
    public let lastDay: Day
    /// What the dice start from.
    public let seed: UInt64
    /// What is true of the company.
    public let parameters: DemoParameters

    /// Describes a company.
    ///
    /// - Parameters:
    ///   - people: About how many people it has; the numbers of everything grow with it.
    ///   - lastDay: The last day of its data, which cover 18 months.
    ///   - seed: What the dice start from.
    ///   - parameters: What is true of it.
    public init(
        people: Int = 25_000, lastDay: Day, seed: UInt64 = 20_140_711,
        parameters: DemoParameters = DemoParameters()
    ) {
        self.people = people
        self.lastDay = lastDay
        self.seed = seed
        self.parameters = parameters
    }

    /// The last Sunday before a day: the last day of the data where nobody names one.
    public static func lastSunday(before day: Day) -> Day {
        day.adding(days: -day.weekday.rawValue)
    }

    /// Writes the company's data as CSV files.
    ///
    /// - Parameters:
    ///   - folder: A folder; it is made if it is not there.
    ///   - progress: Told from time to time how much is done, from 0 to 1.
    /// - Returns: What was written.
    /// - Throws: `demo/unwritable` when the disk refuses.
    public func write(
        to folder: URL, progress: (Double) -> Void = { _ in }
    ) throws(Failure) -> DemoSummary {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .demoUnwritable, "The folder '\(folder.path)' cannot be made.",
                hint: "Choose a folder that you may write to.")
        }
        let files = try DemoFiles(in: folder, parameters: parameters)
        let simulation = DemoSimulation(
            people: people, lastDay: lastDay, seed: seed, parameters: parameters, files: files)
        try simulation.run(progress: progress)
        var written = try files.close()
        written += try DemoLedgers(
            folder: folder, calendar: simulation.calendar, scale: simulation.scale, seed: seed
        ).write(simulation)
        return DemoSummary(
            files: written, people: simulation.people.count, accounts: simulation.accounts.count,
            events: files.events.rows, firstDay: simulation.calendar.first, lastDay: lastDay)
    }
}
