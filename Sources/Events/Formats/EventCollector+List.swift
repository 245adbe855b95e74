extension EventCollector {
    /// Reads a list of events; each is judged by itself, and one that is no object is refused alone.
    ///
    /// - Parameters:
    ///   - scanner: Where the list begins.
    ///   - read: Reads one event, an object, into a draft.
    /// - Throws: What is no JSON, or more events than are taken.
    @inline(__always)
    mutating func readList(
        _ scanner: inout JSONScanner,
        _ read: (inout JSONScanner, inout EventCollector, inout EventDraft) throws(JSONFault) ->
            Void
    ) throws(JSONFault) {
        let findings = scanner.findings
        try scanner.beginList()
        scanner.depthOfEvent = scanner.depth
        var isFirst = true
        while try scanner.nextElement(isFirst: isFirst) {
            isFirst = false
            guard !isFull else { throw scanner.fault(.tooMany) }
            let isObject = scanner.peek() == UInt8(ascii: "{")
            let start = scanner.position
            scanner.findings = []
            var draft = EventDraft()
            if isObject {
                try read(&scanner, &self, &draft)
            } else {
                draft.refusal = Refusal(.eventsBadField, "The event is no object.")
                try scanner.skip()
            }
            add(&draft, findings: scanner.findings, bytes: scanner.read(since: start))
        }
        scanner.depthOfEvent = 0
        scanner.findings = findings
    }
}
