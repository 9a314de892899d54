#!/usr/bin/env python3
"""What rules over every sensor cost, and what they cost with a thousand times the sensors, in one run.

usage: rules_rate.py DESK_SERVER READINGS_LOAD [--readings 12000000] [--sensors 100000] [--few 100] [--rules 5] [--rounds 3]

Four desks by turns, each fresh and alone on the machine: many and few sensors, each with --rules rules over every sensor and with
none at all. Each takes a first lot that makes all sensors known, then what is measured; the desk's time on the processor is
counted until it has merged what that left. Prints one line of JSON a desk, and at the end the medians and their ratios. Exit 1
if a reading was not acknowledged.
"""
import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone

from ingest_peers import load, start_of
from soak import Server


def settle(desk, most=120):
    """Until it has nothing to do any more."""
    for _ in range(most):
        before = desk.cpu()
        time.sleep(1)
        if desk.cpu() - before < 0.02:
            return


def measure(args, sensors, rules):
    with tempfile.TemporaryDirectory() as folder:
        desk = Server(args.server, sensors, folder, "--rules-per-sensor", rules)
        try:
            common = ("--connections", args.connections, "--sensors", sensors)
            known = max(1_000_000, 2 * sensors)
            first = load(args.load, desk.port, *common, "--readings", known, "--start", start_of(known, sensors))
            settle(desk)
            before = desk.cpu()
            soon = (datetime.now(timezone.utc) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
            result = load(args.load, desk.port, *common, "--readings", args.readings, "--start", soon)
            settle(desk)
            return {"sensors": sensors, "rulesEach": rules, "perSecond": round(result["perSecond"]),
                    "cpuMicrosecondsEach": round((desk.cpu() - before) * 1e6 / args.readings, 3), "megabytes": desk.memory(),
                    "complete": first["acknowledged"] == known and result["acknowledged"] == args.readings and result["bad"] == 0,
                    "load": round(os.getloadavg()[0], 1), "problems": first["problems"] + result["problems"]}
        finally:
            desk.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("load")
    parser.add_argument("--readings", type=int, default=12_000_000)
    parser.add_argument("--sensors", type=int, default=100_000)
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--rules", type=int, default=5)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    desks = {"many": (args.sensors, args.rules), "manyWithout": (args.sensors, 0), "few": (args.few, args.rules), "fewWithout": (args.few, 0)}
    found = {name: [] for name in desks}
    for number in range(args.rounds):
        for name, (sensors, rules) in desks.items():
            found[name].append(measure(args, sensors, rules))
            print(json.dumps({"round": number + 1, **found[name][-1]}), flush=True)
    middle = lambda name, what: statistics.median(one[what] for one in found[name])

    def beside(name, other):
        return {"rate": round(middle(name, "perSecond") / middle(other, "perSecond"), 3),
                "cpu": round(middle(name, "cpuMicrosecondsEach") / middle(other, "cpuMicrosecondsEach"), 3)}

    complete = all(one["complete"] for each in found.values() for one in each)
    print(json.dumps({"part": "rules", "readings": args.readings, "sensors": args.sensors, "few": args.few, "rulesEach": args.rules,
                      "perSecond": {name: middle(name, "perSecond") for name in desks},
                      "cpuMicrosecondsEach": {name: middle(name, "cpuMicrosecondsEach") for name in desks},
                      "besideNoRules": beside("many", "manyWithout"), "besideFewSensors": beside("many", "few"),
                      "fewBesideNoRules": beside("few", "fewWithout"), "complete": complete}))
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
