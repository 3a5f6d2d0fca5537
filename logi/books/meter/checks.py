"""What is unread, unusual or not handed in of the meters, and what must always hold."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from logi import journal
from logi.books.meter import reckoning, rules, saving, school, share_report, store
from logi.books.meter.heating_checks import due as heating_due
from logi.books.meter.paying import against
from logi.books.meter.telling import odd_said
from logi.core.answers import Milli, Word
from logi.core.days import add_months, month_of, month_period
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

LOOKED_BACK = 6  # months in which what is unusual is still asked about, as long as they are open


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Readings missing, uses nobody explained, main meters far from their sub-meters, bills that differ, the yearly return."""
    basis = reckoning.Basis(ledger)
    if not basis.meters:
        return heating_due(ledger, days)
    return [*_unread(ledger, basis, days), *_readers(ledger, basis), *_prices(ledger, basis), *_odd(ledger, basis),
            *_bills(ledger), *_nights(ledger), *_return(ledger, basis, days), *heating_due(ledger, days)]  # fmt: skip


def verify(db: store.Db) -> list[Finding]:
    """Readings follow each other, sub-meters hang behind their kind, closed months are what their readings say."""
    readings, by_id = store.readings(db), {row["id"]: row for row in store.meters(db)}
    found = []
    for meter_id, there in readings.items():
        if (wrong := rules.fault(there)) is not None:
            text = say("meter.finding.chain", code=by_id[meter_id]["code"], on=wrong.reading.on)
            found.append(Finding(text, wrong.reading.entry))
    found += [Finding(say("meter.finding.parent", code=row["code"], parent=row["parent"]), row["entry"])
              for row in store.odd_parents(db)]  # fmt: skip
    found += [Finding(say("meter.finding.claim", number=row["number"], claim=row["claim"]), row["entry"])
              for row in store.torn_bills(db)]  # fmt: skip
    for row in store.closings(db):
        period = month_period(row["month"])
        own = [span for span in rules.spans(readings.get(row["meter_id"], [])) if period.since <= span.until <= period.until]
        if sum(span.use_milli for span in own) != row["use_milli"]:
            found.append(Finding(say("meter.finding.closing", code=row["code"], month=row["month"]), row["entry"]))
    return found


def _unread(ledger: "Ledger", basis: reckoning.Basis, days: int) -> Iterator[Due]:
    missing: dict[str, list[store.Row]] = {}
    soon = month_period(month_of(ledger.today))
    until = soon.until if soon.until <= ledger.today + timedelta(days=days) else ledger.today
    for row in basis.meters:
        for month in reckoning.unread_since(row, basis.readings[row["id"]], until):
            missing.setdefault(month, []).append(row)
    for month in sorted(missing):
        rows, last = missing[month], month_period(month).until
        given = " ".join(f"{row['code']}=VALUE" for row in rows)
        by = reckoning.reader(ledger, *(row["reader_id"] for row in rows))
        command = f"logi meter read {given} --by {by}" + (f" --on {last}" if last < ledger.today else "")
        text = say("meter.rule.unread.text", month=month, count=len(rows), codes=[row["code"] for row in rows][:10])
        yield Due("missing" if last < ledger.today else "soon", "meter.rule.unread", month, text, last, command, "ENE-01")


def _readers(ledger: "Ledger", basis: reckoning.Basis) -> Iterator[Due]:
    """公共機構節能條例 art. 14: a named person keeps the readings."""
    today = ledger.today.isoformat()
    for row in basis.meters:
        person = school.by_id(ledger.db, "school_person", row["reader_id"])
        gone = person is None or (person["left_on"] is not None and person["left_on"] <= today)
        if gone and (row["removed_on"] or "9999") > today:
            text = say("meter.rule.reader.text", code=row["code"], name=row["name"])
            yield Due("orphaned", "meter.rule.reader", row["code"], text, None,
                      f"logi meter edit {row['code']} --reader PERSON", "公共机构节能条例 14")  # fmt: skip


def _prices(ledger: "Ledger", basis: reckoning.Basis) -> Iterator[Due]:
    for kind in rules.KINDS:
        rows = [row for row in basis.meters if row["kind"] == kind and row["removed_on"] is None]
        if rows and any(reckoning.price_on(basis.prices, row, ledger.today) is None for row in rows):
            text = say("meter.rule.price.text", kind=Word.of("meter.kind", kind))
            yield Due("missing", "meter.rule.price", Word.of("meter.kind", kind), text, None,
                      f"logi meter price set {kind} PRICE --source TEXT", "ENE-01")  # fmt: skip


def _odd(ledger: "Ledger", basis: reckoning.Basis) -> Iterator[Due]:
    closed = journal.closed_until(ledger.db) or ""
    for back in range(LOOKED_BACK - 1, -1, -1):
        month = add_months(month_of(ledger.today), -back)
        if month <= closed:
            continue
        sheet = reckoning.of_month(ledger, month, basis)
        for line in sheet.lines:
            if line.state == "abnormal" and line.use_milli is not None:
                code = line.meter["code"]
                command = f"logi meter explain {code} --reason TEXT --month {month}"
                text = " ".join(odd_said(line, sheet))
                yield Due("overdue", "meter.rule.odd", code, text, None, command, "ENE-04 energy.change_percent")
        for gap in sheet.gaps():
            answered = gap.line.reason or gap.line.alarms or any(one.alarms for one in gap.behind)
            if gap.wide and not answered and gap.gap_milli is not None:
                yield _gap(ledger, gap, month, sheet.gap_percent)


def _gap(ledger: "Ledger", gap: reckoning.Gap, month: str, percent: int) -> Due:
    row = gap.line.meter
    text = say("meter.rule.gap.text", code=row["code"], name=row["name"], month=month, gap=Milli(gap.gap_milli or 0),
               use=Milli(gap.line.use_milli or 0), unit=Word.of("meter.unit", row["kind"]), percent=percent)  # fmt: skip
    command = f"logi meter leak {row['code']} TEXT --by {reckoning.reader(ledger, row['reader_id'])} --repair --month {month}"
    return Due("overdue", "meter.rule.gap", row["code"], text, None, command, "ENE-04 energy.child_gap_percent")


def _bills(ledger: "Ledger") -> Iterator[Due]:
    first = add_months(month_of(ledger.today), 1 - LOOKED_BACK)
    seen: set[tuple[str, str, int | None]] = set()
    rows = store.bills(ledger.db, first, month_of(ledger.today))
    for row in rows:
        key = (row["month"], row["kind"], row["meter_id"])
        said = any(one["reason"] for one in rows if (one["month"], one["kind"], one["meter_id"]) == key)
        held = against(ledger, *key)
        if key in seen or said or not held.differs or held.read_milli is None:
            continue
        seen.add(key)
        kind, unit = Word.of("meter.kind", row["kind"]), Word.of("meter.unit", row["kind"])
        text = say("meter.rule.bill.text", number=row["number"], month=row["month"], kind=kind, unit=unit,
                   billed=Milli(held.billed_milli), read=Milli(held.read_milli))  # fmt: skip
        command = f"logi correct {row['number']} --qty QTY --price MONEY --reason TEXT"
        yield Due("overdue", "meter.rule.bill", row["number"], text, None, command, "energy.bill_gap_percent")


def _nights(ledger: "Ledger") -> Iterator[Due]:
    """A meter whose last night test went beyond what is laid down, until a leak is reported for it."""
    since = ledger.today - timedelta(days=31 * LOOKED_BACK)
    table = share_report.nights(ledger, since, ledger.today)
    last = {row["code"]: row for row in table.rows}
    hands = {row["code"]: row["by_id"] for row in store.nights(ledger.db, since, ledger.today)}
    alarms = store.alarms(ledger.db, month_of(since), "9999-99")
    for code, row in sorted(last.items()):
        if row["most"] is None or row["hourly"] <= row["most"]:
            continue
        if any(one["code"] == code and one["on_day"] >= row["on"].isoformat() for one in alarms):
            continue
        text = say("meter.night_flow", code=code, hourly=Milli(row["hourly"]), most=Milli(row["most"]), unit=row["unit"])
        command = f"logi meter leak {code} TEXT --by {reckoning.reader(ledger, hands[code])} --repair"
        yield Due("overdue", "meter.rule.night", code, text, row["on"], command, "ENE-04 energy.night_hourly")


def _return(ledger: "Ledger", basis: reckoning.Basis, days: int) -> Iterator[Due]:
    """Last year's return by 31 March (公共機構節能條例 art. 15), once something was used in that year."""
    year = ledger.today.year - 1
    used = any(span.until.year == year for spans in basis.spans.values() for span in spans)
    last = saving.due_day(ledger, year)
    if not used or store.return_of(ledger.db, str(year)) is not None or last > ledger.today + timedelta(days=days):
        return
    text = say("meter.rule.submit.text", year=str(year), day=last)
    yield Due("overdue" if last < ledger.today else "soon", "meter.rule.submit", str(year), text, last,
              f"logi meter submit {year} --to TEXT", "energy.report_by")  # fmt: skip
