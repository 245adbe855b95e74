import Definitions
import Testing

/// A small sound workspace that every test may change.
enum SampleWorkspace {
    static let settings = """
        workspace: Acme
        zone: Europe/Berlin
        first_weekday: sunday
        fiscal: { first_month: february, pattern: 4-5-4 }
        currency: EUR
        minimum_n: 7
        limits: { memory: 4GB, threads: 2, rows: 5000, seconds: 30 }

        """

    static let orders = """
        # Orders of the shop.
        source: orders
        is: One row per order line of the shop.
        from: { csv: "imports/orders*.csv.gz", delimiter: ";", decimal: "," }
        time: { column: invoice_date, format: "%d/%m/%Y %H:%M", zone: UTC }
        columns: { invoice_no: text, unit_price: decimal }
        entities: { order: invoice_no, customer: customer_id }
        dimensions:
          country: country
          channel: { expression: lower(channel), is: How they came. }
        event: event_name
        quality: [ { unique: [invoice_no, stock_code] }, { fresh_within: 2 days } ]
        complete_through: 2026-07-01
        lateness: 1 day

        """

    static let metrics = """
        metric: revenue
        is: Value of shipped order lines.
        owner: finance
        unit: money
        better: up
        formula: { sum: quantity * unit_price, from: orders, where: customer_id is not null }
        empty: zero
        ---
        metric: orders
        is: Orders that were placed.
        owner: finance
        unit: count
        better: up
        formula: { distinct: order, from: orders, events: [placed] }
        ---
        metric: average_order_value
        is: What an order is worth.
        owner: finance
        unit: money
        better: up
        formula: { ratio: { of: revenue, to: orders } }
        ---
        metric: growth
        is: Growth of revenue.
        owner: finance
        unit: ratio
        formula: { derived: "revenue / previous(revenue) - 1" }
        ---
        metric: cancellations
        is: Orders that were cancelled, of all orders.
        owner: finance
        unit: share
        better: down
        formula:
          ratio:
            of: { count: rows, from: orders, where: quantity < 0 }
            to: { count: rows, from: orders }

        """

    static let steering = """
        kpi: revenue-per-order
        metric: average_order_value
        objective: bigger-baskets
        owner: finance
        team: shop
        target: { from: { date: 2026-01-01, value: 45 }, by: { date: 2026-12-31, value: 60 EUR }, floor: 44, stretch: 1.2k }
        benchmark: { value: 55, source: peer survey 2025, seen: 2026-02-01 }
        review: monthly
        guardrail: cancellations
        status: active
        ---
        objective: bigger-baskets
        title: Customers find more of what they need
        is: A basket that holds more is worth more for both.
        owner: finance
        starts: 2026-01-01
        by: 2026-12-31
        achievable: The pilot in one shop reached 62.
        relevant: Serves the yearly goal of profitable growth.
        ---
        dimension: country
        is: Country of the customer.

        """

    static func files(
        settings: String = settings, orders: String = orders, metrics: String = metrics,
        steering: String = steering, more: String = ""
    ) -> [DefinitionFile] {
        [
            DefinitionFile(path: "yardstick.yaml", text: settings),
            DefinitionFile(path: "definitions/orders.yaml", text: orders),
            DefinitionFile(path: "definitions/metrics.yaml", text: metrics),
            DefinitionFile(path: "definitions/steering.yaml", text: steering),
            DefinitionFile(path: "definitions/more.yaml", text: more),
        ]
    }
}

/// The findings as the command line prints them.
func printed(_ findings: [Finding]) -> String {
    findings.map { "\($0.severity.rawValue): \($0.failure)\n" }.joined(separator: "\n")
}
