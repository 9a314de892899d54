#!/usr/bin/env python3
"""Whether the window can say in another language what the layers below it say in English.

usage: sentences.py PROJECT [--list]

Every text of two words or more in the sources below the window (joined by +, with {} for what is put in) must stand in
resources/translations/sentences_zh_CN.tsv: English, a tab, 简体中文; "-" for what nobody sees in the window. --list prints
those that are missing, a line each with a tab after it.
"""

import glob
import os
import re
import sys

LAYERS = "base model geo store route ingest dispatch detect triage desk map county drill app".split()
TABLE = "resources/translations/sentences_zh_CN.tsv"
# What a console says is not the window's; statements and formats are not sentences.
CONSOLE = re.compile(r"/app/(cmd_|console|main|cli)")
STATEMENT = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|DROP|ALTER|BEGIN|COMMIT|VACUUM|ATTACH|WHERE|FROM|ORDER BY)\b")
UNSEEN = re.compile(r"\blog ::|spdlog|static_assert|logic_error|assert")

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|(?:u8|u|L)?"(?:[^"\\\n]|\\.)*"|'
                   r"'(?:[^'\\]|\\.)+'|[A-Za-z_]\w*|\d[\w.']*|->|::|<<|>>|&&|\|\||\s+|.", re.DOTALL)
OPEN, CLOSE = "([{", ")]}"
ENDS_LEFT = {",", ";", "?", ":", "=", "return", "<<", "+", "&&", "||", "{", "}"}
ENDS_RIGHT = {",", ";", "?", ":", "=", "<<", "&&", "||"}
ESCAPE = {"n": "\\n", "t": " ", '"': '"', "\\": "\\", "'": "'"}


def tokens_of(text):
    text = re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r'std::string\(("(?:[^"\\\n]|\\.)*")\)', r"\1", text)
    found = (match.group(0) for match in TOKEN.finditer(text))
    return [token for token in found if not token.isspace() and not token.startswith(("//", "/*"))]


def is_literal(token):
    return token.endswith('"') and not token.startswith("R")


def text_of(token):
    inside = token[token.index('"') + 1:-1]
    return re.sub(r"\\(x[0-9A-Fa-f]+|.)", lambda found: ESCAPE.get(found.group(1), ""), inside)


def left_of(tokens, at):
    """Where the operand begins that ends before the + at `at`."""
    depth = 0
    while at > 0:
        token = tokens[at - 1]
        if token in CLOSE:
            depth += 1
        elif token in OPEN:
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and token in ENDS_LEFT:
            break
        at -= 1
    return at


def texts_in(source):
    """Each text that the source puts together, with the tokens before it."""
    tokens = tokens_of(source)
    taken = set()
    for i, token in enumerate(tokens):
        if not is_literal(token) or i in taken:
            continue
        begin = i
        while begin > 0 and tokens[begin - 1] == "+":
            begin = left_of(tokens, begin - 1)
        out, depth, at = "", 0, begin
        while at < len(tokens):
            part = tokens[at]
            if depth == 0 and is_literal(part):
                taken.add(at)
                out += text_of(part)
            elif depth == 0 and (part in ENDS_RIGHT or part in CLOSE):
                break
            elif depth or part != "+":
                depth += (part in OPEN) - (part in CLOSE)
                out += "\0"
            at += 1
        out = re.sub(r"(\0|\{[^{}]*\})+", "{}", out)
        yield out, " ".join(tokens[max(0, begin - 6):begin])


def is_sentence(text, before):
    words = re.findall(r"[A-Za-z][a-z]+", text)
    return len(words) > 1 and " " in text.strip() and not STATEMENT.search(text) and not UNSEEN.search(before)


def sentences_of(project):
    found = {}
    for layer in LAYERS:
        for pattern in (f"src/{layer}/**/*.[ch]pp", f"include/tocsin/{layer}/**/*.hpp"):
            for path in sorted(glob.glob(os.path.join(project, pattern), recursive=True)):
                if CONSOLE.search(path):
                    continue
                with open(path, encoding="utf-8") as source:
                    for text, before in texts_in(source.read()):
                        if is_sentence(text, before):
                            found.setdefault(text, os.path.relpath(path, project))
    return found


def table_of(project):
    rows = {}
    with open(os.path.join(project, TABLE), encoding="utf-8") as table:
        for number, line in enumerate(table, 1):
            if not line.startswith("## ") and line.strip():
                english, _, words = line.rstrip("\n").partition("\t")
                rows[english] = (words, number)
    return rows


def main():
    project = sys.argv[1]
    found, rows = sentences_of(project), table_of(project)
    missing = [text for text in found if text not in rows or not rows[text][0]]
    if "--list" in sys.argv:
        print("\n".join(f"{text}\t" for text in missing))
        return 0
    for text in missing:
        print(f"{found[text]}: {TABLE} has no words for: {text}")
    wrong = len(missing)
    for english, (words, number) in rows.items():
        if english not in found:
            print(f"{TABLE}:{number}: nothing says this any more: {english}")
            wrong += 1
        gaps = len(re.findall(r"\{\d?\}", words))
        most = max([int(digit) for digit in re.findall(r"\{(\d)\}", words)] or [0])
        if words != "-" and (gaps > english.count("{}") or most > english.count("{}")):
            print(f"{TABLE}:{number}: more gaps than in English: {words}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
