#!/usr/bin/env python3
"""The desk's alarms of a drill beside Prometheus Alertmanager, in one run on one machine.

The same recorded stream goes to
  1. Tocsin's alarm board (alarm_stream digest),
  2. Alertmanager on loopback, by its API v2, with grouping by hazard, kind and cell of the county, and inhibition rules
     that say what the scenario's rules mute.

    bench/alertmanager_peer.py build/release/bench/alarm_stream STREAM.ndjson [--until SECONDS]
                               [--alertmanager /usr/bin/prometheus-alertmanager]

A cell has the area of the circle that Tocsin uses. Alertmanager knows what is alike by equal labels only, so what lies at
both sides of a cell's edge is apart there. It has one level of groups: what it shows an officer is all of them.
"""
import argparse, collections, datetime, json, math, os, pathlib, socket, subprocess, sys, tempfile, time, urllib.request

GROUP_METRES = 3000
# What mutes what, and within how many metres: as the scenarios quake and rhine-flood and the demo county's rules have it.
MUTES = [("substation-down.*", "meter-.*", 500), ("main-burst.*", "hydrant-.*", 700),
         ("seismic-several-felt", "seismic-felt", None),
         ("seismic-several-strong", "seismic-(felt|strong|several-felt)", None),
         ("rhine-vaduz-forecast", "rhine-vaduz-(watch|warning)", None)]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cell(position, radius):
    side = radius * math.sqrt(math.pi)
    longitude, latitude = position
    metres = 111_195
    return (f"{math.floor(latitude * metres / side)}:"
            f"{math.floor(longitude * metres * math.cos(math.radians(47.15)) / side)}")


def config():
    lines = ["route:", "  receiver: none", "  group_by: [hazard, kind, cell]", "  group_wait: 1s", "  group_interval: 5s",
             "receivers:", "  - name: none", "global:", "  resolve_timeout: 24h", "inhibit_rules:"]
    for source, target, metres in MUTES:
        lines += [f"  - source_matchers: ['alertname =~ \"{source}\"']",
                  f"    target_matchers: ['alertname =~ \"{target}\"']", f"    equal: [{f'cell{metres}' if metres else ''}]"]
    return "\n".join(lines) + "\n"


def alert(alarm, ends):
    at = alarm["position"]
    labels = {"alertname": alarm["rule"] or alarm["source"], "hazard": alarm["hazard"] or "none", "kind": alarm.get("kind", "process"),
              "severity": alarm["severity"], "cell": cell(at, GROUP_METRES), "sensor": alarm.get("sensor", ""),
              "id": alarm["id"]}
    for metres in (m for _, _, m in MUTES if m):
        labels[f"cell{metres}"] = cell(at, metres)
    return {"labels": labels, "startsAt": alarm["raisedAt"], "endsAt": ends,
            "annotations": {"title": alarm["title"] if isinstance(alarm["title"], str) else alarm["title"]["text"]}}


def memory(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return 0.0


def cpu(pid):
    """Milliseconds of the processor that a process has used."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def call(url, body=None):
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def peer(program, stream):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "alertmanager.yml").write_text(config())
        port = free_port()
        process = subprocess.Popen([program, f"--config.file={folder / 'alertmanager.yml'}",
                                    f"--storage.path={folder / 'data'}", f"--web.listen-address=127.0.0.1:{port}",
                                    "--cluster.listen-address=", "--log.level=error"])
        try:
            base = f"http://127.0.0.1:{port}/api/v2"
            for _ in range(200):
                try:
                    call(f"{base}/status")
                    break
                except OSError:
                    time.sleep(0.05)
            else:
                sys.exit("Alertmanager does not start")
            empty = memory(process.pid)
            late = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).isoformat()
            seconds = collections.OrderedDict()
            states = {}
            for line in stream:
                alarm = line["alarm"]
                # Muting is its own affair here: it is told of raising and ending only.
                over = alarm["state"] == "normal"
                if states.get(alarm["id"]) != over:
                    states[alarm["id"]] = over
                    ends = alarm.get("returnedAt") or alarm["raisedAt"] if over else late
                    seconds.setdefault(line["at"] // 1_000_000, []).append(alert(alarm, ends))
            used = cpu(process.pid)
            start = time.monotonic()
            for alerts in seconds.values():
                call(f"{base}/alerts", alerts)
            posted = time.monotonic() - start
            used_posted = cpu(process.pid) - used
            start = time.monotonic()
            groups = call(f"{base}/alerts/groups")
            asked = time.monotonic() - start
            used_asked = cpu(process.pid) - used - used_posted
            expected = {id for id, over in states.items() if not over}
            shown = [a for g in groups for a in g["alerts"]]
            ids = {a["labels"]["id"] for a in shown}
            inhibited = sum(1 for a in shown if a["status"]["inhibitedBy"])
            return {"groups": len(groups), "lines": sum(1 for g in groups if any(not a["status"]["inhibitedBy"] for a in g["alerts"])),
                    "members": len(ids), "lost": len(expected - ids), "setAside": inhibited,
                    "putMillis": posted * 1000, "linesMillis": asked * 1000,
                    "putCpuMillis": used_posted, "linesCpuMillis": used_asked,
                    "megabytes": memory(process.pid) - empty}
        finally:
            process.terminate()
            process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("alarm_stream")
    parser.add_argument("stream")
    parser.add_argument("--alertmanager", default="prometheus-alertmanager")
    parser.add_argument("--until", type=float, default=math.inf, help="only what came within so many seconds")
    options = parser.parse_args()
    with open(options.stream) as file:
        stream = [one for one in map(json.loads, file) if one["at"] <= options.until * 1e6]
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as part:
        part.writelines(json.dumps(one) + "\n" for one in stream)
        part.flush()
        ours = json.loads(subprocess.run([options.alarm_stream, "digest", part.name], check=True, capture_output=True,
                                         text=True).stdout)
    theirs = peer(options.alertmanager, stream)
    ours["lost"] = ours["active"] - ours["members"]
    rows = [("groups at the finest", "groups", "{:.0f}"), ("lines that the officer sees", "lines", "{:.0f}"),
            ("alarms in them", "members", "{:.0f}"), ("alarms lost", "lost", "{:.0f}"),
            ("muted by others (counted, reachable)", "setAside", "{:.0f}"),
            ("all of the stream taken in, ms", "putMillis", "{:.1f}"), ("  of which the processor's", "putCpuMillis", "{:.1f}"),
            ("the groups asked for, ms", "linesMillis", "{:.1f}"), ("  of which the processor's", "linesCpuMillis", "{:.1f}"),
            ("memory for it, MB", "megabytes", "{:.1f}")]
    print(f"{ours['alarms']} alarms, {ours['changes']} changes")
    print(f"{'':40}{'Tocsin':>12}{'Alertmanager':>14}")
    for title, key, form in rows:
        print(f"{title:40}{form.format(ours[key]):>12}{form.format(theirs[key]):>14}")
    print(f"lines after each of the {ours['changes']} changes: at most {ours['mostLines']}; changes after which an alarm was in none: {ours['momentsLost']}")
    print(f"{'first out named':40}{'%d of %d' % (ours['firstOutKnown'], ours['lines']):>12}{'no':>14}")
    print(f"transitions replayed through the ISA-18.2 table: {ours['transitions']}, refused: {ours['transitionsRefused']}, "
          + ", ".join(f"{k} {v}" for k, v in ours["byEvent"].items()))
    print(f"of the table's cells {ours['cells']} were stepped through ({ours['transitionsInTwo']} changes took two at once): "
          + ", ".join(f"{k} ({v})" for k, v in ours["byCell"].items()))
    if ours["refused"]:
        print("refused: " + ", ".join(f"{k} ({v})" for k, v in ours["refused"].items()))


if __name__ == "__main__":
    main()
