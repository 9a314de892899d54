#!/usr/bin/env python3
"""An MQTT feed beside its peers, in one run on one machine.

mosquitto hands the same stream of readings (QoS 1) to
  1. its own subscriber (mosquitto_sub, that counts and throws away): the limit,
  2. Tocsin's feed, that commits each reading to a store before it acknowledges it,
  3. Node-RED with SQLite, where --node-red names the folder of its node_modules.

    bench/mqtt_peers.py build/release/bench/mqtt_load [--count 200000] [--node-red DIR]

A rate is messages over the time from the sender's start to the last message taken (for Tocsin: committed).
"""
import argparse, json, os, pathlib, shutil, signal, socket, sqlite3, subprocess, sys, tempfile, time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Broker:
    def __init__(self, folder):
        self.port = free_port()
        config = folder / "mosquitto.conf"
        config.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\n"
                          "max_queued_messages 0\nmax_inflight_messages 0\nlog_type error\n")
        self.process = subprocess.Popen(["/usr/sbin/mosquitto", "-c", str(config)])
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        sys.exit("mosquitto does not start")

    def end(self):
        self.process.terminate()
        self.process.wait()


def sender(load, port, count, *more):
    return subprocess.Popen([load, "publish", "--broker", f"127.0.0.1:{port}", "--count", str(count), *map(str, more)])


def bare(load, folder, count):
    broker = Broker(folder)
    under_way = []
    try:
        sub = subprocess.Popen(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(broker.port), "-i", "bare", "-V", "mqttv5",
                                "-q", "1", "-t", "bench/readings", "-C", str(count)], stdout=subprocess.DEVNULL)
        under_way.append(sub)
        time.sleep(1)
        start = time.monotonic()
        publisher = sender(load, broker.port, count)
        under_way.append(publisher)
        sub.wait()
        seconds = time.monotonic() - start
        publisher.wait()
        return count / seconds
    finally:
        for process in under_way:
            if process.poll() is None:
                process.kill()
                process.wait()
        broker.end()


def tocsin(load, folder, count, version):
    broker = Broker(folder)
    county = folder / f"county-{time.monotonic_ns()}"
    county.mkdir()
    feed = subprocess.Popen([load, "feed", "--broker", f"127.0.0.1:{broker.port}", "--count", str(count), "--folder",
                             str(county), "--mqtt", str(version)], stdout=subprocess.PIPE, text=True)
    assert feed.stdout.readline() == "ready\n"
    start = time.monotonic()
    publisher = sender(load, broker.port, count)
    result = json.loads(feed.stdout.readline())
    seconds = time.monotonic() - start
    feed.wait()
    publisher.wait()
    broker.end()
    return count / seconds, result


def node_red(load, folder, count, modules):
    broker = Broker(folder)
    home = folder / "node-red"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    (home / "node_modules").symlink_to(pathlib.Path(modules).resolve())
    database = home / "readings.db"
    db = sqlite3.connect(database)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("CREATE TABLE reading (sensor TEXT, time TEXT, value REAL, PRIMARY KEY (sensor, time))")
    db.commit()
    flow = [
        {"id": "b", "type": "mqtt-broker", "broker": "127.0.0.1", "port": str(broker.port), "clientid": "nodered",
         "protocolVersion": "4", "keepalive": "60", "cleansession": True},
        {"id": "d", "type": "sqlitedb", "db": str(database), "mode": "RWC"},
        {"id": "t", "type": "tab", "label": "bench"},
        {"id": "i", "z": "t", "type": "mqtt in", "topic": "bench/readings", "qos": "1", "datatype": "json", "broker": "b",
         "wires": [["f"]]},
        {"id": "f", "z": "t", "type": "function", "outputs": 1, "wires": [["s"]],
         "func": "msg.params={$s:msg.payload.sensor,$t:msg.payload.time,$v:msg.payload.value};return msg;"},
        {"id": "s", "z": "t", "type": "sqlite", "mydb": "d", "sqlquery": "prepared",
         "sql": "INSERT OR IGNORE INTO reading VALUES ($s,$t,$v)", "wires": [[]]}]
    (home / "flows.json").write_text(json.dumps(flow))
    (home / "settings.js").write_text(f"module.exports={{uiPort:{free_port()},uiHost:'127.0.0.1',flowFile:'flows.json',"
                                      "disableEditor:true,logging:{console:{level:'warn'}}};")
    red = subprocess.Popen(["node", str(pathlib.Path(modules) / "node-red" / "red.js"), "--userDir", str(home)],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(12)
        start = time.monotonic()
        publisher = sender(load, broker.port, count)
        seen, at = 0, start
        while seen < count and time.monotonic() - at < 20:
            now = db.execute("SELECT count(*) FROM reading").fetchone()[0]
            if now > seen:
                seen, at = now, time.monotonic()
            time.sleep(0.1)
        publisher.terminate()
        publisher.wait()
        return seen / (at - start) if seen else None
    finally:
        red.send_signal(signal.SIGTERM)
        red.wait()
        broker.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("load")
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mqtt", type=int, default=5)
    parser.add_argument("--node-red")
    args = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-mqtt-bench-"))
    try:
        bares, ours = [], []
        for number in range(args.rounds):
            bares.append(bare(args.load, folder, args.count))
            rate, detail = tocsin(args.load, folder, args.count, args.mqtt)
            ours.append(rate)
            print(f"round {number + 1}: mosquitto_sub {bares[-1]:,.0f}/s, Tocsin {rate:,.0f}/s ({detail['commits']} commits), "
                  f"{rate / bares[-1]:.0%}, load {os.getloadavg()[0]:.1f}", flush=True)
        limit, mine = sorted(bares)[len(bares) // 2], sorted(ours)[len(ours) // 2]
        ratios = sorted(own / other for own, other in zip(ours, bares)) # of a pair: the machine is the same for both
        out = {"bare": round(limit), "tocsin": round(mine), "ofBare": round(ratios[len(ratios) // 2], 3)}
        if args.node_red:
            peer = node_red(args.load, folder, min(args.count, 20_000), args.node_red)
            if peer:
                out.update(nodeRed=round(peer), timesNodeRed=round(mine / peer, 2))
        print(json.dumps(out))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
