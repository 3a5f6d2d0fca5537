"""節約型校園: the plan, its inspections and what they found, what is left on or leaks, use against the year before, drives."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.meter import check, paper, reckoning, rules, store
from logi.books.meter.bill_report import savings
from logi.books.meter.tabling import table
from logi.core.answers import Milli, Table, Word
from logi.core.days import month_of, school_year_of, school_year_period
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

COLUMNS = "aim:word:meter.aim figure met:word:meter.met records"
Row = dict[str, object]


def aims(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """What a saving school promises, each aim with what the records say of a period (else this school year)."""
    first = since or school_year_period(school_year_of(ledger.today)).since
    last = min(until or ledger.today, ledger.today)
    rows = [
        *(_governed(ledger, last, kind) for kind in ("plan", "regulation")), *_inspected(ledger, first, last),
        _left_on(ledger, first, last), _leaks(ledger, first, last), _read(ledger, first, last),
        *_less(ledger, first, until or last), _drives(ledger, last),
    ]  # fmt: skip
    met = sum(row["met"] == "yes" for row in rows)
    known = sum(row["met"] is not None for row in rows)
    return table("campus", say("meter.title.campus", since=first, until=last), COLUMNS, rows,
                 notes=[say("meter.note.campus", met=met, count=known)])  # fmt: skip


def _governed(ledger: "Ledger", day: date, kind: str) -> Row:
    """Whether a plan (a regulation) for energy stands."""
    there = paper.governing(ledger.db, day, (kind,))
    return _row(kind, say("meter.figure.documents", count=len(there)), bool(there),
                [f"{row['code']} {row['name']}" for row in there])  # fmt: skip


def _inspected(ledger: "Ledger", first: date, last: date) -> list[Row]:
    """Whether the list of the saving campus was run as often as asked, and what of its problems is not settled."""
    runs = check.runs(ledger.db, check.CAMPUS, first, last)
    kept = [one.kept for one in check.Duties(ledger, check.CAMPUS).kept(first, last)]
    asked, done = sum(one.expected for one in kept), sum(one.done for one in kept)
    answers = check.results_of_runs(ledger.db, runs)
    failed = [one for run in runs for one in answers.get(run["number"], []) if one["result"] == "fail"]
    open_ = [one["opened"] for one in failed if one["opened"] and check.still_open(ledger.db, one["opened"])]
    return [
        _row("inspect", say("meter.figure.runs", made=len(runs), done=done, asked=asked), bool(runs) and done >= asked,
             [run["number"] for run in runs]),
        _row("settle", say("meter.figure.problems", count=len(failed), left=len(open_)), not open_ if runs else None,
             open_),
    ]  # fmt: skip


def _left_on(ledger: "Ledger", first: date, last: date) -> Row:
    """Lights and air conditioning found on in empty rooms, set-points broken."""
    found, ran = [], 0
    for key in dict.fromkeys(key for key, _ in check.LEFT_ON):
        runs = check.runs(ledger.db, key, first, last)
        answers = check.results_of_runs(ledger.db, runs)
        wanted = {item for name, item in check.LEFT_ON if name == key}
        ran += len(runs)
        found += [run["number"] for run in runs for one in answers.get(run["number"], [])
                  if one["item"] in wanted and one["result"] == "fail"]  # fmt: skip
    return _row("left_on", say("meter.figure.found", count=len(found)), not found if ran else None, found)


def _leaks(ledger: "Ledger", first: date, last: date) -> Row:
    """Leaks reported at meters, and those nobody has settled."""
    told = store.alarms(ledger.db, month_of(first), month_of(last))
    open_ = [row["number"] for row in told if check.still_open(ledger.db, row["number"])]
    return _row("leaks", say("meter.figure.problems", count=len(told), left=len(open_)), not open_, open_)


def _read(ledger: "Ledger", first: date, last: date) -> Row:
    """Meters unread, and unusual uses of the last month that nobody explained."""
    basis = reckoning.Basis(ledger)
    missing = [
        f"{row['code']} {month}" for row in basis.meters
        for month in reckoning.unread_since(row, basis.readings[row["id"]], last) if month >= month_of(first)
    ]  # fmt: skip
    odd = [line.meter["code"] for line in reckoning.of_month(ledger, month_of(last), basis).lines if line.state == "abnormal"]
    figure = say("meter.figure.readings", unread=len(missing), odd=len(odd))
    return _row("read", figure, not (missing or odd) if basis.meters else None, [*missing, *odd])


def _less(ledger: "Ledger", first: date, last: date) -> list[Row]:
    """Each kind's use for a pupil (else in all) beside the same days a year before: not more."""
    sheet = reckoning.of_period(ledger, first, last)
    rows = []
    for kind in sheet.kinds:
        total = sheet.total(kind)
        base, heads, unit = total.last_year_milli, sheet.heads or 1, Word.of("meter.unit", kind)
        by = "" if sheet.heads else "_all"
        if total.use_milli is None or total.unread:  # part of a period is no less than the whole of another
            rows.append(_row(f"less_{kind}", say("meter.figure.unread", count=total.unread), None, []))
            continue
        now = Milli(rules.share(total.use_milli, heads))
        if base is None:
            rows.append(_row(f"less_{kind}", say(f"meter.figure.use{by}", use=now, unit=unit), None, []))
            continue
        then = Milli(rules.share(base, heads))
        figure = say(f"meter.figure.uses{by}", use=now, then=then, unit=unit)
        rows.append(_row(f"less_{kind}", figure, total.use_milli <= base, []))
    return rows


def _drives(ledger: "Ledger", last: date) -> Row:
    """Drives for saving that can be judged, and those that reached their goal."""
    rows = [row for row in savings(ledger, until=last).rows if row["met"] is not None]
    good = [row["drive"] for row in rows if row["met"] == "yes"]
    return _row("drives", say("meter.figure.drives", met=len(good), count=len(rows)), len(good) == len(rows) if rows else None,
                [row["drive"] for row in rows])  # fmt: skip


def _row(aim: str, figure: str, met: bool | None, records: list[str]) -> Row:
    return {"aim": aim, "figure": figure, "met": None if met is None else "yes" if met else "no",
            "records": " ".join(records[:5] + ["…"] * (len(records) > 5)) or None}  # fmt: skip
