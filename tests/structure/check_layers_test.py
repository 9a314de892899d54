#!/usr/bin/env python3
"""Shows that check_layers.py can fail: on an upward include, on a circle, on Qt below the line."""
import subprocess
import sys
import tempfile
from pathlib import Path

CHECK = Path(__file__).with_name("check_layers.py")


def run(files, layers="base:\nmodel: base\ngui: base model\n"):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "src").mkdir()
        (root / "include/tocsin").mkdir(parents=True)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (root / "layers.txt").write_text(layers)
        result = subprocess.run([sys.executable, str(CHECK), folder, str(root / "layers.txt")], capture_output=True, text=True)
        return result.returncode, result.stdout


def expect(code, word, files, **more):
    got, out = run(files, **more)
    assert got == code and word in out, f"wanted {code} and '{word}', got {got}:\n{out}"


expect(0, "0 faults", {"include/tocsin/model/a.hpp": '#include "tocsin/base/b.hpp"\n', "include/tocsin/base/b.hpp": "#include <vector>\n"})
expect(1, "may not include", {"include/tocsin/base/b.hpp": '#include "tocsin/model/a.hpp"\n', "include/tocsin/model/a.hpp": ""})
expect(1, "may not include", {"src/base/b.cpp": '#include "model/secret.hpp"\n'})
expect(1, "circular include", {"include/tocsin/base/a.hpp": '#include "tocsin/base/b.hpp"\n', "include/tocsin/base/b.hpp": '#include "tocsin/base/a.hpp"\n'})
expect(1, "below the gui layer", {"src/model/a.cpp": "#include <QString>\n"})
expect(0, "0 faults", {"src/gui/a.cpp": "#include <QString>\n"})
expect(1, "not below it", {}, layers="base: model\nmodel:\n")
print("ok")
