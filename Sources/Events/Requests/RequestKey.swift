/// Where a request's write key stands.
enum RequestKey {
    /// The write key of a request: a name in `Basic`, in the body, the address, or `Bearer`.
    static func key(of request: EventRequest, inBody key: String?) -> String? {
        basic(request.headers.authorization) ?? key ?? parameter(request)
            ?? bearer(request.headers.authorization)
    }

    /// The user's name of `Authorization: Basic`.
    static func basic(_ authorization: String?) -> String? {
        guard let text = credentials(authorization, scheme: "basic"),
            let bytes = FormText.base64(text.utf8)
        else { return nil }
        let name = String(decoding: bytes.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
        return name.isEmpty ? nil : name
    }

    /// The token of `Authorization: Bearer`.
    static func bearer(_ authorization: String?) -> String? {
        credentials(authorization, scheme: "bearer")
    }

    /// A parameter of the address.
    static func parameter(_ request: EventRequest) -> String? {
        for name in ["key", "token", "writeKey", "api_key"] {
            if let value = request.parameter(name), !value.isEmpty { return value }
        }
        return nil
    }

    private static func credentials(_ authorization: String?, scheme: String) -> String? {
        guard let authorization, let space = authorization.firstIndex(of: " "),
            authorization[..<space].lowercased() == scheme
        else { return nil }
        let rest = authorization[space...].drop { $0 == " " }
        return rest.isEmpty ? nil : String(rest)
    }
}
