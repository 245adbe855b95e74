import Vocabulary

extension RowsRecipe {
    init?(_ reader: NodeReader) {
        let source = reader.text("rows", required: true, example: "orders")
        let rows = RowSelection(reader)
        let lookups = Lookup.list(reader)
        let previous = Neighbour(reader, key: "previous")
        let next = Neighbour(reader, key: "next")
        let running = Neighbour(reader, key: "running")
        let keepsAll = reader.node("keep")?.scalar == "all"
        let keep = reader.has("keep") && !keepsAll ? reader.names("keep") : nil
        let add = reader.columns("add")
        guard let source else { return nil }
        self.init(
            source: source, rows: rows, lookups: lookups, previous: previous, next: next,
            running: running, keep: keep, add: add)
    }
}

extension RowsRecipe.Lookup {
    fileprivate static func list(_ reader: NodeReader) -> [Self] {
        guard let node = reader.node("with") else { return [] }
        let items: [YAMLNode] =
            if case .sequence(let items) = node.content { items } else { [node] }
        return items.compactMap { item in
            NodeReader(item, what: "source to look up", problems: reader.problems)
                .flatMap { Self($0) }
        }
    }

    private init?(_ reader: NodeReader) {
        defer { reader.finish() }
        let source = reader.text("source", required: true, example: "customers")
        let match = reader.pairs("match")
        let take = reader.columns("take")
        let pick = reader.word("pick", as: Pick.self)
        let rows = RowSelection(reader)
        if match.isEmpty { reader.missing("match", example: "{ customer_id: id }") }
        guard let source, !match.isEmpty else { return nil }
        self.init(source: source, match: match, take: take, pick: pick, rows: rows)
    }
}

extension RowsRecipe.Neighbour {
    fileprivate init?(_ reader: NodeReader, key: String) {
        guard let neighbour = reader.mapping(key, what: "'\(key)'") else { return nil }
        defer { neighbour.finish() }
        let group = neighbour.names("by")
        let order = neighbour.text("order")
        let take = neighbour.columns("take")
        guard !take.isEmpty else {
            neighbour.missing("take", example: "{ previous_state: state }")
            return nil
        }
        self.init(group: group, order: order, take: take)
    }
}

extension NodeReader {
    /// New columns with their expressions.
    func columns(_ key: String) -> [RecipeKey] {
        guard let columns = mapping(key, what: "'\(key)'") else { return [] }
        return columns.keys.compactMap { name in
            guard columns.isPlainName(name) else { return nil }
            return columns.expression(name).map { RecipeKey(name: name, expression: $0) }
        }
    }

    /// Names that must have the same value as other names.
    fileprivate func pairs(_ key: String) -> [RowsRecipe.Pair] {
        guard let pairs = mapping(key, what: "'\(key)'") else { return [] }
        return pairs.keys.compactMap { own in
            pairs.text(own).map { RowsRecipe.Pair(own: own, other: $0) }
        }
    }
}
