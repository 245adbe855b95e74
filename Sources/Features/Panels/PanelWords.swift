import Definitions
import Planning
import Vocabulary

/// The texts of a request for panels: a KPI or a metric, and how it is cut.
public struct PanelWords: Hashable, Sendable {
    /// The KPI; nil where a metric is named.
    public var kpi: String?
    /// The metric; nil where a KPI is named.
    public var metric: String?
    /// Range, grain, dimension and filters.
    public var question: QuestionWords

    /// Whether what people wrote may be shown.
    public var showsTexts = true

    /// Makes the texts of a request.
    public init(
        kpi: String? = nil, metric: String? = nil,
        question: QuestionWords = QuestionWords(metrics: [])
    ) {
        self.kpi = kpi
        self.metric = metric
        self.question = question
    }
}

extension WorkspaceSession {
    /// What a page shows of a KPI or metric beside its course: a panel for each kind of thing that
    /// its formula is made of.
    ///
    /// A panel that cannot be made is of the kind `refused` and says why in its notes; the others are
    /// made all the same.
    ///
    /// - Returns: `{"panels": […]}`.
    /// - Throws: `question/…` where the request itself is wrong.
    public func panels(_ words: PanelWords) async throws(Failure) -> JSON {
        let desk = try desk(words)
        var panels: [JSON] = []
        for panel in desk.panels {
            do throws(Failure) {
                if let json = try await panel.json() { panels.append(json) }
            } catch {
                // Rows without a time have no periods to draw, which the trend says already.
                if error.code == .noTimeColumn { continue }
                panels.append(
                    desk.panel(
                        "refused", title: panel.title, [("panel", .text(panel.kind))],
                        notes: [error.noteJSON]))
            }
        }
        return ["panels": .list(panels)]
    }

    private func desk(_ words: PanelWords) throws(Failure) -> PanelDesk {
        let kpi = try words.kpi.map { id throws(Failure) in try self.kpi(named: id) }
        let id = kpi?.metric ?? words.metric ?? ""
        guard let metric = catalog.metrics[id] else {
            throw Failure(
                .unknownKPI, "There is no KPI and no metric named '\(id)'.",
                hint: nearestName(to: id, among: catalog.metrics.keys)
                    .map { "did you mean '\($0)'?" })
        }
        return PanelDesk(
            self, metric: metric, kpi: kpi, words: words.question, showsTexts: words.showsTexts)
    }
}

/// What a page shows of a metric, one kind of thing at a time.
protocol Panel {
    /// The panel's kind, as pages know it.
    var kind: String { get }
    /// Its title.
    var title: String { get }
    /// The panel; nil where there is nothing to show.
    func json() async throws(Failure) -> JSON?
}

extension Failure {
    /// The failure as a note of a panel.
    var noteJSON: JSON {
        ["code": .text(code.rawValue), "message": .text(message)]
    }
}
