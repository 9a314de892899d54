#!/usr/bin/env python3
"""Resident memory of a desk over a time at full load.

usage: soak.py TOCSIN READINGS_LOAD [--minutes 60] [--rate 0] [--sensors 600] [--idle 0] [--server DESK_SERVER]

Sends readings as fast as they are taken (or at --rate), always new ones, with --idle further connections open all the while,
and prints a line of JSON every ten seconds: minutes, resident megabytes, readings stored a second since the line before. The last line
has the least and the most from the second minute on (by then the store's and the allocator's caches have their size) and their
difference. With --server the desk is bench/desk_server, which needs no window to be built, instead of `tocsin serve`.
Exit 1 if the memory moved by more than 20 MB either way, or a reading was not acknowledged.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime, timedelta, timezone

from ingest_peers import Desk, county_of, free_port, load, wait_for

LIMIT = 20_000  # open files


class Server(Desk):
    """bench/desk_server, seen as `tocsin serve` is."""

    def __init__(self, program, sensors, folder, *more):
        import resource
        self.port = free_port()
        limit = min(LIMIT, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        self.process = subprocess.Popen(
            [program, "--readings-port", str(self.port), "--sensors", str(sensors), *map(str, more)], stdout=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": folder},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
        wait_for(self.port, self.process)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tocsin")
    parser.add_argument("load")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--sensors", type=int, default=600)
    parser.add_argument("--idle", type=int, default=0)
    parser.add_argument("--piece", type=int, default=4_000_000, help="readings in one run of the sender")
    parser.add_argument("--server", default="")
    args = parser.parse_args()
    samples, state = [], {"sent": 0, "problems": [], "over": False}

    def send(desk):
        # Each run goes on where the last one ended, a millisecond a round of all sensors.
        at = datetime.now(timezone.utc) - timedelta(days=20)
        while not state["over"]:
            start = at.strftime("%Y-%m-%dT%H:%M:%SZ")
            result = load(args.load, desk.port, "--connections", 4, "--readings", args.piece, "--sensors", args.sensors,
                          "--rate", args.rate, "--start", start)
            state["sent"] += result["acknowledged"]
            state["problems"] += result["problems"]
            if result["acknowledged"] != args.piece or result["bad"]:
                state["problems"].append(f"{args.piece - result['acknowledged']} not acknowledged, {result['bad']} bad")
                break
            at += timedelta(seconds=args.piece // args.sensors // 1000 + 1)

    with tempfile.TemporaryDirectory() as folder:
        desk = Server(args.server, args.sensors, folder) if args.server else \
            Desk(args.tocsin, county_of(args.tocsin, folder, args.sensors), limit=LIMIT)
        keeper = None
        try:
            if args.idle:  # one process holds them; its few readings are from before all others
                old = (datetime.now(timezone.utc) - timedelta(days=25)).strftime("%Y-%m-%dT%H:%M:%SZ")
                keeper = subprocess.Popen([args.load, f"127.0.0.1:{desk.port}", "--connections", "1", "--readings", "1000",
                                           "--sensors", str(args.sensors), "--start", old, "--idle", str(args.idle),
                                           "--stay", str(args.minutes * 60 + 3600)], stdout=subprocess.PIPE, text=True)
                if not keeper.stdout.readline():
                    raise RuntimeError("the idle connections cannot be opened")
            sender = threading.Thread(target=send, args=(desk,))
            begun = last = time.monotonic()
            sender.start()
            before = 0
            while time.monotonic() - begun < args.minutes * 60 and sender.is_alive():
                time.sleep(10)
                now = time.monotonic()
                memory = desk.memory()[0]
                minutes = (now - begun) / 60
                print(json.dumps({"minutes": round(minutes, 2), "megabytes": memory, "perSecond": round((state["sent"] - before) / (now - last)),
                                  "load": round(os.getloadavg()[0], 1)}), flush=True)
                before, last = state["sent"], now
                if minutes >= 1:
                    samples.append(memory)
            state["over"] = True
            sender.join()
            took = time.monotonic() - begun
            if keeper is not None and keeper.poll() is not None:
                state["problems"].append("the idle connections were closed")
        finally:
            if keeper is not None:
                keeper.kill()
                keeper.wait()
            desk.end()
    least, most = (min(samples), max(samples)) if samples else (0, 0)
    print(json.dumps({"part": "soak", "minutes": round(took / 60, 1), "readings": state["sent"], "perSecond": round(state["sent"] / took),
                      "idle": args.idle, "least": least, "median": round(statistics.median(samples), 1) if samples else 0, "most": most,
                      "moved": round(most - least, 1), "problems": state["problems"]}))
    return 0 if not state["problems"] and most - least <= 40 else 1


if __name__ == "__main__":
    sys.exit(main())
