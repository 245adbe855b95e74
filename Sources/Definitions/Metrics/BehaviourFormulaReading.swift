import Vocabulary

/// Reads the formulas that are a number of a question about behaviour, such as
/// `{ retention: weekly_return, age: 4 }`.
///
/// The question is another definition, so the formula is written out when all files are read.
struct BehaviourFormulaReading {
    let reader: NodeReader
    let implicit: ImplicitSources

    /// The kinds of questions whose numbers are read here.
    static let kinds: [BehaviourKind] = [
        .retention, .adoption, .lifecycle, .activity, .paths, .campaigns, .segment,
    ]

    /// The question's kind, where a formula of a kind's name is a number of one.
    ///
    /// A retention without a definition is a mapping, and a lifecycle without one says `of` what.
    static func kind(_ word: String, of node: YAMLNode) -> BehaviourKind? {
        guard let kind = BehaviourKind(rawValue: word), kinds.contains(kind) else { return nil }
        switch kind {
        case .retention:
            if case .mapping(let entries) = node.content,
                case .mapping? = entries.first(where: { $0.key == word })?.value.content
            {
                return nil
            }
        case .lifecycle:
            let isOfRows = node.has("of") || node.has("from")
            let isStage = node.text(of: word).flatMap(LifecycleStage.init) != nil
            if !node.has("state"), isOfRows || isStage { return nil }
        default: break
        }
        return kind
    }

    func formula(_ word: String, of node: YAMLNode) -> Formula? {
        guard let kind = Self.kind(word, of: node) else { return nil }
        let name = reader.text(kind.rawValue, required: true, example: kind.exampleName)
        let filter = reader.expression("where")
        guard let which = which(kind), let name else { return nil }
        let place = { (key: String) in reader.node(key)?.place ?? reader.place }
        if filter != nil, case .campaigns(let number) = which, number.needsCosts {
            reader.report(
                .badValue, "What campaigns cost cannot be filtered as their visits can.",
                at: reader.entry("where")?.place,
                hint: "remove where, or take a number of visits, such as conversion")
            return nil
        }
        var key = kind.numberKey
        if case .path(_, let side) = which { key = side.rawValue }
        let source = implicit.ask(
            BehaviourNumber(
                kind: kind, name: name, which: which, namePlace: place(kind.rawValue),
                whichPlace: place(key)))
        return FormulaRows(source: source, filter: filter).aggregate(.count(nil))
    }

    private func which(_ kind: BehaviourKind) -> BehaviourNumber.Which? {
        switch kind {
        case .retention:
            return reader.text("age", required: true, example: "4")
                .map(BehaviourNumber.Which.retained)
        case .adoption:
            guard reader.has("number") else { return .adoption(.breadth) }
            return reader.word("number", as: AdoptionNumber.self).map { .adoption($0) }
        case .lifecycle:
            return reader.requiredWord("state", as: LifecycleNumber.self).map { .lifecycle($0) }
        case .paths: return path()
        case .campaigns:
            guard reader.has("number") else { return .campaigns(.conversion) }
            return reader.word("number", as: CampaignNumber.self).map { .campaigns($0) }
        case .segment:
            guard reader.has("number") else { return .segment(.members) }
            return reader.word("number", as: SegmentNumber.self).map { .segment($0) }
        default:
            return reader.requiredWord("kind", as: ActivityNumber.self).map { .activity($0) }
        }
    }

    private func path() -> BehaviourNumber.Which? {
        let (next, before) = (reader.text("to"), reader.text("from"))
        if let next, before == nil { return .path(beside: next, key: .to) }
        if let before, next == nil { return .path(beside: before, key: .from) }
        if next == nil, !reader.has("to"), !reader.has("from") {
            reader.missing("to", example: "order_paid")
        } else if next != nil {
            reader.report(
                .badValue, "A share of paths is of what comes next ('to') or before ('from').",
                at: reader.entry("from")?.place, hint: "remove one of them")
        }
        return nil
    }

    /// What such a formula is called.
    static func written(_ kind: BehaviourKind, _ node: YAMLNode) -> WrittenKind {
        let number = node.text(of: kind.numberKey)
        let words =
            switch kind {
            case .retention: "age \(number ?? "")"
            case .adoption: number ?? AdoptionNumber.breadth.rawValue
            case .campaigns: number ?? CampaignNumber.conversion.rawValue
            case .segment: number ?? SegmentNumber.members.rawValue
            case .paths:
                number.map { "to \($0)" } ?? "from \(node.text(of: PathKey.from.rawValue) ?? "")"
            default: number ?? ""
            }
        return WrittenKind(
            kind: kind.rawValue, variant: "\(node.text(of: kind.rawValue) ?? "") \(words)",
            source: nil)
    }
}

extension BehaviourKind {
    /// The key that says which number of a question is meant.
    fileprivate var numberKey: String {
        switch self {
        case .retention: "age"
        case .lifecycle: "state"
        case .activity: "kind"
        case .paths: PathKey.to.rawValue
        default: "number"
        }
    }

    /// A name that a definition of the kind could have.
    fileprivate var exampleName: String {
        switch self {
        case .retention: "weekly_return"
        case .adoption: "report_sharing"
        case .lifecycle: "people_by_week"
        case .paths: "after_sign_up"
        case .campaigns: "marketing"
        case .segment: "power_users"
        default: "product_use"
        }
    }
}

extension YAMLNode {
    /// Whether it is a mapping with a key.
    fileprivate func has(_ key: String) -> Bool {
        guard case .mapping(let entries) = content else { return false }
        return entries.contains { $0.key == key }
    }
}
