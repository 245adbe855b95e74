import Features
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// A request that was let in, as a handler sees it.
struct Call: Sendable {
    let endpoint: Endpoint
    let request: Request
    let caller: Caller
    let parts: ServerParts
    private let values: [String: [String]]

    /// Checks the parameters of a request against what the endpoint takes.
    ///
    /// - Throws: `server/bad-parameter`.
    init(
        _ endpoint: Endpoint, _ request: Request, _ address: RequestAddress, caller: Caller,
        parts: ServerParts
    ) throws(Failure) {
        self.endpoint = endpoint
        self.request = request
        self.caller = caller
        self.parts = parts
        var values: [String: [String]] = [:]
        for (pattern, segment) in zip(endpoint.segments, address.segments)
        where pattern.hasPrefix("{") {
            values[String(pattern.dropFirst().dropLast())] = [segment]
        }
        let known = endpoint.parameters.filter { $0.location == .query }.map(\.name)
        for (name, value) in endpoint.ignoresQuery ? [] : address.query {
            guard known.contains(name) else { throw Call.unknown(name, known) }
            // An empty value is what a form sends for a field that was left alone.
            if !value.isEmpty { values[name, default: []].append(value) }
        }
        for parameter in endpoint.parameters {
            let given = values[parameter.name] ?? []
            guard parameter.repeats || given.count <= 1 else {
                throw Call.bad(parameter, "is given twice", "Give it once.")
            }
            guard given.count <= 50 else {
                throw Call.bad(parameter, "is given too often", "Give it at most 50 times.")
            }
            guard !given.isEmpty || !parameter.isRequired else {
                throw Call.bad(parameter, "is missing", parameter.summary + ".")
            }
            for value in given { try parameter.check(value) }
        }
        self.values = values
    }

    /// A parameter's value; nil where it was not given.
    func text(_ name: String) -> String? { values[name]?.first }

    /// All values of a parameter.
    func texts(_ name: String) -> [String] { values[name] ?? [] }

    /// A whole number's value; nil where it was not given.
    func integer(_ name: String) -> Int? { values[name]?.first.flatMap(Int.init) }

    /// The account that calls.
    ///
    /// - Throws: `server/signed-out` where the endpoint lets anybody in and nobody is signed in.
    var account: Account {
        get throws(Failure) {
            guard let account = caller.account else { throw Failure.signedOut }
            return account
        }
    }

    /// The request's body as a JSON object whose members are texts.
    ///
    /// - Parameters:
    ///   - names: The members that must be there.
    ///   - optional: The members that may be there.
    /// - Returns: The members that are there; null ones are not.
    /// - Throws: `server/wrong-type`, `server/too-large`, `server/bad-json`, `server/bad-body`.
    func texts(
        required names: [String], optional: [String] = []
    ) async throws(Failure) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in try await members() {
            guard (names + optional).contains(name) else {
                throw Call.bad(member: name, "is not known", near: names + optional)
            }
            if value == .null, optional.contains(name) { continue }
            guard case .text(let text) = value else {
                throw Call.bad(member: name, "must be a text", near: [])
            }
            texts[name] = text
        }
        for name in names where texts[name] == nil {
            throw Call.bad(member: name, "is missing", near: [])
        }
        return texts
    }

    /// The whole numbers that a list in the request's body holds; empty where it has no list.
    ///
    /// - Throws: `server/wrong-type`, `server/too-large`, `server/bad-json`, `server/bad-body`.
    func numbers(_ name: String) async throws(Failure) -> [Int] {
        var numbers: [Int] = []
        for (member, value) in try await members() {
            guard member == name else {
                throw Call.bad(member: member, "is not known", near: [name])
            }
            if value == .null { continue }
            guard case .list(let list) = value else {
                throw Call.bad(member: name, "must be a list of whole numbers", near: [])
            }
            for element in list {
                guard case .integer(let number) = element else {
                    throw Call.bad(member: name, "must be a list of whole numbers", near: [])
                }
                numbers.append(number)
            }
        }
        return numbers
    }

    /// The members of the JSON object that the request's body is.
    private func members() async throws(Failure) -> [(name: String, value: JSON)] {
        let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
        guard type == "application/json" else {
            throw Failure(
                .wrongType, "The body of the request must be JSON.",
                hint: "Set the header Content-Type to application/json.")
        }
        guard case .object(let members) = try RequestJSON.read(try await body()) else {
            throw Failure(.badJSON, "The body of the request is no JSON object.")
        }
        return members
    }

    /// The request's body, up to the limit of the settings.
    func body() async throws(Failure) -> [UInt8] {
        let limit = parts.settings.bodyBytesMax
        var bytes: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= limit else {
                    throw Failure.tooLarge(limit)
                }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch {
            throw (error as? Failure) ?? Failure.cutOff
        }
        return bytes
    }

    private static func unknown(_ name: String, _ known: [String]) -> Failure {
        let near = nearestName(to: name, among: known).map { "Did you mean '\($0)'? " } ?? ""
        let all = known.isEmpty ? "It takes none." : "It takes: \(known.joined(separator: ", "))."
        return Failure(
            .badParameter, "There is no parameter '\(name.prefix(40))'.", hint: near + all)
    }

    private static func bad(_ parameter: Parameter, _ what: String, _ hint: String) -> Failure {
        Failure(.badParameter, "The parameter '\(parameter.name)' \(what).", hint: hint)
    }

    private static func bad(member: String, _ what: String, near: [String]) -> Failure {
        let hint = near.isEmpty ? nil : "The body has: \(near.joined(separator: ", "))."
        return Failure(.badBody, "The member '\(member.prefix(40))' \(what).", hint: hint)
    }
}

extension Failure {
    static func tooLarge(_ limitBytes: Int) -> Failure {
        Failure(
            .tooLarge, "The body of the request is larger than \(limitBytes) bytes.",
            hint: "Send less at a time.")
    }

    static let cutOff = Failure(
        .badBody, "The request ended before its body did.", hint: "Send it again.")
}

extension Failure.Code {
    /// The body of a request is not of the type that is expected.
    public static let wrongType: Self = "server/wrong-type"
    /// The body of a request is larger than the limit.
    public static let tooLarge: Self = "server/too-large"
    /// The body of a request lacks a member, has an unknown one, or ended early.
    public static let badBody: Self = "server/bad-body"
}
