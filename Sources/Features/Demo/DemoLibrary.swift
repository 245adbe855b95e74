import Definitions

/// Onto which of the demo's sources the entries of the KPI library fit.
public enum DemoLibrary {
    /// A source of the demo that plays the part of an example's table, with the names that differ.
    private struct Part {
        let source: String
        let names: [String: String]

        init(_ source: String, _ names: [String: String] = [:]) {
            self.source = source
            self.names = names
        }
    }

    /// The parts by the names of the tables in the library's examples.
    private static let parts: [String: Part] = [
        "activity": Part("events", ["feature_used": "report_exported"]),
        "account_states": Part("subscription_changes", ["mrr": "mrr_eur"]),
        "agile_answers": Part("team_answers"),
        "answers_of_five": Part("answers_of_five"),
        "answers_of_seven": Part("answers_of_seven"),
        "answers_of_seven_csat": Part("answers_of_seven"),
        "answers_of_ten": Part("answers_from_zero_to_ten"),
        "answers_of_three": Part("answers_of_three"),
        "answers_with_weights": Part("answers_from_zero_to_ten"),
        "changes": Part("code_changes"),
        "csat_answers_of_ten": Part("answers_of_ten"),
        "defect_events": Part("defect_events"),
        "defects": Part("defects"),
        "deployments_of_march": Part("deployments"),
        "entitled": Part("entitled"),
        "feature_uses": Part("events", ["feature_used": "report_exported"]),
        "finished_items": Part("finished_items"),
        "page_views": Part("site_events"),
        "product_days": Part("events"),
        "releases": Part("launches"),
        "repeat_purchases": Part("shop"),
        "results": Part("results"),
        "sales": Part("shop"),
        "session_rows": Part("site_sessions"),
        "spending": Part("marketing_costs"),
        "subscription_periods": Part("subscription_periods"),
        "tenures": Part("contracts"),
        "tickets": Part(
            "tickets",
            [
                "first_response_seconds": "first_answer_seconds",
                "resolution_seconds": "solving_seconds",
            ]),
        "trials": Part("site_events"),
        "ups_and_downs": Part("subscription_periods"),
        "visits": Part("site_events"),
        "work": Part("work_items"),
        "yearly_contracts": Part("contracts"),
    ]

    /// How an entry is taken over into the demo; nil where no source plays one of its parts.
    public static func addition(of entry: LibraryEntry) -> LibraryAddition? {
        var wish = LibraryAddition(entry: entry.id, owner: "demo")
        for (role, table) in entry.example.tables {
            guard let part = parts[table.name] else { return nil }
            let name = role == LibraryNeed.mainRole ? "" : role.lowercased()
            wish.sources[name] = part.source
            wish.names.merge(part.names) { own, _ in own }
        }
        return wish
    }
}
