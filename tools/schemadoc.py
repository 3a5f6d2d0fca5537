"""Writes docs/schema.md: every table of a ledger with its columns and links, as the migrations make them.

    python tools/schemadoc.py           write it
    python tools/schemadoc.py --check   exit 1 if it is not in step
"""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from logi import journal
from logi.connecting import build
from logi.registry import cards, room

PAGE = Path(__file__).resolve().parent.parent / "docs" / "schema.md"
TOP = """# The tables of a ledger

Made by `python tools/schemadoc.py` from the migrations; do not edit. Money is a whole number of fen, a quantity a whole
number of thousandths, a day the text `2025-09-30`. A *state* row may change (its `entry` is the last writer, `void` the
entry that took it back), a *fact* stands for ever (`reverses` names the row that a reversal takes back), a *register* row
is never taken back, a *derived* row is a sum that can be recomputed.
"""


def main() -> int:
    """Write or check."""
    text = TOP + "".join(pages())
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text("utf-8") == text:
            return 0
        print("docs/schema.md is not in step: run `python tools/schemadoc.py`", file=sys.stderr)
        return 1
    PAGE.write_text(text, "utf-8")
    return 0


def pages() -> Iterator[str]:
    """A section a book, a table of columns for each of its tables."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    build(db)
    known = {spec.name: spec.kind for spec in journal.TABLES}
    for name in cards():
        schema = room(name, "schema")
        known.update({spec.name: spec.kind for spec in schema.TABLES} if schema is not None else {})
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")]
    book = ""
    for table in tables:
        first = table.partition("_")[0]
        here = first if first in cards() else "journal"
        if here != book:
            book = here
            yield f"\n## {book}\n"
        yield f"\n### {table}\n\n{known.get(table, 'of the journal itself')}\n\n| Column | Type | Link |\n| --- | --- | --- |\n"
        links = {row["from"]: f"{row['table']}.{row['to']}" for row in db.execute(f"PRAGMA foreign_key_list({table})")}
        for row in db.execute(f"PRAGMA table_info({table})"):
            kind = row["type"] if row["notnull"] or row["pk"] else f"{row['type']}, may be empty"
            yield f"| {row['name']} | {kind} | {links.get(row['name'], '')} |\n"


if __name__ == "__main__":
    sys.exit(main())
