"""Writes the spec that holds logi's start-up against a bare interpreter, on a demo ledger of its own.

    python bench/startup.py [--logi PATH] [--output bench/out] [--run]
    python bench/bench.py bench/out/startup.json

Measure the installed program by the interpreter it is installed with: a shim in front of python, or a bytecode cache
that is switched off, distorts every ratio.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BASE = "python -c pass"
# Ratios to the base that the project holds itself to.
LIMITS = {"logi --help": 7, "logi stock out": 10, "logi report month": 30}


def main() -> int:
    """Build the ledger, write the spec, and with --run hand it to bench.py."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--logi", type=Path, default=Path(sys.executable).with_name("logi"), help="the program to time")
    parser.add_argument("--output", type=Path, default=HERE / "out", help="the folder for the ledger and the spec")
    parser.add_argument("--run", action="store_true", help="run the spec at once")
    given = parser.parse_args()
    # Not resolve(): a venv's python is a link, and what it points to does not know the venv.
    logi = Path(os.path.abspath(given.logi))
    folder: Path = given.output.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    cases = startup(logi, python=interpreter(logi), ledger=demo(logi, folder))
    spec = folder / "startup.json"
    spec.write_text(json.dumps({"base": BASE, "cases": cases}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(spec)
    if not given.run:
        return 0
    return subprocess.run([sys.executable, str(HERE / "bench.py"), str(spec)], check=False).returncode


def startup(logi: Path, *, python: str, ledger: Path) -> list[dict[str, Any]]:
    """What is timed: help, one row written, one list and one month read. Each write starts from the same ledger."""
    env = {
        "LOGI_LEDGER": str(ledger),
        "LOGI_LANG": "zh-Hans",
        "LOGI_NO_INPUT": "1",
        "LOGI_ACTOR": "bench",
        "LOGI_TODAY": "2026-08-31",
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "",
    }
    copy = ledger.with_name("written.db")
    issue = ["stock", "out", "A4纸", "1", "--to", "教务处", "--by", "杨班一"]
    cases: list[dict[str, Any]] = [
        {"name": BASE, "argv": [python, "-c", "pass"]},
        {"name": "logi --help", "argv": [str(logi), "--help"]},
        {
            "name": "logi stock out",
            "argv": [str(logi), "--ledger", str(copy), *issue],
            "before": ["cp", str(ledger), str(copy)],
        },
        {"name": "logi stock list", "argv": [str(logi), "stock", "list"]},
        {"name": "logi report month", "argv": [str(logi), "report", "month", "2025-09"]},
    ]
    for case in cases:
        case["env"] = env
        if case["name"] in LIMITS:
            case["limit"] = LIMITS[case["name"]]
    return cases


def demo(logi: Path, folder: Path) -> Path:
    """A new demo ledger; the one of an earlier run is taken away, since another version may have written it."""
    made = folder / "demo"
    for old in made.glob("ledger.db*"):
        old.unlink()
    subprocess.run([str(logi), "demo", str(made)], check=True, stdout=subprocess.DEVNULL)
    return made / "ledger.db"


def interpreter(logi: Path) -> str:
    """The python that this logi runs on, read from its first line."""
    with logi.open("rb") as file:
        first = file.readline().decode("utf-8", "replace").strip()
    found = first.removeprefix("#!").split(" ")[0]
    return found if first.startswith("#!/") and not found.endswith("/env") else sys.executable


if __name__ == "__main__":
    sys.exit(main())
