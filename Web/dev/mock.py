"""Serves the bundled web app with made-up answers of the API, for work on pages without the program.

Usage: python3 Web/dev/mock.py [--port 8765]

Prints the address and a one-time set-up link, as `yardstick serve` does. Any password of 12
characters is accepted. Numbers are made by a seeded generator, so that pictures stay the same.
"""

import argparse
import datetime
import http.server
import json
import pathlib
import secrets
import threading
import time
import urllib.parse

import mock_behaviour as behaviour
import mock_data as data
import mock_intake
import mock_panels as panels

DIST = pathlib.Path(__file__).resolve().parents[2] / "Sources/CWebAssets/dist"
KINDS = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
       "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")


SHOP = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>
<script src="/shop-queue.js"></script><script async src="/y.js" data-key="yw_test"></script></head>
<body><h1>Shop</h1><p>PATH</p><a id="out" href="https://elsewhere.example.com/page">Elsewhere</a> <a id="in" href="/shop/cart.html">Cart</a></body></html>"""


class Refused(Exception):
    def __init__(self, status, code, message, hint=None, **more):
        super().__init__(message)
        self.status, self.body = status, {"code": code, "message": message, "hint": hint, **more}


class State:
    """What the requests share: the account, the jobs, who listens to events, what was added."""

    def __init__(self):
        self.lock = threading.Lock()
        self.token, self.account, self.sessions = secrets.token_urlsafe(18), None, {}
        self.jobs, self.added, self.listeners, self.imports = {}, [], [], {}
        self.intake = mock_intake.Intake()

    def tell(self, event, body):
        with self.lock:
            for queue in self.listeners:
                queue.append((event, body))

    def new_session(self):
        cookie, csrf = secrets.token_urlsafe(18), secrets.token_urlsafe(18)
        self.sessions[cookie] = csrf
        return cookie, {"account": {key: self.account[key] for key in ("email", "name", "role")},
                        "csrf": csrf, "workspace": data.WORKSPACE}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: State

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.handle_request("GET")

    def do_POST(self):
        self.handle_request("POST")

    def do_DELETE(self):
        self.handle_request("DELETE")

    def handle_request(self, method):
        address = urllib.parse.urlsplit(self.path)
        query = {k: v for k, v in urllib.parse.parse_qsl(address.query)}
        try:
            if address.path in ("/api/v1/events", "/y.js", "/shop.html", "/shop/cart.html") and (method != "GET" or address.path != "/api/v1/events"):
                return self.door(method, address.path)
            if not address.path.startswith("/api/v1/"):
                return self.asset(address.path)
            parts = [urllib.parse.unquote(p) for p in address.path[len("/api/v1/"):].split("/")]
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            self.answer(method, parts, query, body)
        except Refused as refused:
            self.reply(refused.status, refused.body)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def asset(self, path):
        name = path.removeprefix("/assets/") if path.startswith("/assets/") else "index.html"
        file = DIST / name
        if "/" in name or not file.is_file():
            return self.reply(404, {"code": "server/not-found", "message": "There is no such file.", "hint": None})
        self.reply(200, file.read_bytes(), KINDS[file.suffix])

    def reply(self, status, body, kind="application/json", cookie=None):
        text = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        if cookie is not None:
            self.send_header("Set-Cookie", f"session={cookie}; Path=/; HttpOnly; SameSite=Lax")
        self.end_headers()
        self.wfile.write(text)

    def csrf(self):
        for part in (self.headers.get("Cookie") or "").split(";"):
            name, _, value = part.strip().partition("=")
            if name == "session":
                return value, self.state.sessions.get(value)
        return None, None

    def answer(self, method, parts, query, body):
        state = self.state
        form = json.loads(body) if body[:1] == b"{" and parts[0] != "sources" else {}
        cookie, csrf = self.csrf()
        if (method, parts) == ("POST", ["setup"]):
            if state.account or form.get("token") != state.token:
                raise Refused(403, "accounts/link-used", "This set-up link was used or has expired.",
                              "Start the program again; it prints a new link while nobody has an account.")
            state.account = {**form, "role": "administrator"}
            made, session = state.new_session()
            return self.reply(200, session, cookie=made)
        if (method, parts) == ("POST", ["session"]):
            known = state.account or {}
            if (form.get("email"), form.get("password")) != (known.get("email"), known.get("password")):
                raise Refused(401, "accounts/wrong-password", "The e-mail address and the password do not belong together.",
                              "Check both; an administrator can set a new password with `yardstick account`.")
            made, session = state.new_session()
            return self.reply(200, session, cookie=made)
        if (method, parts) == ("GET", ["door"]):
            return self.reply(200, {"signedIn": csrf is not None, "setUp": state.account is not None})
        if csrf is None:
            raise Refused(401, "server/signed-out", "You are signed out.", "Sign in again.", setup=state.account is None)
        if method != "GET" and self.headers.get("X-CSRF-Token") != csrf:
            raise Refused(403, "server/csrf", "The request did not come from a page of this program.", "Load the page again.")
        if (method, parts) == ("DELETE", ["session"]):
            state.sessions.pop(cookie, None)
            return self.reply(204, None)
        if parts == ["events"]:
            return self.events()
        if parts == ["live"]:
            return self.live(query)
        self.reply(*self.found(method, parts, query, form, body))

    def found(self, method, parts, query, form, body):
        state = self.state
        match method, parts:
            case "GET", ["session"]:
                return 200, {"account": {k: state.account[k] for k in ("email", "name", "role")},
                             "csrf": self.csrf()[1], "workspace": data.WORKSPACE}
            case "GET", ["scorecard"]:
                return 200, data.scorecard()
            case "GET", ["kpis", id] if id in data.KPIS:
                return 200, data.kpi_detail(id)
            case "GET", ["metrics", id] if data.metric(id, state.added):
                return 200, {**data.metric(id, state.added), "yaml": data.metric_yaml(id)}
            case "GET", ["trend"]:
                return 200, data.trend(query)
            case "GET", ["ask"]:
                return 200, data.ask(query)
            case "GET", ["explain"]:
                return 200, data.explain(query)
            case "GET", ["panels"]:
                return 200, panels.panels(query)
            case "GET", ["rows"]:
                return 200, panels.rows(query)
            case "GET", ["library", "proposal"]:
                return 200, panels.proposal(query)
            case "GET", ["catalogue"]:
                return 200, {**data.catalogue(state.added), "behaviours": behaviour.behaviours()}
            case "GET", ["taken"]:
                return 200, {"taken": state.intake.taken, "saved": state.intake.saved}
            case "POST", ["quiet", word]:
                state.intake.quiet = word == "on"
                return 204, None
            case "POST", ["first", word]:
                state.intake.has_first = word == "on"
                state.tell("data", {"source": behaviour.SILENT, "version": 1})
                return 204, None
            case "GET", [kind] if kind in behaviour.ANSWERS:
                return self.behaviour(kind, query)
            case "GET", ["funnel" | "retention" | "segment", "people"]:
                return 200, behaviour.people(query)
            case "GET", ["people"]:
                return 200, behaviour.found_people(query)
            case "GET", ["person"]:
                return 200, behaviour.person(query)
            case "GET", ["sources", behaviour.SILENT, "events"]:
                return 200, {**behaviour.inventory(), "source": behaviour.SILENT} if state.intake.has_first else behaviour.silent_inventory()
            case "GET", ["sources", behaviour.SILENT, "intake"]:
                return 200, {**state.intake.intake(), "source": behaviour.SILENT} if state.intake.has_first else mock_intake.Intake.silence(behaviour.SILENT)
            case "GET", ["sources", behaviour.SILENT, "quarantine"]:
                return 200, {"rows": [], "total": 0, "codes": []}
            case "GET", ["sources", behaviour.SOURCE, "events"]:
                return 200, behaviour.inventory()
            case "GET", ["sources", _, "values"]:
                return 200, behaviour.values(query)
            case "GET", ["sources", behaviour.SOURCE, "intake"]:
                return 200, state.intake.intake()
            case "GET", ["sources", behaviour.SOURCE, "quarantine"]:
                return 200, state.intake.quarantine(query)
            case "POST", ["sources", behaviour.SOURCE, "quarantine", "replay"]:
                return 200, state.intake.replay(json.loads(body)["ids"])
            case "POST", ["sources", behaviour.SOURCE, "quarantine", "remove"]:
                return 200, state.intake.remove(json.loads(body)["ids"])
            case "GET", ["keys"]:
                return 200, {"keys": state.intake.keys}
            case "POST", ["keys"]:
                wrong = next((origin for origin in form.get("origins", "").split() if not origin.startswith("http")), None)
                if wrong:
                    raise Refused(422, "keys/bad-origin", f"'{wrong}' is no origin of pages.", "write it as a browser sends it, such as https://shop.example.com")
                return 201, state.intake.make_key(form)
            case "DELETE", ["keys", number]:
                return 200, state.intake.revoke(int(number))
            case "POST", ["definitions", "check"]:
                has_target = "target:" in form.get("yaml", "") or "kpi:" not in form.get("yaml", "")
                return 200, {"findings": [] if has_target else [{"severity": "advice", "code": "kpi/no-target", "message": "The KPI has no target.", "hint": "say what it should reach, and by when", "line": 1, "column": 1}]}
            case "POST", ["definitions"]:
                return self.save(form)
            case "GET", ["library"]:
                return 200, {"entries": data.LIBRARY}
            case "POST", ["library", id]:
                return self.add(id)
            case "GET", ["sources"]:
                return 200, {"sources": [*data.sources(state.imports), behaviour.spend(), behaviour.source(), behaviour.silent()]}
            case "POST", ["sources", name, "imports"]:
                return 202, {"job": self.start_import(name, query.get("file", "upload.csv"), body)}
            case "GET", ["jobs", id] if id in state.jobs:
                return 200, state.jobs[id]
            case "DELETE", ["jobs", id] if id in state.jobs:
                state.jobs[id]["state"] = "failed"
                state.jobs[id]["failure"] = {"code": "imports/cancelled", "message": "The import was cancelled.",
                                             "hint": "The source is as it was before."}
                return 204, None
        raise Refused(404, "server/not-found", f"There is no '{'/'.join(parts)}'.", "The catalogue lists what is defined.")

    def behaviour(self, kind, query):
        if "name" not in query and not query.get("definition", "").startswith(f"{kind}: "):
            raise Refused(400, "definition/bad-yaml", f"The text is no {kind}.", f"begin it with {kind}: NAME")
        text = query.get("definition", "")
        for key, what in (("within", "a length of time in seconds to weeks"), ("over", "a number of days, weeks or months up to 400"), ("times", "a number from 1 to 1000")):
            if f"{key}: abc" in text:
                line = text.split(f"{key}: abc")[0].count("\n") + 1
                raise Refused(400, "definition/bad-value", f"'{key}' of the {kind} asked for is {what}; 'abc' is none.", f"write {key}: 7 days", place={"file": "question", "line": line})
        if "slow" in query.get("definition", ""):
            time.sleep(1.5)
        return 200, behaviour.ANSWERS[kind](query)

    def save(self, form):
        yaml = form.get("yaml", "")
        if "taken_already" in yaml:
            raise Refused(422, "definition/duplicate", "There is a funnel named 'taken_already' already.", "choose another name")
        return 201, self.state.intake.save(yaml)

    def door(self, method, path):
        """What pages of any site meet: the snippet, a shop that uses it, and the door for events."""
        if path == "/y.js":
            return self.reply(200, (DIST / "y.js").read_bytes(), KINDS[".js"])
        if path.endswith(".html"):
            return self.reply(200, SHOP.replace("PATH", path).encode(), KINDS[".html"])
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.state.intake.taken.append({"method": method, "path": self.path, "type": self.headers.get("Content-Type"), "cookie": self.headers.get("Cookie"), "origin": self.headers.get("Origin"), "body": body.decode()})
        self.reply(200, {"accepted": 1, "refused": [], "warnings": []})

    def add(self, id):
        entry = next((entry for entry in data.LIBRARY if entry["id"] == id), None)
        if entry is None:
            raise Refused(404, "library/unknown", f"The library has no entry named '{id}'.")
        file = f"definitions/metrics/{id}.yaml"
        if id in self.state.added or data.metric(id, []):
            raise Refused(409, "library/exists", f"There is already a file '{file}'.", "Open it in the catalogue, or delete it first.",
                          place={"file": file})
        self.state.added.append(id)
        threading.Timer(0.3, self.state.tell, ("definitions", {"findings": 3})).start()
        return 200, {"file": file}

    def start_import(self, source, file, body):
        id = secrets.token_hex(4)
        job = {"id": id, "state": "running", "progress": 0.0, "report": None, "failure": None}
        self.state.jobs[id] = job

        def work():
            steps = 25 if b"slow" in body[:200] else 6
            for step in range(steps):
                time.sleep(0.12)
                if job["state"] != "running":
                    break
                job["progress"] = (step + 1) / steps
                self.state.tell("job", {"id": id, "progress": job["progress"], "state": "running"})
            if job["state"] == "running":
                job["report"] = report = data.import_report(source, file, body)
                self.state.imports.setdefault(source, []).insert(0, {
                    "file": file, "rows": report["rows"], "refused": report["files"][0]["rowsRefused"],
                    "at": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")})
                job["state"] = "done"
                self.state.tell("data", {"source": source, "version": report["version"]})
            self.state.tell("job", {"id": id, "progress": 1, "state": job["state"]})

        threading.Thread(target=work, daemon=True).start()
        return id

    def live(self, query):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        beat = 0
        try:
            while True:
                self.wfile.write(f"event: live\ndata: {json.dumps(self.state.intake.live(beat))}\n\n".encode())
                self.wfile.flush()
                beat += 1
                time.sleep(0.5)
        except OSError:
            pass

    def events(self):
        queue = []
        with self.state.lock:
            self.state.listeners.append(queue)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            beat = 0
            while True:
                while queue:
                    event, body = queue.pop(0)
                    self.wfile.write(f"event: {event}\ndata: {json.dumps(body)}\n\n".encode())
                beat += 1
                if beat % 100 == 0:
                    self.wfile.write(b": beat\n\n")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            with self.state.lock:
                self.state.listeners.remove(queue)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    Handler.state = State()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    server.daemon_threads = True
    address = f"http://127.0.0.1:{server.server_address[1]}"
    print(f"Yardstick serves made-up numbers at {address}", flush=True)
    print(f"Create the first account: {address}/setup?token={Handler.state.token}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
