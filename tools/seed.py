"""Traceability: which requirement is served by which command, and which test shows it. Writes docs/seed.md.

    python tools/seed.py            writes docs/seed.md
    python tools/seed.py --check    writes nothing; exit 1 if the page or the marks are out of step

docs/seed_ids.tsv says what is asked (id, book, statement), docs/seed_commands.tsv which command line answers it
(id, command), and the tests name what they show: `@pytest.mark.seed("AST-01", "AST-02")` on a function or a class.
An id is served when it has both a command and a test.
"""

import argparse
import ast
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
IDS = "docs/seed_ids.tsv"
COMMANDS = "docs/seed_commands.tsv"
PAGE = "docs/seed.md"

HEAD = """# What the school asks for, and where it is shown

Made by `tools/seed.py` from the marks of the tests; do not edit. An id counts as served when a command answers it
**and** a test shows it.

**{served} of {total} served.**

| book | asked | served |
|---|---:|---:|
{books}
"""


class Wish(NamedTuple):
    """One requirement, in our own words, and the book meant to serve it."""

    id: str
    book: str
    statement: str


class Shown(NamedTuple):
    """A test that says it shows a requirement."""

    id: str
    path: str
    name: str
    line: int


def main() -> int:
    """Write or check the page; the exit code says whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if anything is out of step")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    given = parser.parse_args()
    root: Path = given.root
    wishes = read_wishes(root / IDS)
    commands = read_commands(root / COMMANDS)
    marks, problems = read_marks(root)
    problems += contradictions(wishes, commands, marks)
    text = page(wishes, commands, marks)
    target = root / PAGE
    if not given.check:
        target.write_text(text, encoding="utf-8", newline="\n")
    elif not target.exists() or target.read_text(encoding="utf-8") != text:
        problems.append(f"{PAGE}: not in step; run `python tools/seed.py`")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(served(wishes, commands, marks))} of {len(wishes)} served, {len(problems)} problems")
    return 1 if problems else 0


def read_wishes(path: Path) -> list[Wish]:
    """What is asked, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Wish(row["id"], row["book"], row["statement"]) for row in _rows(file)]


def read_commands(path: Path) -> dict[str, list[str]]:
    """Command lines by id; an id may have several rows. Without the file nothing is claimed."""
    found: dict[str, list[str]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in _rows(file):
                if row["command"]:
                    found.setdefault(row["id"], []).append(row["command"])
    return found


def read_marks(root: Path) -> tuple[list[Shown], list[str]]:
    """Every id that a test names, by file and line, and what is wrong with the marks themselves."""
    marks: list[Shown] = []
    problems: list[str] = []
    for file in sorted((root / "tests").rglob("test_*.py")):
        path = file.relative_to(root).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"), filename=path)
        for name, call in _marked(tree.body, ""):
            for word in call.args:
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    marks.append(Shown(word.value, path, name, call.lineno))
                else:
                    problems.append(f"{path}:{call.lineno}: seed(…) takes its ids as plain text, to be found")
            if not call.args or call.keywords:
                problems.append(f"{path}:{call.lineno}: seed(…) takes ids and nothing else")
    return marks, problems


def contradictions(wishes: Sequence[Wish], commands: Mapping[str, list[str]], marks: Sequence[Shown]) -> list[str]:
    """Ids nobody knows, ids told twice, and tests that claim what no command serves."""
    known = [wish.id for wish in wishes]
    problems = [f"{IDS}: {id} stands there twice" for id in sorted({id for id in known if known.count(id) > 1})]
    problems += [f"{COMMANDS}: {id} is not in {IDS}" for id in commands if id not in known]
    for mark in marks:
        where = f"{mark.path}:{mark.line}"
        if mark.id not in known:
            problems.append(f"{where}: {mark.id} is not in {IDS}")
        elif mark.id not in commands:
            problems.append(f"{where}: {mark.id} is shown by {mark.name}, but {COMMANDS} has no command for it")
    return problems


def served(wishes: Sequence[Wish], commands: Mapping[str, list[str]], marks: Sequence[Shown]) -> list[Wish]:
    """The requirements that have a command and a test."""
    shown = {mark.id for mark in marks}
    return [wish for wish in wishes if wish.id in commands and wish.id in shown]


def page(wishes: Sequence[Wish], commands: Mapping[str, list[str]], marks: Sequence[Shown]) -> str:
    """docs/seed.md: the count, the count by book, and one row for each id."""
    done = served(wishes, commands, marks)
    books = [
        f"| {book} | {sum(wish.book == book for wish in wishes)} | {sum(wish.book == book for wish in done)} |"
        for book in sorted({wish.book for wish in wishes})
    ]
    lines = [HEAD.format(served=len(done), total=len(wishes), books="\n".join(books))]
    lines += ["| id | in our words | command | test |", "|---|---|---|---|"]
    for wish in wishes:
        tests = dict.fromkeys(_linked(mark) for mark in marks if mark.id == wish.id)
        command = "<br>".join(f"`{_cell(line)}`" for line in commands.get(wish.id, []))
        lines.append(f"| {wish.id} | {_cell(wish.statement)} | {command or '—'} | {'<br>'.join(tests) or '—'} |")
    return "\n".join(lines) + "\n"


def _rows(file: Iterator[str]) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield {key: (value or "").strip() for key, value in row.items()}


def _marked(body: Sequence[ast.stmt], inside: str) -> Iterator[tuple[str, ast.Call]]:
    """The seed(…) decorators of test functions and classes, with the name a reader would look for."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{inside}{node.name}"
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) in ("pytest.mark.seed", "mark.seed"):
                    yield name, decorator
            if isinstance(node, ast.ClassDef):
                yield from _marked(node.body, f"{name}::")


def _linked(mark: Shown) -> str:
    return f"[{mark.name}](../{mark.path})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
