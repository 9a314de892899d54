#!/usr/bin/env python3
"""Node-RED with SQLite beside Tocsin's MQTT feed, on the same stream in one run.

Installs node-red and node-red-node-sqlite with npm into a temporary folder (or takes --modules, where they are
installed already), then by turns: mosquitto -> Node-RED -> SQLite, mosquitto -> Tocsin's feed -> its reading store.
Both acknowledge with QoS 1; Tocsin after its commit, Node-RED before it writes.

    bench/node_red_peer.py build/release/bench/mqtt_load [--count 20000] [--rounds 3] [--modules DIR/node_modules]

Prints each round and the ratio of the medians; ends with 1 where ours is not four times as fast.
"""
import argparse, json, os, pathlib, shutil, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import mqtt_peers


def install(folder):
    print("npm install node-red node-red-node-sqlite …", flush=True)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--omit=dev", "node-red@4", "node-red-node-sqlite"],
                   cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / "node_modules"


def versions(modules):
    def of(name):
        return json.loads((pathlib.Path(modules) / name / "package.json").read_text())["version"]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return f"Node.js {node}, node-red {of('node-red')}, node-red-node-sqlite {of('node-red-node-sqlite')}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("load")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--modules", help="a node_modules folder that has both")
    args = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-node-red-"))
    try:
        modules = args.modules or install(folder)
        print(versions(modules), flush=True)
        theirs, ours = [], []
        for number in range(args.rounds):
            theirs.append(mqtt_peers.node_red(args.load, folder, args.count, modules) or 0)
            rate, _ = mqtt_peers.tocsin(args.load, folder, args.count, 5)
            ours.append(rate)
            print(f"round {number + 1}: Node-RED {theirs[-1]:,.0f}/s, Tocsin {rate:,.0f}/s, load {os.getloadavg()[0]:.1f}",
                  flush=True)
        peer, mine = sorted(theirs)[len(theirs) // 2], sorted(ours)[len(ours) // 2]
        if peer == 0:
            sys.exit("Node-RED stored nothing")
        print(json.dumps({"nodeRed": round(peer), "tocsin": round(mine), "times": round(mine / peer, 2)}))
        return 0 if mine >= 4 * peer else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
