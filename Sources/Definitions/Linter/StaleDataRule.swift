import Vocabulary

/// Active KPIs whose data has stopped coming.
struct StaleDataRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.filter { $0.status == .active }.flatMap { kpi -> [Finding] in
            context.catalog.sources(of: kpi.metric).compactMap { name in
                guard let source = context.catalog.sources[name],
                    let watermark = context.facts[name]?.watermark
                else { return nil }
                let limit = source.freshness ?? Span(1, kpi.review.grain)
                let last = Day(number: floorDivided(watermark.seconds, by: 86_400))
                guard limit.after(last) < context.today else { return nil }
                return Finding(
                    .warning,
                    Failure(
                        .staleData,
                        "The KPI '\(kpi.id)' rests on the source '\(name)', whose last row is of "
                            + "\(last), more than \(limit) ago.",
                        hint: "import newer files into '\(name)', or retire the KPI",
                        place: kpi.origin.place(of: "metric")))
            }
        }
    }

    private func floorDivided(_ number: Int, by divisor: Int) -> Int {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }
}

extension Failure.Code {
    /// A KPI's data is older than it may be.
    public static let staleData: Self = "kpi/stale-data"
}
