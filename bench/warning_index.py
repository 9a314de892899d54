#!/usr/bin/env python3
"""How long an index of warnings takes, from the question for it until every message that it leads to is in the desk's journal.

usage: warning_index.py TOCSIN [--messages 1272] [--rounds 3] [--here 12]

An HTTP server of its own on loopback holds an RSS index of so many CAP messages (as one of the United States' National Weather
Service had: about 1.2 kB an item, 2.7 kB a message, a polygon each; --here of them over the demo county, the others far away), and
a polled feed of `tocsin serve` on a fresh demo county asks for it. The clock starts when the index is asked for.

fetched     the last message was asked for
committed   all of them are entries of the journal, as another process sees them in the desk's database
state       the desk has them in its state and answered the feed: /health counts them as taken

Prints one line of JSON a round, seconds. Exit 1 if one is missing, or came to anything else than a warning.
"""
import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone

from ingest_peers import Desk, county_of, free_port

LOOK = 0.002  # seconds
PATIENCE = 120


def stamp(hours):
    return (datetime.now(timezone.utc).replace(microsecond=0) + timedelta(hours=hours)).isoformat()


def message(number, here):
    north, east = (47.05 + number % 20 * 0.01, 9.50) if here else (29 + number % 150 * 0.1, -110 + number // 150 * 1.7)
    ring = [(north, east), (north, east + 0.4), (north + 0.2, east + 0.5), (north + 0.3, east + 0.2), (north + 0.2, east), (north, east)]
    text = f"Radar indicated slow moving storms over the area of warning {number}. Up to two inches of rain have already fallen. "
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>bench-{number:05}.FlashFloodWarning</identifier><sender>weather@example.org</sender><sent>{stamp(-1)}</sent>
<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>en-US</language><category>Met</category><event>Flash Flood Warning</event><responseType>Avoid</responseType>
<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>
<eventCode><valueName>SAME</valueName><value>FFW</value></eventCode>
<effective>{stamp(-1)}</effective><onset>{stamp(-1)}</onset><expires>{stamp(12)}</expires><senderName>Weather Service</senderName>
<headline>Flash Flood Warning {number}</headline><description>{text * 12}</description>
<instruction>Turn around. Most flood deaths occur in vehicles.</instruction><web>http://example.org/{number}</web>
<parameter><valueName>VTEC</valueName><value>/O.NEW.KRAH.FF.W.{number:04}/</value></parameter>
<area><areaDesc>Area {number}</areaDesc><polygon>{" ".join(f"{n:.2f},{e:.2f}" for n, e in ring)}</polygon>
<geocode><valueName>FIPS6</valueName><value>{number:06}</value></geocode><geocode><valueName>UGC</valueName><value>NCC{number:03}</value></geocode>
</area></info></alert>
""".encode()


def index(count):
    item = "".join(f"<item><title>Flash Flood Warning {i}</title><link>/m/{i}</link><description>{'Radar indicated slow moving storms. ' * 28}</description>"
                   f"<pubDate>{stamp(-1)}</pubDate><guid isPermaLink=\"false\">bench-{i:05}.FlashFloodWarning</guid></item>\n" for i in range(count))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Latest alerts</title><link>http://127.0.0.1/</link><description>Valid CAP alerts</description>
{item}</channel></rss>
""".encode()


class Served(multiprocessing.Process):
    """The service: answers each question on connections that stay open, from bytes that are ready."""

    def __init__(self, count, here):
        super().__init__(daemon=True)
        self.port = free_port()
        self.first, self.last = multiprocessing.Value("d", 0), multiprocessing.Value("d", 0)
        self.asked, self.listening = multiprocessing.Value("i", 0), multiprocessing.Event()
        self.replies = {b"/": self.reply(b"application/rss+xml", index(count))}
        for number in range(count):
            self.replies[b"/m/%d" % number] = self.reply(b"application/cap+xml", message(number, number < here))

    @staticmethod
    def reply(kind, body):
        return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (kind, len(body), body)

    def bytes(self):
        return len(self.replies[b"/"]), sum(map(len, self.replies.values())) - len(self.replies[b"/"])

    def run(self):
        served = self

        class Link(asyncio.Protocol):
            def connection_made(self, transport):
                self.transport, self.held = transport, b""

            def data_received(self, data):
                self.held += data
                while b"\r\n\r\n" in self.held:
                    head, self.held = self.held.split(b"\r\n\r\n", 1)
                    path = head.split(b" ", 2)[1]
                    if path == b"/" and served.first.value == 0:
                        served.first.value = time.monotonic()
                    elif path in served.replies:
                        served.last.value = time.monotonic()
                        served.asked.value += 1
                    self.transport.write(served.replies.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))

        async def work():
            server = await asyncio.get_running_loop().create_server(Link, "127.0.0.1", self.port)
            self.listening.set()
            await server.serve_forever()

        asyncio.run(work())


def measure(args):
    served, desk = Served(args.messages, args.here), None
    served.start()
    try:
        if not served.listening.wait(PATIENCE):
            raise RuntimeError("the server does not listen")
        with tempfile.TemporaryDirectory() as folder:
            county = county_of(args.tocsin, folder, 0)
            with open(os.path.join(county, "config.toml"), "a") as config:
                config.write(f'\n[[feed]]\nname = "warnings"\ntransport = "poll"\naddress = "http://127.0.0.1:{served.port}/"\n'
                             f'every = "1h"\ntrust = "official"\n')
            with contextlib.closing(sqlite3.connect(f"file:{county}/tocsin.db?mode=ro", uri=True, isolation_level=None, timeout=10)) as db:
                newest = lambda: db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0]
                before = newest()
                warnings = lambda: db.execute("SELECT count(*) FROM journal WHERE seq > ? AND type = 'warning.received'", (before,)).fetchone()[0]
                desk = Desk(args.tocsin, county)
                deadline = time.monotonic() + PATIENCE
                while newest() - before < args.messages or warnings() < args.messages:
                    if time.monotonic() > deadline:
                        break
                    time.sleep(LOOK)
                committed = time.monotonic()
                feed = desk.feed("warnings") or {}
                while feed.get("taken", 0) < args.messages and time.monotonic() < deadline:
                    time.sleep(LOOK)
                    feed = desk.feed("warnings") or {}
                state = time.monotonic()
                since = lambda at: round(at - served.first.value, 3)
                inJournal, entries = warnings(), newest() - before
                projected = db.execute("SELECT count(*) FROM warning").fetchone()[0]
                result = {"messages": args.messages, "indexBytes": served.bytes()[0], "messageBytes": round(served.bytes()[1] / args.messages),
                          "fetched": since(served.last.value), "committed": since(committed), "state": since(state), "inJournal": inJournal,
                          "entries": entries, "asked": served.asked.value, "quarantined": feed.get("quarantined"),
                          "cpuSeconds": desk.cpu(), "megabytes": desk.memory(), "load": round(os.getloadavg()[0], 1),
                          "complete": inJournal == projected == feed.get("taken") == args.messages and feed.get("quarantined") == 0}
            desk.end()
            desk = None
            return result
    finally:
        if desk:
            desk.end()
        served.terminate()
        served.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tocsin")
    parser.add_argument("--messages", type=int, default=1272)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--here", type=int, default=12, help="how many of them warn of something in the county")
    args = parser.parse_args()
    rounds = []
    for _ in range(args.rounds):
        rounds.append(measure(args))
        print(json.dumps(rounds[-1]), flush=True)
    complete = all(one["complete"] for one in rounds)
    print(json.dumps({"part": "warningIndex", "messages": args.messages, **{what: statistics.median(one[what] for one in rounds)
                                                                            for what in ("fetched", "committed", "state")}, "complete": complete}))
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
