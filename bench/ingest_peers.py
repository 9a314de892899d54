#!/usr/bin/env python3
"""Readings over TCP beside InfluxDB by line protocol, in one run.

usage: ingest_peers.py TOCSIN READINGS_LOAD [--readings 5000000] [--connections 4] [--sensors 60] [--rounds 2]

Each round loads the same readings, first into an influxd of its own (in a temporary folder, over keep-alive connections in
batches of 10,000, as its manual advises), then into `tocsin serve` on a fresh demo county whose sensors they are: committed,
de-duplicated and checked against rules. One program at a time has the machine. Prints one line of JSON a round with both
rates, their ratio, and the machine's load.
"""
import argparse
import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import datetime, timedelta, timezone


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process, seconds=60):
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                end(process)
                raise RuntimeError("it does not listen")
            time.sleep(0.05)


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def county_of(tocsin, folder, sensors, name="load"):
    """A demo county with `sensors` more sensors, load-0 …, and a rule over each of the first ten.

    They are put straight into the register's table, which is quicker than a hundred thousand entries in the journal.
    """
    county = os.path.join(folder, "county")
    subprocess.run([tocsin, "init", "--demo", "--data", county], check=True, stdout=subprocess.DEVNULL)
    with contextlib.closing(sqlite3.connect(os.path.join(county, "tocsin.db"))) as db, db:
        kind, body = db.execute("SELECT kind, body FROM sensor WHERE kind = 'riverLevel' LIMIT 1").fetchone()
        sensor = dict(json.loads(body), lowest=0, highest=20, unit="m")
        for i in range(sensors):
            sensor["id"] = f"{name}-{i}"
            db.execute("INSERT INTO sensor VALUES (?, ?, ?, ?, ?)",
                       (sensor["id"], kind, 47.05 + i % 200 * 0.001, 9.48 + i // 200 % 100 * 0.001, json.dumps(sensor)))
    with open(os.path.join(county, "rules.toml"), "a") as rules:
        for i in range(min(10, sensors)):
            rules.write(f'\n[[rule]]\nid = "{name}-{i}"\nsensor = "{name}-{i}"\nabove = 15\nseverity = "IV"\nclass = "naturalDisaster"\n'
                        f'hazard = "flood"\ntitle = "Load {i}"\n')
    return county


class Desk:
    """`tocsin serve` on a county."""

    def __init__(self, tocsin, county, limit=None):
        self.port, self.http = free_port(), free_port()
        before = None
        if limit:
            import resource
            before = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        self.process = subprocess.Popen([tocsin, "serve", "--data", county, "--readings", f"127.0.0.1:{self.port}",
                                         "--http", f"127.0.0.1:{self.http}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=before)
        wait_for(self.port, self.process)

    def memory(self):
        """Resident megabytes now, and the most so far."""
        with open(f"/proc/{self.process.pid}/status") as status:
            text = status.read()
        return tuple(round(int(re.search(key + r":\s+(\d+)", text).group(1)) / 1024, 1) for key in ("VmRSS", "VmHWM"))

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def feed(self, name):
        """What /health says of a feed; nothing while the desk does not know it."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/health", timeout=10) as answer:
                feeds = json.load(answer)["feeds"]
        except OSError:
            return None
        return next((feed for feed in feeds if feed["name"] == name), None)

    def end(self):
        end(self.process)


def load(program, port, *args):
    done = subprocess.run([program, f"127.0.0.1:{port}", *map(str, args)], capture_output=True, text=True)
    if not done.stdout:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def start_of(readings, sensors):
    """Such that the last reading is a minute old when the load begins."""
    span = timedelta(milliseconds=readings / sensors)
    return (datetime.now(timezone.utc) - span - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def influx(args, start):
    with tempfile.TemporaryDirectory() as folder:
        port, rpc = free_port(), free_port()
        config = os.path.join(folder, "influxdb.conf")
        with open(config, "w") as out:
            out.write(f'reporting-disabled = true\nbind-address = "127.0.0.1:{rpc}"\n[meta]\ndir = "{folder}/meta"\n'
                      f'[data]\ndir = "{folder}/data"\nwal-dir = "{folder}/wal"\nquery-log-enabled = false\n'
                      f'[http]\nbind-address = "127.0.0.1:{port}"\nlog-enabled = false\nmax-body-size = 0\n'
                      '[monitor]\nstore-enabled = false\n')
        server = subprocess.Popen(["influxd", "-config", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port, server)
            urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/query?q=CREATE+DATABASE+peer", method="POST")).read()
            return load(args.load, port, "--influx", "peer", "--readings", args.readings, "--connections", args.connections,
                        "--sensors", args.sensors, "--start", start)
        finally:
            end(server)


def tocsin(args, start):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(args.tocsin, county_of(args.tocsin, folder, args.sensors))
        try:
            result = load(args.load, desk.port, "--readings", args.readings, "--connections", args.connections,
                          "--sensors", args.sensors, "--start", start)
            result["megabytes"] = desk.memory()
            result["cpuSeconds"] = desk.cpu()
            return result
        finally:
            desk.end()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tocsin")
    parser.add_argument("load")
    parser.add_argument("--readings", type=int, default=5_000_000)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--sensors", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    worst = None
    for _ in range(args.rounds):
        start = start_of(args.readings, args.sensors)
        peer, ours = influx(args, start), tocsin(args, start)
        ratio = ours["perSecond"] / peer["perSecond"] if peer["perSecond"] else 0
        worst = ratio if worst is None else min(worst, ratio)
        print(json.dumps({"readings": args.readings, "influxPerSecond": round(peer["perSecond"]), "tocsinPerSecond": round(ours["perSecond"]),
                          "ratio": round(ratio, 2), "complete": ours["acknowledged"] == peer["acknowledged"] == args.readings,
                          "megabytes": ours["megabytes"], "cpuSeconds": ours["cpuSeconds"], "load": os.getloadavg()[0],
                          "problems": peer["problems"] + ours["problems"]}), flush=True)
    sys.exit(0 if worst and worst >= 1 else 1)


if __name__ == "__main__":
    main()
