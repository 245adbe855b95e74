import Vocabulary

/// Formulas that pick events of a source which does not name its event column.
struct EventCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.aggregates.compactMap { metric, located in
            let aggregate = located.aggregate
            guard !aggregate.events.isEmpty,
                let source = context.catalog.sources[aggregate.source], source.event == nil
            else { return nil }
            return Finding(
                .error,
                Failure(
                    .noEventColumn,
                    "The metric '\(metric.id)' picks events, but the source '\(source.name)' does "
                        + "not say which column names them.",
                    hint: "add event: column_name to the source",
                    place: metric.origin.place(of: "events", in: located.path)))
        }
    }
}

extension Failure.Code {
    /// A formula picks events of a source without an event column.
    public static let noEventColumn: Self = "definition/no-event-column"
}
