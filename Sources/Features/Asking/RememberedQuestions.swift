import Definitions
import Foundation
import Planning
import Vocabulary

/// Questions by the names of their receipts, so that a receipt can be explained later.
///
/// Each is a small file in the data folder; the oldest go when there are too many.
extension WorkspaceSession {
    private static let receiptsMax = 500

    func remember(_ answer: Answer) {
        var isNew = false
        for (metric, receipt) in zip(answer.metrics, answer.receipts) {
            var question = answer.question
            question.metrics = [metric.id]
            let file = place.receipts.appending(path: receipt.id + ".json")
            guard !FileManager.default.fileExists(atPath: file.path) else { continue }
            try? Data(question.words.json.bytes).write(to: file, options: .atomic)
            isNew = true
        }
        if isNew { forgetOldReceipts() }
    }

    /// The question of a receipt; nil if it is not remembered.
    func remembered(_ receipt: String) -> QuestionWords? {
        guard receipt.count == 12, receipt.allSatisfy(\.isHexDigit),
            let data = try? Data(
                contentsOf: place.receipts.appending(path: receipt.lowercased() + ".json")),
            let stored = try? JSONDecoder().decode(StoredQuestion.self, from: data)
        else { return nil }
        return QuestionWords(
            metrics: stored.metrics, by: stored.by, over: stored.over, grain: stored.grain,
            filters: stored.filters, compare: stored.compare, limit: stored.limit,
            zone: stored.zone)
    }

    private struct StoredQuestion: Decodable {
        let metrics: [String]
        let by: [String]
        let over: String
        let grain: String?
        let filters: [String]
        let compare: String?
        let limit: Int
        let zone: String
    }

    private func forgetOldReceipts() {
        let manager = FileManager.default
        guard let names = try? manager.contentsOfDirectory(atPath: place.receipts.path),
            names.count > WorkspaceSession.receiptsMax
        else { return }
        let files = names.map { place.receipts.appending(path: $0) }
        let dated = files.map { file -> (URL, Date) in
            let attributes = try? manager.attributesOfItem(atPath: file.path)
            return (file, attributes?[.modificationDate] as? Date ?? .distantPast)
        }
        for (file, _) in dated.sorted(by: { $0.1 < $1.1 }).prefix(WorkspaceSession.receiptsMax / 2)
        {
            try? manager.removeItem(at: file)
        }
    }
}

extension Question {
    /// The texts that ask this question again, with its range written out.
    var words: QuestionWords {
        QuestionWords(
            metrics: metrics, by: dimensions, over: range.description, grain: grain?.rawValue,
            filters: filters.map(\.description), compare: comparison?.rawValue, limit: limit,
            zone: calendar.zone.name)
    }
}

extension QuestionWords {
    /// The texts as JSON.
    var json: JSON {
        [
            "metrics": .list(metrics.map(JSON.text)), "by": .list(by.map(JSON.text)),
            "over": .optional(over), "grain": .optional(grain),
            "filters": .list(filters.map(JSON.text)), "compare": .optional(compare),
            "limit": .optional(limit), "zone": .optional(zone),
        ]
    }
}
