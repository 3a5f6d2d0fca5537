"""What a printed form is filled with: a book's `forms.py` gives raw values, lines and the signatures on record.

A value is drawn by its type (Fen, Milli, Word, date, int, str); a line's value by the kind of its column.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from logi.core.messages import say


class Asked(NamedTuple):
    """What a form was asked for beside its number: a stretch of days, and the month or week if it is one."""

    since: date | None = None
    until: date | None = None
    month: str | None = None
    week: str | None = None


class Signed(NamedTuple):
    """A signature on record: who signed in which place of the chain, on which day, under which document number."""

    role: str
    name: str
    on: date | None = None
    doc_no: str | None = None
    agreed: bool = True
    opinion: str | None = None


class FormData:
    """One form's content.

    `values` fill the fields, `lines` the main table, `lists` the other tables by name, `texts` the lists of paragraphs.
    `signed` are signatures on record; `named` says who is to sign where nobody has yet (role -> name). `levels` are the
    approvals the rules ask for, in order: of a form's optional tiers the others print as —; None if no rule asks.
    """

    __slots__ = ("levels", "lines", "lists", "named", "notes", "number", "on", "period", "qr", "signed", "texts", "titles",
                 "totals", "values")  # fmt: skip

    def __init__(self, number: str | None = None, *, on: date | None = None, period: str | None = None,
                 values: Mapping[str, Any] | None = None, lines: Iterable[Mapping[str, Any]] = (),
                 lists: Mapping[str, Iterable[Mapping[str, Any]]] | None = None, signed: Sequence[Signed] = (),
                 named: Mapping[str, str | None] | None = None, levels: Sequence[str] | None = None,
                 titles: Mapping[str, str] | None = None, totals: Mapping[str, Any] | None = None,
                 texts: Mapping[str, Sequence[str]] | None = None, notes: Sequence[str] = (),
                 qr: str | None = None) -> None:  # fmt: skip
        self.number, self.on, self.period = number, on, period
        self.values: dict[str, Any] = dict(values or {})
        self.lines = tuple(lines)
        self.lists = {name: tuple(rows) for name, rows in (lists or {}).items()}
        self.signed = tuple(signed)
        self.named = {role: name for role, name in (named or {}).items() if name}
        self.levels = None if levels is None else tuple(levels)
        self.titles = dict(titles or {})  # what a level is called, for those the form has no word for
        self.totals: dict[str, Any] = dict(totals or {})  # sums that are not those of the lines
        self.texts = {name: tuple(lines) for name, lines in (texts or {}).items()}
        self.notes = tuple(notes)
        self.qr = qr  # a line of ASCII that a scanner types, in the corner of each page


SIGNERS = ("maker", "bursar", "vice_principal", "principal")  # of a pack


def cover_notes(settings: Mapping[str, str], as_of: date) -> list[str]:
    """What the cover of a pack says below its title: as of which day, and the school's motto if it has one."""
    motto = settings.get("motto")
    return [say("reports.as_of", day=as_of), *([motto] if motto else [])]


def open_chain() -> list[tuple[str, list[str]]]:
    """Who signs a pack, in order, each with blanks to sign on: (role, lines)."""
    return [(say(f"reports.sign.{role}"), [say("forms.sign_open"), say("forms.date_open")]) for role in SIGNERS]


def signatures(approvals: Iterable[Any]) -> list[Signed]:
    """The signatures that `logi approve` recorded (rows of the journal's approvals), the last of a level counts."""
    found: dict[str, Signed] = {}
    for row in approvals:
        found[row["level"]] = Signed(
            row["level"], row["by_whom"], date.fromisoformat(row["on_day"]), row["doc_no"], row["decision"] == "yes",
            row["reason"],
        )  # fmt: skip
    return list(found.values())
