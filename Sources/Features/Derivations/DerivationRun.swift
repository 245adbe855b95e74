import Definitions
import Engines
import Planning
import Vocabulary

/// What is known of all sources once the derived ones are made.
struct DerivedState: Sendable {
    /// A derived source whose rows are new.
    struct Made: Sendable {
        let source: String
        let version: Int
    }

    /// The facts of every source that is defined.
    var facts: [String: SourceFacts] = [:]
    /// Why a derived source has no rows: its own fault, or that of a source that it rests on.
    var failures: [String: Failure] = [:]
    /// The sources that were made now.
    var made: [Made] = []
}

/// Makes the derived sources whose rows are not those that their recipes and data call for.
///
/// Each is made in a transaction of its own: a new table, swapped in, with a new version and the
/// stamp of what it was made from. Whoever is stopped in between finds the old rows, whose stamp
/// tells that they are old.
struct DerivationRun {
    let connection: DuckDBConnection
    let catalog: Catalog
    let calendar: WorkCalendar
    let now: Instant
    /// Whether tables of sources that are defined no more are dropped.
    let dropsUndefined: Bool
    /// What is known of sources whose rows and definitions have not changed.
    var known: [String: SourceFacts] = [:]

    private var ledger: DerivationLedger { DerivationLedger(connection) }
    private var imports: ImportLedger { ImportLedger(connection) }

    func run() throws(Failure) -> DerivedState {
        try imports.prepare()
        try ledger.prepare()
        var stamps = try ledger.stamps()
        try dropStrays(&stamps)
        var state = DerivedState()
        for (name, source) in catalog.sources where source.recipe == nil {
            if let failure = try hindrance(of: source) {
                state.failures[name] = failure
                state.facts[name] = .empty
                continue
            }
            state.facts[name] = try facts(of: source, isUnchanged: true)
        }
        for source in catalog.derivedSources {
            try refresh(source, stamp: stamps[source.name], &state)
        }
        return state
    }

    /// Why a source of events takes none: its name has rows of another kind.
    private func hindrance(of source: SourceDefinition) throws(Failure) -> Failure? {
        guard source.intake != nil, try imports.version(of: source.name) > 0,
            !(try imports.files(of: source.name).isEmpty)
        else { return nil }
        return Failure(
            .ingestSourceName, "The source '\(source.name)' holds imported rows already.",
            hint: "Give the source of events another name, or remove the imported rows.",
            place: source.origin.place(of: "from"))
    }

    /// Drops derived tables whose names mean something else now, or nothing.
    private func dropStrays(_ stamps: inout [String: String]) throws(Failure) {
        for name in stamps.keys.sorted() {
            let source = catalog.sources[name]
            guard source == nil ? dropsUndefined : source?.recipe == nil else { continue }
            try drop(name)
            stamps[name] = nil
        }
    }

    private func refresh(
        _ source: SourceDefinition, stamp: String?, _ state: inout DerivedState
    ) throws(Failure) {
        let name = source.name
        state.facts[name] = .empty
        let upstream = source.recipe?.upstream ?? []
        if let cause = upstream.compactMap({ state.failures[$0] }).first {
            state.failures[name] = cause
            if stamp != nil { try drop(name) }
            return
        }
        guard upstream.allSatisfy({ state.facts[$0]?.columns.isEmpty == false }) else {
            if stamp != nil { try drop(name) }
            return
        }
        do throws(Failure) {
            let draft = try RecipeWriter(
                catalog: catalog, facts: state.facts, calendar: calendar
            ).draft(of: source)
            let wanted = self.stamp(of: draft, upstream, state.facts)
            let isStored = try isStored(name)
            let isCurrent = wanted == stamp && isStored
            if !isCurrent {
                let version = try make(source, draft, stamp: wanted)
                state.made.append(DerivedState.Made(source: name, version: version))
            }
            state.facts[name] = paced(
                try facts(of: source, isUnchanged: isCurrent), of: source, state.facts)
        } catch {
            guard error.code != .engineCancelled else { throw error }
            state.failures[name] = error.located(at: source.origin.place(of: "from"))
            if stamp != nil { try drop(name) }
        }
    }

    /// A name of everything that a derived table's rows follow from.
    ///
    /// The statement holds the recipe, the meaning of names, the calendar and the rules of the zone;
    /// the versions stand for the rows.
    private func stamp(
        of draft: RecipeDraft, _ upstream: [String], _ facts: [String: SourceFacts]
    ) -> String {
        let statements = [draft.statement] + draft.refusals.map(\.statement)
        return ContentHash.hex(
            statements.flatMap { [$0.sql] + $0.values.map { "\($0)" } }
                + upstream.map { "\($0) \(facts[$0]?.version ?? 0)" } + [Zone.rulesVersion],
            length: 64)
    }

    private func make(
        _ source: SourceDefinition, _ draft: RecipeDraft, stamp: String
    ) throws(Failure) -> Int {
        let start = ContinuousClock.now
        let name = source.name
        guard try imports.files(of: name).isEmpty else {
            throw Failure(
                .derivationHasImports,
                "The source '\(name)' holds imported rows, and a recipe does not overwrite them.",
                hint: "Give the source that is made by the recipe a name of its own.")
        }
        return try connection.transaction { () throws(Failure) in
            for refusal in draft.refusals {
                let frame = try connection.run(refusal.statement)
                if frame.count > 0 { throw refusal.failure(frame) }
            }
            do throws(Failure) {
                try connection.execute(
                    "create or replace table \(SourceImporter.table(of: name).sql) as\n"
                        + draft.statement.sql, draft.statement.values)
            } catch {
                guard error.code != .engineCancelled else { throw error }
                throw Failure(
                    .derivationFailed,
                    "The source '\(name)' cannot be made: \(error.message)", hint: error.hint,
                    details: error.details)
            }
            let version = try imports.version(of: name) + 1
            try imports.setVersion(version, of: name)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            try ledger.store(stamp, of: name, madeAt: now, seconds: seconds)
            return version
        }
    }

    private func drop(_ name: String) throws(Failure) {
        try connection.transaction { () throws(Failure) in
            try connection.execute("drop table if exists \(SourceImporter.table(of: name).sql)")
            try ledger.forget(name)
        }
    }

    private func isStored(_ name: String) throws(Failure) -> Bool {
        try !connection.schema(of: SourceImporter.table(of: name)).isEmpty
    }

    private func facts(
        of source: SourceDefinition, isUnchanged: Bool
    ) throws(Failure) -> SourceFacts {
        if isUnchanged, let facts = known[source.name] { return facts }
        return try SourceFactsReader(connection, source: source, calendar: calendar).facts()
    }

    /// A derived source is known as far as what it is made of, not up to its own last row.
    private func paced(
        _ own: SourceFacts, of source: SourceDefinition, _ facts: [String: SourceFacts]
    ) -> SourceFacts {
        guard source.time != nil, let pace = source.recipe?.pace else { return own }
        let completeness = Completeness(catalog: catalog, facts: facts, calendar: calendar)
        let marks = pace.compactMap { completeness.watermark(of: $0) }
        return SourceFacts(
            columns: own.columns, rows: own.rows, version: own.version, first: own.first,
            watermark: marks.min() ?? own.watermark)
    }
}

extension Failure.Code {
    /// A derived source could not be made.
    public static let derivationFailed: Self = "derivation/failed"
    /// A source that is to be made by a recipe holds imported rows.
    public static let derivationHasImports: Self = "derivation/has-imports"
}
