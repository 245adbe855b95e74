import Foundation
import Vocabulary

/// A workspace with nothing in it but its settings and an example to uncomment.
struct NewWorkspace {
    /// Where it is made.
    let folder: URL

    /// Writes the files and names them, relative to the folder.
    ///
    /// - Throws: `workspace/not-empty` where the folder has anything in it, `workspace/not-written`
    ///   where it cannot be written.
    func write() throws(Failure) -> [String] {
        try refuseUnlessEmpty()
        do {
            let files = FileManager.default
            for name in ["definitions", "imports", "data"] {
                try files.createDirectory(
                    at: folder.appending(path: name), withIntermediateDirectories: true)
            }
            for (name, text) in NewWorkspace.files(title: folder.lastPathComponent) {
                try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
            }
        } catch {
            throw Failure(
                .workspaceNotWritten, "The workspace '\(folder.relativePath)' cannot be written.",
                hint: "choose a folder in which you may write", details: [reason(of: error)])
        }
        return NewWorkspace.files(title: "").map(\.name)
    }

    private func refuseUnlessEmpty() throws(Failure) {
        let path = folder.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else { return }
        let content = try? FileManager.default.contentsOfDirectory(atPath: path)
        guard content?.isEmpty ?? false else {
            throw Failure(
                .workspaceNotEmpty, "'\(path)' is there already and is not an empty folder.",
                hint: "name a folder that is new or empty")
        }
    }

    private static func files(title: String) -> [(name: String, text: String)] {
        [
            ("yardstick.yaml", settings.replacing("TITLE", with: quoted(title))),
            ("definitions/example.yaml", example),
            (".gitignore", "# The data of a workspace is kept by backups, not by git.\n/data/\n"),
        ]
    }

    private static func quoted(_ title: String) -> String {
        "\"" + title.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static let settings = """
        workspace: TITLE
        zone: UTC                 # the time zone in which days begin, such as Europe/Berlin
        first_weekday: monday
        currency: EUR
        minimum_n: 5              # with fewer observations a rate is not shown, only their number

        """

    private static let example = """
        # Everything here is a comment. Take the leading '# ' away from what you need; a file may
        # hold several things, parted by '---', and files may lie in folders as you like.
        #
        # source: orders
        # is: One row per order of the shop.
        # from: { csv: "imports/orders*.csv" }
        # time: ordered_at
        # entities: { customer: customer_id }
        # dimensions: { country: country }
        # quality: [ { unique: [order_id] }, { fresh_within: 2 days } ]
        # ---
        # metric: revenue
        # is: Value of all orders.
        # owner: finance
        # unit: money
        # better: up
        # formula: { sum: amount, from: orders }
        # ---
        # metric: customers
        # is: How many customers ordered something.
        # owner: sales
        # unit: count
        # better: up
        # formula: { distinct: customer, from: orders }
        # ---
        # metric: revenue_per_customer
        # is: What a customer who orders spends, on average.
        # owner: finance
        # unit: money
        # better: up
        # formula: { ratio: { of: revenue, to: customers } }
        # ---
        # objective: customers-come-back
        # title: Customers come back
        # is: People who bought once find a reason to buy again.
        # owner: sales
        # starts: 2026-01-01
        # by: 2026-12-31
        # achievable: Two pilots in 2025 raised it by a tenth.
        # relevant: Serves the company's goal to grow without more advertising.
        # ---
        # kpi: revenue-per-customer
        # metric: revenue_per_customer
        # objective: customers-come-back
        # owner: sales
        # target: { from: { date: 2026-01-01, value: 40 }, by: { date: 2026-12-31, value: 50 } }
        # review: weekly
        # guardrail: customers
        # status: active

        """
}

/// What the system says about an error, in one line.
func reason(of error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError
    return (cause ?? error).localizedDescription
}

extension Failure.Code {
    /// A new workspace was asked for where something is already.
    static let workspaceNotEmpty: Self = "workspace/not-empty"
    /// A new workspace's files cannot be written.
    static let workspaceNotWritten: Self = "workspace/not-written"
}
