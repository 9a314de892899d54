#!/usr/bin/env python3
"""Which sources may be compiled as one, so that what they all include is read and instantiated once.

usage: unity_groups.py FILE...   prints a line a file: NUMBER;FILE

Files of one group share one anonymous namespace: two that name something alike there, or define a macro, are put into
different groups; a using that says the same twice does no harm. Files are taken in the order given, each into the first group
that has room for it.
"""

import functools
import os
import re
import sys

MOST_FILES = 24
MOST_LINES = 6000

USING = re.compile(r"^using (?:namespace )?(?:(\w+) = (.*)|(?:[\w:]*::)?(\w+));")
NAMED = re.compile(r"^(?:struct|class|enum class|enum|union) (?:\[\[\w+\]\] )?(\w+)|"
                   r"^(?:TEST|TEST_F|TEST_P|TYPED_TEST)\((\w+), *(\w+)\)|"
                   r".*?([A-Za-z_]\w*)\s*(?:\(|=|\{|\[|;|,)")


# A name that is called, or stands for a type: not a member's, nor one with its scope before it.
USED = re.compile(r"(?<![\w.:>])([A-Za-z_]\w*)(?=\(|\{|::|<|>|&|\*| \w)")
TYPE = re.compile(r"^(?:struct|class|enum class|enum|union|using) (?:\[\[\w+\]\] )?(\w+)(?= [:{=]| final|;)", re.MULTILINE)
VALUE = re.compile(r"^(?:inline|extern|const|constexpr) [^(\n]*?(\w+)(?: =|\{|;)", re.MULTILINE)
LOCAL = re.compile(r'^#include "(?!tocsin/)([^"]+)"', re.MULTILINE)


def read(path):
    with open(path, encoding="utf-8") as source:
        return re.sub(r"//.*", "", source.read())


def name_in(line):
    """What a line at the left edge declares, or None."""
    if not line or line[0] in " \t}#/" or line.startswith(("template", "INSTANTIATE", "extern", "public", "private", "Q_", "namespace", "using")):
        return None
    found = NAMED.match(line)
    return "".join(part for part in found.groups() if part) if found else None


@functools.cache
def headers_of(path):
    """The headers beside the sources that a file includes."""
    parts = os.path.abspath(path).split(os.sep)
    top = next(at for at in range(len(parts) - 1, 0, -1) if parts[at] in ("src", "tests", "include"))
    root = os.sep.join(parts[:top])
    folders = [os.path.dirname(path), *(os.path.join(root, name) for name in ("src", "tests"))]
    found = []
    for header in LOCAL.findall(read(path)):
        found += [file for file in (os.path.join(folder, header) for folder in folders) if os.path.exists(file)][:1]
    return found


@functools.cache
def declared_in(header):
    """The types and the values that a header declares, with those that it includes. A function may well be called as another is."""
    text = read(header)
    return set(TYPE.findall(text) + VALUE.findall(text)).union(*map(declared_in, headers_of(header)))


def names_of(path):
    """The names that a source keeps to itself with what a using means by them, the names that it uses, how many lines it has,
    and whether it defines macros."""
    names = {}
    inside = defines = False
    with open(path, encoding="utf-8") as source:
        lines = source.read().split("\n")
    for line in lines:
        if line == "namespace {":
            inside = True
        elif line == "} // namespace":
            inside = False
        elif line.startswith("#define "):
            defines = True
        elif inside or line.startswith("static "):
            using = USING.match(line)
            if using:
                names[using[1] or using[3]] = using[0]
                continue
            name = name_in(line)
            if name:
                names[name] = path
    return names, set(USED.findall(read(path))).union(*map(declared_in, headers_of(path))), len(lines), defines


def agree(names, uses, group):
    """Whether neither names alike what the other names otherwise, or has from a header."""
    ours, theirs = names.keys() - group["names"].keys(), group["names"].keys() - names.keys()
    return (all(group["names"].get(name, meaning) == meaning for name, meaning in names.items())
            and ours.isdisjoint(group["uses"]) and theirs.isdisjoint(uses))


def main():
    groups = []
    for path in sys.argv[1:]:
        names, uses, lines, defines = names_of(path)
        room = None
        if not defines:  # a macro stays defined for whatever comes after it: such a file is alone
            room = next((group for group in groups if not group["defines"] and len(group["files"]) < MOST_FILES
                         and group["lines"] + lines <= MOST_LINES and agree(names, uses, group)), None)
        if room is None:
            room = {"files": [], "names": {}, "uses": set(), "lines": 0, "defines": defines}
            groups.append(room)
        room["files"].append(path)
        room["names"].update(names)
        room["uses"] |= uses
        room["lines"] += lines
    for number, group in enumerate(groups):
        for path in group["files"]:
            print(f"{number};{path}")


if __name__ == "__main__":
    main()
