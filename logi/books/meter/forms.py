"""What the meter book's printed forms are filled with: 水電用量統計 of a month, the reader's sheet, the boiler's log."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.meter import heating, heating_report, reckoning, report, store, telling
from logi.books.meter.actions import hangs, place_text
from logi.core.answers import Word
from logi.core.days import month_of, month_period
from logi.core.forms import Asked, FormData
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.db import Ledger


def energy_month(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """水電用量統計 (C.20): by kind, with subtotals, what falls to a pupil, and why a use is unusual."""
    month = asked.month or month_of(asked.since or ledger.today)
    sheet = reckoning.of_month(ledger, month)
    lines = []
    for n, line in enumerate(sheet.lines, 1):
        row = report.month_row(line)
        why = [title("meter.state", "unread")] if line.state == "unread" else []
        why += [text for text in (row["how"], row["reason"]) if text]  # 97500 to 1100 asks to be explained on paper too
        lines.append({**row, "n": n, "kind": Word.of("meter.kind", row["kind"]), "reason": "；".join(why) or None})
    kinds = []
    for kind in sheet.kinds:
        t = sheet.total(kind)
        kinds.append({
            "kind": Word.of("meter.kind", kind), "use": t.use_milli, "unit": title("meter.unit", kind), "cost": t.cost_fen,
            "each": t.each_milli, "last_year": t.last_year_milli, "before": t.before_milli,
        })  # fmt: skip
    odd = [said for line in sheet.lines for said in telling.odd_said(line, sheet)]
    readers = {line.meter["reader"] for line in sheet.lines} - {None}
    return FormData(
        month, lines=lines, lists={"kinds": kinds}, values={"heads": sheet.heads}, notes=odd,
        named={"reader": next(iter(readers)) if len(readers) == 1 else None},
    )  # fmt: skip


def meter_sheet(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """抄表單: every meter by place with what it showed last, and room for what it shows now."""
    day = month_period(asked.month).until if asked.month else asked.since or ledger.today
    readings = store.readings(ledger.db, until=day)
    rows = sorted((row for row in store.meters(ledger.db) if hangs(row, day)), key=lambda row: (row["place"], row["code"]))
    lines: list[dict[str, Any]] = []
    for n, row in enumerate(rows, 1):
        there = readings.get(row["id"], [])
        begun = [one for one in there if one.digits is not None]
        lines.append({
            "n": n, "code": row["code"], "name": row["name"], "kind": Word.of("meter.kind", row["kind"]),
            "place": place_text(row), "factor": begun[-1].factor_milli if begun else None,
            "last_on": there[-1].on if there else None, "last": there[-1].value_milli if there else None,
            "owner": row["reader"],
        })  # fmt: skip
    return FormData(day.isoformat(), on=day, lines=lines)


def boiler_log(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """鍋爐運行記錄 of a month: who stood at the boiler, its figures, the fuel drawn."""
    month = asked.month or month_of(asked.since or ledger.today)
    period = month_period(month)
    lines: list[dict[str, Any]] = []
    operators, places = [], []
    for row in store.seasons(ledger.db):
        since = max(date.fromisoformat(row["started_on"]), period.since)
        until = min(heating.as_day(row["stopped_on"]) or period.until, period.until, ledger.today)
        if since <= until:
            lines += heating_report.logged(ledger, row, since, until)[0]
            operators.append(row["operator"])
            places.append(f"{row['place']} {row['place_name']}")
    return FormData(month, lines=lines, values={"place": "、".join(dict.fromkeys(places)) or None},
                    named={"operator": operators[0] if len(set(operators)) == 1 else None})  # fmt: skip


FORMS = {"energy-month": energy_month, "meter-sheet": meter_sheet, "boiler-log": boiler_log}
