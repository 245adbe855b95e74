import Definitions
import Vocabulary

/// Writes the recipe `ledger`: from subscription periods to the movements of recurring revenue.
///
/// The statement is a row of named stages, each a common table expression:
/// source_rows → periods → (visible) → (priced) → borders → changes → (bridged, grouped) → (moves) →
/// states → movements → entries. Those in brackets stand only where an option asks for them.
struct LedgerStatement {
    private let recipe: LedgerRecipe
    private let inputs: RecipeInputs

    init(_ recipe: LedgerRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        let plan = try LedgerPlan(recipe, inputs)
        var writer = LedgerWriter(plan)
        return RecipeDraft(statement: writer.ledger(), refusals: LedgerRefusals(plan).all)
    }
}

/// A ledger's parts with their types, ready to be written.
struct LedgerPlan {
    let recipe: LedgerRecipe
    let inputs: RecipeInputs
    let input: RecipeInput
    /// Which rows count, before the policy.
    let conditions: [TypedExpression]
    let customer: TypedExpression
    let starts: TypedExpression
    /// Nil where periods end one interval after their start.
    let ends: TypedExpression?
    let cancelled: TypedExpression?
    let amount: TypedExpression
    /// Discount and tax, where they are written.
    let deductions: [TypedExpression]
    /// Nil where the interval is the same for all rows.
    let every: TypedExpression?
    let status: TypedExpression?
    /// What slices the movements, by the column's name: subscription, plan, currency, kept columns.
    let slices: [(name: String, value: TypedExpression)]
    let rates: LedgerRates?

    /// Whether moments are civil days.
    var isDay: Bool { starts.type == .day }
    /// The names of the slices, as SQL.
    var sliceNames: [String] { slices.map { quotedName($0.name) } }

    func has(_ slice: String) -> Bool { slices.contains { $0.name == slice } }

    init(_ recipe: LedgerRecipe, _ inputs: RecipeInputs) throws(Failure) {
        self.recipe = recipe
        self.inputs = inputs
        input = try inputs.input(recipe.source, at: "from.ledger")
        let typing = LedgerTyping(inputs: inputs, input: input)
        conditions = try typing.conditions(recipe.rows)
        customer = try typing.value(recipe.customer, "customer")
        starts = try typing.time(recipe.starts, "starts")
        if case .written(let end) = recipe.ends {
            ends = try typing.time(end, "ends")
        } else {
            ends = nil
        }
        cancelled = try recipe.cancellation.map { rule throws(Failure) in
            try typing.time(rule.moment, "cancelled")
        }
        amount = try typing.number(recipe.amount, "amount")
        var deductions: [TypedExpression] = []
        if let discount = recipe.discount {
            deductions.append(try typing.number(discount, "discount"))
        }
        if let tax = recipe.tax { deductions.append(try typing.number(tax, "tax")) }
        self.deductions = deductions
        if case .written(let interval) = recipe.every {
            every = try typing.interval(interval)
        } else {
            every = nil
        }
        status = try recipe.policy.map { policy throws(Failure) in
            try typing.value(policy.status, "status")
        }
        slices = try typing.slices(recipe)
        rates = try recipe.exchange?.rates.map { rates throws(Failure) in
            try LedgerRates(rates, inputs)
        }
    }
}

/// The rates of a ledger, with their types.
struct LedgerRates {
    let input: RecipeInput
    let currency: TypedExpression
    let rate: TypedExpression
    let time: TimeAxis

    init(_ rates: LedgerExchange.Rates, _ inputs: RecipeInputs) throws(Failure) {
        input = try inputs.input(rates.source, at: "from.rates.source")
        let typing = LedgerTyping(inputs: inputs, input: input)
        currency = try typing.value(rates.currency, "rates.currency")
        rate = try typing.number(rates.rate, "rates.rate")
        time = try input.requiredTime("rates are dated", at: inputs.place("from.rates"))
    }
}

/// Gives types to the parts of a ledger, and refuses those that cannot be what they should.
struct LedgerTyping {
    let inputs: RecipeInputs
    let input: RecipeInput

    func value(_ expression: Expression, _ key: String) throws(Failure) -> TypedExpression {
        try input.typed(expression, at: inputs.place("from." + key))
    }

    func conditions(_ rows: RowSelection) throws(Failure) -> [TypedExpression] {
        var conditions: [TypedExpression] = []
        if let filter = rows.filter {
            conditions = try input.typing.conditions(filter, at: inputs.place("from.where"))
        }
        if !rows.events.isEmpty { conditions.append(try input.typing.events(rows.events)) }
        return conditions
    }

    func time(_ expression: Expression, _ key: String) throws(Failure) -> TypedExpression {
        let typed = try value(expression, key)
        guard typed.type == .day || typed.type == .instant else {
            throw Failure(
                .ledgerNoTime,
                "'\(key)' of the ledger is a date or an instant; '\(expression)' is of type "
                    + "\(typed.type.rawValue).",
                hint: "Pin the column's type in '\(input.name)': columns: { NAME: date }.",
                place: inputs.place("from." + key))
        }
        return typed
    }

    func number(_ expression: Expression, _ key: String) throws(Failure) -> TypedExpression {
        let typed = try value(expression, key)
        guard typed.type.isNumeric else {
            throw Failure(
                .notANumber,
                "'\(key)' of the ledger is a number; '\(expression)' is of type "
                    + "\(typed.type.rawValue).",
                hint: "Pin the column's type in '\(input.name)': columns: { NAME: decimal }.",
                place: inputs.place("from." + key))
        }
        return typed
    }

    func interval(_ expression: Expression) throws(Failure) -> TypedExpression {
        let typed = try value(expression, "every")
        guard typed.type == .text || typed.type.isNumeric else {
            throw Failure(
                .ledgerInterval,
                "'every' of the ledger is a length of time, a text such as '1 month', or a number "
                    + "of months; '\(expression)' is of type \(typed.type.rawValue).",
                hint: "Write every: 1 month.", place: inputs.place("from.every"))
        }
        return typed
    }

    func slices(
        _ recipe: LedgerRecipe
    ) throws(Failure) -> [(name: String, value: TypedExpression)] {
        var written: [(String, Expression?)] = [
            ("subscription", recipe.subscription), ("plan", recipe.plan),
            ("currency", recipe.exchange?.currency),
        ]
        written += recipe.keep.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        var slices: [(name: String, value: TypedExpression)] = []
        for (name, expression) in written {
            guard let expression else { continue }
            let key = recipe.keep[name] == nil ? name : "keep." + name
            slices.append((name, try value(expression, key)))
        }
        return slices
    }
}

extension Failure.Code {
    /// A start, an end or a cancellation of a ledger is no time.
    public static let ledgerNoTime: Self = "ledger/no-time"
    /// A row's billing interval cannot be read.
    public static let ledgerInterval: Self = "ledger/interval"
}
