import Definitions
import Features
import Vocabulary

/// A handful of proposed KPIs for people.
struct ProposalText {
    private let proposal: KPIProposal

    /// Takes a proposal.
    init(_ proposal: KPIProposal) { self.proposal = proposal }

    /// Writes a line a KPI, then what to beware of.
    func write(to output: Output, as format: OutputFormat) {
        switch format {
        case .table: writeTable(to: output)
        case .json: output.json(proposal.json)
        case .csv:
            output.csv(
                ["entry", "role", "why"],
                proposal.candidates.map {
                    [.text($0.entry), .text($0.role.rawValue), .text($0.why)]
                })
        }
    }

    private func writeTable(to output: Output) {
        var table = Table([
            .text("role"), .text("entry"), .text("why", isFlexible: true),
        ])
        for candidate in proposal.candidates {
            table.append([
                Table.Cell(candidate.role.rawValue), Table.Cell(candidate.entry, .bold),
                Table.Cell(candidate.why),
            ])
        }
        output.table(table)
        output.line()
        for warning in proposal.warnings { output.line(printable("  beware  \(warning)")) }
        output.line(
            "'yardstick library show NAME' tells more; "
                + "'yardstick library add NAME' takes one over.")
    }
}
