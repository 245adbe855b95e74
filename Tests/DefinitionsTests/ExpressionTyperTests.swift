import Definitions
import Testing
import Vocabulary

@Suite("Types of expressions")
struct ExpressionTyperTests {
    private static let origin = Origin(
        place: Place(file: "orders.yaml", line: 1, column: 1), yaml: "",
        places: ["dimensions.broken": Place(file: "orders.yaml", line: 9, column: 20)])

    private static func source(
        dimensions: [String: String] = [:], entities: [String: String] = [:],
        types: [String: ValueType] = [:]
    ) throws -> SourceDefinition {
        SourceDefinition(
            name: "orders", meaning: "Orders.", owner: nil, files: nil, time: nil,
            columnTypes: types, entities: try entities.mapValues { try Expression(parsing: $0) },
            dimensions: try dimensions.mapValues {
                SourceDimension(expression: try Expression(parsing: $0))
            }, event: nil, quality: [], completeThrough: nil, lateness: nil, origin: origin)
    }

    private static let facts = SourceFacts(
        columns: [
            .init(name: "Invoice No", type: .text, isNullable: false),
            .init(name: "quantity", type: .integer, isNullable: false),
            .init(name: "UnitPrice", type: .decimal, isNullable: true),
            .init(name: "weight", type: .number, isNullable: false),
            .init(name: "country", type: .text), .init(name: "day", type: .day),
            .init(name: "created_at", type: .instant, isNullable: false),
            .init(name: "is_new", type: .boolean, isNullable: false),
        ], rows: 10, version: 1, first: nil, watermark: nil)

    private func scope() throws -> ExpressionScope {
        ExpressionScope(
            source: try Self.source(
                dimensions: [
                    "country": "upper(country)", "big": "quantity > 10", "broken": "nowhere",
                    "loop": "pool", "pool": "loop",
                ], entities: ["order": "invoice_no"]),
            facts: Self.facts)
    }

    private func typed(_ text: String) throws -> TypedExpression {
        try ExpressionTyper().typed(
            Expression(parsing: text), in: scope(), at: Place(file: "m.yaml", line: 3, column: 10))
    }

    @Test(
        "follow from the columns",
        arguments: [
            ("quantity", ValueType.integer, false), ("unit_price", .decimal, true),
            ("quantity * unit_price", .decimal, true), ("quantity + weight", .number, false),
            ("quantity / 2", .number, false), ("quantity / quantity", .number, true),
            ("quantity % quantity", .integer, true), ("-quantity", .integer, false),
            ("country = 'DE'", .boolean, true), ("order", .text, false), ("big", .boolean, false),
            ("country is null", .boolean, false), ("coalesce(unit_price, 0)", .decimal, false),
            ("case when big then 1 else 2.5 end", .number, false),
            ("case when big then 1 end", .integer, true), ("length(order)", .integer, false),
            ("day = '2026-01-01'", .boolean, true), ("day < created_at", .boolean, true),
            ("created_at between '2026-01-01' and '2026-02-01'", .boolean, false),
            ("hour(created_at)", .integer, false), ("nullif(country, 'x')", .text, true),
            ("date_diff_days(day, '2026-01-01')", .integer, true), ("not is_new", .boolean, false),
            ("round(unit_price, 2)", .decimal, true), ("quantity in (1, 2.5)", .boolean, false),
            ("seconds_between(created_at, created_at)", .number, false),
            ("time_between(day, created_at)", .number, true), ("date(created_at)", .day, false),
            ("months_between(day, created_at)", .integer, true), ("date(day)", .day, true),
            ("concat(country, ' ', date(created_at))", .text, true),
            ("least(quantity, 100)", .integer, false), ("concat(country, '-', 5)", .text, true),
        ])
    func types(text: String, type: ValueType, isNullable: Bool) throws {
        let typed = try typed(text)

        #expect(typed.type == type)
        #expect(typed.isNullable == isNullable)
    }

    @Test(
        "that clash are told at the place",
        arguments: [
            ("contry = 'DE'", "expression/unknown-name", 10),
            ("quantity > 1 and nme = 'x'", "expression/unknown-name", 27),
            ("country = 5", "expression/type-clash", 10),
            ("quantity = 'five'", "expression/type-clash", 10),
            ("1 + country", "expression/type-clash", 14),
            ("country and is_new", "expression/type-clash", 10),
            ("day = '31.01.2026'", "expression/bad-date", 10),
            ("lower(quantity)", "expression/type-clash", 16),
            ("year(country)", "expression/type-clash", 15),
            ("hour(day)", "expression/type-clash", 15),
            ("lower(country, 1)", "expression/arguments", 16),
            ("quantity like 'a%'", "expression/type-clash", 10),
            ("day - created_at", "expression/type-clash", 10),
            ("case when big then 1 else 'x' end", "expression/type-clash", 10),
            ("round(quantity, weight)", "expression/arguments", 16),
        ])
    func clashes(text: String, code: String, column: Int) {
        let failure = #expect(throws: Failure.self) { try typed(text) }

        #expect(failure?.code.rawValue == code)
        #expect(failure?.place == Place(file: "m.yaml", line: 3, column: column))
    }

    @Test("of a broken dimension are told where the dimension is defined")
    func brokenDimension() {
        let failure = #expect(throws: Failure.self) { try typed("broken = 1") }

        #expect(failure?.place == Place(file: "orders.yaml", line: 9, column: 20))
    }

    @Test("of dimensions that define each other are refused")
    func cycle() {
        let failure = #expect(throws: Failure.self) { try typed("loop = 1") }

        #expect(failure?.code == .dimensionCycle)
    }

    @Test("resolve to the stored column, a dimension's own name included")
    func resolution() throws {
        let column = TypedExpression(.column("country"), type: .text, isNullable: true)
        #expect(try typed("country").node == .call(.upper, [column]))
        #expect(try typed("INVOICE_NO").node == .column("Invoice No"))
        #expect(try typed("order").node == .column("Invoice No"))
    }

    @Test("are unknown before the first import, unless they are pinned")
    func withoutData() throws {
        let scope = ExpressionScope(
            source: try Self.source(types: ["price": .decimal]), facts: .empty)
        let typer = ExpressionTyper()

        #expect(try typer.typed(Expression(parsing: "price * 2"), in: scope).type == .decimal)
        #expect(try typer.typed(Expression(parsing: "anything"), in: scope).type == .unknown)
        #expect(try typer.typedFilter(Expression(parsing: "flag"), in: scope).type == .unknown)
    }

    @Test("of a filter are true or false")
    func filter() throws {
        let failure = #expect(throws: Failure.self) {
            try ExpressionTyper().typedFilter(Expression(parsing: "quantity"), in: scope())
        }

        #expect(failure?.code == .expressionNotACondition)
    }

    @Test("do not explode when dimensions are built of dimensions")
    func explosion() throws {
        var dimensions = ["d0": "quantity"]
        for level in 1..<40 { dimensions["d\(level)"] = "d\(level - 1) + d\(level - 1)" }
        let scope = ExpressionScope(
            source: try Self.source(dimensions: dimensions), facts: Self.facts)

        let failure = #expect(throws: Failure.self) {
            try ExpressionTyper().typed(Expression(parsing: "d39"), in: scope)
        }

        #expect(failure?.code == .expressionTooDeep)
    }
}
