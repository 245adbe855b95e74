#!/usr/bin/env python3
"""Sends what no honest client sends, and looks whether the others are served.

    Tests/Faults/hostile.py PROGRAM [--seed 1]

Bombs, depths, broken texts and lying headers; slow and silent connections beside honest clients.
Nothing may end in an error of the program, take its memory, or keep others waiting.
"""

import argparse
import contextlib
import gzip
import json
import pathlib
import random
import select
import socket
import time
import zlib

from rig import Clients, Findings, Workspace, say

MEMORY_MEGABYTES, HONEST_SECONDS = 700, 3.0
CLOSED_SECONDS = 35  # an idle connection is closed after 30 s


def event(**fields):
    return {"event": "hostile", "user": "mallory", **fields}


def deep(depth, opening=b"[", closing=b"]", inside=b"1"):
    return opening * depth + inside + closing * depth


def hostile_requests(chance):
    """Names, bodies, and the answers that are right: a status and a part of the body."""
    def text(value):
        return json.dumps(value).encode()
    yield "lists 100,000 deep", deep(100_000), 400, b"events/too-deep"
    yield "objects 100,000 deep", deep(100_000, b'{"a":', b"}"), 400, b"events/too-deep"
    yield "properties 100,000 deep", b'{"event":"e","user":"u","properties":' + deep(100_000, b'{"a":', b"}") + b"}", 400, b"events/too-deep"
    yield "100,000 brackets that never close", b"[" * 100_000, 400, b"events/"
    yield "properties 50 deep", b'{"event":"e","user":"u","properties":' + deep(50, b'{"a":', b"}") + b"}", 200, b"events/too-deep"
    yield "bytes that are no UTF-8", b'{"event":"\xff\xfe","user":"u"}', 400, b"events/bad-"
    yield "an overlong slash", b'{"event":"\xc0\xaf","user":"u"}', 400, b"events/bad-"
    yield "half a character", b'{"event":"\\ud800","user":"u"}', 400, b"events/bad-"
    yield "a NUL in a name", b'{"event":"a\\u0000b","user":"u"}', 200, b"events/bad-"
    yield "NaN", b'{"event":"e","user":"u","properties":{"a":NaN}}', 400, b"events/bad-json"
    yield "Infinity", b'{"event":"e","user":"u","properties":{"a":-Infinity}}', 400, b"events/bad-json"
    yield "10^400", b'{"event":"e","user":"u","properties":{"a":1e400}}', 400, b"events/bad-json"
    yield "a number of 100,000 digits", b'{"event":"e","user":"u","properties":{"a":' + b"9" * 100_000 + b"}}", 400, b"events/"
    yield "a name twice", b'{"event":"e","user":"u","properties":{"a":1,"a":2}}', 200, b"events/duplicate-name"
    yield "a property's name of 900 KB", text(event(properties={"n" * 900_000: 1})), 200, b'"accepted":0'
    yield "a text of 900 KB", text(event(properties={"a": "x" * 900_000})), 200, b'"accepted":0'
    yield "10,000 properties", text(event(properties={f"p{number}": number for number in range(10_000)})), 200, b'"accepted":0'
    yield "2,001 events", text([event() for _ in range(2_001)]), 413, b"events/too-many"
    yield "2 MB", text([event(properties={"a": "x" * 8_000}) for _ in range(250)]), 413, b"events/too-large"
    bomb = gzip.compress(b" " * (300 << 20))
    yield f"300 MB in {len(bomb) >> 10} KB of gzip", bomb, 413, b"events/too-large"
    yield "gzip in gzip in gzip", gzip.compress(gzip.compress(bomb)), None, b"events/"
    yield "300 MB of zlib", zlib.compress(b"[" * (300 << 20)), 413, b"events/too-large"
    whole = gzip.compress(text(event()))
    yield "half a gzip", whole[: len(whole) // 2], 400, b"events/bad-compression"
    yield "gzip with a wrong checksum", whole[:-8] + b"12345678", 400, b"events/bad-compression"
    yield "nothing", b"", 400, b"events/"
    yield "a picture", b"\x89PNG\r\n\x1a\n" + chance.randbytes(1_000), 400, b"events/"
    yield "a time in the year 99999", text(event(time="99999-01-01T00:00:00Z")), 200, b'"accepted":'
    yield "a time before the calendar", text(event(time="0000-00-00T00:00:00Z")), 200, b"events/bad-time"


STRANGE_NAMES = [
    "__proto__", "constructor", "\"; drop table events.app; --", "'; drop table events.app; --", "${jndi:ldap://x}", "{{7*7}}",
    "\u202egnp.exe", "a\u200bb", "🦆" * 20, "=1+1", "../../etc/passwd", "%00", "%n%s", "\\", "$", "$.a", "/a/b", "person", "message_id",
]


def send_bodies(workspace, findings, chance):
    count, longest = 0, 0.0
    for name, body, status, part in hostile_requests(chance):
        begin = time.monotonic()
        try:
            found, _, answer = workspace.post(body, timeout=20)
        except OSError as error:
            findings.expect(False, f"{name}: no answer ({error})")
            continue
        longest = max(longest, time.monotonic() - begin)
        is_right = part in answer and (found == status if status else 400 <= found < 500)
        findings.expect(is_right, f"{name}: {found} {answer[:160]!r}")
        count += 1
    for name in STRANGE_NAMES:
        found, _, answer = workspace.post([event(id=f"strange {name}", event=name, properties={name: name})])
        findings.expect(found == 200 and b'"accepted":1' in answer, f"the name {name!r}: {found} {answer[:160]!r}")
    memory = workspace.resident_megabytes()
    findings.expect(memory < MEMORY_MEGABYTES, f"{memory:.0f} MB of memory after hostile bodies")
    findings.expect(workspace.wait_for(len(STRANGE_NAMES)) >= len(STRANGE_NAMES), "events of strange names are missing")
    say(f"{count} hostile bodies, {len(STRANGE_NAMES)} strange names: slowest answer {longest:.2f} s, {memory:.0f} MB")


def send_noise(workspace, findings, chance, count=2_000):
    """Sound requests with some bytes changed, at the paths of every format."""
    paths = ["/api/v1/events", "/v1/batch", "/v1/track", "/batch", "/e", "/i/v0/e", "/api/event", "/api/send", "/flags?v=2"]
    sound = json.dumps(
        {"batch": [event(id="n", type="track", messageId="n", timestamp="2026-01-01T00:00:00Z", properties={"a": [1.5, None, True]})],
         "writeKey": workspace.key, "api_key": workspace.key, "domain": "d", "type": "event", "payload": {"website": "w"}}).encode()
    statuses = {}
    for number in range(count):
        body = bytearray(sound)
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(body))
            body[place:place + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        try:
            status, _, answer = workspace.post(bytes(body), paths[number % len(paths)], timeout=10)
        except OSError as error:
            findings.expect(False, f"noise {number}: no answer ({error}): {bytes(body)!r}")
            continue
        statuses[status] = statuses.get(status, 0) + 1
        findings.expect(status < 500, f"noise: {status} {answer[:160]!r} for {bytes(body)!r}")
    say(f"{count} requests with bytes changed: {dict(sorted(statuses.items()))}")


def send_raw(workspace, bytes_, wait=5):
    """What comes back on a connection of one's own; None while it stays open without an answer."""
    with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", workspace.port), timeout=wait) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(bytes_)
        got = b""
        try:
            while len(got) < 4_096 and (part := connection.recv(4_096)):
                got += part
                if b"\r\n\r\n" in got:
                    break
        except TimeoutError:
            return got or None
        return got
    return b""


def send_lying_heads(workspace, findings):
    """Heads that smuggle, flood or lie; none may be taken for a sound request."""
    head = f"POST /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {workspace.key}\r\n".encode()
    body = json.dumps(event(id="smuggled")).encode()
    length = b"Content-Length: %d\r\n" % len(body)
    cases = {
        "length and chunks": head + length + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + body,
        "two lengths": head + length + b"Content-Length: 1\r\n\r\n" + body,
        "a negative length": head + b"Content-Length: -1\r\n\r\n" + body,
        "a length of 10^30": head + b"Content-Length: 1" + b"0" * 30 + b"\r\n\r\n" + body,
        "a chunk without end": head + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n" + body,
        "a header of 200 KB": head + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n",
        "5,000 headers": head + b"X-A: a\r\n" * 5_000 + b"\r\n",
        "a NUL in a header": head + b"X-A: a\x00b\r\n" + length + b"\r\n" + body,
        "a space before the colon": head.replace(b"Host:", b"Host :") + length + b"\r\n" + body,
        "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
        "a path of 100 KB": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "100 MB announced": head + b"Content-Length: 100000000\r\n\r\n" + b"[" * 22_000_000,
    }
    for name, bytes_ in cases.items():
        answer = send_raw(workspace, bytes_)
        is_refused = answer is not None and (answer == b"" or answer.startswith(b"HTTP/1.1 4"))
        findings.expect(is_refused, f"{name}: {answer and answer[:120]!r}")
    say(f"{len(cases)} lying heads refused")


def keep_waiting(workspace, findings, clients):
    """Silent and slow connections beside honest ones: all are closed in time, and nobody waits for them."""
    head = b"POST /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    kinds = {
        "silent": (b"", b"", 300), "half a head": (head, b"", 100), "a head drop by drop": (head, b"X-A: b\r\n", 100),
        "half a body": (head + b"Content-Length: 50000\r\n\r\n", b"", 100),
        "a body drop by drop": (head + b"Content-Length: 50000\r\n\r\n", b"[", 100),
        "never reads": (b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 150, b"", 10),
    }
    descriptors, before = workspace.descriptors(), clients.acknowledged
    connections = []
    for name, (first, drop, count) in kinds.items():
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", workspace.port), timeout=5)
            connection.setblocking(False)
            with contextlib.suppress(BlockingIOError, ConnectionError):
                connection.send(first)
            connections.append((name, drop, connection))
    total, begin, longest, memory, closed = len(connections), time.monotonic(), 0.0, 0.0, {}
    while connections and time.monotonic() - begin < CLOSED_SECONDS + 10:
        asked = time.monotonic()
        status = workspace.get("/health", timeout=20)[0]
        longest = max(longest, time.monotonic() - asked)
        findings.expect(status == 200, f"/health answered {status} beside slow connections")
        memory = max(memory, workspace.resident_megabytes())
        connections = [one for one in connections if not is_closed(one, closed, begin)]
        time.sleep(0.5)
    for name in kinds:
        left = sum(1 for one in connections if one[0] == name)
        findings.expect(left == 0, f"{left} connections of the kind '{name}' are open after {CLOSED_SECONDS + 10} s")
    for _, _, connection in connections:
        connection.close()
    time.sleep(1)
    findings.expect(longest < HONEST_SECONDS, f"/health took {longest:.2f} s beside slow connections")
    findings.expect(memory < MEMORY_MEGABYTES, f"{memory:.0f} MB of memory beside slow connections")
    findings.expect(clients.acknowledged > before + 1_000, "honest clients came to a halt beside slow connections")
    findings.expect(
        workspace.descriptors() <= descriptors + 20, f"{descriptors} files open before slow connections, {workspace.descriptors()} after")
    say(
        f"{total} slow or silent connections: /health in {longest * 1000:.0f} ms at most, {memory:.0f} MB, "
        f"{clients.acknowledged - before} events of honest clients meanwhile; closed after "
        + ", ".join(f"{seconds:.0f} s ({name})" for name, seconds in sorted(closed.items(), key=lambda one: one[1])))


def send_fat_bodies(workspace, findings, count=100):
    """Bodies as large as PostHog's may be, sent but for their end, by many at once and without a key."""
    head = b"POST /batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 20900000\r\n\r\n"
    connections, cut_off = [], 0
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", workspace.port), timeout=5)
        try:
            connection.sendall(head + b"[" * 20_800_000)
        except OSError:
            cut_off += 1
        connections.append(connection)
    memory, status = workspace.resident_megabytes(), workspace.get("/health", timeout=20)[0]
    findings.expect(memory < MEMORY_MEGABYTES, f"{memory:.0f} MB of memory with {count} large bodies that do not end")
    findings.expect(status == 200, f"/health answered {status} beside large bodies")
    status, _, body = workspace.post([event(id="beside large bodies")])
    findings.expect(status == 200, f"an honest client beside large bodies is answered {status} {body[:160]!r}")
    for connection in connections:
        connection.close()
    say(f"{count} large bodies that do not end: {memory:.0f} MB, {cut_off} cut off")


def is_closed(one, closed, begin):
    name, drop, connection = one
    try:
        if drop:
            connection.send(drop)
        if name == "never reads":
            # Whoever reads would be served: only the other end's closing is looked for.
            is_over = peer_has_closed(connection)
        else:
            is_over = bool(select.select([connection], [], [], 0)[0]) and connection.recv(1_000) == b""
    except BlockingIOError:
        return False
    except OSError:
        is_over = True
    if is_over:
        connection.close()
        closed[name] = time.monotonic() - begin
    return is_over


def peer_has_closed(connection):
    """Whether the other end has closed, by the system's table: what it had sent stands before the news of it."""
    ours, theirs = (f":{name[1]:04X}" for name in (connection.getsockname(), connection.getpeername()))
    established = "01"
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(theirs) and fields[2].endswith(ours):
            return fields[3] != established
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    findings, chance = Findings(), random.Random(words.seed)
    workspace = Workspace(words.program)
    workspace.start()
    send_bodies(workspace, findings, chance)
    send_noise(workspace, findings, chance)
    send_lying_heads(workspace, findings)
    send_fat_bodies(workspace, findings)
    stored = workspace.settled()
    clients = Clients(workspace).start()
    clients.others = stored
    keep_waiting(workspace, findings, clients)
    clients.stop()
    clients.check(findings)
    code, seconds = workspace.stop()
    findings.expect(code == 0, f"told to stop, it ended with {code} after {seconds:.1f} s")
    workspace.remove()
    findings.finish()


if __name__ == "__main__":
    main()
