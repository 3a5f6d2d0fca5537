"""Use by month, building and department; what was not read; what went through at night."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.meter import reckoning, rules, store
from logi.books.meter.actions import hangs, place_text
from logi.books.meter.reckoning import Line, read_in
from logi.books.meter.tabling import table
from logi.core.answers import Table, Word
from logi.core.days import add_months, month_of, month_period
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

TREND = "month:month use:quantity last_year:quantity yoy:rate cost:money+ each:quantity"
PLACES = "place kind:word:meter.kind use:quantity unit share:rate cost:money+ meters"
DEPARTMENTS = "department kind:word:meter.kind use:quantity unit share:rate cost:money+ meters"
UNREAD = "code:code title kind:word:meter.kind place month:month last_on:day last:quantity reader"
NIGHTS = "on:day code:code title minutes:count use:quantity hourly:quantity unit most:quantity by"


def trend(ledger: "Ledger", what: str, since: date, until: date) -> Table:
    """A kind's or one meter's use month by month, beside the year before."""
    row = None if what in rules.KINDS else store.meter(ledger, what)
    rows, one, basis = [], month_of(since), reckoning.Basis(ledger)
    while one <= month_of(min(until, ledger.today)):
        period = month_period(one)
        sheet = reckoning.of_period(ledger, period.since, period.until, basis)
        if row is None:
            t = sheet.total(what)
            use, base, cost, each = t.use_milli, t.last_year_milli, t.cost_fen, t.each_milli
        else:
            line = sheet.line(row["id"])
            use, base, cost, each = (line.use_milli, line.last_year_milli, line.cost_fen, None) if line else (None,) * 4
        rows.append({"month": one, "use": use, "last_year": base, "yoy": rules.change(use, base), "cost": cost, "each": each})
        one = add_months(one, 1)
    kind = what if row is None else row["kind"]
    name = title("meter.kind", what) if row is None else f"{row['code']} {row['name']}"
    found = table("trend", say("meter.title.trend", what=name, unit=Word.of("meter.unit", kind)), TREND, rows)
    found.chart = ("month", ("use", "last_year"))
    return found


def places(ledger: "Ledger", since: date, until: date, *, kind: str | None = None) -> Table:
    """Use and cost by building: what its meters show; what no sub-meter shows stands apart."""
    tops = store.outermost(ledger.db)
    return _shared(ledger, since, until, kind, "places", PLACES, lambda row: " ".join(tops[row["place_id"]]))


def departments(ledger: "Ledger", since: date, until: date, *, kind: str | None = None) -> Table:
    """Use and cost by the department a meter is kept for."""
    return _shared(ledger, since, until, kind, "departments", DEPARTMENTS, lambda row: row["department"])


def unread(ledger: "Ledger", *, month: str | None = None) -> Table:
    """The meters a month's reading is missing of; without a month all that are over."""
    until = month_period(month).until if month else ledger.today
    readings = store.readings(ledger.db)
    rows = []
    for row in store.meters(ledger.db):
        own = readings[row["id"]]
        if month:
            missing = [month] if hangs(row, until) and not read_in(own, month) else []
        else:
            missing = reckoning.unread_since(row, own, until)
        rows += [{
            "code": row["code"], "title": row["name"], "kind": row["kind"], "place": place_text(row), "month": one,
            "last_on": own[-1].on, "last": own[-1].value_milli, "reader": row["reader"],
        } for one in missing]  # fmt: skip
    rows.sort(key=lambda row: (row["month"], row["code"]))
    return table("unread", say("meter.title.unread"), UNREAD, rows)


def nights(ledger: "Ledger", since: date, until: date) -> Table:
    """What went through meters at night."""
    from logi.books.meter.alarming import most_at_night, per_hour

    rows = [
        {"on": date.fromisoformat(row["on_day"]), "code": row["code"], "title": row["name"], "minutes": row["minutes"],
         "use": row["use_milli"], "hourly": per_hour(row["use_milli"], row["minutes"]),
         "unit": title("meter.unit", row["kind"]), "by": row["by_name"],
         "most": most_at_night(ledger, row["kind"], date.fromisoformat(row["on_day"]))}
        for row in store.nights(ledger.db, since, until)
    ]  # fmt: skip
    return table("nights", say("meter.title.nights"), NIGHTS, rows)


def _shared(ledger: "Ledger", since: date, until: date, kind: str | None, name: str, columns: str, key: Any) -> Table:
    """Use and cost of the meters none hangs behind, summed by what `key` says of them, and what is left of the main ones.

    What is left is reckoned only where every meter of the kind was read; else a note names those that were not.
    """
    sheet = reckoning.of_period(ledger, since, until)
    field, rows, notes = columns.partition(" ")[0], [], []
    for one in [kind] if kind else sheet.kinds:
        sums: dict[str | None, list[Any]] = {}
        for line in sheet.leaves(one):
            if line.use_milli is not None:
                sums.setdefault(key(line.meter), [0, 0, []])
                _add(sums[key(line.meter)], line)
        total = sheet.total(one)
        if unread := [line.meter["code"] for line in sheet.lines if line.meter["kind"] == one and not line.whole]:
            notes.append(say("meter.note.unread", kind=Word.of("meter.kind", one), codes=unread))
        rest = 0 if unread or total.use_milli is None else total.use_milli - sum(part[0] for part in sums.values())
        cost = None if total.cost_fen is None else total.cost_fen - sum(part[1] for part in sums.values())
        shares = [({field: label or say("meter.no_department")}, part) for label, part in
                  sorted(sums.items(), key=lambda item: (item[0] is None, item[0]))]  # fmt: skip
        if rest:
            shares.append(({field: say("meter.rest")}, [rest, cost, []]))
        for label, (use, fen, codes) in shares:
            rows.append({
                **label, "kind": one, "use": use, "unit": title("meter.unit", one),
                "share": rules.permille(use, total.use_milli) if total.use_milli and not total.unread else None,
                "cost": fen if total.cost_fen is not None else None, "meters": "、".join(codes) or None,
            })  # fmt: skip
    return table(name, say(f"meter.title.{name}", since=since, until=until), columns, rows, notes=notes)


def _add(sums: list[Any], line: Line) -> None:
    sums[0] += line.use_milli or 0
    sums[1] += line.cost_fen or 0
    sums[2].append(line.meter["code"])
