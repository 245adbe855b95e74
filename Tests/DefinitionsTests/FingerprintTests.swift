import Definitions
import Testing

@Suite("Fingerprints of metrics")
struct FingerprintTests {
    private func fingerprint(
        of metric: String, _ change: (String, String) = ("", ""),
        in part: KeyPath<Texts, String> = \.metrics
    ) -> String {
        var texts = Texts()
        let changed =
            change.0.isEmpty
            ? texts[keyPath: part]
            : texts[keyPath: part].replacing(change.0, with: change.1)
        if part == \Texts.metrics { texts.metrics = changed } else { texts.orders = changed }
        let files = SampleWorkspace.files(orders: texts.orders, metrics: texts.metrics)
        return Fingerprint(CatalogLoader.load(files).catalog).fingerprint(of: metric)
    }

    struct Texts {
        var orders = SampleWorkspace.orders
        var metrics = SampleWorkspace.metrics
    }

    @Test("are 64 digits, and empty for what there is not")
    func form() {
        #expect(fingerprint(of: "growth").count == 64)
        #expect(fingerprint(of: "nothing").isEmpty)
    }

    @Test(
        "change with the calculation of anything they rest on",
        arguments: [
            ("where: customer_id is not null", "where: customer_id > 0"),
            ("sum: quantity * unit_price", "sum: quantity"), ("empty: zero", "empty: carry"),
        ])
    func changes(from: String, to: String) {
        #expect(
            fingerprint(of: "average_order_value")
                != fingerprint(of: "average_order_value", (from, to)))
    }

    @Test(
        "change with the parts of a source that matter",
        arguments: [
            ("zone: UTC", "zone: Europe/Paris"), ("lower(channel)", "upper(channel)"),
            ("lateness: 1 day", "lateness: 2 days"),
        ])
    func sourceChanges(from: String, to: String) {
        #expect(fingerprint(of: "growth") != fingerprint(of: "growth", (from, to), in: \.orders))
    }

    @Test(
        "stay when only words change",
        arguments: [
            ("is: Value of shipped order lines.", "is: Another sentence."),
            ("owner: finance", "owner: sales"), ("quantity * unit_price", "quantity*unit_price"),
        ])
    func stays(from: String, to: String) {
        #expect(fingerprint(of: "growth") == fingerprint(of: "growth", (from, to)))
    }

    @Test("formulas are readable")
    func formulas() {
        let metrics = CatalogLoader.load(SampleWorkspace.files()).catalog.metrics

        #expect(
            metrics["revenue"]?.formula.description
                == "sum of quantity * unit_price in orders where customer_id is not null")
        #expect(metrics["average_order_value"]?.formula.description == "revenue ÷ orders")
        #expect(
            metrics["orders"]?.formula.description
                == "number of different order in orders for the events placed")
    }

    @Test("the relations between definitions are known")
    func relations() {
        let catalog = CatalogLoader.load(SampleWorkspace.files()).catalog

        #expect(catalog.dependencies(of: "average_order_value") == ["orders", "revenue"])
        #expect(catalog.sources(of: "growth") == ["orders"])
        #expect(catalog.metrics(using: "revenue") == ["average_order_value", "growth"])
        #expect(catalog.kpis(using: "revenue") == ["revenue-per-order"])
        #expect(catalog.dimensions(of: "growth") == ["channel", "country"])
        #expect(catalog.currency(of: "revenue") == "EUR")
    }
}
