"""How the papers stand on a day: areas covered or not, what is unanswered, ledgers fresh or stale."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi import journal
from logi.books.paper import rules, school, store, store_kept
from logi.books.paper.sources import fact_tables
from logi.core.days import month_of, month_period
from logi.registry import room

if TYPE_CHECKING:
    from logi.db import Ledger


class Cover(NamedTuple):
    """A work area: the regulations and forms that stand for it, what is laid down of it, and what it lacks."""

    area: str
    regulations: list[store.Row]
    forms: list[store.Row]
    laid: store.Row | None
    lacks: list[str]


class Kept(NamedTuple):
    """A ledger of the catalogue: its last entry, until when that is new enough, months with an entry and months without."""

    row: Any
    last: date | None
    fresh_until: date | None
    kept: int
    gaps: list[str]
    state: str


class Stale(NamedTuple):
    """A regulation to be looked at: why (source, experience, time), since or by when, and the source that changed."""

    row: store.Row
    why: str
    day: date
    source: store.Row | None = None


def on(row: Any, day: date) -> str:
    """How a document stands on a day."""
    return rules.standing(rules.span(row), day)


def stands(row: Any, day: date) -> bool:
    """Whether a document is on trial or in force on a day."""
    return on(row, day) in rules.STANDING


def coverage(ledger: "Ledger", day: date) -> list[Cover]:
    """Every work area, those of the policy first, then what documents or people named besides (DOC-06)."""
    if not store.begun(ledger.db):
        return []
    laid, covers = store.areas(ledger.db), store.covers(ledger.db)
    standing = [row for row in store.documents(ledger.db) if row["kind"] in ("regulation", "form") and stands(row, day)]
    known = [*school.policy(ledger, "paper.areas", day), *laid, *(one for row in standing for one in covers.get(row["id"], []))]
    found = []
    for area in dict.fromkeys(known):
        mine = [row for row in standing if area in covers.get(row["id"], [])]
        regulations = [row for row in mine if row["kind"] == "regulation"]
        forms = [row for row in mine if row["kind"] == "form" or row["form"]]
        found.append(Cover(area, regulations, forms, laid.get(area), _lacks(regulations, laid.get(area), day)))
    return found


def to_review(ledger: "Ledger", until: date) -> list[Stale]:
    """Regulations in force that are to be looked at by a day: a source changed, experience asks for it, or time does."""
    day = ledger.today
    years = int(school.policy(ledger, "paper.review_years", day))
    looked: dict[int, list[Any]] = {}
    for row in store.reviews(ledger.db, day):
        looked.setdefault(row["doc_id"], []).append(row)
    resting: dict[int, list[Any]] = {}
    for row in store.sources(ledger.db):
        resting.setdefault(row["doc_id"], []).append(row)
    found = []
    for row in store.documents(ledger.db):
        if row["kind"] not in rules.ADOPTED or not stands(row, day):
            continue
        first = rules.span(row).first
        assert first is not None
        mine = looked.get(row["id"], [])
        days = [date.fromisoformat(one["on_day"]) for one in mine]
        found += _by_source(row, resting.get(row["id"], []), first, days, day)
        if mine and mine[-1]["outcome"] == "revise":
            found.append(Stale(row, "experience", days[-1]))
        by = rules.next_review(first, days, years)
        if row["kind"] == "regulation" and by <= until:
            found.append(Stale(row, "time", by))
    return found


def unlaid(ledger: "Ledger", day: date) -> list[store.Row]:
    """Superior documents in force of which nobody has laid down what they ask."""
    known = {row["doc_id"] for row in store_kept.points(ledger.db)}
    return [row for row in store.documents(ledger.db)
            if row["kind"] == "superior" and row["id"] not in known and stands(row, day)]  # fmt: skip


def unanswered(ledger: "Ledger") -> list[Any]:
    """Requirements that no measure answers (given up ones do not)."""
    answered = {row["point_id"] for row in store_kept.measures(ledger.db) if not row["dropped"]}
    return [row for row in store_kept.points(ledger.db) if row["id"] not in answered]


def ledgers(ledger: "Ledger", day: date) -> list[Kept]:
    """The catalogue of ledgers with their last entries as of a day."""
    calendar, allowed = school.calendar(ledger), school.policy(ledger, "paper.ledger_days", day)
    found = []
    for row in store_kept.ledgers(ledger.db, closed=True):
        if row["from_day"] > day.isoformat() or (row["closed_on"] or "9999") <= day.isoformat():
            continue
        last = last_entry(ledger, row, "0001-01-01", day.isoformat())
        fresh = rules.fresh_until(row["frequency"], last or date.fromisoformat(row["from_day"]),
                                  allowed.get(row["frequency"]), calendar)  # fmt: skip
        months = rules.months_asked(row["frequency"], date.fromisoformat(row["from_day"]), day)
        gaps = [month for month in months if not _entry_in(ledger, row, month)]
        state = "stale" if fresh is not None and fresh < day else "never" if last is None else "current"
        found.append(Kept(row, last, fresh, len(months) - len(gaps), gaps, state))
    return found


def last_entry(ledger: "Ledger", row: Any, since: str, until: str) -> date | None:
    """The day of a ledger's newest entry in a stretch of days: computed from the books, or as noted."""
    if row["book"] is None:
        noted = [one["on_day"] for one in store_kept.lines(ledger.db, row["id"], date.fromisoformat(until))
                 if one["on_day"] >= since]  # fmt: skip
    else:
        found = (store_kept.last_fact(ledger.db, table, column, since, until) for table, column in fact_tables(row["book"]))
        noted = [one for one in found if one is not None]
    return date.fromisoformat(max(noted)) if noted else None


def handbook_changed(ledger: "Ledger", book: store.Row, roots: Collection[int]) -> tuple[date, date] | None:
    """The day a handbook was last given out, and the later day from which one of its documents is another."""
    given = store.issues(ledger.db, ledger.today, book["id"])
    if not given:
        return None
    last = date.fromisoformat(given[-1]["on_day"])
    days = []
    for root in roots:
        for row in store.versions(ledger.db, root):
            stood = rules.span(row)
            days += [one for one in (stood.first, stood.ended) if one and last < one <= ledger.today]
    return (last, max(days)) if days else None


def proves(ledger: "Ledger", number: str) -> bool:
    """Whether a number is that of a document of any book, and the entry that made it is not undone."""
    given = journal.number_of(ledger.db, number)
    hooks = room(given["book"], "report") if given is not None else None
    if given is None or hooks is None or journal.undone_by(ledger.db, given["entry"]) is not None:
        return False
    return bool(hooks.show(ledger, number))


def _by_source(row: store.Row, sources: Collection[Any], first: date, looked: Collection[date], day: date) -> list[Stale]:
    found = []
    for source in sources:
        stood = rules.span(source)
        ends = [end for end in (stood.ended,) if end]
        changed = rules.changed_source(first, looked, ends, day)
        if changed:
            found.append(Stale(row, "source", changed, source))
    return found


def _lacks(regulations: Collection[Any], laid: Any, day: date) -> list[str]:
    """What an area lacks. Somebody who has left is nobody."""
    there = laid is not None and laid["owner"] and (laid["owner_left"] or "9999") > day.isoformat()
    have = {"regulation": bool(regulations), "post": bool(laid is not None and laid["post"]), "person": bool(there)}
    return [one for one in rules.LACKS if not have[one]]


def _entry_in(ledger: "Ledger", row: Any, month: str) -> bool:
    period = month_period(month)
    until = min(period.until, ledger.today) if month_of(ledger.today) == month else period.until
    return last_entry(ledger, row, period.since.isoformat(), until.isoformat()) is not None
