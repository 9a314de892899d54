#!/usr/bin/env python3
"""How soon readings are committed, and what the desk needs meanwhile.

usage: ingest_latency.py TOCSIN READINGS_LOAD [--readings 2000000] [--seconds 20] [--idle 10000] [--only PART]

full      as fast as it goes
sustained the same for --seconds: a burst leaves the merging of what it brought for later, a long load does not
half      at half of what is sustained: from sending a reading to its acknowledgement after the commit, 99th percentile
backlog   as many that waited ten hours, then as many of now: what a feed brings that was cut off, the rate beside that of now
late      the same older than all that is stored: each is looked up
duplicates   all of them once more
sensors   the rate with 100 and with 100,000 sensors, and CPU time of the desk a reading
idle      so many connections open meanwhile: the rate, and resident memory

Prints one line of JSON a part.
"""
import argparse
import json
import os
import tempfile
from datetime import datetime, timedelta, timezone

from ingest_peers import Desk, county_of, load, start_of


def say(part, **what):
    print(json.dumps({"part": part, **what, "load": round(os.getloadavg()[0], 1)}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tocsin")
    parser.add_argument("load")
    parser.add_argument("--readings", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--idle", type=int, default=10_000)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    wanted = lambda part: args.only in ("", part)
    sensors, many = 60, 100_000
    common = ("--connections", 4)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(args.tocsin, county_of(args.tocsin, folder, sensors), limit=args.idle + 2000)
        try:
            desk_parts(args, desk, sensors, common, wanted)
        finally:
            desk.end()
    if wanted("backlog"):
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(args.tocsin, county_of(args.tocsin, folder, sensors))
            try:
                backlog_part(args, desk, sensors, common)
            finally:
                desk.end()
    if not wanted("sensors"):
        return
    for count in (100, many):
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(args.tocsin, county_of(args.tocsin, folder, count))
            try:
                # Once to make everything known, then what is measured.
                load(args.load, desk.port, *common, "--readings", count * 2, "--sensors", count, "--start", start_of(count * 2, count))
                before = desk.cpu()
                result = load(args.load, desk.port, *common, "--readings", args.readings, "--sensors", count,
                              "--start", (datetime.now(timezone.utc) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ"))
                say("sensors", sensors=count, perSecond=round(result["perSecond"]), problems=result["problems"],
                    cpuMicrosecondsEach=round((desk.cpu() - before) * 1e6 / args.readings, 3), megabytes=desk.memory())
            finally:
                desk.end()


def backlog_part(args, desk, sensors, common):
    ago = lambda **span: (datetime.now(timezone.utc) - timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")
    # What came before the line was cut, then what waited, and what is fresh.
    load(args.load, desk.port, *common, "--readings", args.readings, "--sensors", sensors, "--start", ago(hours=11))
    backlog = load(args.load, desk.port, *common, "--readings", args.readings, "--sensors", sensors, "--start", ago(hours=10))
    fresh = load(args.load, desk.port, *common, "--readings", args.readings, "--sensors", sensors, "--start", ago(seconds=0))
    say("backlog", perSecond=round(backlog["perSecond"]), fresh=round(fresh["perSecond"]),
        ofFresh=round(backlog["perSecond"] / fresh["perSecond"], 2), problems=backlog["problems"], megabytes=desk.memory())


def desk_parts(args, desk, sensors, common, wanted):
    start = start_of(args.readings, sensors)
    full = load(args.load, desk.port, *common, "--readings", args.readings, "--sensors", sensors, "--start", start)
    say("full", perSecond=round(full["perSecond"]), ackSeconds=full["ackSeconds"], megabytes=desk.memory())
    if wanted("duplicates"):
        again = load(args.load, desk.port, *common, "--readings", args.readings, "--sensors", sensors, "--start", start)
        say("duplicates", perSecond=round(again["perSecond"]), ofFull=round(again["perSecond"] / full["perSecond"], 2))
    if wanted("half"):
        many = int(full["perSecond"] * args.seconds / 2)
        earlier = (datetime.now(timezone.utc) - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
        sustained = load(args.load, desk.port, *common, "--readings", many, "--sensors", sensors, "--start", earlier)
        say("sustained", readings=many, perSecond=round(sustained["perSecond"]), seconds=round(sustained["seconds"], 1), megabytes=desk.memory())
        rate = sustained["perSecond"] / 2
        first = (datetime.now(timezone.utc)).strftime("%Y-%m-%dT%H:%M:%SZ")
        half = load(args.load, desk.port, *common, "--readings", int(rate * args.seconds), "--rate", rate, "--sensors", sensors,
                    "--start", first)
        say("half", rate=round(rate), perSecond=round(half["perSecond"]), milliseconds={k: round(v * 1000, 1) for k, v in half["ackSeconds"].items()})
    if wanted("late"):
        old = (datetime.now(timezone.utc) - timedelta(hours=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
        late = load(args.load, desk.port, *common, "--readings", args.readings, "--sensors", sensors, "--start", old)
        say("late", perSecond=round(late["perSecond"]), ofFull=round(late["perSecond"] / full["perSecond"], 2), megabytes=desk.memory())
    if wanted("idle"):
        before = desk.memory()
        soon = (datetime.now(timezone.utc) + timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
        result = load(args.load, desk.port, *common, "--readings", args.readings, "--sensors", sensors, "--start", soon, "--idle", args.idle)
        say("idle", connections=args.idle, perSecond=round(result["perSecond"]), before=before, after=desk.memory(), problems=result["problems"])


if __name__ == "__main__":
    main()
