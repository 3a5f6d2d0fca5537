"""What was used, what it cost and what it is compared with: every meter of a period, kinds, main against sub-meters."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.meter import money, rules, school, store
from logi.core.days import add_months, month_of, month_period

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


class Line:
    """One meter in a period. `use_milli` is None where it was not read, `cost_fen` where no price was in force.

    `whole`: it was read up to the last month of the period that is over, so that its use may be held against another's.
    """

    __slots__ = ("alarms", "before_milli", "closing_milli", "cost_fen", "factor_milli", "hows", "last_year_milli", "meter",
                 "odd", "opening_milli", "price_micro", "quota_milli", "read", "reason",
                 "use_milli", "whole")  # fmt: skip

    def __init__(self, meter: store.Row, spans: Sequence[rules.Span]) -> None:
        self.meter = meter
        self.use_milli = sum(span.use_milli for span in spans) if spans else None
        self.opening_milli = spans[0].opening_milli if spans else None
        self.closing_milli = spans[-1].closing_milli if spans else None
        self.factor_milli = spans[-1].factor_milli if spans else None
        self.hows = [span.how for span in spans if span.how != "read"]
        self.read = any(span.counts for span in spans)
        self.whole = False
        self.price_micro: int | None = None
        self.cost_fen: int | None = None
        self.before_milli: int | None = None
        self.last_year_milli: int | None = None
        self.quota_milli: int | None = None
        self.reason: str | None = None
        self.alarms: list[str] = []
        self.odd: list[tuple[str, int | None]] = []  # what it is unusual against (before, year, quota), and that figure

    @property
    def state(self) -> str:
        """`unread`, `abnormal` (and nobody said why), `explained` or `good`."""
        if not self.read:
            return "unread"
        if not self.odd:
            return "good"
        return "explained" if self.reason or self.alarms else "abnormal"


class Gap(NamedTuple):
    """A main meter against those behind it; `gap_milli` is None while one of them was not read."""

    line: Line
    behind: list[Line]
    sum_milli: int | None
    gap_milli: int | None
    wide: bool


class Total(NamedTuple):
    """A kind in a period: what its outermost meters show (None where none was read), and how many were not read to its end."""

    kind: str
    use_milli: int | None
    cost_fen: int | None
    before_milli: int | None
    last_year_milli: int | None
    each_milli: int | None
    unread: int


class Sheet:
    """Every meter of a period."""

    def __init__(self, since: date, until: date, lines: list[Line], *, percent: int, gap_percent: int,
                 heads: int | None) -> None:  # fmt: skip
        self.since, self.until, self.lines = since, until, lines
        self.percent, self.gap_percent, self.heads = percent, gap_percent, heads
        self._by_id = {line.meter["id"]: line for line in lines}

    def line(self, meter_id: int) -> Line | None:
        """The line of a meter."""
        return self._by_id.get(meter_id)

    def roots(self, kind: str) -> list[Line]:
        """The outermost meters of a kind: behind none that hangs in this period."""
        return [line for line in self.lines
                if line.meter["kind"] == kind and line.meter["parent_id"] not in self._by_id]  # fmt: skip

    def leaves(self, kind: str) -> list[Line]:
        """The meters of a kind that none hangs behind."""
        mains = {line.meter["parent_id"] for line in self.lines}
        return [line for line in self.lines if line.meter["kind"] == kind and line.meter["id"] not in mains]

    @property
    def kinds(self) -> list[str]:
        """The kinds that are metered."""
        return [kind for kind in rules.KINDS if any(line.meter["kind"] == kind for line in self.lines)]

    def total(self, kind: str) -> Total:
        """A kind's use, cost, what it is compared with, and what falls to each pupil."""
        roots = self.roots(kind)
        read = [line for line in roots if line.use_milli is not None]
        use = sum(line.use_milli or 0 for line in read) if read else None
        costs = [line.cost_fen for line in read]
        unread = sum(not line.whole for line in roots)
        whole = not unread  # a part is held against nothing
        each = rules.share(use, self.heads) if self.heads and use is not None and whole else None
        return Total(
            kind, use, None if not read or None in costs else sum(one or 0 for one in costs),
            _sum([line.before_milli for line in roots]) if whole else None,
            _sum([line.last_year_milli for line in roots]) if whole else None, each, unread,
        )  # fmt: skip

    def gaps(self) -> list[Gap]:
        """Every main meter against the sum of those right behind it."""
        found = []
        for line in self.lines:
            behind = [one for one in self.lines if one.meter["parent_id"] == line.meter["id"]]
            if not behind:
                continue
            read = [one.use_milli for one in behind if one.use_milli is not None]
            total = sum(read) if len(read) == len(behind) else None
            gap = None if line.use_milli is None or total is None else line.use_milli - total
            wide = gap is not None and abs(gap) * 100 > self.gap_percent * abs(line.use_milli or 0)
            found.append(Gap(line, behind, total, gap, wide))
        return found


class Basis:
    """What every reckoning stands on, read once: meters, what was used between readings, prices, quotas."""

    __slots__ = ("meters", "prices", "quotas", "readings", "spans")

    def __init__(self, source: "Source") -> None:
        self.meters, self.prices, self.quotas = store.meters(source.db), store.prices(source.db), store.quotas(source.db)
        self.readings = store.readings(source.db)
        self.spans = {meter_id: rules.spans(there) for meter_id, there in self.readings.items()}


def of_month(source: "Source", month: str, basis: Basis | None = None) -> Sheet:
    """Every meter in a month, with what is unusual about its use."""
    period = month_period(month)
    basis = basis or Basis(source)
    sheet = of_period(source, period.since, period.until, basis)
    for line in sheet.lines:
        line.quota_milli = next((row["quota_milli"] for row in basis.quotas if row["meter_id"] == line.meter["id"]
                                 and row["from_day"] <= period.until.isoformat()), None)  # fmt: skip
        if line.use_milli is None:
            continue
        for what, base in (("before", line.before_milli), ("year", line.last_year_milli)):
            less = base is not None and line.use_milli < base and period.until > source.today  # the month is still running
            if rules.beyond(line.use_milli, base, sheet.percent) and not less:
                line.odd.append((what, base))
        if line.quota_milli is not None and line.use_milli > line.quota_milli:
            line.odd.append(("quota", line.quota_milli))
    return sheet


def of_period(source: "Source", since: date, until: date, basis: Basis | None = None) -> Sheet:
    """Every meter in a stretch of days beside the stretch before it and the same one a year ago."""
    basis = basis or Basis(source)
    said = store.reasons(source.db, month_of(since), month_of(until))
    alarms = store.alarms(source.db, month_of(since), month_of(until))
    before, year = earlier(since, until), a_year_ago(since, until)
    lines = []
    for row in basis.meters:
        spans = basis.spans.get(row["id"], [])
        own = _within(spans, since, until)
        gone = row["removed_on"] is not None and row["removed_on"] <= until.isoformat()
        if row["from_day"] > until.isoformat() or (gone and not own):
            continue
        line = Line(row, own)
        line.whole = bool(own) and not unread_since(
            row, [one for one in basis.readings[row["id"]] if one.on <= until], min(until, source.today))
        line.before_milli, line.last_year_milli = _use(spans, *before), _use(spans, *year)
        _price(line, own, basis.prices)
        reasons = [said[key]["reason"] for key in sorted(said) if key[0] == row["id"]]
        line.reason = "；".join(reasons) or None
        line.alarms = [one["number"] for one in alarms if one["meter_id"] == row["id"]]
        lines.append(line)
    return Sheet(since, until, lines, percent=int(school.policy(source, "energy.change_percent", until)),
                 gap_percent=int(school.policy(source, "energy.child_gap_percent", until)),
                 heads=money.heads(source.db))  # fmt: skip


def earlier(since: date, until: date) -> tuple[date, date]:
    """The stretch right before one: as many months if it is whole months, else as many days."""
    if since.day == 1 and (until + timedelta(days=1)).day == 1:
        months = (until.year - since.year) * 12 + until.month - since.month + 1
        return month_period(add_months(month_of(since), -months)).since, since - timedelta(days=1)
    return since - (until - since) - timedelta(days=1), since - timedelta(days=1)


def a_year_ago(since: date, until: date) -> tuple[date, date]:
    """The same days of the year before; the last of a month stays the last."""
    whole = (until + timedelta(days=1)).day == 1
    last = month_period(add_months(month_of(until), -12)).until
    first = month_period(add_months(month_of(since), -12))
    return min(first.since + timedelta(days=since.day - 1), first.until), last if whole else min(
        last, last.replace(day=min(until.day, last.day)))  # fmt: skip


def price_on(prices: Sequence[Any], meter: Any, day: date) -> int | None:
    """The price in force for a meter on a day: its own, else that of its kind; in millionths of a yuan."""
    text = day.isoformat()
    for own in (meter["id"], None):
        for row in prices:  # the newest first
            if row["kind"] == meter["kind"] and row["meter_id"] == own and row["from_day"] <= text:
                return int(row["price_micro"])
    return None


def unread_since(row: Any, readings: Sequence[rules.Reading], until: date) -> list[str]:
    """The months after a meter's last reading that are over by a day and in which it hung to the end."""
    last = [one for one in readings if one.counts or one.what == "start"][-1]
    month = month_of(last.on)
    if last.what != "start" or last.on == month_period(month).until:
        month = add_months(month, 1)
    found = []
    while month_period(month).until <= until:
        if row["removed_on"] is None or row["removed_on"] > month_period(month).until.isoformat():
            found.append(month)
        month = add_months(month, 1)
    return found


def read_in(readings: Sequence[rules.Reading], month: str) -> bool:
    """Whether a meter was read in a month."""
    return any(one.counts and month_of(one.on) == month for one in readings)


def reader(ledger: "Ledger", *ids: int | None) -> str:
    """For a command: who reads the meters, else who read last, else the hole."""
    return school.who(ledger.db, ledger.today, *ids, *store.last_readers(ledger.db))


def _price(line: Line, spans: Sequence[rules.Span], prices: Sequence[Any]) -> None:
    found = [price_on(prices, line.meter, span.until) for span in spans]
    line.price_micro = found[-1] if found else None
    if found and None not in found:
        line.cost_fen = sum(rules.cost(span.use_milli, price or 0) for span, price in zip(spans, found, strict=True))


def _within(spans: Sequence[rules.Span], since: date, until: date) -> list[rules.Span]:
    return [span for span in spans if since <= span.until <= until]


def _use(spans: Sequence[rules.Span], since: date, until: date) -> int | None:
    own = _within(spans, since, until)
    return sum(span.use_milli for span in own) if own else None


def _sum(values: Sequence[int | None]) -> int | None:
    known = [one for one in values if one is not None]
    return sum(known) if known else None
