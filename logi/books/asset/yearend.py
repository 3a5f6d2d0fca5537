"""The year's end (年末三方覈對): the register against the accountant's figures and the departments' word, three signatures."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from sqlite3 import Row
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.asset import school, store
from logi.books.asset.tabling import table
from logi.core import days
from logi.core.answers import Confirmation, Fen, Table, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.core.messages import say, title
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry as Source_

    Source = Ledger | Source_

ROLES = ("accountant", "assets", "department")
NOBODY = "-"  # cards that no department uses


class Figure(NamedTuple):
    """One line: what the register says, what the accountant or the department says (None: not yet), and why it differs."""

    kind: str
    key: str
    name: str
    register_fen: int
    stated_fen: int | None
    cause: str | None
    decision: str | None

    @property
    def difference_fen(self) -> int:
        """Register less the other side."""
        return self.register_fen - (self.stated_fen or 0)

    @property
    def settled(self) -> bool:
        """Stated and equal, or explained and decided."""
        return self.stated_fen is not None and (not self.difference_fen or bool(self.cause and self.decision))


def figures(source: "Source", year: int) -> list[Figure]:
    """Every category the accountant keeps and every department, with the register's figure at the end of the year."""
    until = min(date(year, 12, 31), source.today)
    check = _check(source, year)
    lines = (
        {(row["kind"], row["key"]): row for row in store.where(source.db, "asset_check_line", check_id=check["id"])}
        if check
        else {}
    )
    standing = store.register_at(source.db, until)
    classes = store.names_of(source.db, "school_category")
    homes, untold = store.names_of(source.db, "school_department"), store.without_department(source.db)
    kinds = {row["code"]: row["name"] for row in school.rows(source.db, "school_category")}
    stated = sorted((key for kind, key in lines if kind == "category"), key=len, reverse=True)
    sums: dict[tuple[str, str], int] = dict.fromkeys(lines, 0)
    names: dict[str, str] = {}
    for card in store.named_cards(source.db, gone=True):
        stood = standing.get(card["id"])
        if stood is None:
            continue
        code = classes[stood.category_id]["code"] if stood.category_id else NOBODY
        # The accountant's own class if there is one, else the broad class a figure is wanted for.
        key = next((one for one in stated if code.startswith(one)), code[:3])
        home_id = card["department_id"] if card["id"] in untold else stood.department_id
        home = homes[home_id]["name"] if home_id else NOBODY
        names.setdefault(home, home)
        for at in (("category", key), ("department", home)):
            sums[at] = sums.get(at, 0) + stood.cost_fen
    made = []
    for (kind, key), register in sorted(sums.items()):
        row = lines.get((kind, key))
        nobody = say("asset.uncategorised" if kind == "category" else "asset.no_department")
        name = nobody if key == NOBODY else kinds.get(key, key)
        made.append(
            Figure(
                kind,
                key,
                name,
                register,
                row["stated_fen"] if row else None,
                row["cause"] if row else None,
                row["decision"] if row else None,
            )
        )
    return made


def reconcile(
    e: Entry,
    year: int,
    *,
    accountant: Mapping[str, int],
    departments: Mapping[str, int | None],
    causes: Mapping[str, tuple[str, str]],
    signers: Mapping[str, str],
    on: date | None = None,
) -> Confirmation:
    """Take down what the accountant and the departments say, why it differs and what was decided, and who signed.

    Refuses (4) a signature while a figure is not stated or a difference not explained, before the year is over, and
    two roles of one person.
    """
    day = on or e.today
    check = _check(e, year)
    check_id = check["id"] if check is not None else e.insert("asset_check", year=str(year))
    for text, fen in accountant.items():
        _line(e, check_id, "category", _class_of(e, text), stated_fen=fen)
    now = {(one.kind, one.key): one for one in figures(e, year)}
    for text, amount in departments.items():
        key = NOBODY if text == NOBODY else school.department(e, text)["name"]
        known = now.get(("department", key))
        _line(e, check_id, "department", key, stated_fen=amount if amount is not None else known.register_fen if known else 0)
    now = {(one.kind, one.key): one for one in figures(e, year)}
    for text, (cause, decision) in causes.items():
        found = [one for one in now.values() if text in (one.key, one.name)]
        if not found:
            raise NotFound("asset.check_no_line", key_typed=text, year=year)
        _line(e, check_id, found[0].kind, found[0].key, cause=cause, decision=decision)
    rows = figures(e, year)
    for role, text in signers.items():
        _sign(e, check_id, year, rows, role, text, day)
    e.subject = f"asset {year}"
    left = [role for role in ROLES if role not in signed(e, year)]
    return Confirmation("asset.reconcile", None, facts={
        "year": str(year), "lines": len(rows), "open": sum(not one.settled for one in rows),
        "difference": Fen(sum(one.difference_fen for one in rows if one.kind == "category" and one.stated_fen is not None)),
        "unsigned": [Word.of("asset.role", role) for role in left] or None,
    })  # fmt: skip


def signed(source: "Source", year: int) -> dict[str, Row]:
    """The signatures that still hold: those under the figures as they are now."""
    check = _check(source, year)
    if check is None:
        return {}
    now = digest(figures(source, year))
    return {
        row["role"]: row for row in store.where(source.db, "asset_check_sign", check_id=check["id"]) if row["figures"] == now
    }


def years_open(ledger: "Ledger") -> list[int]:
    """Years that are over, in which assets were recorded here, without three valid signatures."""
    first = store.first_month(ledger.db)
    if first is None:
        return []
    return [year for year in range(int(first[:4]), ledger.today.year) if len(signed(ledger, year)) < len(ROLES)]


def sheet(ledger: "Ledger", year: int) -> Table:
    """年末三方覈對表: every line with its difference, cause and decision, and who signed."""
    rows = [
        {"kind": one.kind, "key": one.key, "name": one.name, "register": one.register_fen, "stated": one.stated_fen,
         "difference": one.difference_fen if one.stated_fen is not None else None, "cause": one.cause, "decision": one.decision}
        for one in figures(ledger, year)
    ]  # fmt: skip
    people = store.names_of(ledger.db, "school_person")
    have = signed(ledger, year)
    notes = [
        say(
            "asset.note.signed",
            role=title("asset.role", role),
            by=people[have[role]["person_id"]]["name"],
            on=have[role]["on_day"],
        )
        if role in have
        else say("asset.note.not_signed", role=title("asset.role", role))
        for role in ROLES
    ]
    specs = "kind:word:asset.check_kind key:code name register:money stated:money difference:money cause decision"
    return table("reconcile", say("asset.title.reconcile", year=year), specs, rows, notes=notes)


def digest(rows: Sequence[Figure]) -> str:
    """What a signature stands under."""
    lines = [f"{one.kind} {one.key} {one.register_fen} {one.stated_fen} {one.cause} {one.decision}" for one in rows]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _sign(e: Entry, check_id: int, year: int, rows: Sequence[Figure], role: str, text: str, day: date) -> None:
    person = school.person(e, text)
    if role not in ROLES:
        raise Usage("asset.check_role", role=role, known=list(ROLES))
    if not days.year_period(year).until <= day <= e.today:
        raise Refused("asset.check_day", year=year, on=day)
    if unsettled := [one.key for one in rows if not one.settled]:
        raise Refused("asset.check_unsettled", year=year, lines=unsettled)
    now = digest(rows)
    for other in store.where(e.db, "asset_check_sign", check_id=check_id):
        if other["role"] != role and other["person_id"] == person["id"] and other["figures"] == now:
            raise Refused("asset.check_three", person=person["name"], role=Word.of("asset.role", other["role"]))
    values: dict[str, Any] = {"person_id": person["id"], "on_day": day.isoformat(), "figures": now}
    had = store.where(e.db, "asset_check_sign", check_id=check_id, role=role)
    if had and had[0]["figures"] == now:
        raise Refused("asset.check_signed", role=Word.of("asset.role", role), year=year)
    if had:
        e.update("asset_check_sign", had[0]["id"], **values)
    else:
        e.insert("asset_check_sign", check_id=check_id, role=role, **values)


def _class_of(e: Entry, text: str) -> str:
    """A category, or the beginning of some categories' codes as accountants have it (A02, A0209)."""
    code = text.strip().upper()
    if any(row["code"].startswith(code) for row in school.rows(e.db, "school_category")):
        return code
    return str(school.category(e, text)["code"])


def _check(source: "Source", year: int) -> Row | None:
    found = store.where(source.db, "asset_check", year=str(year))
    return found[0] if found else None


def _line(e: Entry, check_id: int, kind: str, key: str, **values: Any) -> None:
    had = store.where(e.db, "asset_check_line", check_id=check_id, kind=kind, key=key)
    if had:
        e.update("asset_check_line", had[0]["id"], **values)
    else:
        e.insert("asset_check_line", check_id=check_id, kind=kind, key=key, **values)
