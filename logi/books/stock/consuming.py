"""What is used up: per department and head, against the quota and the year before; printing consumables."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.stock import school
from logi.books.stock import store_kits as sql
from logi.books.stock.columns import table
from logi.books.stock.rules import CLASSES
from logi.core.answers import Fen, Table, Word
from logi.core.folding import fold
from logi.core.messages import say
from logi.core.money import ratio_half_up

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


def consumption(ledger: "Ledger", since: date, until: date) -> Table:
    """Each department's use by class: in all, per head, its quota for the months of the period, and a year earlier."""
    until = min(until, ledger.today)
    now, before = _by_class(ledger, since, until), _by_class(ledger, _year_before(since), _year_before(until))
    codes = sql.department_codes(ledger.db)
    heads = heads_of(ledger, until)
    rows = []
    for key in sorted(now.keys() | before.keys(), key=lambda k: (codes[k[0]], CLASSES.index(k[2]))):
        department_id, name, kind = key
        value, earlier = now.get(key, 0), before.get(key, 0)
        people = heads.get(department_id)
        quota = quota_of(ledger, name, kind, people, since, until)
        rows.append({
            "department": name, "heads": people, "class": kind, "value": value,
            "per_head": ratio_half_up(value, people) if people else None, "quota": quota,
            "over_quota": max(value - quota, 0) if quota is not None else None, "last_year": earlier,
            "change": _change(value, earlier),
        })  # fmt: skip
    keys = ["department", "heads", "class", "value", "per_head", "quota", "over_quota", "last_year", "change"]
    notes = [] if any(row["quota"] is not None for row in rows) else [say("stock.no_quota")]
    made = table("stock.consumption", "stock.title.consumption", keys, rows, notes=notes, since=since, until=until)
    made.totals = {key: sum(row[key] or 0 for row in rows) for key in ("value", "over_quota", "last_year")}
    return made


def printing(ledger: "Ledger", since: date, until: date) -> Table:
    """Paper and printing consumables by department: how much, per head, a year earlier; sheets to a cartridge are noted."""
    until = min(until, ledger.today)
    paper = tuple(fold(word) for word in school.policy(ledger, "stock.paper_words", until))
    now = _by_item(ledger, since, until, paper)
    before = _by_item(ledger, _year_before(since), _year_before(until), paper)
    heads = heads_of(ledger, until)
    rows = []
    for key in sorted(now.keys() | before.keys(), key=lambda k: (now.get(k) or before[k])["department_code"] + k[1]):
        one, earlier = now.get(key), before.get(key)
        row = one if one is not None else earlier
        assert row is not None
        quantity, people = one["quantity_milli"] if one is not None else 0, heads.get(row["department_id"])
        rows.append({
            "department": row["department"], "heads": people, "code": row["code"], "name": row["name"], "unit": row["unit"],
            "quantity": quantity, "value": one["value_fen"] if one is not None else 0,
            "head_quantity": ratio_half_up(quantity, people) if people else None,
            "before_quantity": earlier["quantity_milli"] if earlier is not None else 0,
            "change": _change(quantity, earlier["quantity_milli"] if earlier is not None else 0),
        })  # fmt: skip
    keys = ["department", "heads", "code", "name", "unit", "quantity", "value", "head_quantity", "before_quantity", "change"]
    return table("stock.printing", "stock.title.printing", keys, rows, notes=_sheets(ledger, now, paper, until), since=since,
                 until=until)  # fmt: skip


def heads_of(source: "Source", on: date) -> Mapping[int, int]:
    """How many heads each department has: the policy's figure by name, else the people of the register."""
    found, named = sql.heads(source.db), sql.department_ids(source.db)
    found |= {named[name]: count for name, count in school.policy(source, "stock.heads", on).items() if count and name in named}
    return found


def quota_of(source: "Source", name: str, kind: str, people: int | None, since: date, until: date) -> int | None:
    """A department's quota of a class over the months that a period touches, in fen; None without one."""
    months = (until.year - since.year) * 12 + until.month - since.month + 1
    own = school.policy(source, "stock.quota_department_fen", until).get(name, {})
    if own.get(kind):
        return int(own[kind]) * months
    each = school.policy(source, "stock.quota_head_fen", until).get(kind)
    return int(each) * people * months if each and people else None


def warn_quota(e: "Entry", department: Any, kinds: set[str], on: date) -> None:
    """Say which classes a department has drawn beyond its quota in the month of a day."""
    people = heads_of(e, on).get(department["id"])
    first = on.replace(day=1)
    for kind in sorted(kinds):
        quota = quota_of(e, department["name"], kind, people, first, on)
        if quota is None:
            continue
        drawn = sql.drawn_of_class(e.db, department["id"], kind, first.isoformat(), on.isoformat())
        if drawn > quota:
            e.warn("stock.over_quota", department=department["name"], kind=Word.of("stock.class", kind), value=Fen(drawn),
                   quota=Fen(quota), month=on.isoformat()[:7])  # fmt: skip


def _by_class(ledger: "Ledger", since: date, until: date) -> dict[tuple[int, str, str], int]:
    sums: dict[tuple[int, str, str], int] = {}
    for row in sql.drawn(ledger.db, since.isoformat(), until.isoformat()):
        key = (row["department_id"], row["department"], row["class"])
        sums[key] = sums.get(key, 0) + row["value_fen"]
    return sums


def _by_item(ledger: "Ledger", since: date, until: date, paper: tuple[str, ...]) -> dict[tuple[int, str], Any]:
    return {
        (row["department_id"], row["code"]): row for row in sql.drawn(ledger.db, since.isoformat(), until.isoformat())
        if row["class"] == "printing" or _is_paper(row, paper)
    }  # fmt: skip


def _is_paper(row: Any, paper: tuple[str, ...]) -> bool:
    return bool(row["folded"].startswith(paper))


def _sheets(ledger: "Ledger", now: Mapping[Any, Any], paper: tuple[str, ...], on: date) -> list[str]:
    """How many sheets one cartridge printed, over the whole school."""
    packs = sum(row["quantity_milli"] for row in now.values() if _is_paper(row, paper))
    cartridges = sum(row["quantity_milli"] for row in now.values() if row["class"] == "printing" and not _is_paper(row, paper))
    if packs <= 0 or cartridges <= 0:
        return []
    sheets = packs * int(school.policy(ledger, "stock.sheets_per_pack", on)) // cartridges
    return [say("stock.sheets_each", sheets=sheets)]


def _change(value: int, earlier: int) -> int | None:
    """The change to a year earlier, in tenths of a percent."""
    return ratio_half_up((value - earlier) * 1000, earlier) if earlier > 0 else None


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
