import Definitions
import Vocabulary

/// The KPIs of a workspace as a list.
struct KPIListText {
    private let kpis: [KPI]

    /// Takes the KPIs of a catalogue, by name.
    init(_ catalog: Catalog) { kpis = catalog.kpis.values.sorted { $0.id < $1.id } }

    /// Writes a line a KPI.
    func write(to output: Output) {
        guard !kpis.isEmpty else {
            return output.line("This workspace has no KPI yet; see 'yardstick library'.")
        }
        var table = Table([
            .text("KPI"), .text("title", isFlexible: true), .text("metric"),
            .text("objective", isFlexible: true), .text("owner"), .text("review"), .text("status"),
        ])
        for kpi in kpis {
            table.append([
                Table.Cell(kpi.id, .bold), Table.Cell(kpi.title), Table.Cell(kpi.metric),
                Table.Cell(kpi.objective ?? NumberText.none),
                Table.Cell(kpi.owner ?? NumberText.none), Table.Cell(kpi.review.rawValue),
                Table.Cell(kpi.status.rawValue, kpi.status == .active ? .plain : .dim),
            ])
        }
        output.table(table)
    }

    /// The columns of `--format csv`, and the members of an element of `--format json`.
    static let columns = [
        "kpi", "title", "metric", "objective", "owner", "team", "review", "status", "file",
    ]

    /// The rows of `--format csv`, a KPI a row.
    var rows: [[JSON]] {
        kpis.map { kpi in
            [
                .text(kpi.id), .text(kpi.title), .text(kpi.metric), .optional(kpi.objective),
                .optional(kpi.owner), .optional(kpi.team), .text(kpi.review.rawValue),
                .text(kpi.status.rawValue), .text(kpi.origin.place.file),
            ]
        }
    }

    /// The KPIs as `--format json` prints them.
    var json: JSON {
        let objects = rows.map { row in
            JSON.object(zip(KPIListText.columns, row).map { (name: $0, value: $1) })
        }
        return ["kpis": .list(objects)]
    }
}
