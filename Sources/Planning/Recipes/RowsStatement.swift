import Definitions
import Vocabulary

/// Writes the rows of a source with columns of other sources, of neighbours, and of their own.
struct RowsStatement {
    private let recipe: RowsRecipe
    private let inputs: RecipeInputs

    init(_ recipe: RowsRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        let input = try inputs.input(recipe.source, at: "from.rows")
        var text = RecipeText(inputs)
        var joins = Joins()
        let neighbours = try self.neighbours(input, &text)
        joins.columns += neighbours.columns
        joins.selected += neighbours.columns.map {
            "chosen.\(quotedName("yardstick new \($0.name)")) AS \(quotedName($0.name))"
        }
        for (index, lookup) in recipe.lookups.enumerated() {
            try join(lookup, index, input, &text, &joins)
        }
        let kept = try keptColumns(input)
        var names = ColumnList()
        for name in kept { try names.take(name, at: inputs.place("from.keep")) }
        for column in joins.columns { try names.take(column.name, at: inputs.place("from")) }
        // What is not kept may still be used by new columns.
        let hidden = input.columns.map(\.name).filter { !names.has($0) }
        let own = (kept + hidden).map { "chosen.\(quotedName($0))" }
        let joined = own + joins.selected + ["chosen.\(Inner.row) AS \(Inner.row)"]
        let added = try self.added(input, hidden + kept, joins.columns, &names, &text)
        let shown = kept.map(quotedName) + joins.columns.map { quotedName($0.name) } + added
        let conditions = try text.conditions(recipe.rows, of: input, at: "from")
        let chosen = ["*", "rowid AS \(Inner.row)"] + joins.keys + neighbours.selected
        return RecipeDraft(
            statement: text.statement(
                """
                WITH chosen AS (
                  SELECT \(chosen.joined(separator: ", "))
                  FROM \(input.table)
                  \(RecipeText.whereClause(conditions))
                ), joined AS (
                  SELECT \(joined.joined(separator: ", "))
                  FROM chosen
                  \(joins.clauses.joined(separator: "\n  "))
                )
                SELECT \(shown.joined(separator: ", "))
                FROM joined
                ORDER BY \(Inner.row)
                """), refusals: try refusals(input))
    }

    /// What lookups and neighbours add to the statement.
    private struct Joins {
        /// The new columns with their types.
        var columns: [SourceFacts.Column] = []
        /// The same, as the joined rows select them.
        var selected: [String] = []
        /// The values of the main source that must be equal.
        var keys: [String] = []
        var clauses: [String] = []
    }

    private func keptColumns(_ input: RecipeInput) throws(Failure) -> [String] {
        guard let keep = recipe.keep else { return input.columns.map(\.name) }
        var names: [String] = []
        for (index, name) in keep.enumerated() {
            guard let column = input.scope.column(named: name) else {
                let near = nearestName(to: name, among: input.columns.map(\.name))
                throw Failure(
                    .unknownColumn,
                    "The data of the source '\(input.name)' has no column '\(name)'.",
                    hint: near.map { "did you mean '\($0)'?" },
                    place: inputs.place("from.keep.\(index)"))
            }
            names.append(column.name)
        }
        return names
    }

    private func added(
        _ input: RecipeInput, _ own: [String], _ new: [SourceFacts.Column],
        _ names: inout ColumnList, _ text: inout RecipeText
    ) throws(Failure) -> [String] {
        let known = Set(own)
        let facts = SourceFacts(
            columns: input.columns.filter { known.contains($0.name) } + new, rows: 0, version: 0,
            first: nil, watermark: nil)
        let wide = RecipeInput(
            scope: ExpressionScope(
                source: input.scope.source, facts: facts, others: inputs.facts), zone: input.zone)
        var columns: [String] = []
        for column in recipe.add {
            let path = "from.add.\(column.name)"
            try names.take(column.name, at: inputs.place(path))
            let value = try text.value(column.value, of: wide, at: path)
            columns.append("\(value) AS \(quotedName(column.name))")
        }
        return columns
    }
}

/// Rows of other sources with the same values.
extension RowsStatement {
    private func join(
        _ lookup: RowsRecipe.Lookup, _ index: Int, _ input: RecipeInput, _ text: inout RecipeText,
        _ joins: inout Joins
    ) throws(Failure) {
        let path = "from.with.\(index)"
        let other = try inputs.input(lookup.source, at: path + ".source")
        let table = "looked_up_\(index + 1)"
        var matches: [String] = []
        var inner: [String] = []
        var conditions = try text.conditions(lookup.rows, of: other, at: path)
        for (position, pair) in try pairs(lookup, input, other, path, &text).enumerated() {
            let name = quotedName("yardstick key \(index + 1) \(position + 1)")
            joins.keys.append("\(pair.own) AS \(name)")
            inner.append("\(pair.other) AS \(Inner.key(position))")
            conditions.append("\(pair.other) IS NOT NULL")
            matches.append("chosen.\(name) = \(table).\(Inner.key(position))")
        }
        let order = lookup.pick == nil ? "" : RecipeText.order(try other.time())
        for column in lookup.take {
            let typed = try other.typed(
                column.value, at: inputs.place("\(path).take.\(column.name)"))
            let value = text.expression(typed)
            let picked =
                switch lookup.pick {
                case nil: value
                case .first: "arg_min_null(\(value), \(order))"
                case .last: "arg_max_null(\(value), \(order))"
                }
            inner.append("\(picked) AS \(quotedName(column.name))")
            joins.columns.append(SourceFacts.Column(name: column.name, type: typed.type))
            joins.selected.append("\(table).\(quotedName(column.name))")
        }
        let grouping =
            lookup.pick == nil
            ? ""
            : "GROUP BY " + lookup.match.indices.map { "\($0 + 1)" }.joined(separator: ", ")
        joins.clauses.append(
            """
            LEFT JOIN (
              SELECT \(inner.joined(separator: ", "))
              FROM \(other.table)
              \(RecipeText.whereClause(conditions))
              \(grouping)
            ) AS \(table) ON \(matches.joined(separator: " AND "))
            """)
    }

    /// The values that must be equal, as SQL.
    private func pairs(
        _ lookup: RowsRecipe.Lookup, _ input: RecipeInput, _ other: RecipeInput, _ path: String,
        _ text: inout RecipeText
    ) throws(Failure) -> [(own: String, other: String)] {
        var pairs: [(own: String, other: String)] = []
        for pair in lookup.match {
            let place = inputs.place("\(path).match.\(pair.own)")
            let left = try input.typed(.name(NameReference(pair.own)), at: place)
            let right = try other.typed(.name(NameReference(pair.other)), at: place)
            guard left.type.isComparable(with: right.type) else {
                throw Failure(
                    .recipeKeyTypes,
                    "'\(pair.own)' of '\(input.name)' is of type \(left.type.rawValue), and "
                        + "'\(pair.other)' of '\(other.name)' is of type \(right.type.rawValue); "
                        + "they are never equal.",
                    hint: "Pin the type of one of them in its source: columns: "
                        + "{ \(pair.other): \(left.type.rawValue) }, and import again.",
                    place: place)
            }
            pairs.append((text.expression(left), text.expression(right)))
        }
        return pairs
    }

    /// Values that several rows of a source share, where no row is to be picked.
    private func refusals(_ input: RecipeInput) throws(Failure) -> [RecipeRefusal] {
        var refusals: [RecipeRefusal] = []
        for (index, lookup) in recipe.lookups.enumerated() where lookup.pick == nil {
            let path = "from.with.\(index)"
            let other = try inputs.input(lookup.source, at: path + ".source")
            var text = RecipeText(inputs)
            let pairs = try pairs(lookup, input, other, path, &text)
            let keys = pairs.map(\.other).joined(separator: ", ")
            let own = pairs.map(\.own).joined(separator: ", ")
            let ownRows = try text.conditions(recipe.rows, of: input, at: "from")
            let conditions =
                try text.conditions(lookup.rows, of: other, at: path) + [
                    "(\(keys)) IN (SELECT \(own) FROM \(input.table) "
                        + "\(RecipeText.whereClause(ownRows)))"
                ]
            let shown = pairs.map { "CAST(\($0.other) AS VARCHAR)" }.joined(
                separator: " || ', ' || ")
            let statement = text.statement(
                """
                SELECT \(shown), count(*)
                FROM \(other.table)
                \(RecipeText.whereClause(conditions))
                GROUP BY \(keys)
                HAVING count(*) > 1
                ORDER BY 1
                LIMIT 1
                """)
            let names = lookup.match.map(\.other).joined(separator: ", ")
            let place = inputs.place(path)
            refusals.append(
                RecipeRefusal(statement) { frame in
                    Failure(
                        .recipeManyMatches,
                        "\(frame.columns[1].integer(0) ?? 2) rows of '\(lookup.source)' have the "
                            + "\(names) '\(frame.columns[0].text(0) ?? "")', and one is expected.",
                        hint: "Write pick: first or pick: last to take one by time, or match more "
                            + "columns.", place: place)
                })
        }
        return refusals
    }
}

/// Rows before and after, and sums up to a row.
extension RowsStatement {
    private func neighbours(
        _ input: RecipeInput, _ text: inout RecipeText
    ) throws(Failure) -> (columns: [SourceFacts.Column], selected: [String]) {
        var columns: [SourceFacts.Column] = []
        var selected: [String] = []
        let all = [
            ("previous", "lag", recipe.previous), ("next", "lead", recipe.next),
            ("running", "sum", recipe.running),
        ]
        for (key, function, neighbour) in all {
            guard let neighbour else { continue }
            let path = "from.\(key)"
            var group: [String] = []
            for (index, name) in neighbour.group.enumerated() {
                let key = RecipeKey(name: name)
                group.append(try text.key(key, of: input, at: "\(path).by.\(index)"))
            }
            let order: String
            if let name = neighbour.order {
                order = try text.order(
                    by: .name(NameReference(name)), of: input, at: path + ".order")
            } else {
                order = RecipeText.order(try input.time())
            }
            let partition = group.isEmpty ? "" : "PARTITION BY \(group.joined(separator: ", ")) "
            for column in neighbour.take {
                let place = inputs.place("\(path).take.\(column.name)")
                let typed = try input.typed(column.value, at: place)
                let value = text.expression(typed)
                // Rows of one time, or of none, come one after the other, in the order of import.
                var call = "\(function)(\(value)) OVER (\(partition)ORDER BY \(order), rowid"
                if key == "running" {
                    guard typed.type.isNumeric else { throw Self.noNumber(column, typed, place) }
                    call = "coalesce(\(call) ROWS UNBOUNDED PRECEDING), 0)"
                    if typed.type == .integer { call = "CAST(\(call) AS BIGINT)" }
                } else {
                    call += ")"
                }
                selected.append("\(call) AS \(quotedName("yardstick new \(column.name)"))")
                columns.append(SourceFacts.Column(name: column.name, type: typed.type))
            }
        }
        return (columns, selected)
    }

    private static func noNumber(
        _ column: RecipeKey, _ typed: TypedExpression, _ place: Place?
    ) -> Failure {
        Failure(
            .notANumber,
            "'\(column.value)' is of type \(typed.type.rawValue), and only numbers can be added up.",
            hint: "Pin the column's type in its source if it should be a number.", place: place)
    }
}

extension ValueType {
    /// Whether values of both types can be equal.
    fileprivate func isComparable(with other: ValueType) -> Bool {
        self == other || self == .unknown || other == .unknown || (isNumeric && other.isNumeric)
    }
}

extension Failure.Code {
    /// Values that are matched have types that are never equal.
    public static let recipeKeyTypes: Self = "recipe/key-types"
    /// Several rows match where one is expected.
    public static let recipeManyMatches: Self = "recipe/many-matches"
}
