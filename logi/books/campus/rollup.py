"""What the campus book asks of the roll-up: how the school stood in a programme of the beautiful campus."""

import sqlite3
from datetime import date
from typing import Any

from logi.books.rollup.store import acceptances, memberships, own, programmes
from logi.core.answers import Milli, Word
from logi.core.folding import fold

__all__ = ["passed"]

NAMED = "美丽"  # as such programmes are called: 美丽新校园, 美丽校园创建


def passed(db: sqlite3.Connection, day: date) -> list[dict[str, Any]]:
    """Each programme of the beautiful campus the school takes part in with its newest acceptance up to a day."""
    unit, found = own(db), []
    if unit is None:
        return []
    joined = {row["programme_id"] for row in memberships(db, unit["id"])}
    for programme in programmes(db):
        if programme["id"] not in joined or NAMED not in fold(programme["name"]):
            continue
        rows = acceptances(db, programme["id"], day, unit["id"])
        if rows:
            result = Word.of("campus.result", "pass" if rows[-1]["passed"] else "fail")
            found.append({"code": programme["code"], "name": programme["name"], "result": result,
                          "on": date.fromisoformat(rows[-1]["on_day"]), "score": Milli(rows[-1]["score_milli"])})  # fmt: skip
    return found
