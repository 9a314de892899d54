#!/usr/bin/env python3
"""How long from a reading sent over TCP to its alarm in the panel of the true window.

usage: reading_to_screen.py TOCSIN [--rate 5000] [--alarms 40] [--load READINGS_LOAD]

Makes a demo county in a temporary folder, opens the window off-screen with TOCSIN_TRACE_ALARMS=1 (the window then prints a
line with the system's monotonic time when an alarm has been painted), sends background readings at the given rate, and beside
them readings that raise an alarm each. Prints the latencies as JSON. Python itself sends up to some 10,000 a second; beyond,
--load names the program readings_load (for the goal: --rate 50000). What it could not send is told: "rate_sent".
"""
import argparse
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from datetime import datetime, timedelta, timezone


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tocsin")
    parser.add_argument("--rate", type=int, default=5000)
    parser.add_argument("--alarms", type=int, default=40)
    parser.add_argument("--load", help="the program readings_load: sends the background instead of Python")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        county = os.path.join(folder, "county")
        subprocess.run([args.tocsin, "init", "--demo", "--data", county], check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(county, "rules.toml"), "w") as rules:
            for i in range(args.alarms):
                rules.write(f'[[rule]]\nid = "probe-{i}"\nsensor = "rhine-vaduz"\nabove = {1 + i * 0.05:.2f}\nhysteresis = 0.01\n'
                            f'severity = "IV"\nclass = "naturalDisaster"\nhazard = "flood"\ntitle = "Probe {i}"\n')
        env = dict(os.environ, QT_QPA_PLATFORM="offscreen", TOCSIN_TRACE_ALARMS="1")
        desk = subprocess.Popen([args.tocsin, "--data", county, "--no-scenario", "--readings", "127.0.0.1:17701", "--http", "127.0.0.1:0"],
                                env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            print(json.dumps(measure(desk, args)))
        finally:
            desk.send_signal(signal.SIGTERM)
            desk.wait()


def measure(desk, args):
    painted = {}

    def listen():
        for line in desk.stdout:
            if line.startswith("alarm-painted "):
                title, seconds = line[len("alarm-painted "):].rsplit(" ", 1)
                painted.setdefault(title, float(seconds))

    threading.Thread(target=listen, daemon=True).start()
    deadline = time.monotonic() + 20
    while True:
        try:
            probe = socket.create_connection(("127.0.0.1", 17701))
            break
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    time.sleep(2)
    stop = threading.Event()
    begin = datetime.now(timezone.utc) - timedelta(days=1) # what is long past sets off nothing

    def background():
        link = socket.create_connection(("127.0.0.1", 17701))
        threading.Thread(target=lambda: [None for _ in iter(lambda: link.recv(65536), b"")], daemon=True).start()
        n = 0
        start = time.monotonic()
        while not stop.is_set():
            due = int((time.monotonic() - start) * args.rate)
            if n < due:
                lines = "".join(json.dumps({"sensor": "weather-balzers" if i % 2 else "rhine-schaan", "time": stamp(begin + timedelta(milliseconds=100 * i)),
                                            "value": 1.0}) + "\n" for i in range(n, due))
                link.sendall(lines.encode())
                n = due
            time.sleep(0.005)

    told = {}

    def background_program():
        seconds = args.alarms * 0.25 + 2
        result = subprocess.run([args.load, "127.0.0.1:17701", "--rate", str(args.rate), "--readings",
                                 str(int(seconds * args.rate)), "--sensor", "weather-balzers", "--sensor", "rhine-schaan",
                                 "--start", stamp(begin)], capture_output=True, text=True)
        if result.returncode == 0:
            told.update(json.loads(result.stdout))

    flood = threading.Thread(target=background_program if args.load else background)
    flood.start()
    time.sleep(0.5)
    sent = {}
    for i in range(args.alarms):
        time.sleep(0.25)
        line = json.dumps({"sensor": "rhine-vaduz", "time": stamp(begin + timedelta(seconds=i)), "value": round(1.02 + i * 0.05, 3)}) + "\n"
        sent[f"Probe {i}"] = time.monotonic()
        probe.sendall(line.encode())
    time.sleep(1)
    stop.set()
    flood.join()
    waits = sorted((painted[t] - sent[t]) * 1000 for t in sent if t in painted)
    pick = lambda q: round(waits[min(len(waits) - 1, int(q * len(waits)))], 1) if waits else None
    return {"alarms": args.alarms, "seen": len(waits), "rate": args.rate, "rate_sent": told.get("perSecond"), "ms_p50": pick(0.5), "ms_p99": pick(0.99), "ms_most": pick(1.0)}


if __name__ == "__main__":
    main()
