#!/usr/bin/env python3
"""Fails on an include that points upward in the declared layers, on a circle among headers, and on Qt below the line.

usage: check_layers.py SOURCE_DIR LAYERS_FILE    (LAYERS_FILE is written by cmake/Layers.cmake: "layer: dep dep ...")
"""
import re
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)
QT_LAYERS = {"gui", "app"}


def declared(path):
    layers = {}
    for line in Path(path).read_text().splitlines():
        name, _, deps = line.partition(":")
        layers[name] = set(deps.split())
    return layers


def layer_of(root, file):
    parts = file.relative_to(root).parts
    if parts[:2] == ("include", "tocsin"):
        return parts[2]
    return parts[1]


def main(root, layers_file):
    root = Path(root)
    layers = declared(layers_file)
    order = list(layers)
    faults = []
    for name, deps in layers.items():
        for dep in deps:
            if dep not in layers or order.index(dep) >= order.index(name):
                faults.append(f"layer {name} depends on {dep}, which is not below it")
    files = [f for base in ("include/tocsin", "src") for f in sorted((root / base).rglob("*.[ch]pp"))]
    graph = {}
    for file in files:
        layer = layer_of(root, file)
        if layer not in layers:
            faults.append(f"{file.relative_to(root)}: '{layer}' is no declared layer")
            continue
        for kind, target in INCLUDE.findall(file.read_text(encoding="utf-8")):
            if target.startswith("tocsin/"):
                other = target.split("/")[1]
                graph.setdefault(f"include/{layer_key(root, file)}", set()).add(f"include/{target}")
            elif kind == '"' and "/" in target and target.split("/")[0] in layers:
                other = target.split("/")[0]
            elif re.match(r"Q[A-Z]", target) and layer not in QT_LAYERS:
                faults.append(f"{file.relative_to(root)}: Qt ({target}) below the gui layer")
                continue
            else:
                continue
            if other != layer and other not in layers[layer]:
                faults.append(f"{file.relative_to(root)}: layer {layer} may not include {target}")
    faults += circles(graph)
    for fault in faults:
        print(fault)
    print(f"{len(files)} files, {len(layers)} layers, {len(faults)} faults")
    return 1 if faults else 0


def layer_key(root, file):
    parts = file.relative_to(root).parts
    return "/".join(parts[1:]) if parts[0] == "include" else "/".join(parts)


def circles(graph):
    """Depth-first search for header circles; each is told once."""
    state, path, found = {}, [], []

    def visit(node):
        state[node] = 1
        path.append(node)
        for nxt in sorted(graph.get(node, ())):
            if state.get(nxt) == 1:
                found.append("circular include: " + " -> ".join(path[path.index(nxt):] + [nxt]))
            elif nxt not in state:
                visit(nxt)
        path.pop()
        state[node] = 2

    for node in sorted(graph):
        if node not in state:
            visit(node)
    return found


if __name__ == "__main__":
    sys.setrecursionlimit(10000)
    sys.exit(main(sys.argv[1], sys.argv[2]))
