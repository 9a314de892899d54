#!/usr/bin/env python3
"""Travel times from many to many beside pgRouting, in one run on one machine: the same graph, the same costs.

    bench/pgrouting_peer.py build/release/bench/road_matrix MAP.gpkg [--side 7] [--starts 2000] [--targets 50] [--runs 3]

road_matrix searches MAP.gpkg (a county's map; --side N: N × N copies of it, joined) and writes the very arcs that it searched,
turn bans unfolded, with their costs. They go into a table of a throw-away PostgreSQL cluster on a socket of its own, and
pgRouting's pgr_dijkstraCost answers the same question (and pgr_dijkstraCostMatrix a smaller one, since it knows only one
set of nodes). Every time is compared. Ours includes finding the road nearest to each place, which pgRouting is not asked for.

Needs Debian's postgresql, postgresql-15-pgrouting; as root the cluster runs under the user postgres.
"""
import argparse, csv, json, math, os, pathlib, pwd, re, shutil, subprocess, sys, tempfile, time

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("road_matrix", type=pathlib.Path)
parser.add_argument("map", type=pathlib.Path)
parser.add_argument("--side", type=int, default=1)
parser.add_argument("--starts", type=int, default=2000)
parser.add_argument("--targets", type=int, default=50)
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--bin", type=pathlib.Path, default=pathlib.Path("/usr/lib/postgresql/15/bin"))
parser.add_argument("--folder", type=pathlib.Path, default=None, help="for the cluster; default: one under /tmp")
words = parser.parse_args()

scratch = pathlib.Path(tempfile.mkdtemp(prefix="pgrouting-peer-", dir=words.folder or "/tmp"))
user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def as_owner(*command):
    return (["runuser", "-u", user, "--"] if os.geteuid() == 0 else []) + [str(c) for c in command]


def psql(text, timed=False):
    """Rows of a query as lists of text; of a script the last one's."""
    command = as_owner("psql", "-h", scratch, "-U", user, "-d", "postgres", "-X", "-q", "-A", "-t", "-F", ",",
                       "-v", "ON_ERROR_STOP=1", "-f", "-")
    done = subprocess.run(command, input=text, text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return [line.split(",") for line in done.stdout.splitlines() if line]


def read_load():
    return pathlib.Path("/proc/loadavg").read_text().split()[0]


exported = scratch / "graph"
log = scratch / "server.log"
server = None
try:
    os.chmod(scratch, 0o755)
    ours = json.loads(subprocess.run(
        [str(words.road_matrix), "--map", str(words.map), "--side", str(words.side), "--starts", str(words.starts),
         "--targets", str(words.targets), "--threads", str(words.threads), "--runs", str(max(5, words.runs)),
         "--export", str(exported)], check=True, capture_output=True, text=True,
        start_new_session=True).stdout)  # the server has one, too: Linux shares a busy machine out by session

    cluster = scratch / "cluster"
    cluster.mkdir()
    if os.geteuid() == 0:
        shutil.chown(cluster, user)
        shutil.chown(scratch, user)
    subprocess.run(as_owner(words.bin / "initdb", "-D", cluster, "-U", user, "-A", "trust", "--no-sync"), check=True,
                   stdout=subprocess.DEVNULL)
    server = subprocess.Popen(as_owner(words.bin / "postgres", "-D", cluster, "-k", scratch, "-h", "", "-F",
                                       "-c", "shared_buffers=512MB", "-c", "work_mem=256MB", "-c", "max_wal_size=4GB", "-c", "log_statement_stats=on", "-c", "jit=off"),
                              stdout=subprocess.DEVNULL, stderr=open(log, "w"))
    for _ in range(600):
        if subprocess.run(as_owner(words.bin / "pg_isready", "-h", scratch, "-q")).returncode == 0:
            break
        time.sleep(0.1)

    with open(exported / "places.csv") as file:
        places = list(csv.reader(file))
    starts = [int(node) for kind, node in places if kind == "start"]
    targets = [int(node) for kind, node in places if kind == "target"]
    with open(exported / "times.csv") as file:
        found = [[float(v) for v in row] for row in csv.reader(file)]

    version = psql("CREATE EXTENSION pgrouting CASCADE; SELECT version FROM pgr_full_version();")[-1][0]
    psql("CREATE TABLE arc(id bigint PRIMARY KEY, source bigint, target bigint, cost float8);\n"
         "\\copy arc FROM '" + str(exported / "arcs.csv") + "' CSV\nANALYZE arc;")
    arcs = "'SELECT id, source, target, cost, -1::float8 AS reverse_cost FROM arc'"

    def array(nodes):
        return "ARRAY[" + ",".join(map(str, nodes)) + "]::bigint[]"

    def timed(question):
        """Milliseconds in the server, without the rows' way to us: by the clock, and of processor time (its own log)."""
        best, processor = math.inf, math.inf
        for _ in range(words.runs):
            before = log.stat().st_size
            psql("SELECT count(*) FROM " + question + ";")
            for _ in range(50):
                took = re.findall(r"([0-9.]+) s user, ([0-9.]+) s system, ([0-9.]+) s elapsed", log.read_text()[before:])
                if took:
                    break
                time.sleep(0.1)
            user_s, system_s, elapsed_s = map(float, took[-1])
            best = min(best, 1000 * elapsed_s)
            processor = min(processor, 1000 * (user_s + system_s))
        return best, processor

    # It searches once a start. So the few are starts, on the graph turned round: the order that is best for it.
    turned = "'SELECT id, target AS source, source AS target, cost, -1::float8 AS reverse_cost FROM arc'"
    few = f"pgr_dijkstraCost({turned}, {array(targets)}, {array(starts)}, true)"
    theirs_turned, theirs_turned_cpu = timed(few)
    times = {(int(s), int(t)): float(c) for t, s, c in psql(f"SELECT start_vid, end_vid, agg_cost FROM {few};")}
    # As it is asked plainly, where that ends within the hour.
    plain = ours["nodes"] * len(starts) < 30_000_000
    theirs, _ = timed(f"pgr_dijkstraCost({arcs}, {array(starts)}, {array(targets)}, true)") if plain else (math.nan, 0)
    matrix, _ = timed(f"pgr_dijkstraCostMatrix({arcs}, {array(starts[:50])}, true)")

    worst, compared, missing, differing = 0.0, 0, 0, {}
    for s, start in enumerate(starts):
        for t, target in enumerate(targets):
            there = times.get((start, target))
            if there is None or math.isinf(found[s][t]):
                missing += (there is None) != math.isinf(found[s][t])
                continue
            worst = max(worst, abs(there - found[s][t]))
            if abs(there - found[s][t]) > 0.01:
                differing.setdefault((start, target), (there, found[s][t]))
            compared += 1

    mine = ours["matrix"]["best_ms"]
    print(json.dumps({
        "pgrouting": version, "nodes": ours["nodes"], "arcs": ours["arcs"], "starts": len(starts), "targets": len(targets),
        "load_before": ours["load"], "load_after": read_load(), "ours_ms": round(mine, 1),
        "ours_processor_ms": round(ours["matrix"]["processor_ms"], 1), "pgr_dijkstraCost_ms": round(theirs, 1) if plain else None,
        "pgr_dijkstraCost_turned_ms": round(theirs_turned, 1), "pgr_dijkstraCost_turned_processor_ms": round(theirs_turned_cpu, 1),
        "pgr_dijkstraCostMatrix_50x50_ms": round(matrix, 1),
        "ratio": round(theirs / mine, 1) if plain else None, "ratio_turned": round(theirs_turned / mine, 1),
        "ratio_of_processor_time": round(theirs_turned_cpu / ours["matrix"]["processor_ms"], 1),
        "times_compared": compared, "greatest_difference_s": worst, "found_by_one_only": missing}, indent=1))
    if worst > 0.01 or missing:
        sys.exit("the times differ: " + str(list(differing.items())[:20]))
finally:
    if server is not None:
        # runuser passes the signal on to the server that it started; its own pid stands in postmaster.pid.
        pid_file = scratch / "cluster" / "postmaster.pid"
        if pid_file.exists():
            os.kill(int(pid_file.read_text().splitlines()[0]), 2)
        server.wait(60)
    shutil.rmtree(scratch, ignore_errors=True)
