"""Lists that are run on every asset of a kind: how far a period's checks have come, asset by asset (REP-05)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.check import analysis, lists, store
from logi.books.check.rules import Checklist
from logi.books.check.using import where_text
from logi.core.answers import Column, Table
from logi.core.days import school_year_of, school_year_period
from logi.core.errors import Usage
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


class Seen(NamedTuple):
    """One asset and the newest run of the list on it: `state` is unchecked, good, faulty or mended."""

    asset: store.Row
    run: store.Row | None
    opened: tuple[str, ...]
    state: str


def assets(ledger: "Ledger", text: str, since: date | None, until: date | None) -> Table:
    """Every asset of a list with its newest run in a period (this school year), the unchecked and the faulty first."""
    checklist = lists.named(ledger, text)
    if checklist.things is None:
        raise Usage("check.not_for_assets", title=lists.title(checklist))
    year = school_year_period(school_year_of(min(until or ledger.today, ledger.today)))
    first, last = since or year.since, min(until or ledger.today, ledger.today)
    found = list(seen(ledger, checklist, first, last))
    order = ("unchecked", "faulty", "mended", "good")
    rows = [_row(one) for one in sorted(found, key=lambda one: (order.index(one.state), one.asset["code"]))]
    columns = (
        _column("asset", "code"), _column("name"), _column("place"), _column("owner"),
        _column("state", "word", "check.thing_state"), _column("on", "day"), _column("number", "code"),
        _column("score", "rate"), Column("failed", say("check.col.failed"), "count", total=True), _column("opened", "code"),
    )  # fmt: skip
    name = say("check.title.assets", title=lists.title(checklist), since=first, until=last)
    return Table("check.assets", name, columns, rows, notes=[_degree(found)])


def seen(ledger: "Ledger", checklist: Checklist, since: date, until: date) -> Iterator[Seen]:
    """Every asset that stood on the register on the last day, by code; a fault is mended when its slip is settled."""
    assert checklist.things is not None
    runs = store.last_runs_of_assets(ledger.db, checklist.key, since, until)
    answers = store.results_of_runs(ledger.db, runs.values())
    for asset in store.things(ledger.db, checklist.things, until):
        run = runs.get(asset["code"])
        if run is None:
            yield Seen(asset, None, (), "unchecked")
            continue
        failures = [one for one in answers.get(run["number"], []) if one["result"] == "fail"]
        open_ones = [one for one in failures if analysis.outcome(ledger, one) in ("open", "noted")]
        state = "faulty" if open_ones else "mended" if failures else "good"
        yield Seen(asset, run, tuple(dict.fromkeys(one["opened"] for one in failures if one["opened"])), state)


def _row(one: Seen) -> dict[str, Any]:
    asset, run = one.asset, one.run
    place = where_text(None, asset["place"], asset["place_name"], asset["spot"])
    return {
        "asset": asset["code"], "name": asset["name"], "place": place, "owner": asset["keeper"], "state": one.state,
        "on": date.fromisoformat(run["on_day"]) if run else None, "number": run["number"] if run else None,
        "score": run["score"] if run else None, "failed": run["failed"] if run else None,
        "opened": " ".join(one.opened) or None,
    }  # fmt: skip


def _degree(found: list[Seen]) -> str:
    checked = sum(one.state != "unchecked" for one in found)
    faulty = sum(one.state == "faulty" for one in found)
    mended = sum(one.state == "mended" for one in found)
    return say("check.note.degree", checked=checked, count=len(found), faults=faulty + mended, mended=mended)


def _column(key: str, kind: str = "text", words: str = "") -> Column:
    return Column(key, say(f"check.col.{key}"), kind, words=words)
