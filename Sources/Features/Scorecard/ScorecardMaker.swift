import Definitions
import Planning
import Vocabulary

/// Makes the scorecard: one question for all KPIs that are reviewed at the same pace.
extension WorkspaceSession {
    /// How all active KPIs stand.
    public func scorecard() async throws(Failure) -> Scorecard {
        let snapshot = snapshot
        let active = snapshot.catalog.kpis.values.filter { $0.status == .active }
            .sorted { $0.id < $1.id }
        var statuses: [String: KPIStatus] = [:]
        for review in KPI.Review.allCases {
            let kpis = active.filter { $0.review == review }
            for status in await self.statuses(of: kpis, grain: review.grain, snapshot) {
                statuses[status.kpi.id] = status
            }
        }
        let served = Set(active.compactMap(\.objective))
        return Scorecard(
            asOf: clock.now,
            objectives: snapshot.catalog.objectives.values.filter { served.contains($0.id) }
                .sorted {
                    ($0.by ?? Day(number: .max), $0.id) < ($1.by ?? Day(number: .max), $1.id)
                },
            kpis: active.compactMap { statuses[$0.id] })
    }

    /// How one KPI stands.
    ///
    /// - Throws: `question/unknown-kpi` with the nearest name.
    public func status(of id: String) async throws(Failure) -> KPIStatus {
        let snapshot = snapshot
        let kpi = try kpi(named: id)
        let statuses = await statuses(of: [kpi], grain: kpi.review.grain, snapshot)
        guard let status = statuses.first else {
            throw Failure(.unknownKPI, "The KPI '\(id)' has no metric.", place: kpi.origin.place)
        }
        return status
    }

    /// A KPI by its name.
    ///
    /// - Throws: `question/unknown-kpi` with the nearest name.
    func kpi(named id: String) throws(Failure) -> KPI {
        if let kpi = catalog.kpis[id] { return kpi }
        throw Failure(
            .unknownKPI, "There is no KPI named '\(id)'.",
            hint: nearestName(to: id, among: catalog.kpis.keys).map { "did you mean '\($0)'?" })
    }

    private func statuses(
        of kpis: [KPI], grain: Grain, _ snapshot: Snapshot
    ) async -> [KPIStatus] {
        guard !kpis.isEmpty else { return [] }
        let metrics = kpis.map(\.metric).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let question = question(about: metrics, grain: grain, snapshot)
        var answers: [String: Result<Answer, Failure>] = [:]
        if let answer = try? await answer(question) {
            for metric in metrics { answers[metric] = .success(answer) }
        } else {
            for metric in metrics {
                answers[metric] = await result(
                    self.question(about: [metric], grain: grain, snapshot))
            }
        }
        return kpis.compactMap { kpi in
            guard let metric = snapshot.catalog.metrics[kpi.metric],
                let answer = answers[kpi.metric]
            else { return nil }
            return status(of: kpi, metric: metric, answer: answer, snapshot)
        }
    }

    private func result(_ question: Question) async -> Result<Answer, Failure> {
        do throws(Failure) { return .success(try await answer(question)) } catch {
            return .failure(error)
        }
    }

    /// How many periods a sparkline shows.
    static func sparklineLength(_ grain: Grain) -> Int {
        switch grain {
        case .hour, .day, .week: 52
        case .month: 24
        case .quarter: 12
        case .year: 6
        }
    }

    private func question(about metrics: [String], grain: Grain, _ snapshot: Snapshot) -> Question {
        let calendar = snapshot.calendar
        let current = calendar.range(of: grain, containing: today)
        let count = WorkspaceSession.sparklineLength(grain)
        let start = calendar.start(of: grain, steps: -count, from: current.start)
        return Question(
            metrics: metrics, range: TimeRange(start: start, end: current.end), grain: grain,
            comparison: .previous, calendar: calendar)
    }

    private func status(
        of kpi: KPI, metric: Metric, answer: Result<Answer, Failure>, _ snapshot: Snapshot
    ) -> KPIStatus {
        let completeness = Completeness(
            catalog: snapshot.catalog, facts: snapshot.facts, calendar: snapshot.calendar)
        let sources = snapshot.catalog.sources(of: metric.id)
        let watermark = sources.map { completeness.watermark(of: $0) }
        let freshness = Freshness(
            watermark: watermark.contains(nil) ? nil : watermark.compactMap { $0 }.min(),
            now: clock.now, limitDays: staleDays(kpi, sources: sources, snapshot))
        var unit = metric.unit
        if case .money(nil) = unit { unit = .money(currency: snapshot.catalog.settings.currency) }

        var rows: [(Period, AnswerCell)] = []
        var receipt: String?
        var failure: Failure?
        switch answer {
        case .success(let answer):
            let index = answer.metrics.firstIndex { $0.id == metric.id } ?? 0
            rows = answer.rows.map { ($0.period, $0.cells[index]) }
            receipt = answer.receipts[index].id
        case .failure(let reason): failure = reason
        }
        let last = rows.last { $0.1.isComplete }
        let judgement = CourseJudgement(
            value: last?.1.quantity.value, interval: last?.1.interval, target: kpi.target,
            day: last?.0.range.end.adding(days: -1) ?? today, better: metric.better, unit: unit)
        return KPIStatus(
            kpi: kpi, metric: metric, unit: unit, period: last?.0, cell: last?.1,
            judgement: judgement, freshness: freshness,
            sparkline: rows.map {
                KPIStatus.Spark(
                    period: $0.0.key, value: $0.1.quantity.value, isComplete: $0.1.isComplete)
            }, receipt: receipt, failure: failure)
    }

    /// After how many days a KPI's data is stale: its sources' own rule, or a period and two days.
    private func staleDays(_ kpi: KPI, sources: [String], _ snapshot: Snapshot) -> Int {
        let rules = sources.compactMap { snapshot.catalog.sources[$0] }.flatMap(\.quality)
        let days = rules.compactMap { rule -> Int? in
            if case .freshWithin(let span) = rule { span.days + span.months * 31 } else { nil }
        }
        if let days = days.min() { return days }
        switch kpi.review {
        case .weekly: return 9
        case .monthly: return 33
        case .quarterly: return 94
        }
    }
}

extension Failure.Code {
    /// A KPI is not defined.
    public static let unknownKPI: Self = "question/unknown-kpi"
}
