#!/usr/bin/env python3
"""What a small feed and a citizen's report wait while another feed floods the desk.

usage: fair_share.py TOCSIN READINGS_LOAD [--seconds 15]

`tocsin serve` on a fresh demo county; four connections of the built-in readings' feed send as fast as they are let, while a feed
of another port brings a reading every 20 ms, each acknowledged before the next, and a phone a report every 100 ms. Prints one line
of JSON: the flood's rate, and from sending to the acknowledgement of the others.
"""
import argparse
import json
import os
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from datetime import datetime, timezone

from ingest_peers import Desk, county_of, free_port, start_of, wait_for


def spread(times):
    times = sorted(times)
    at = lambda share: round(1000 * times[min(len(times) - 1, int(share * len(times)))], 1)
    return {"count": len(times), "p50": at(0.5), "p99": at(0.99), "most": round(1000 * times[-1], 1)} if times else {}


def small(port, ends, times, bad):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as peer:
        file = peer.makefile("rb")
        while time.monotonic() < ends:
            when = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            begun = time.monotonic()
            peer.sendall((json.dumps({"sensor": "load-60", "time": when, "value": 1.5}) + "\n").encode())
            if not file.readline().startswith(b"ok "):
                bad.append("small")
            times.append(time.monotonic() - begun)
            time.sleep(0.02)


def reports(port, ends, times, bad):
    number = 0
    while time.monotonic() < ends:
        number += 1
        body = json.dumps({"id": f"fair-{number}", "text": f"Water in the cellar, house {number}", "category": "flood",
                           "latitude": 47.14, "longitude": 9.52}).encode()
        ask = urllib.request.Request(f"http://127.0.0.1:{port}/reports", body, {"Content-Type": "application/json"})
        begun = time.monotonic()
        with urllib.request.urlopen(ask, timeout=60) as answer:
            if answer.status != 201:
                bad.append("report")
        times.append(time.monotonic() - begun)
        time.sleep(0.1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tocsin")
    parser.add_argument("load")
    parser.add_argument("--seconds", type=float, default=15)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        county = county_of(args.tocsin, folder, 61)
        port = free_port()
        with open(os.path.join(county, "config.toml"), "a") as config:
            config.write(f'\n[[feed]]\nname = "small"\ntransport = "tcp-lines"\naddress = "127.0.0.1:{port}"\n')
        desk = Desk(args.tocsin, county)
        try:
            wait_for(port, desk.process)
            alone, beside, phones, bad = [], [], [], []
            small(port, time.monotonic() + 3, alone, bad)
            many = int(4_000_000 * args.seconds)
            flood = subprocess.Popen([args.load, f"127.0.0.1:{desk.port}", "--connections", "4", "--sensors", "60", "--readings", str(many),
                                      "--start", start_of(many, 60)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            time.sleep(1)
            ends = time.monotonic() + args.seconds - 2
            others = [threading.Thread(target=small, args=(port, ends, beside, bad)),
                      threading.Thread(target=reports, args=(desk.http, ends, phones, bad))]
            for other in others:
                other.start()
            for other in others:
                other.join()
            ended = flood.poll() is not None
            result = json.loads(flood.communicate()[0])
        finally:
            desk.end()
    print(json.dumps({"flood": round(result["perSecond"]), "floodEndedEarly": ended, "alone": spread(alone), "beside": spread(beside),
                      "reports": spread(phones), "bad": bad, "load": round(os.getloadavg()[0], 1)}))


if __name__ == "__main__":
    main()
