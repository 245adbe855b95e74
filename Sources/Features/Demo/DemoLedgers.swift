import Foundation
import Vocabulary

/// The company's smaller tables, each with dice of its own: its shop of templates, its web site,
/// its questionnaires, its teams' work and its books.
///
/// They are written after the simulation, so that they leave what it writes as it was. Each part is
/// an extension; together they have the columns that the KPI library asks for.
struct DemoLedgers {
    let folder: URL
    let calendar: DemoCalendar
    /// The company's size against one of 25,000 people.
    let scale: Double
    let seed: UInt64

    /// Writes all of them.
    ///
    /// - Returns: What was written.
    func write(_ simulation: DemoSimulation) throws(Failure) -> [DemoSummary.File] {
        var written = try writeShop()
        written += try writeSite()
        written += try writeQuestionnaires()
        written += try writeWork()
        written += try writeDefects()
        written += try writeBooks()
        written.append(try writeEntitled(simulation))
        return written
    }

    /// Dice of one part; the simulation has the streams up to 8.
    func dice(_ stream: UInt64) -> DemoRandom { DemoRandom(seed: seed, stream: stream) }

    func file(_ name: String, _ columns: String) throws(Failure) -> DemoFile {
        try DemoFile(name, in: folder, columns: columns)
    }

    /// Who may use the reports: the founder of each account, since it first paid.
    private func writeEntitled(_ simulation: DemoSimulation) throws(Failure) -> DemoSummary.File {
        let file = try file("entitled.csv", "since,person_id,account_id")
        for (number, account) in simulation.accounts.enumerated() {
            guard let paid = account.firstPaidIndex else { continue }
            file.field(calendar.day(paid))
            file.field(account.founder + 1, prefix: 112)
            file.field(number + 1, prefix: 97)
            try file.endRow()
        }
        return try file.close()
    }
}
