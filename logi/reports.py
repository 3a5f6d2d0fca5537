"""Every report of every book by name, the month's pack, today's page and the radar of what is due: cron's door."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.command_words import ActionName
from logi.core import days, messages
from logi.core.answers import Column, Pack, Table
from logi.core.due import STATES, Basis, Due, spoken
from logi.core.errors import BadValue, NotFound, Usage
from logi.core.forms import cover_notes, open_chain
from logi.core.messages import say
from logi.opening import fact_days, first_month
from logi.registry import BookName, cards, room

if TYPE_CHECKING:
    from logi.db import Ledger

LATE_DAYS = 7
MANY = 3  # things missed by one rule that stand one by one on a screen
MOST_NEAR = 10  # reports named where one is not known


def listing() -> Table:
    """Every report there is, book by book."""
    columns = (Column("name", say("front.col.name"), "code"), Column("book", say("front.col.book"), "word"),
               Column("title", say("front.col.title")))  # fmt: skip
    rows: list[dict[str, Any]] = [{"name": "month", "book": None, "title": say("reports.about.month")}]
    for card in cards().values():
        rows += [
            {"name": f"{card.name}.{name}", "book": BookName(card.name), "title": _title(card.name, name)}
            for name in card.reports
        ]
    return Table("reports", say("reports.title.list"), columns, rows, notes=[say("reports.how_to_name")])


def _title(book: str, name: str, language: str | None = None) -> str:
    """A report's title, in the language spoken or another."""
    for key in (f"{book}.report.{name.replace('-', '_')}", f"{book}.report.{name}"):
        if messages.has(key):
            return messages.template(key, language)
    return name


def _named(name: str) -> tuple[str, str] | None:
    """The book and short name of a report: `stock.by-item`, `by-item` if one book has it, or its title in either script."""
    known = [(card.name, short) for card in cards().values() for short in card.reports]
    fitting = [one for one in known if name in (".".join(one), one[1])]
    if not fitting and not name.isascii():
        from logi.core.folding import fold

        titles = {one: [fold(_title(*one, language)) for language in messages.LANGUAGES[:2]] for one in known}
        fitting = [one for one in known if fold(name) in titles[one]]
        fitting = fitting or [one for one in known if any(fold(name) in title for title in titles[one])]
    return fitting[0] if len(fitting) == 1 else None


def answer(ledger: "Ledger", name: str, since: date | None, until: date | None) -> Table:
    """One report of one book over a period; without one, from the first of this school year to today."""
    found = _named(name)
    if found is None:
        raise _unknown(name)
    book, short = found
    hooks = room(book, "report")
    year = days.school_year_period(days.school_year_of(ledger.today))
    table: Table = getattr(hooks, short.replace("-", "_"))(ledger, since or year.since, until or ledger.today)
    table.chart = getattr(hooks, "CHARTS", {}).get(table.name)
    return table


def _unknown(name: str) -> NotFound:
    """A name no report bears: those like it; `known` are all of them, for programs."""
    from logi.core.folding import closest, fold

    every = {f"{c.name}.{r}": _title(c.name, r) for c in cards().values() for r in c.reports}
    part = [full for full, title in every.items() if fold(name) in full or fold(name) in fold(title)]
    short = {full.partition(".")[2]: full for full in every}
    near = part[:MOST_NEAR] or list(dict.fromkeys(short.get(one, one) for one in closest(name, [*every, *short])))
    said = [f"{full} ({every[full]})" for full in near]
    key = "reports.unknown_near" if near else "reports.unknown"
    return NotFound(key, name=name, near=said, known=["month", *every])


def section(ledger: "Ledger", name: str, since: date, until: date) -> Table:
    """A report by its name, or a section of the month's pack by the name of its table."""
    try:
        return answer(ledger, name, since, until)
    except NotFound:
        month, book = days.month_of(min(until, ledger.today)), name.partition(".")[0]
        for only in ((book,), ()) if book in cards() else ((),):  # its own book alone, as a rule
            for table in month_pack(ledger, month, only=only).tables:
                if table.name == name:
                    return table
        raise


def period_typed(text: str, today: date) -> tuple[date, date]:
    """A period in one word: 2025-09, 2025Q3, 2025-W38, 2025 (calendar year)."""
    for kind in ("month", "quarter", "week", "year"):
        try:
            period = days.parse_period(text, kind=kind, today=today)
        except BadValue:
            continue
        return period.since, period.until
    raise Usage("reports.bad_period", text=text)


def month_pack(ledger: "Ledger", month: str, *, only: Sequence[str] = (), without: Sequence[str] = ()) -> Pack:
    """The pack of a month, as of the earlier of its last day and today: exceptions first, then every book by its card."""
    period = days.month_period(month)
    if period.since > ledger.today:
        raise Usage("reports.month_ahead", month=month, today=ledger.today)
    tables: list[Table] = []
    as_of = min(period.until, ledger.today)
    for name in cards():
        if (only and name not in only) or name in without:
            continue
        hooks = room(name, "report")
        if hooks is not None and hasattr(hooks, "pack"):
            tables += hooks.pack(ledger, month)
    if not only:
        tables = [exceptions(ledger, period.since, period.until), *tables, corrections(ledger, period.since, period.until)]
    return packed(ledger, "month", month, as_of, tables)


def packed(ledger: "Ledger", name: str, period: str, as_of: date, tables: Sequence[Table]) -> Pack:
    """Tables as a pack: the cover says school, period, day, the ledger's head and who signs."""
    from logi.packs import add_charts

    add_charts(tables)
    first = {table for one in cards() for table in getattr(room(one, "report"), "OPENING", ())}
    tables = sorted(tables, key=lambda table: table.name not in first)
    title = say("reports.title.month", school=ledger.settings.get("school", ""), month=period)
    notes = cover_notes(ledger.settings, as_of)
    return Pack(name, title, period, journal.head(ledger.db).short, tables, notes, _chain(ledger, name, period))


def _chain(ledger: "Ledger", name: str, period: str) -> list[tuple[str, list[str]]]:
    """Who signs a pack, in order; whoever issued it stands there by name and day."""
    issued = journal.issued(ledger.db, period) if name == "month" else None
    chain = open_chain()
    header = journal.find_entry(ledger.db, issued["entry"]) if issued is not None else None
    if header is not None:
        chain[0] = (chain[0][0], [header["actor"], header["today"], f"#{header['seq']}"])
    return chain


def exceptions(ledger: "Ledger", since: date, until: date) -> Table:
    """What an inspector asks about first: safety, then late bookings and overridden rules of the period."""
    rows: list[dict[str, Any]] = []
    for name in cards():
        hooks = room(name, "report")
        if hooks is not None and hasattr(hooks, "alarms"):
            rows += hooks.alarms(ledger, since, until)
    rows += [
        {"kind": "late", "subject": late["subject"] or late["action"], "entry": late["seq"],
         "text": say("reports.late", on=late["on_day"], today=late["today"], days=late["lag"])}
        for late in journal.late_facts(ledger.db, since, until, LATE_DAYS, fact_days())
    ]  # fmt: skip
    rows += [
        {"kind": "override", "subject": used["subject"] or used["action"], "entry": used["seq"],
         "text": say("reports.override", rule=used["rule"], reason=used["reason"])}
        for used in journal.overrides(ledger.db, since, until)
    ]  # fmt: skip
    columns = (
        Column("kind", say("front.col.kind"), "word", words="reports.exception"),
        Column("subject", say("front.col.subject"), "code"), Column("entry", say("front.col.entry"), "count"),
        Column("text", say("front.col.detail")),
    )  # fmt: skip
    return Table("exceptions", say("reports.title.exceptions"), columns, rows)


def corrections(ledger: "Ledger", since: date, until: date) -> Table:
    """Entries of the period that took something back."""
    columns = (
        Column("entry", say("front.col.entry"), "count"), Column("action", say("front.col.action"), "word"),
        Column("target", say("reports.col.target"), "count"), Column("subject", say("front.col.subject"), "code"),
        Column("actor", say("front.col.actor")), Column("reason", say("front.col.reason")),
    )  # fmt: skip
    rows = [{**dict(row), "action": ActionName(row["action"])} for row in journal.undoings(ledger.db, since, until)]
    return Table("corrections", say("reports.title.corrections"), columns, rows)


def due_table(ledger: "Ledger", horizon: int, book: str | None = None) -> Table:
    """The radar: what every book's checks say is due, most urgent first."""
    columns = (
        Column("state", say("front.col.state"), "word", words="reports.due"), Column("book", say("front.col.book"), "word"),
        Column("subject", say("front.col.subject"), "code"), Column("text", say("front.col.detail")),
        Column("day", say("front.col.day"), "day"), Column("command", say("front.col.command")),
        Column("source", say("front.col.source")),
    )  # fmt: skip
    found: list[tuple[str, Due]] = []
    for name in cards():
        hooks = room(name, "checks") if book in (None, name) else None
        if hooks is not None and hasattr(hooks, "due"):
            found += [(name, one) for one in hooks.due(ledger, horizon)]
    found.sort(key=lambda f: (STATES.index(f[1].state), f[1].day or date.max, f[0], f[1].subject, f[1].text))
    rows = [
        {"state": d.state, "book": BookName(name), "subject": d.subject, "text": d.text, "day": d.day,
         "command": spoken(d.command), "source": Basis.of(d.source, d.rule), "rule": d.rule}
        for name, d in found
    ]  # fmt: skip
    return Table("due", say("reports.title.due", day=ledger.today), columns, rows)


def folded(table: Table) -> Table:
    """The radar as a person reads it: where a book misses more than MANY things by one rule, their first line and how many
    more. A book just begun lacks a hundred things, and a screen has 24 lines; files and scripts get every line."""
    kinds = [(row["book"], row["rule"]) if row["state"] == "missing" else None for row in table.rows]
    rows, told = [], set()
    for kind, row in zip(kinds, table.rows, strict=True):
        count = kinds.count(kind) if kind else 0
        if count <= MANY:
            rows.append(row)
        elif kind not in told:
            told.add(kind)
            rows.append({**row, "text": say("reports.due_alike", text=row["text"], count=count - 1)})
    notes = [say("reports.due_folded")] if told else []
    return Table(table.name, table.title, table.columns, rows, notes=[*table.notes, *notes])


def today_page(ledger: "Ledger") -> Pack:
    """`logi` alone: the day, the open months, what is due, what was missed yesterday, your last five entries."""
    today = ledger.today
    closed = journal.closed_until(ledger.db)
    last = journal.log(ledger.db, limit=5, actor=ledger.who.actor)
    columns = (
        Column("entry", say("front.col.entry"), "count"), Column("recorded_at", say("front.col.recorded_at"), "instant"),
        Column("action", say("front.col.action"), "word"), Column("subject", say("front.col.subject"), "code"),
    )  # fmt: skip
    rows = [
        {"entry": r["seq"], "recorded_at": r["recorded_at"], "action": ActionName(r["action"]), "subject": r["subject"]}
        for r in last
    ]
    every = due_table(ledger, 7)
    urgent = folded(every)
    columns_due = [c for c in urgent.columns if c.key in ("state", "text", "command")]
    radar = Table("due", say("reports.title.due", day=today), columns_due, urgent.rows[:15])
    if len(urgent.rows) > 15:
        radar.notes = (say("reports.more_due", count=len(urgent.rows) - 15),)
    yours = Table("entries", say("reports.title.yours", actor=ledger.who.actor), columns, rows)
    title = say("reports.title.today", school=ledger.settings.get("school", ""), day=today)
    yesterday = today - timedelta(days=1)
    radar.notes = (*radar.notes, *urgent.notes)
    missed = [row for row in every.rows if row["day"] == yesterday and row["state"] == "missing" and row not in radar.rows]
    shown = [radar, Table("yesterday", say("reports.yesterday", day=yesterday), columns_due, missed), yours]
    tables = [table for table in shown if table.rows or table.name != "yesterday"]
    return Pack("today", title, "", journal.head(ledger.db).short, tables, [_open_months(ledger, closed)])


def _open_months(ledger: "Ledger", closed: str | None) -> str:
    """The month that is open, or all that are: from the one after the last closed, else from the ledger's first."""
    this = days.month_of(ledger.today)
    opened = days.add_months(closed, 1) if closed else first_month(ledger)
    if opened >= this:
        return say("reports.open_month", month=opened)
    return say("reports.open_months", first=opened, last=this)
