"""Finding a thing by what was typed: exact code > exact name > exact initials > prefix or unique part, across scripts.

Every table of things found by name has the columns id, code, name, folded, initials, void.
"""

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from logi.core.errors import Ambiguous, NotFound, Refused

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

MOST = 20  # candidates shown
# The lines that add what is unknown: what was typed as {name}, a code nobody bears yet as {code}.
ADDING = {
    "person": ("person add {code} {name}", "S01"), "place": ("place add {code} {name}", ""),
    "vendor": ("vendor add {code} {name}", "V01"), "department": ("department add {code} {name}", ""),
    "category": ("category add {code} {name}", ""), "item": ("item add {code} {name} --unit {unit}", ""),
    "asset": ("asset add {name} --cost {cost} --code {code}", ""), "route": ("route add {code} {name}", "R1"),
    "term": ("term add {code} {name} --starts {day} --ends {day}", ""), "kit": ("stock kit add {code} {name} {item} {qty}", ""),
    "pupil": ("import pupils {file}", ""),
}  # fmt: skip


def find(source: "Ledger | Entry", table: str, text: str, *, what: str, name: str = "name") -> sqlite3.Row:
    """The row of `table` that `text` names. `what` is a word of `front.thing.*` for the sentence.

    Raises NotFound (3) or Ambiguous (3, with candidates). `--exact` and imports admit codes and exact names alone.
    """
    ledger: Any = getattr(source, "ledger", source)
    db: sqlite3.Connection = source.db
    asked = (text, name, ledger.exact, ledger.hints)
    if ledger.unfound is not None and (said := ledger.unfound.get(table, asked)) is not None:
        raise NotFound(said[0], **said[1])
    row: sqlite3.Row | None = by_code(db, table, text)
    if row is not None:
        return row
    if (chosen := ledger.chosen.get((table, text))) is not None:
        row = db.execute(f"SELECT * FROM {table} WHERE id = ? AND void = 0", (chosen,)).fetchone()
        if row is not None:
            return row
    for rows in _tiers(db, table, text, name, exact=ledger.exact):
        if len(rows) == 1:
            only: sqlite3.Row = rows[0]
            return only
        if rows:
            pairs = [(r["code"] or "", r[name]) for r in rows[:MOST]]
            error = Ambiguous("front.ambiguous", candidates=pairs, what=_what(what), text=text)
            error.choices = [(table, text, r["id"]) for r in rows[:MOST]]  # type: ignore[attr-defined]
            raise error
    said = _unknown(db, table, text, name, what, hints=ledger.hints)
    if ledger.unfound is not None:
        ledger.unfound.keep(table, asked, *said)
    raise NotFound(said[0], **said[1])


def _unknown(db: sqlite3.Connection, table: str, text: str, name: str, what: str, *, hints: bool) -> tuple[str, dict[str, Any]]:
    """What is said of a name nobody bears: the nearest ones, and the line that would add it."""
    if not hints:
        return "front.not_found", {"what": _what(what), "text": text, "near": [], "add": ""}
    near = _near(db, table, text, name)
    add = _adding(db, table, text, what)
    key = "front.not_found_here" if not add else "front.not_found_near" if near else "front.not_found"
    return key, {"what": _what(what), "text": text, "near": near, "add": add}


def by_code(db: sqlite3.Connection, table: str, code: str) -> sqlite3.Row | None:
    """The live row of exactly this code."""
    row: sqlite3.Row | None = db.execute(f"SELECT * FROM {table} WHERE code = ? AND void = 0", (code,)).fetchone()
    return row


def bearers(db: sqlite3.Connection, code: str) -> dict[str, str]:
    """The books in which a live thing bears exactly this code, each with its table."""
    tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%folded TEXT%'").fetchall()
    found = {}
    for (table,) in tables:
        columns = {row["name"] for row in db.execute(f"PRAGMA table_info({table})")}
        if {"code", "void"} <= columns and by_code(db, table, code) is not None:
            found[str(table).partition("_")[0]] = str(table)
    return found


def search(db: sqlite3.Connection, table: str, text: str, *, name: str = "name", limit: int = 50) -> list[sqlite3.Row]:
    """Every live row that fits the text anywhere, best first: for `logi find` and completion."""
    seen: dict[int, sqlite3.Row] = {}
    for rows in _tiers(db, table, text, name, exact=False):
        for row in rows:
            seen.setdefault(row["id"], row)
    return list(seen.values())[:limit]


def borne(db: sqlite3.Connection, table: str, text: str) -> bool:
    """Whether a live row bears exactly this code or name (in either script, width or case)."""
    return by_code(db, table, text) is not None or any(_tiers(db, table, text, "name", exact=True))


def some(db: sqlite3.Connection, table: str, limit: int = 50) -> list[sqlite3.Row]:
    """The first live rows by code."""
    return db.execute(f"SELECT * FROM {table} WHERE void = 0 ORDER BY code LIMIT ?", (limit,)).fetchall()


def free_code(db: sqlite3.Connection, table: str, code: str, *, what: str) -> str:
    """A code nobody bears yet (folded codes count as one), else Refused (4)."""
    row = db.execute(
        f"SELECT code FROM {table} WHERE void = 0 AND lower(code) = lower(?)", (code,)
    ).fetchone()
    if row is not None:
        raise Refused("front.code_taken", what=_what(what), code=row[0])
    named_so = db.execute(f"SELECT code FROM {table} WHERE void = 0 AND name = ?", (code,)).fetchone()
    if named_so is not None:
        raise Refused("front.code_is_name", what=_what(what), code=code, other=named_so[0])
    return code


def named(name: str) -> dict[str, str]:
    """The columns that make a name findable: {"name", "folded", "initials"}."""
    from logi.core.folding import fold, initials

    return {"name": name, "folded": fold(name), "initials": initials(name)}


def _tiers(
    db: sqlite3.Connection, table: str, text: str, name: str, *, exact: bool
) -> Iterator[list[sqlite3.Row]]:
    def rows(condition: str, *values: object) -> list[sqlite3.Row]:
        return db.execute(
            f"SELECT * FROM {table} WHERE void = 0 AND {condition} ORDER BY code, id LIMIT {MOST + 1}", values
        ).fetchall()

    yield rows(f"{name} = ?", text)
    from logi.core.folding import fold

    folded = fold(text)
    if not folded:
        return
    yield rows("lower(code) = ?", folded)
    yield rows("folded = ?", folded)
    if exact:
        return
    yield rows("initials = ?", folded)
    like = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    yield rows("(folded LIKE ? ESCAPE '\\' OR lower(code) LIKE ? ESCAPE '\\')", like + "%", like + "%")
    yield rows("folded LIKE ? ESCAPE '\\'", f"%{like}%")
    yield rows("initials LIKE ? ESCAPE '\\'", f"{like}%")


def _near(db: sqlite3.Connection, table: str, text: str, name: str) -> list[str]:
    from logi.core.folding import closest

    names = [row[0] for row in db.execute(f"SELECT {name} FROM {table} WHERE void = 0 LIMIT 5000")]
    return closest(text, names)


def _what(what: str) -> Any:
    from logi.core.answers import Word

    return Word.of("front.thing", what)


def _adding(db: sqlite3.Connection, table: str, text: str, what: str) -> str:
    """The line that would add what was typed, as a code if it looks like one; "" where nothing is added by a line."""
    import re

    from logi.core.messages import say
    from logi.core.text import cut, quoted

    line, first = ADDING.get(what, ("", ""))
    if not line or re.match(r"[A-Z]{2,3}-[0-9]{4}", text):  # the number of a document, which is given, never typed
        return ""
    holes = {hole: say(f"front.hole.{hole}") for hole in ("code", "name", "unit", "cost", "day", "item", "qty", "file")}
    typed = quoted(cut(text))
    if re.fullmatch(r"[A-Za-z0-9-]*[0-9][A-Za-z0-9-]*", text) and "{code}" in line:
        holes["code"] = typed
    else:
        holes["name"] = typed
        line = line.removesuffix(" --code {code}")  # cards are numbered unless told
        holes["code"] = _next_code(db, table, first) or holes["code"]
    return "logi " + line.format(**holes)


def _next_code(db: sqlite3.Connection, table: str, first: str) -> str:
    """The code that comes next where all are of one kind (S01 … S30: S31), `first` where there are none, else ""."""
    import re

    if table == "school_category":  # the state's list, not a row of numbers
        return ""

    codes = [row[0] or "" for row in db.execute(f"SELECT code FROM {table} WHERE void = 0")]
    split = [re.fullmatch(r"([A-Za-z]+)([0-9]+)", code) for code in codes]
    if not codes:
        return first
    letters = {one[1] for one in split if one}
    if len(letters) != 1 or None in split:
        return ""
    numbers = [one[2] for one in split if one]
    return letters.pop() + str(max(map(int, numbers)) + 1).zfill(len(max(numbers, key=len)))
