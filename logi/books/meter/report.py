"""What the meter book can be asked: meters, use of a period by meter and kind, main meters against sub-meters."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.meter import reckoning, rules, school, store
from logi.books.meter.actions import hangs, place_text
from logi.books.meter.bill_report import bills, prices, savings, year_return
from logi.books.meter.heating_report import SEASONS, seasons
from logi.books.meter.paying import price_text
from logi.books.meter.reckoning import Line, Sheet
from logi.books.meter.share_report import departments, nights, places, trend, unread
from logi.books.meter.tabling import table
from logi.books.meter.telling import odd_said, total_said
from logi.core.answers import Table, Word
from logi.core.days import month_of, month_period
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

__all__ = ["bills", "departments", "nights", "places", "prices", "savings", "trend", "unread"]

METERS = ("code:code title kind:word:meter.kind place parent:code department digits:count factor:quantity reader last_on:day "
          "last:quantity quota:quantity removed_on:day")  # fmt: skip
MONTH = ("code:code title place kind:word:meter.kind factor:quantity opening:quantity closing:quantity use:quantity unit "
         "price cost:money last_year:quantity yoy:rate before:quantity mom:rate quota:quantity "
         "state:word:meter.state how reason")  # fmt: skip
KINDS = ("kind:word:meter.kind use:quantity unit cost:money+ before:quantity mom:rate last_year:quantity yoy:rate "
         "each:quantity unread:count")  # fmt: skip
LOSS = ("code:code title kind:word:meter.kind use:quantity behind behind_sum:quantity gap:quantity gap_rate:rate "
        "state:word:meter.gap")


def meters(ledger: "Ledger", *, kind: str | None = None, place: str | None = None, all_: bool = False) -> Table:
    """The meters in use (or all ever) with their last reading."""
    today = ledger.today
    place_id = school.place(ledger, place)["id"] if place else None
    readings, quotas = store.readings(ledger.db, until=today), store.quotas(ledger.db)
    rows = []
    for row in store.meters(ledger.db):
        if (kind and row["kind"] != kind) or place_id not in (None, row["place_id"]) or not (all_ or hangs(row, today)):
            continue
        rows.append(_meter(row, readings.get(row["id"], []), quotas, today))
    return table("meters", say("meter.title.meters", day=today), METERS, rows)


def month(ledger: "Ledger", since: date, until: date, *, kind: str | None = None, place: str | None = None,
          state: str | None = None) -> Table:  # fmt: skip
    """水電用量統計: every meter of a period with use, cost, the same period a year ago and the one before."""
    place_id = school.place(ledger, place)["id"] if place else None
    sheet = sheet_of(ledger, since, until)
    lines = [line for line in sheet.lines if (not kind or line.meter["kind"] == kind)
             and place_id in (None, line.meter["place_id"]) and (not state or line.state == state)]  # fmt: skip
    kinds = [one for one in sheet.kinds if any(line.meter["kind"] == one for line in lines)]
    whole = len(lines) == len(sheet.lines) or (kind and not place and not state)
    notes = [total_said(sheet, one) for one in kinds] if whole else []
    odd = [said for line in lines for said in odd_said(line, sheet)]
    return table("month", say("meter.title.month", since=since, until=until), MONTH, [month_row(line) for line in lines],
                 notes=[*notes, *odd])  # fmt: skip


def kinds(ledger: "Ledger", since: date, until: date) -> Table:
    """Each kind's use, cost and what falls to a pupil, beside the period before and the same one a year ago."""
    sheet = reckoning.of_period(ledger, since, until)
    rows = []
    for one in sheet.kinds:
        t = sheet.total(one)
        rows.append({
            "kind": one, "use": t.use_milli, "unit": title("meter.unit", one), "cost": t.cost_fen, "before": t.before_milli,
            "mom": rules.change(t.use_milli, t.before_milli), "last_year": t.last_year_milli,
            "yoy": rules.change(t.use_milli, t.last_year_milli), "each": t.each_milli, "unread": t.unread,
        })  # fmt: skip
    notes = [say("meter.note.heads", heads=sheet.heads)] if sheet.heads else [say("meter.note.no_heads")]
    return table("kinds", say("meter.title.kinds", since=since, until=until), KINDS, rows, notes=notes if rows else [])


def loss(ledger: "Ledger", since: date, until: date, *, kind: str | None = None) -> Table:
    """Main meters against the sum of those behind them."""
    sheet = reckoning.of_period(ledger, since, until)
    rows = []
    for gap in sheet.gaps():
        if kind and gap.line.meter["kind"] != kind:
            continue
        main = gap.line.use_milli
        rows.append({
            "code": gap.line.meter["code"], "title": gap.line.meter["name"], "kind": gap.line.meter["kind"], "use": main,
            "behind": "、".join(one.meter["code"] for one in gap.behind), "behind_sum": gap.sum_milli, "gap": gap.gap_milli,
            "gap_rate": rules.permille(gap.gap_milli, main) if gap.gap_milli is not None and main else None,
            "state": "unread" if gap.gap_milli is None else "wide" if gap.wide else "good",
        })  # fmt: skip
    notes = [say("meter.note.loss", percent=sheet.gap_percent)] if rows else []
    return table("loss", say("meter.title.loss", since=since, until=until), LOSS, rows, notes=notes)


# -- shared with the checks and the forms ----------------------------------------------------------


def sheet_of(ledger: "Ledger", since: date, until: date) -> Sheet:
    """The meters of a period; of a whole month with what is unusual in it."""
    one = month_of(since)
    if (since, until) == (month_period(one).since, month_period(one).until):
        return reckoning.of_month(ledger, one)
    return reckoning.of_period(ledger, since, until)


def month_row(line: Line) -> dict[str, Any]:
    """A meter's line in the sheet of a period."""
    row, use = line.meter, line.use_milli
    hows = [title("meter.how", how) for how in dict.fromkeys(line.hows)]
    return {
        "code": row["code"], "title": row["name"], "place": place_text(row), "kind": row["kind"],
        "factor": line.factor_milli, "opening": line.opening_milli, "closing": line.closing_milli, "use": use,
        "unit": title("meter.unit", row["kind"]), "price": None if line.price_micro is None else price_text(line.price_micro),
        "cost": line.cost_fen, "last_year": line.last_year_milli, "before": line.before_milli, "quota": line.quota_milli,
        "yoy": rules.change(use, line.last_year_milli) if line.whole else None,
        "mom": rules.change(use, line.before_milli) if line.whole else None, "state": line.state,
        "how": "、".join(hows) or None, "reason": "；".join([*line.alarms, *([line.reason] if line.reason else [])]) or None,
    }  # fmt: skip


# -- hooks of the floor ----------------------------------------------------------------------------


def energy_month(ledger: "Ledger", since: date, until: date) -> Table:
    """水電用量統計 of a period."""
    return month(ledger, since, until)


def energy_kinds(ledger: "Ledger", since: date, until: date) -> Table:
    """Use by kind with cost and what falls to a pupil."""
    return kinds(ledger, since, until)


def energy_loss(ledger: "Ledger", since: date, until: date) -> Table:
    """Main meters against those behind them."""
    return loss(ledger, since, until)


def energy_places(ledger: "Ledger", since: date, until: date) -> Table:
    """Use by building."""
    return places(ledger, since, until)


def energy_departments(ledger: "Ledger", since: date, until: date) -> Table:
    """Use by department."""
    return departments(ledger, since, until)


def energy_bills(ledger: "Ledger", since: date, until: date) -> Table:
    """Bills held against readings."""
    return bills(ledger, month_of(since), month_of(until))


def energy_saving(ledger: "Ledger", since: date, until: date) -> Table:
    """Drives for saving and what they came to."""
    return savings(ledger, until=until)


def energy_year(ledger: "Ledger", since: date, until: date) -> Table:
    """年度能源消費狀況: the calendar year a period ends in."""
    return year_return(ledger, str(until.year))


def heating(ledger: "Ledger", since: date, until: date) -> Table:
    """取暖: the boiler's seasons."""
    return seasons(ledger, until=until)


def saving_campus(ledger: "Ledger", since: date, until: date) -> Table:
    """節約型校園: the programme held against the records."""
    from logi.books.meter.campus import aims

    return aims(ledger, since, until)


def pack(ledger: "Ledger", month_: str) -> list[Table]:
    """The month's part: use by meter, kinds, loss, bills, the boiler; nothing while no meter hangs and nothing burns."""
    _, _, since, until, _ = month_period(month_)
    burning = [row for row in heating(ledger, since, until).rows if (row["stopped_on"] or until) >= since]
    fires = [table("seasons", say("meter.title.seasons"), SEASONS, burning)] if burning else []
    if not reckoning.of_period(ledger, since, until).lines:
        return fires
    tables = [month(ledger, since, until), kinds(ledger, since, until), loss(ledger, since, until)]
    if (owed := bills(ledger, month_, month_)).rows:
        tables.append(owed)
    return [*tables, *fires]


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A meter with all its readings, a bill or a drive, for `logi show`."""
    from logi.books.meter.showing import show as shown_

    return shown_(ledger, number)


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Meters by code or name, for `logi find`."""
    from logi.finding import search as found

    return [{"kind": Word.of("front.thing", "meter"), "code": row["code"], "name": row["name"],
             "detail": title("meter.kind", row["kind"])} for row in found(ledger.db, "meter_meter", text)]  # fmt: skip


# -- within ----------------------------------------------------------------------------------------


def _meter(row: Any, readings: list[rules.Reading], quotas: list[Any], today: date) -> dict[str, Any]:
    begun = [one for one in readings if one.digits is not None]
    quota = next((q["quota_milli"] for q in quotas if q["meter_id"] == row["id"] and q["from_day"] <= today.isoformat()), None)
    return {
        "code": row["code"], "title": row["name"], "kind": row["kind"], "place": place_text(row), "parent": row["parent"],
        "department": row["department"], "digits": begun[-1].digits if begun else None,
        "factor": begun[-1].factor_milli if begun else None, "reader": row["reader"],
        "last_on": readings[-1].on if readings else None, "last": readings[-1].value_milli if readings else None,
        "quota": quota, "removed_on": date.fromisoformat(row["removed_on"]) if row["removed_on"] else None,
    }  # fmt: skip
