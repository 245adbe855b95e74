import Vocabulary

/// KPIs without a view of what others reach.
struct BenchmarkRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard kpi.benchmark == nil else { return nil }
            return Finding(
                .advice,
                Failure(
                    .noBenchmark,
                    "The KPI '\(kpi.id)' has no benchmark.",
                    hint: "add benchmark: { value: …, source: …, seen: … } where one exists",
                    place: kpi.origin.place(of: "kpi")))
        }
    }
}

extension Failure.Code {
    /// A KPI has no benchmark.
    public static let noBenchmark: Self = "kpi/no-benchmark"
}
