/// What keeps a text from being JSON.
struct JSONFault: Error, Equatable {
    /// What is wrong, as the rest of a sentence about a place.
    enum Reason: String {
        case end = "the text ends in the middle"
        case badCharacter = "there is a character that does not belong here"
        case badLiteral = "there is a word that is not true, false or null"
        case badNumber = "there is a number that JSON does not have"
        case endlessNumber = "there is a number that is too large for any computer"
        case badEscape = "there is an escape that JSON does not have"
        case loneSurrogate = "there is half of a character"
        case controlCharacter = "there is a control character in a text"
        case badUTF8 = "there are bytes that are not UTF-8"
        case tooDeep = "lists and objects lie in each other too deep"
        case tooMany = "there are more events than a request may have"
        case notTaken = "beside the events there are names that stand twice or are not taken"
        case trailing = "something follows after the end"
        case notObject = "there is something else where an object belongs"
        case notList = "there is something else where a list belongs"
    }

    /// What is wrong.
    let reason: Reason
    /// Where, in bytes from the beginning.
    let offset: Int
}

/// What is JSON but not taken from a client; an event that has one is refused alone.
struct JSONFindings: OptionSet, Equatable {
    let rawValue: UInt16

    /// A name stands twice in an object.
    static let duplicateName = JSONFindings(rawValue: 1)
    /// Lists and objects lie in each other deeper than the limit.
    static let deep = JSONFindings(rawValue: 2)
    /// An object has more members than the limit.
    static let manyMembers = JSONFindings(rawValue: 4)
    /// A name is longer than the limit.
    static let longName = JSONFindings(rawValue: 8)
    /// A name is empty.
    static let emptyName = JSONFindings(rawValue: 16)
    /// A text holds the character NUL.
    static let nul = JSONFindings(rawValue: 32)
    /// A text is longer than the limit; it is cut, the event stays.
    static let longText = JSONFindings(rawValue: 64)

    /// Those that refuse an event.
    static let refusing: JSONFindings = [
        .duplicateName, .deep, .manyMembers, .longName, .emptyName, .nul,
    ]
}

/// How much of what a JSON text may have.
struct JSONBounds {
    /// How deep lists and objects may lie in each other before an event is refused.
    var depth = 10
    /// How many members an object may have.
    var members = 1_024
    /// How many bytes a name may have.
    var nameBytes = 255
    /// How many bytes a text may have before it is cut.
    var textBytes = 8_192
    /// How deep lists and objects may lie in each other before the whole text is refused.
    static let depthOfText = 128
}
