/// The header of a CSV file that Jira exports: it repeats columns that have several values.
enum JiraHeader {
    /// What Jira calls in CSV what its API calls otherwise, so that one source takes both.
    private static let names = [
        "issue key": "key", "issue id": "id", "project key": "project", "issue type": "type",
        "status category": "status_category", "fix version/s": "fix_versions",
        "fix versions": "fix_versions", "component/s": "components", "parent key": "parent",
        "project name": "project_name", "custom field (story points)": "story_points",
        "custom field (story point estimate)": "story_points", "custom field (sprint)": "sprint",
    ]

    /// The columns of a file: a name, and the places in the header that it stands for.
    ///
    /// A column that the header names more than once has the values of all its places.
    static func columns(_ header: [String]) -> [(name: String, places: [Int])] {
        var columns: [(name: String, places: [Int])] = []
        for (place, written) in header.enumerated() {
            let name = names[written.lowercased()] ?? written
            if let index = columns.firstIndex(where: { $0.name.lowercased() == name.lowercased() })
            {
                columns[index].places.append(place)
            } else {
                columns.append((name, [place]))
            }
        }
        return columns
    }

    /// SQL of a column's text from the values of its places, `r0`, `r1`, ….
    static func sql(_ places: [Int]) -> String {
        guard places.count > 1 else { return "r\(places[0])" }
        let values = places.map { "nullif(r\($0), '')" }.joined(separator: ", ")
        return "nullif(concat_ws(', ', \(values)), '')"
    }
}
