"""The verbs of saving: a drive with its goal, held against use per head; the year's energy return handed in."""

from datetime import date

from logi.books.meter import reckoning, rules, school, store
from logi.core.answers import Confirmation, Milli, Word
from logi.core.days import add_months, month_period
from logi.core.errors import Refused
from logi.finding import free_code, named
from logi.journal import Entry


def add(e: Entry, code: str, name: str, *, kind: str, first: str, last: str, target: int, owner: str | None = None,
        note: str | None = None) -> Confirmation:  # fmt: skip
    """Begin a drive: so many percent less of a kind in these months than in the same months a year before."""
    free_code(e.db, "meter_saving", code, what="document")
    if last < first:
        raise Refused("meter.saving_backwards", first=first, last=last)
    if target > 100:
        raise Refused("meter.saving_target", target=target)
    person = school.person(e, owner) if owner else None
    e.insert("meter_saving", code=code, **named(name), kind=kind, first_month=first, last_month=last, target=target,
             owner_id=person["id"] if person is not None else None, note=note)  # fmt: skip
    if person is None:
        e.warn("meter.nobody_answers", code=code)
    facts = {"name": name, "kind": Word.of("meter.kind", kind), "first": first, "last": last, "target": target,
             "owner": person["name"] if person is not None else None}  # fmt: skip
    return Confirmation("meter.saving.add", code, facts=facts)


def drop(e: Entry, text: str, *, reason: str) -> Confirmation:
    """A drive is given up."""
    row = store.saving(e, text)
    e.void("meter_saving", row["id"])
    return Confirmation("meter.saving.drop", row["code"], facts={"name": row["name"], "reason": reason})


def submit(e: Entry, year: str, *, to: str, by: str | None = None, on: date | None = None,
           doc: str | None = None) -> Confirmation:  # fmt: skip
    """The energy return of a year was handed in (by 31 March, 公共機構節能條例 art. 15)."""
    day = e.happened(on or e.today)
    if day.year <= int(year):
        raise Refused("meter.year_not_over", year=year, day=day)
    if (there := store.return_of(e.db, year)) is not None:
        raise Refused("meter.submitted_already", year=year, on=date.fromisoformat(there["on_day"]))
    person = school.person(e, by) if by else None
    by_day = due_day(e, int(year))
    if day > by_day:
        e.warn("meter.submitted_late", year=year, day=by_day)
    e.insert("meter_return", year=year, on_day=day, to_whom=to, by_id=person["id"] if person is not None else None, doc=doc)
    sheet = reckoning.of_period(e, date(int(year), 1, 1), date(int(year), 12, 31))
    lines = []
    for kind in sheet.kinds:
        word, unit = Word.of("meter.kind", kind), Word.of("meter.unit", kind)
        use = sheet.total(kind).use_milli
        lines.append(_said(word, None if use is None else Milli(use), unit))
    return Confirmation("meter.submit", facts={"year": year, "to": to, "on": day, "lines": lines or None})


def due_day(source: "reckoning.Source", year: int) -> date:
    """By when the return of a year is to be handed in."""
    text = str(school.policy(source, "energy.report_by", date(year + 1, 1, 1)))
    return date(year + 1, int(text[:2]), int(text[3:]))


class Result:
    """How a drive stands: use in its months so far, the same months a year before, both per head, and what was saved."""

    __slots__ = ("base_milli", "each_base_milli", "each_milli", "met", "saved", "until", "use_milli")

    def __init__(self, source: "reckoning.Source", row: store.Row, today: date) -> None:
        last = row["last_month"]
        while last >= row["first_month"] and month_period(last).until > today:  # only months that are over are compared
            last = add_months(last, -1)
        self.until = month_period(last).until
        total, heads = None, None
        if last >= row["first_month"]:
            sheet = reckoning.of_period(source, month_period(row["first_month"]).since, self.until)
            total, heads = sheet.total(row["kind"]), sheet.heads
        whole = total is not None and not total.unread and bool(total.use_milli)
        self.use_milli = total.use_milli if total is not None and whole else None
        self.base_milli = total.last_year_milli if total is not None and whole else None
        self.each_milli = rules.share(self.use_milli, heads) if heads and self.use_milli is not None else None
        self.each_base_milli = rules.share(self.base_milli, heads) if heads and self.base_milli is not None else None
        less = rules.change(self.use_milli, self.base_milli)
        self.saved = None if less is None else -less  # tenths of a percent
        self.met = None if self.saved is None else self.saved >= row["target"] * 10


def _said(kind: Word, use: Milli | None, unit: Word) -> str:
    from logi.core.messages import shown

    return f"{shown(kind)} {shown(use)} {shown(unit)}"
