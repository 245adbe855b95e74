import Vocabulary

/// Teams that watch more KPIs than anyone can act on.
struct TooManyRule: DefinitionCheck {
    /// How many active KPIs a team can act on.
    static let activeMax = 7

    func findings(in context: CheckContext) -> [Finding] {
        let active = context.kpis.filter { $0.status == .active }
        let teams = Dictionary(grouping: active) { $0.team ?? $0.owner ?? "" }
        return teams.sorted { $0.key < $1.key }.compactMap { team, kpis in
            guard kpis.count > Self.activeMax, !team.isEmpty else { return nil }
            let extra = kpis[Self.activeMax]
            return Finding(
                .warning,
                Failure(
                    .tooManyKPIs,
                    "The team '\(team)' has \(kpis.count) active KPIs; \(Self.activeMax) are the most "
                        + "that it can act on.",
                    hint: "retire some, or keep them as metrics",
                    place: extra.origin.place(of: "kpi")))
        }
    }
}

extension Failure.Code {
    /// A team has more active KPIs than it can act on.
    public static let tooManyKPIs: Self = "kpi/too-many"
}
