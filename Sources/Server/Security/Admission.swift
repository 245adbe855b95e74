import Features
import HTTPTypes
import Hummingbird
import Vocabulary

/// Who may call an endpoint.
enum Access: String, CaseIterable, Sendable {
    /// Anybody who reaches the server.
    case everyone
    /// Programs on the same machine, and who is signed in.
    case machine
    /// Who is signed in, with at least this role.
    case viewer, editor, admin

    /// The least role; nil where none is needed.
    var role: Role? { Role(rawValue: rawValue) }
}

/// Who sent a request.
struct Caller: Sendable {
    /// The account that is signed in; nil for nobody.
    let account: Account?
    /// The secret of the session; nil for nobody.
    let token: SecretToken?
    /// The network address, for the audit log and the throttle.
    let address: String
}

/// Decides, for every request in one place, whether the caller may do what is asked.
struct Admission: Sendable {
    let accounts: Accounts
    let cookie: SessionCookie
    let trustsProxy: Bool

    /// Lets a request pass.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - endpoint: What it asks for.
    ///   - peer: The address at the other end of the connection.
    /// - Returns: Who sent it.
    /// - Throws: `server/signed-out`, `server/forbidden`, `server/cross-site`.
    func admit(
        _ request: Request, to endpoint: Endpoint, from peer: String
    ) async throws(Failure) -> Caller {
        let token = cookie.token(in: request.headers)
        var account: Account?
        if let token { account = try await accounts.account(of: token) }
        let caller = Caller(
            account: account, token: account == nil ? nil : token,
            address: Admission.address(
                of: request.head, peer: peer, trustsProxy: trustsProxy))
        try checkRole(caller, request, endpoint)
        if endpoint.changesState { try checkOrigin(request, caller) }
        return caller
    }

    private func checkRole(
        _ caller: Caller, _ request: Request, _ endpoint: Endpoint
    ) throws(Failure) {
        switch endpoint.access {
        case .everyone: return
        case .machine:
            let isDirect = request.headers[.forwardedFor] == nil
            guard caller.account != nil || (isDirect && HostName.isLoopback(caller.address)) else {
                throw Failure.signedOut
            }
        case .viewer, .editor, .admin:
            guard let account = caller.account else { throw Failure.signedOut }
            guard let role = endpoint.access.role, account.role >= role else {
                throw Failure(
                    .forbidden, "Your role is \(account.role), which may not do this.",
                    hint: "Ask an administrator for the role \(endpoint.access).")
            }
        }
    }

    /// A change must come from a page of this server: browsers say so in headers that no script
    /// can set, and who is signed in also proves it with the session's forgery guard.
    private func checkOrigin(_ request: Request, _ caller: Caller) throws(Failure) {
        let site = request.headers[.fetchSite]
        let origin = request.headers[.origin]
        let isForeign =
            (site.map { $0 != "same-origin" && $0 != "none" } ?? false)
            || (origin.map { !isOwn($0, host: request.head.authority) } ?? false)
        let needsProof = caller.account != nil
        let isProven = caller.token?.isGuarded(by: request.headers[.forgeryGuard]) ?? false
        guard !isForeign, isProven || !needsProof else {
            throw Failure(
                .crossSite, "The request does not come from a page of this server.",
                hint: "Send the csrf value of /api/v1/session in the header X-CSRF-Token.")
        }
    }

    private func isOwn(_ origin: String, host: String?) -> Bool {
        guard let host, let mark = origin.firstRange(of: "://") else { return false }
        return origin[mark.upperBound...].lowercased() == host.lowercased()
    }

    /// The internet address of who sent a request; that which a trusted proxy names.
    static func address(of head: HTTPRequest, peer: String, trustsProxy: Bool) -> String {
        guard trustsProxy, let forwarded = head.headerFields[values: .forwardedFor].last,
            let last = forwarded.split(separator: ",").last
        else { return peer }
        return String(last.drop(while: \.isWhitespace).prefix(64))
    }
}

extension Failure {
    static let signedOut = Failure(
        .signedOut, "You are not signed in.", hint: "Sign in, then try again.")
}

extension Failure.Code {
    /// Nobody is signed in, or the session has ended.
    public static let signedOut: Self = "server/signed-out"
    /// The account's role may not do this.
    public static let forbidden: Self = "server/forbidden"
    /// A change was asked for from another site, or without the forgery guard.
    public static let crossSite: Self = "server/cross-site"
}
