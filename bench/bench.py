"""Times whole processes side by side and reports each as a ratio to one of them.

    python bench/bench.py SPEC.json [--rounds 11] [--base NAME] [--output RESULT.json]

A spec is {"base": NAME, "cases": [{"name", "argv", "env", "cwd", "before", "limit"}]}: `before` is an argv run untimed
ahead of each round, `limit` the ratio that must not be passed. Every round runs each case once, in turn, so that a
machine that grows slow for a while slows all of them; a case's ratio is the median of its rounds' ratios to the base.
Quote ratios: absolute times of a shared machine drift.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Case = Mapping[str, Any]


class Run(NamedTuple):
    """One process from spawn to reap: seconds on the clock, seconds of CPU, peak memory in KiB."""

    wall: float
    cpu: float
    peak: int


class Result(NamedTuple):
    """All rounds of one case."""

    name: str
    wall: float
    fastest: float
    slowest: float
    cpu: float
    peak: int
    ratio: float
    limit: float | None


def main() -> int:
    """Run the spec and print the table; 7 if a case went past its limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("spec", type=Path)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--base", help="the case that all others are held against")
    parser.add_argument("--output", type=Path, help="also write the results there, as JSON")
    given = parser.parse_args()
    spec = json.loads(given.spec.read_text(encoding="utf-8"))
    results = measure(spec["cases"], base=given.base or spec["base"], rounds=given.rounds)
    print(table(results))
    if given.output:
        rows = [result._asdict() for result in results]
        given.output.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 7 if any(result.limit is not None and result.ratio > result.limit for result in results) else 0


def measure(cases: Sequence[Case], *, base: str, rounds: int) -> list[Result]:
    """Every case once a round, after one round that only warms the caches."""
    if base not in {case["name"] for case in cases}:
        raise SystemExit(f"no case is called {base!r}")
    runs: dict[str, list[Run]] = {case["name"]: [] for case in cases}
    for number in range(-1, rounds):
        for case in cases:
            run = run_once(case)
            if number >= 0:
                runs[case["name"]].append(run)
    return [_result(case, runs[case["name"]], runs[base]) for case in cases]


def run_once(case: Case) -> Run:
    """One timed process. A failing one stops the bench: the time of a refusal says nothing."""
    env = {**os.environ, **case.get("env", {})}
    if "before" in case:
        subprocess.run(case["before"], check=True, env=env, cwd=case.get("cwd"), stdout=subprocess.DEVNULL)
    with open(os.devnull, "r+b") as nothing:
        start = time.perf_counter()
        process = subprocess.Popen(
            case["argv"], stdin=nothing, stdout=nothing, stderr=nothing, env=env, cwd=case.get("cwd")
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{case['name']} exited {process.returncode}: {' '.join(case['argv'])}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss)


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    lines = ["| case | median | fastest–slowest | cpu | peak | ratio | limit |", "|---|---:|---:|---:|---:|---:|---:|"]
    for one in results:
        limit = "" if one.limit is None else f"{one.limit:g}" + (" EXCEEDED" if one.ratio > one.limit else "")
        lines.append(
            f"| {one.name} | {_ms(one.wall)} | {_ms(one.fastest)}–{_ms(one.slowest)} | {_ms(one.cpu)} "
            f"| {one.peak / 1024:.0f} MiB | {one.ratio:.2f} | {limit} |"
        )
    return "\n".join(lines)


def _result(case: Case, runs: Sequence[Run], base: Sequence[Run]) -> Result:
    walls = [run.wall for run in runs]
    return Result(
        name=case["name"],
        wall=statistics.median(walls),
        fastest=min(walls),
        slowest=max(walls),
        cpu=statistics.median(run.cpu for run in runs),
        peak=max(run.peak for run in runs),
        ratio=statistics.median(mine.wall / other.wall for mine, other in zip(runs, base, strict=True)),
        limit=case.get("limit"),
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
