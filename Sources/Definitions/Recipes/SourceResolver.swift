import Vocabulary

/// Resolves which source is made from which: reports unknown names and cycles, and writes out
/// what derived sources take over from those that they rest on.
struct SourceResolver {
    /// The sources as they are written.
    let sources: [String: SourceDefinition]
    let problems: Problems
    /// Reports a name that is defined nowhere; true if it is.
    let isDefined: (_ name: String, _ place: Place) -> Bool

    /// How many sources may rest on each other in a row.
    private static let levelsMax = 50

    /// The sources that rest on imports in the end.
    func resolved() -> [String: SourceDefinition] {
        var sound = sources.filter { $0.value.recipe == nil }
        var waiting = sources.filter { resolvesItself($0.value) }
        for _ in 0..<Self.levelsMax {
            let ready = waiting.filter { _, source in
                source.recipe?.upstream.allSatisfy { sound[$0] != nil } ?? false
            }
            if ready.isEmpty { break }
            for (name, source) in ready {
                sound[name] = source.completed(by: sound)
                waiting[name] = nil
            }
        }
        for cycle in Cycles(edges: waiting.mapValues { $0.recipe?.upstream ?? [] }).all {
            report(cycle)
        }
        return sound
    }

    /// Whether all sources of a recipe are defined somewhere.
    private func resolvesItself(_ source: SourceDefinition) -> Bool {
        guard let recipe = source.recipe else { return false }
        return recipe.sources.map { isDefined($0.name, source.origin.place(of: $0.path)) }
            .allSatisfy { $0 }
    }

    private func report(_ cycle: [String]) {
        guard let first = cycle.first, let source = sources[first] else { return }
        let path = (cycle + [first]).joined(separator: " → ")
        problems.report(
            .error,
            Failure(
                .sourceCycle, "The sources \(path) are made from each other.",
                hint: "one of them must be imported", place: source.origin.place(of: "from")))
    }
}

extension SourceDefinition {
    /// The source with the time, entities, dimensions and event that its recipe takes over.
    fileprivate func completed(by sources: [String: SourceDefinition]) -> SourceDefinition {
        guard let recipe else { return self }
        let defaults = recipe.defaults(sources)
        var source = SourceDefinition(
            name: name, meaning: meaning, owner: owner, files: files, time: time ?? defaults.time,
            columnTypes: columnTypes, entities: entities.isEmpty ? defaults.entities : entities,
            dimensions: dimensions.isEmpty ? defaults.dimensions : dimensions,
            event: event ?? defaults.event, quality: quality, completeThrough: completeThrough,
            lateness: lateness ?? defaults.lateness, origin: origin, recipe: recipe,
            isImplicit: isImplicit)
        source.segments = segments.over(recipe.upstream.compactMap { sources[$0] })
        return source
    }
}

/// Finds names that lead back to themselves.
struct Cycles {
    /// What each name leads to.
    let edges: [String: [String]]

    /// Each cycle once, from its first name in the alphabet on.
    var all: [[String]] {
        var done: Set<String> = []
        var found: [[String]] = []
        for name in edges.keys.sorted() where !done.contains(name) {
            var path: [String] = []
            visit(name, &path, &done, &found)
        }
        return found
    }

    private func visit(
        _ name: String, _ path: inout [String], _ done: inout Set<String>, _ found: inout [[String]]
    ) {
        if let start = path.firstIndex(of: name) {
            let cycle = Array(path[start...])
            let least = cycle.min().flatMap { cycle.firstIndex(of: $0) } ?? 0
            found.append(Array(cycle[least...] + cycle[..<least]))
            return
        }
        // A chain this long is reported as it stands; no person writes one.
        guard !done.contains(name), path.count < 200, let next = edges[name] else { return }
        path.append(name)
        for other in Set(next).sorted() { visit(other, &path, &done, &found) }
        path.removeLast()
        done.insert(name)
    }
}

extension Catalog {
    /// The sources that a source is made from, through others too, in the order of their making;
    /// empty for one that is imported.
    public func upstream(of source: String) -> [String] {
        var found: [String] = []
        collect(source, into: &found, depth: 0)
        return found.filter { $0 != source }
    }

    /// The sources that are made from others, each after those that it rests on.
    public var derivedSources: [SourceDefinition] {
        var found: [String] = []
        for name in sources.keys.sorted() { collect(name, into: &found, depth: 0) }
        return found.compactMap { sources[$0] }.filter { $0.recipe != nil }
    }

    private func collect(_ name: String, into found: inout [String], depth: Int) {
        guard depth < 200, !found.contains(name), let source = sources[name] else { return }
        for other in source.recipe?.upstream ?? [] {
            collect(other, into: &found, depth: depth + 1)
        }
        if !found.contains(name) { found.append(name) }
    }
}

extension Failure.Code {
    /// Sources are made from each other.
    public static let sourceCycle: Self = "definition/source-cycle"
}
