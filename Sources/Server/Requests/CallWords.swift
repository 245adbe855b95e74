import Features
import Vocabulary

/// The texts of a question, as they stand in the address.
extension Call {
    var questionWords: QuestionWords {
        QuestionWords(
            metrics: texts("metric"), by: texts("by"), over: text("over"), grain: text("grain"),
            filters: texts("where"), compare: text("compare"), limit: integer("limit"),
            zone: text("zone"))
    }

    var trendWords: TrendWords {
        TrendWords(kpi: text("kpi"), metric: text("metric"), question: questionWords)
    }

    var explainWords: ExplainWords {
        let name = text("receipt") ?? text("kpi") ?? text("metric") ?? ""
        return ExplainWords(name: name, question: questionWords)
    }
}
