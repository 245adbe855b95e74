import Vocabulary

extension KPI {
    /// How bad a gap is: a KPI that is only proposed may still have gaps.
    var lintSeverity: Finding.Severity { status == .active ? .warning : .advice }
}

extension SourceDefinition {
    /// How old the last row may be, if the source says so.
    public var freshness: Span? {
        for case .freshWithin(let span) in quality { return span }
        return nil
    }
}
