#!/usr/bin/env python3
"""How long and how much memory an OpenStreetMap extract takes to become a county, and that the time grows linearly.

usage: import_bench.py TOCSIN [EXTRACT…] [--towns 10,20,40,80]

Runs `tocsin init --osm` on each extract (without any: those of $TOCSIN_CORPORA/osm), then on extracts of its own making with so
many towns of 10,000 nodes each, and prints nodes, seconds, peak memory and microseconds a node, by the clock and of
all cores together (the clock says little on a busy machine). Peak memory is the whole program's.
"""
import argparse
import glob
import os
import sqlite3
import sys
import tempfile
import time


def run(tocsin, extract, folder):
    """One import in a process of its own: seconds by the clock and of all cores, peak megabytes, nodes."""
    county = os.path.join(folder, "county")
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.execv(tocsin, [tocsin, "init", "--osm", extract, "--name", "Bench", "--data", county, "--force"])
    _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"{extract}: tocsin ended with {status}")
    with sqlite3.connect(f"file:{os.path.join(county, 'map.gpkg')}?mode=ro", uri=True) as db:
        nodes = int(db.execute("SELECT value FROM meta WHERE key = 'nodes'").fetchone()[0])
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, nodes


def write_towns(path, towns):
    """A made-up extract: each town has a boundary, 40 streets that cross 40 others, 1,500 houses and a few facilities."""
    with open(path, "w", encoding="utf-8") as out:
        out.write('<osm version="0.6">\n')
        ways, relations = [], []
        ids = iter(range(1, 1 << 40))
        way_ids = iter(range(1, 1 << 40))

        def node(lat, lon, tags=""):
            number = next(ids)
            out.write(f'<node id="{number}" lat="{lat:.6f}" lon="{lon:.6f}">{tags}</node>\n')
            return number

        def tag(key, value):
            return f'<tag k="{key}" v="{value}"/>'

        def way(nodes, tags):
            number = next(way_ids)
            ways.append(f'<way id="{number}">' + "".join(f'<nd ref="{n}"/>' for n in nodes) + tags + "</way>\n")
            return number

        side = 0.02
        columns = max(1, int(towns ** 0.5))
        for town in range(towns):
            south, west = 40 + side * 1.2 * (town // columns), 5 + side * 1.2 * (town % columns)
            grid = [[node(south + side * y / 40, west + side * x / 40) for x in range(40)] for y in range(40)]
            for i in range(40):
                kind = "primary" if i == 20 else "residential"
                way(grid[i], tag("highway", kind) + tag("name", f"Street {i} of {town}"))
                way([row[i] for row in grid], tag("highway", kind) + tag("name", f"Lane {i} of {town}"))
            for house in range(1500):
                x, y = house % 39, house // 39
                lat, lon = south + side * (y + 0.3) / 40, west + side * (x + 0.3) / 40
                step = side / 200
                corners = [node(lat, lon), node(lat, lon + step), node(lat + step, lon + step), node(lat + step, lon)]
                address = tag("addr:street", f"Street {y} of {town}") + tag("addr:housenumber", str(x)) if house % 3 == 0 else ""
                way(corners + corners[:1], tag("building", "house") + address)
            for i in range(2399):
                lat, lon = south + side * (i % 50) / 50, west + side * (i // 50) / 50
                tags = ""
                if i == 0:
                    tags = tag("place", "town") + tag("name", f"Town {town}")
                elif i < 20:
                    tags = tag("amenity", ["school", "pharmacy", "fuel", "hospital"][i % 4]) + tag("name", f"House {i} of {town}")
                node(lat, lon, tags)
            ring = [grid[0][0], grid[0][39], grid[39][39], grid[39][0], grid[0][0]]
            outer = way(ring, "")
            relations.append(f'<relation id="{town + 1}"><member type="way" ref="{outer}" role="outer"/>' + tag("type", "boundary") +
                             tag("boundary", "administrative") + tag("admin_level", "8") + tag("name", f"Town {town}") + "</relation>\n")
        out.writelines(ways)
        out.writelines(relations)
        out.write("</osm>\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tocsin")
    parser.add_argument("extracts", nargs="*")
    parser.add_argument("--towns", default="10,20,40,80")
    args = parser.parse_args()
    extracts = args.extracts
    if not extracts and os.environ.get("TOCSIN_CORPORA"):
        corpora = os.path.join(os.environ["TOCSIN_CORPORA"], "osm")
        extracts = [f for kind in ("*.osm.pbf", "*.osm.gz", "*.osm.xml", "*/*.pbf") for f in glob.glob(os.path.join(corpora, kind))]

    def show(name, measured):
        seconds, cpu, peak, nodes = measured
        print(f"{name:45} {nodes:10,} nodes {seconds:8.2f} s (CPU {cpu:6.2f} s) {peak:7.0f} MB "
              f"{seconds / max(nodes, 1) * 1e6:8.1f} µs/node (CPU {cpu / max(nodes, 1) * 1e6:6.1f})", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        for extract in sorted(extracts, key=os.path.getsize):
            show(os.path.basename(extract), run(args.tocsin, extract, folder))
        for towns in [int(n) for n in args.towns.split(",") if n]:
            made = os.path.join(folder, "towns.osm")
            write_towns(made, towns)
            show(f"{towns} made-up towns (.osm)", run(args.tocsin, made, folder))


if __name__ == "__main__":
    main()
