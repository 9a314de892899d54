#!/usr/bin/env python3
"""Hostile senders against a whole desk: what each is answered, what is stored of it, and what it costs.

usage: faults.py TOCSIN

`tocsin serve` on a fresh demo county with two sensors more; meanwhile a good sender brings a line of its own every time, and must
be acknowledged each time. Three parts, a line of JSON for each case:
  peers   slow, silent, half-open, lying about length, of another protocol, vanishing, over the readings' port and the HTTP door
  bombs   zip, gzip, entities, depth, huge headers and lines, pictures of absurd sizes, slow-loris: the answer, and how much more
          memory the desk has needed at its worst
  clock   readings two hours and a day ahead and 400 days behind, all over their rule's limit: stored, and no alarm set off
Exit 1 where something acknowledged is not stored, is stored twice, where the desk ends, or a bomb needs more than 200 MB.
"""
import gzip
import io
import json
import os
import random
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from datetime import datetime, timedelta, timezone

from ingest_peers import Desk, county_of

MOST_MEGABYTES = 200
KEY = "bench-key"
problems = []


def say(part, case, **what):
    print(json.dumps({"part": part, "case": case, **what}), flush=True)


def moment(offset=timedelta()):
    return (datetime.now(timezone.utc) + offset).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Good:
    """A sender that does all as it should, on a connection of its own; one reading a call."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.file = self.socket.makefile("rb")
        self.sent = 0

    def once(self):
        self.sent += 1
        self.socket.sendall(line("load-0", moment(), self.sent).encode())
        answer = self.file.readline().decode()
        if not answer.startswith("ok "):
            problems.append(f"the good sender was answered {answer!r}")


def line(sensor, when, value):
    return json.dumps({"sensor": sensor, "time": when, "value": 1 + value % 1000 / 1000}) + "\n"


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def all_of(peer):
    """What is answered until the other side ends, or nothing comes for a second."""
    peer.settimeout(1)
    got = b""
    try:
        while True:
            part = peer.recv(65536)
            if not part:
                return got, "closed"
            got += part
    except (TimeoutError, socket.timeout):
        return got, "open"
    except ConnectionError:
        return got, "closed"


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def post(port, path, body, headers=(), length=None):
    peer = connect(port)
    head = [f"POST {path} HTTP/1.1", "Host: desk", f"Content-Length: {len(body) if length is None else length}", "Connection: close",
            f"Authorization: Bearer {KEY}", *headers]
    try:
        peer.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)
    except ConnectionError:
        pass
    peer.settimeout(60)
    got = b""
    try:
        while part := peer.recv(65536):
            got += part
    except OSError:
        pass
    peer.close()
    return status(got), got.split(b"\r\n\r\n", 1)[-1][:160].decode(errors="replace")


def stored(county, sensor):
    """How many readings of the sensor there are, and how many of them stand there twice."""
    table = subprocess.run([sys.argv[1], "export", "readings", sensor, "--data", county], capture_output=True, text=True, check=True).stdout
    head, *rows = [row.split(",") for row in table.splitlines()]
    times = [row[head.index("time")] for row in rows]
    return len(times), len(times) - len(set(times))


def peers(desk, good):
    value = 0

    def valid():
        nonlocal value
        value += 1
        return line("load-1", moment(), value).encode()

    acknowledged = 0

    def case(name, run):
        nonlocal acknowledged
        good.once()
        answer, state, ok = run()
        acknowledged += ok
        good.once()
        say("peers", name, answered=answer[:80].decode(errors="replace"), connection=state, acknowledged=ok)

    def slow():
        peer, text = connect(desk.port), valid()
        for byte in text:
            peer.sendall(bytes([byte]))
            time.sleep(0.01)
        answer, state = all_of(peer)
        return answer, state, answer.startswith(b"ok 1")

    def silent():
        peer = connect(desk.port)
        answer, state = all_of(peer)
        return answer, state, 0

    def half_open():
        peer = connect(desk.port)
        peer.sendall(valid())
        peer.shutdown(socket.SHUT_WR)
        answer, state = all_of(peer)
        return answer, state, answer.startswith(b"ok 1")

    def cut():
        peer = connect(desk.port)
        peer.sendall(valid() + valid()[:-9])
        peer.shutdown(socket.SHUT_WR)
        answer, state = all_of(peer)
        return answer, state, int(b"ok 1" in answer)

    def vanishing():
        taken = 0
        for _ in range(100):
            peer = connect(desk.port)
            peer.sendall(valid())
            answer = peer.recv(100)
            taken += answer.startswith(b"ok 1")
            peer.sendall(valid()[:20])
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            peer.close()
        return b"", "reset 100 times", taken

    def other(bytes_, port):
        def run():
            peer = connect(port)
            try:
                peer.sendall(bytes_)
            except ConnectionError:
                pass
            answer, state = all_of(peer)
            return answer, state, 0
        return run

    hello = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        ssl.create_default_context().wrap_bio(*hello, server_hostname="desk").do_handshake()
    except ssl.SSLWantReadError:
        pass
    tls = hello[1].read()
    noise = random.Random(1).randbytes(200_000)
    case("slow, a byte every 10 ms", slow)
    case("silent", silent)
    case("half-open after a line", half_open)
    case("half-open amid the second line", cut)
    case("vanishing amid a line, 100 times", vanishing)
    case("TLS to the readings' port", other(tls, desk.port))
    case("HTTP to the readings' port", other(b"GET / HTTP/1.1\r\nHost: desk\r\n\r\n", desk.port))
    case("noise to the readings' port", other(noise, desk.port))
    case("TLS to the HTTP door", other(tls, desk.http))
    case("a banner to the HTTP door", other(b"SSH-2.0-OpenSSH_9.2\r\n", desk.http))
    case("noise to the HTTP door", other(noise, desk.http))

    def lying(length, body):
        def run():
            peer = connect(desk.http)
            peer.sendall(f"POST /readings HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {KEY}\r\nContent-Type: application/x-ndjson\r\n"
                         f"Content-Length: {length}\r\n\r\n".encode() + body)
            peer.shutdown(socket.SHUT_WR)
            answer, state = all_of(peer)
            return answer, state, 0
        return run
    case("says more bytes than it sends", lying(100_000, valid()))
    case("says 10^18 bytes", lying(10**18, b"x"))
    case("says -1 bytes", lying(-1, b"x"))
    return acknowledged


def zip_bomb():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        block = bytes(64 << 20)
        for i in range(16):
            out.writestr(f"{i}.xml", block)
    return inner.getvalue()


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)) + \
        chunk(b"IDAT", zlib.compress(bytes(1 << 20), 9)) + chunk(b"IEND", b"")


def form(picture):
    edge = "edge"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="text"\r\n\r\nA picture'.encode(),
             f'--{edge}\r\nContent-Disposition: form-data; name="category"\r\n\r\nflood'.encode(),
             f'--{edge}\r\nContent-Disposition: form-data; name="photo"; filename="p.png"\r\nContent-Type: image/png\r\n\r\n'.encode() + picture]
    return b"\r\n".join(parts) + f"\r\n--{edge}--\r\n".encode(), (f"Content-Type: multipart/form-data; boundary={edge}",)


def bombs(desk, good):
    entities = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "xxxxxxxxxx">' + b"".join(
        b'<!ENTITY x%d "%s">' % (i, b"&x%d;" % (i - 1) * 10) for i in range(1, 10)) + \
        b']><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&x9;</identifier></alert>'
    many = io.BytesIO()
    with gzip.GzipFile(fileobj=many, mode="wb", compresslevel=9) as out:
        for _ in range(160):
            out.write(bytes(64 << 20))
    picture, picture_head = form(png(60_000, 60_000))
    cases = [
        ("ZIP of 16 × 64 MB in %d KB", zip_bomb(), "/feeds/push", ()),
        ("gzip body of 10 GB in %d KB", many.getvalue(), "/feeds/push", ("Content-Encoding: gzip",)),
        ("gzip file of 10 GB in %d KB", many.getvalue(), "/feeds/push", ()),
        ("XML whose entities are 10^10 letters", entities, "/feeds/push", ("Content-Type: application/xml",)),
        ("XML 1,000,000 deep", b"<a>" * 1_000_000, "/feeds/push", ("Content-Type: application/xml",)),
        ("JSON 4,000,000 deep", b"[" * 4_000_000, "/feeds/push", ("Content-Type: application/json",)),
        ("a line of 60 MB", b'{"sensor":"' + b"x" * 60_000_000, "/feeds/push", ()),
        ("PNG of 60,000 × 60,000 in %d KB", picture, "/reports", picture_head),
    ]
    for name, body, path, headers in cases:
        good.once()
        before = desk.memory()
        reset_peak(desk)
        begun = time.monotonic()
        code, text = post(desk.http, path, body, headers)
        seconds = time.monotonic() - begun
        good.once()
        more = round(desk.memory()[1] - before[0], 1)
        say("bombs", name % (len(body) >> 10) if "%d" in name else name, status=code, answered=text, moreMegabytes=more, seconds=round(seconds, 2))
        if more > MOST_MEGABYTES:
            problems.append(f"{name}: {more} MB more")
    before = desk.memory()
    reset_peak(desk)
    peer = connect(desk.http)
    sent = 0
    try:
        peer.sendall(b"POST /reports HTTP/1.1\r\nHost: desk\r\n")
        for i in range(1000):
            peer.sendall(b"X-%d: " % i + b"y" * 10_000 + b"\r\n")
            sent += 10_000
    except ConnectionError:
        pass
    answer, state = all_of(peer)
    good.once()
    say("bombs", "headers of 10 MB", status=status(answer), connection=state, taken=sent, moreMegabytes=round(desk.memory()[1] - before[0], 1))
    before = desk.memory()
    reset_peak(desk)
    loris = [connect(desk.http) for _ in range(1000)]
    for step in range(5):
        for i, peer in enumerate(loris):
            try:
                peer.sendall(b"GET / HTTP/1.1\r\n" if step == 0 else b"X-%d: y\r\n" % step)
            except OSError:
                pass
        good.once()
        time.sleep(0.2)
    code, _ = post(desk.http, "/readings", b"", ())
    say("bombs", "slow-loris, 1,000 connections", othersAnswered=code, moreMegabytes=round(desk.memory()[1] - before[0], 1))
    for peer in loris:
        peer.close()


def reset_peak(desk):
    with open(f"/proc/{desk.process.pid}/clear_refs", "w") as clear:
        clear.write("5")


def clock(desk, county):
    """What is said for another time than now stands at that time, and sets nothing off."""
    peer = connect(desk.port)
    file = peer.makefile("rb")
    before = alarms(county)
    taken = 0
    for offset in (timedelta(hours=2), timedelta(days=1), timedelta(days=-400)):
        # Far above the limit of the sensor's rule.
        peer.sendall((json.dumps({"sensor": "load-2", "time": moment(offset), "value": 19}) + "\n").encode())
        taken += file.readline().startswith(b"ok ")
    time.sleep(2)
    more = alarms(county) - before
    say("clock", "two hours and a day ahead, 400 days behind", acknowledged=taken, alarmsMore=more)
    if more:
        problems.append(f"{more} alarms by readings of another time")
    return taken


def alarms(county):
    with sqlite3.connect(f"file:{county}/tocsin.db?mode=ro", uri=True) as db:
        return db.execute("SELECT count(*) FROM alarm").fetchone()[0]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        county = county_of(sys.argv[1], folder, 3)
        with open(os.path.join(county, "config.toml"), "a") as config:
            config.write(f'\n[[feed]]\nname = "push"\ntransport = "http-push"\ntoken = "{KEY}"\n')
        desk = Desk(sys.argv[1], county, limit=4000)
        wanted = {}
        try:
            good = Good(desk.port)
            wanted["load-1"] = peers(desk, good)
            bombs(desk, good)
            wanted["load-2"] = clock(desk, county)
            wanted["load-0"] = good.sent
            if desk.process.poll() is not None:
                problems.append("the desk has ended")
        finally:
            desk.end()
        for sensor, acknowledged in wanted.items():
            there, twice = stored(county, sensor)
            lost = max(0, acknowledged - there)
            say("stored", sensor, acknowledged=acknowledged, stored=there, lost=lost, twice=twice)
            if lost or twice:
                problems.append(f"{sensor}: {lost} lost, {twice} twice")
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
