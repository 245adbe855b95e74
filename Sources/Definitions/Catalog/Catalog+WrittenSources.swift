extension Catalog {
    /// The sources that people defined, by their names; not those that formulas made.
    public var writtenSources: [SourceDefinition] {
        sources.values.filter { !$0.isImplicit }.sorted { $0.name < $1.name }
    }
}
