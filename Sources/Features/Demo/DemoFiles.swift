import Foundation
import Vocabulary

/// The files that the simulated company fills.
final class DemoFiles {
    /// The names that many rows repeat, as bytes.
    struct Names {
        let channels: [[UInt8]]
        let platforms: [[UInt8]]
        let countries: [[UInt8]]
        /// What a program of each platform calls itself.
        let agents: [[UInt8]]
    }

    let names: Names
    let people: DemoFile
    let accounts: DemoFile
    let events: DemoFile
    let subscriptions: DemoFile
    let invoices: DemoFile
    let dailyRevenue: DemoFile
    let surveyAnswers: DemoFile
    let tickets: DemoFile
    let releases: DemoFile
    let visits: DemoFile

    /// Creates the files in a folder that exists.
    init(in folder: URL, parameters: DemoParameters) throws(Failure) {
        names = Names(
            channels: parameters.channels.map { Array($0.utf8) },
            platforms: parameters.platforms.map { Array($0.utf8) },
            countries: parameters.countries.map { Array($0.utf8) },
            agents: parameters.platforms.map {
                Array(($0 == "web" ? "Mozilla/5.0 Chrome" : "Tandem/4 \($0)").utf8)
            })
        people = try DemoFile(
            "people.csv", in: folder,
            columns: "person_id,account_id,signed_up_at,role,platform,country,channel")
        accounts = try DemoFile(
            "accounts.csv", in: folder,
            columns: "account_id,created_at,country,channel,platform,days_to_first_invite,members,"
                + "plan,first_paid_on")
        events = try DemoFile(
            "events.csv", in: folder,
            columns: "event_id,time,received_at,event,person_id,account_id,platform,country,"
                + "channel,plan,user_agent")
        subscriptions = try DemoFile(
            "subscriptions.csv", in: folder,
            columns: "subscription_id,account_id,changed_at,change,plan,payment,currency,seats,"
                + "mrr,mrr_eur")
        invoices = try DemoFile(
            "invoices.csv", in: folder,
            columns: "invoice_id,account_id,issued_at,plan,payment,currency,amount,amount_eur,"
                + "status,paid_on")
        dailyRevenue = try DemoFile(
            "daily_mrr.csv", in: folder,
            columns: "day,plan,payment,currency,accounts,seats,mrr,mrr_eur")
        surveyAnswers = try DemoFile(
            "survey_answers.csv", in: folder,
            columns: "answer_id,asked_at,answered_at,survey,wave,person_id,account_id,plan,score")
        tickets = try DemoFile(
            "tickets.csv", in: folder,
            columns: "ticket_id,opened_at,solved_at,category,person_id,account_id,plan,platform,"
                + "first_answer_seconds,solving_seconds,replies")
        releases = try DemoFile(
            "releases.csv", in: folder,
            columns: "release_id,service,started_at,merged_at,released_at,cycle_seconds,failed,"
                + "repair_seconds,defects")
        visits = try DemoFile(
            "visits.csv", in: folder, columns: "day,channel,visits,cost_eur")
    }

    /// Writes what is left.
    ///
    /// - Returns: the files in the order in which they are best imported.
    func close() throws(Failure) -> [DemoSummary.File] {
        var written: [DemoSummary.File] = []
        let files = [
            people, accounts, events, subscriptions, invoices, dailyRevenue, surveyAnswers,
            tickets, releases, visits,
        ]
        for file in files { written.append(try file.close()) }
        return written
    }
}
