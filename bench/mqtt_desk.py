#!/usr/bin/env python3
"""The MQTT feed with the whole desk behind it, beside the broker's own subscriber, in one run.

usage: mqtt_desk.py TOCSIN MQTT_LOAD [--count 200000] [--rounds 3] [--rate 0] [--sensors 2000]

A mosquitto of its own hands the same stream of readings (QoS 1) by turns
  1. to its own subscriber (mosquitto_sub, which counts and throws away): the limit,
  2. to `tocsin serve` on a fresh demo county whose sensors they are, with rules, a journal and all else that a desk has. What
     counts is what is committed, seen by another process in the desk's files; what was only acknowledged does not.
A rate is messages over the time from the sender's start to the last one taken or committed. Then a desk more gets them at --rate
(0: half of what the desks took), for how long a reading takes from the sender until it is committed. The broker holds back nothing,
so at full speed that is mostly the time that it waits there. The files are looked into every two milliseconds, which is part of it.

Prints a line a round and one of JSON. Exit 1 if one was not committed, or stands there twice, or went to quarantine.
"""
import argparse
import bisect
import contextlib
import json
import os
import pathlib
import sqlite3
import statistics
import sys
import tempfile
import time

from ingest_peers import Desk, county_of
from mqtt_peers import Broker, bare, sender

LOOK = 0.002  # seconds
PATIENCE = 60  # seconds without one more


class Committed:
    """How many readings stand in a county's months, as another program sees them."""

    def __init__(self, county):
        self.folder = pathlib.Path(county) / "readings"
        self.months = {}

    def count(self):
        for file in self.folder.glob("*.db"):
            if file not in self.months:
                self.months[file] = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None, timeout=10)
        total = 0
        for month in self.months.values():
            with contextlib.suppress(sqlite3.OperationalError):  # a month that is being made
                row = month.execute("SELECT readings FROM tally").fetchone()
                total += row[0] if row else 0
        return total

    def close(self):
        for month in self.months.values():
            month.close()


def await_up(desk, name):
    deadline = time.monotonic() + PATIENCE
    while True:
        feed = desk.feed(name)
        if feed and feed["state"] == "up":
            return
        if time.monotonic() > deadline:
            raise RuntimeError(f"the feed is {feed}")
        time.sleep(0.05)


def waits_of(sent, seen):
    """Pairs (seconds, readings): each lot that was seen to be committed, cut where the sender sent anew. Commits are in order."""
    ends = [by for _, by in sent]
    out, done = [], 0
    for at, by in seen:
        while done < by:
            piece = min(bisect.bisect_right(ends, done), len(sent) - 1)
            until = min(by, ends[piece]) if ends[piece] > done else by
            out.append((at - sent[piece][0], until - done))
            done = until
    return sorted(out)


def part(waits, share):
    left = share * sum(count for _, count in waits)
    for seconds, count in waits:
        left -= count
        if left <= 0:
            return seconds
    return waits[-1][0] if waits else 0


def whole_desk(args, folder, rate=0):
    broker, desk, publisher, committed = Broker(folder), None, None, None
    try:
        with tempfile.TemporaryDirectory(dir=folder) as home:
            county = county_of(args.tocsin, home, args.sensors, name="gauge")
            with open(os.path.join(county, "config.toml"), "a") as config:
                config.write(f'\n[[feed]]\nname = "bench"\ntransport = "mqtt"\naddress = "mqtt://127.0.0.1:{broker.port}"\n'
                             f'topics = ["bench/readings"]\nqos = 1\nmqtt_version = "5"\nclient_id = "tocsin-bench"\n')
            desk = Desk(args.tocsin, county)
            await_up(desk, "bench")
            committed = Committed(county)
            before = committed.count()
            times = os.path.join(home, "times")
            cpu = desk.cpu()
            start = last = time.monotonic()
            publisher = sender(args.load, broker.port, args.count, "--times", times, *(("--rate", rate) if rate else ()))
            seen = [(start, 0)]
            while seen[-1][1] < args.count and time.monotonic() - last < PATIENCE:
                count, now = committed.count() - before, time.monotonic()
                if count > seen[-1][1]:
                    seen.append((now, count))
                    last = now
                time.sleep(LOOK)
            cpu = desk.cpu() - cpu
            publisher.wait(PATIENCE)
            with open(times) as lines:
                sent = [(float(at), int(by)) for at, by in map(str.split, lines)]
            feed = desk.feed("bench") or {}
            waits = waits_of(sent, seen)
            result = {"committed": seen[-1][1], "perSecond": seen[-1][1] / (seen[-1][0] - start), "p50": part(waits, 0.5), "p99": part(waits, 0.99),
                      "cpuMicrosecondsEach": round(cpu * 1e6 / args.count, 2), "megabytes": desk.memory(),
                      "duplicates": feed.get("duplicates"), "quarantined": feed.get("quarantined")}
            desk.end()  # and after its end: neither one more nor one less
            desk = None
            result["complete"] = committed.count() - before == args.count and result["quarantined"] == 0
            return result
    finally:
        if committed:
            committed.close()
        if publisher and publisher.poll() is None:
            publisher.kill()
            publisher.wait()
        if desk:
            desk.end()
        broker.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tocsin")
    parser.add_argument("load")
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--sensors", type=int, default=2000, help="the sender has 2,000; readings of those that are missing go to quarantine")
    args = parser.parse_args()
    limits, desks = [], []
    milliseconds = lambda one: {"p50": round(one["p50"] * 1000, 1), "p99": round(one["p99"] * 1000, 1)}
    with tempfile.TemporaryDirectory(prefix="tocsin-mqtt-desk-") as name:
        folder = pathlib.Path(name)
        for number in range(args.rounds):
            limits.append(bare(args.load, folder, args.count))
            desks.append(whole_desk(args, folder))
            one = desks[-1]
            print(f"round {number + 1}: mosquitto_sub {limits[-1]:,.0f}/s, desk {one['perSecond']:,.0f}/s committed ({one['perSecond'] / limits[-1]:.0%}), "
                  f"{json.dumps({**one, **milliseconds(one)})}, load {os.getloadavg()[0]:.1f}", flush=True)
        mine = statistics.median(one["perSecond"] for one in desks)
        rate = args.rate or mine / 2
        paced = whole_desk(args, folder, rate)
    complete = all(one["complete"] for one in [*desks, paced])
    print(json.dumps({"part": "mqttDesk", "count": args.count, "bare": round(statistics.median(limits)), "desk": round(mine),
                      "ofBare": round(statistics.median(one["perSecond"] / limit for one, limit in zip(desks, limits)), 3),
                      "full": milliseconds(desks[-1]), "rate": round(rate), "paced": {"perSecond": round(paced["perSecond"]), **milliseconds(paced)},
                      "cpuMicrosecondsEach": statistics.median(one["cpuMicrosecondsEach"] for one in desks), "complete": complete}))
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
