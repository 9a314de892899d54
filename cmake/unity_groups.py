#!/usr/bin/env python3
"""Which sources may be compiled as one, so that what they all include is read and instantiated once.

usage: unity_groups.py FILE...   prints a line a file: NUMBER;FILE

Files of one group share one anonymous namespace: two that name something alike there, or define a macro, are put into
different groups, unless they say the very same (`using test::id;`), which may be said twice. Files are taken in the order
given, each into the first group that has room for it.
"""

import re
import sys

MOST_FILES = 8
MOST_LINES = 2500

NAMED = re.compile(r"^(?:struct|class|enum class|enum|union) (?:\[\[\w+\]\] )?(\w+)|"
                   r"^using (\w+) =|"
                   r"^(?:TEST|TEST_F|TEST_P|TYPED_TEST)\((\w+), *(\w+)\)|"
                   r".*?([A-Za-z_]\w*)\s*(?:\(|=|\{|\[|;|,)")
AGAIN = re.compile(r"^(?:using|namespace) .*;$")


def names_of(path):
    """What each name is that a source keeps to itself, how many lines it has, and whether it defines macros."""
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
        elif line and line[0] not in " \t}#/" and (inside or line.startswith("static ")):
            if line.startswith(("template", "INSTANTIATE", "extern", "public", "private", "Q_")):
                continue
            found = NAMED.match(line)
            if found:
                name = "".join(part for part in found.groups() if part)
                names[name] = line if AGAIN.match(line) and names.get(name, line) == line else path
    return names, len(lines), defines


def main():
    groups = []
    for path in sys.argv[1:]:
        names, lines, defines = names_of(path)
        room = None
        if not defines:  # a macro stays defined for whatever comes after it: such a file is alone
            room = next((group for group in groups if not group["defines"] and len(group["files"]) < MOST_FILES
                         and group["lines"] + lines <= MOST_LINES
                         and all(group["names"].get(name, what) == what for name, what in names.items())), None)
        if room is None:
            room = {"files": [], "names": {}, "lines": 0, "defines": defines}
            groups.append(room)
        room["files"].append(path)
        room["names"].update(names)
        room["lines"] += lines
    for number, group in enumerate(groups):
        for path in group["files"]:
            print(f"{number};{path}")


if __name__ == "__main__":
    main()
