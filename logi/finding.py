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


def find(source: "Ledger | Entry", table: str, text: str, *, what: str, name: str = "name") -> sqlite3.Row:
    """The row of `table` that `text` names. `what` is a word of `front.thing.*` for the sentence.

    Raises NotFound (3) or Ambiguous (3, with candidates). `--exact` and imports admit codes and exact names alone.
    """
    ledger: Any = getattr(source, "ledger", source)
    db: sqlite3.Connection = source.db
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
    near = _near(db, table, text, name) if ledger.hints else []
    raise NotFound("front.not_found_near" if near else "front.not_found", what=_what(what), text=text, near=near)


def by_code(db: sqlite3.Connection, table: str, code: str) -> sqlite3.Row | None:
    """The live row of exactly this code."""
    row: sqlite3.Row | None = db.execute(f"SELECT * FROM {table} WHERE code = ? AND void = 0", (code,)).fetchone()
    return row


def search(db: sqlite3.Connection, table: str, text: str, *, name: str = "name", limit: int = 50) -> list[sqlite3.Row]:
    """Every live row that fits the text anywhere, best first: for `logi find` and completion."""
    seen: dict[int, sqlite3.Row] = {}
    for rows in _tiers(db, table, text, name, exact=False):
        for row in rows:
            seen.setdefault(row["id"], row)
    return list(seen.values())[:limit]


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
