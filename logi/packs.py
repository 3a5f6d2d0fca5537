"""Packs: of a month, a term, a year, a quarter or a week; issued ones are remembered, and what changed since is told."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi import journal, reports
from logi.core import days
from logi.core.answers import Column, Confirmation, Pack, Table
from logi.core.errors import NotFound, Refused
from logi.core.messages import money_text, quantity_text, say
from logi.journal import Entry
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger

# What counts as a figure of a pack. Texts are left out: they follow the reader's language.
FIGURES = frozenset({"code", "count", "money", "quantity", "rate", "day", "month", "word"})
NAMING = frozenset({"code", "word", "month", "day"})
Figures = dict[str, list[dict[str, Any]]]


class Changed(NamedTuple):
    """One figure of an issued pack that is not what it was; `row` names its row."""

    table: str
    row: tuple[str, ...]
    column: str
    before: Any
    after: Any


def period_pack(ledger: "Ledger", period: days.Period, *, only: Sequence[str] = (), without: Sequence[str] = ()) -> Pack:
    """The pack of any period: a book's `pack_period`, or else its reports over the period, as far as they have rows."""
    if period.since > ledger.today:
        raise Refused("reports.period_ahead", period=period.label, today=ledger.today)
    tables: list[Table] = []
    for name, card in cards().items():
        if (only and name not in only) or name in without:
            continue
        hooks = room(name, "report")
        if hooks is not None and hasattr(hooks, "pack_period"):
            tables += hooks.pack_period(ledger, period.since, period.until)
        elif hooks is not None:
            found = (getattr(hooks, one.replace("-", "_"))(ledger, period.since, period.until) for one in card.reports)
            tables += (table for table in found if table.rows)
    first = [] if only else [reports.exceptions(ledger, period.since, period.until)]
    last = [] if only else [reports.corrections(ledger, period.since, period.until)]
    return reports.packed(ledger, "period", period.label, min(period.until, ledger.today), [*first, *tables, *last])


def term_named(ledger: "Ledger", text: str) -> days.Period:
    """A school term as a period, by its code or name; the book that keeps terms is asked."""
    for name in cards():
        hooks = room(name, "report")
        if hooks is not None and hasattr(hooks, "term_period"):
            period: days.Period = hooks.term_period(ledger, text)
            return period
    raise NotFound("reports.no_terms", text=text)


# -- issuing -----------------------------------------------------------------------------------------


def figures(pack: Pack) -> Figures:
    """The figures of a pack, table by table, the same in every language."""
    found: Figures = {}
    for table in pack.tables:
        keys = [column.key for column in table.columns if column.kind in FIGURES]
        rows = [{key: _plain(row.get(key)) for key in keys if row.get(key) is not None} for row in table.rows]
        totals = {key: value for key, value in table.totals.items() if isinstance(value, int)}
        found.setdefault(table.name, []).extend([*rows, {"": "total", **totals}] if totals else rows)
    return found


def digest(made: Figures) -> str:
    """The SHA-256 of a pack's figures."""
    return hashlib.sha256(journal.canonical(made).encode()).hexdigest()


def issue(e: Entry, month: str) -> Confirmation:
    """Record a finished month's pack as issued: its figures and their SHA-256, and the head it stands on."""
    period = days.month_period(month)
    if period.until > e.today:
        raise Refused("reports.month_running", month=month, until=period.until)
    made = figures(reports.month_pack(e.ledger, month))
    stamp, head = digest(made), journal.head(e.db)
    before = journal.issued(e.db, month)
    if before is not None and before["sha256"] == stamp:
        raise Refused("reports.issued_already", month=month, entry=before["entry"])
    e.subject = f"pack {month}"
    e.insert("pack_issued", period=month, sha256=stamp, head=head.seq, head_hash=head.hash,
             figures=journal.canonical(made))  # fmt: skip
    if before is not None:
        e.warn("reports.issued_again", month=month, entry=before["entry"])
    return Confirmation("report.issue", facts={"month": month, "sha256": stamp, "head": head.short})


def changes(ledger: "Ledger", pack: Pack) -> list[Changed]:
    """The figures of an issued month that changed since; none for a month that was not issued."""
    row = journal.issued(ledger.db, pack.period)
    if row is None:
        return []
    now = figures(pack)
    return [] if digest(now) == row["sha256"] else list(compare(json.loads(row["figures"]), now, pack))


def compare(before: Figures, after: Figures, pack: Pack) -> list[Changed]:
    """Figure by figure what is not as it was, rows told apart by their codes, fixed words and days."""
    found: list[Changed] = []
    columns = {table.name: table.columns for table in pack.tables}
    for name in dict.fromkeys([*before, *after]):
        naming = [c.key for c in columns.get(name, ()) if c.kind in NAMING]
        old, new = _named(before.get(name, []), naming), _named(after.get(name, []), naming)
        for row in dict.fromkeys([*old, *new]):
            one, two = old.get(row, {}), new.get(row, {})
            if one and two:
                keys: Sequence[str] = [key for key in dict.fromkeys([*one, *two]) if one.get(key) != two.get(key)]
                found += [Changed(name, row, key, one.get(key), two.get(key)) for key in keys]
            elif one != two:
                found.append(Changed(name, row, "", _row_text(one), _row_text(two)))
    return found


def changes_table(ledger: "Ledger", pack: Pack) -> Table | None:
    """The changed figures as a section, each with the entries after issue that stand behind its row."""
    from logi.trail import Threads

    found = changes(ledger, pack)
    row = journal.issued(ledger.db, pack.period)
    if not found or row is None:
        return None
    threads = Threads(ledger.db)
    titles = {table.name: table for table in pack.tables}
    rows = []
    period = days.month_period(pack.period)
    later = threads.dated(period.until, after=row["entry"])
    for one in found:
        table = titles.get(one.table)
        column = next((c for c in table.columns if c.key == one.column), None) if table else None
        about = {seq for value in one.row for seq in threads.entries(value) if seq > row["entry"]}
        rows.append({
            "table": table.title if table else one.table, "row": " ".join(one.row) or say("formats.total"),
            "column": column.title if column else one.column or say("reports.col.row"), "before": _shown(one.before, column),
            "after": _shown(one.after, column), "entries": ", ".join(f"#{n}" for n in sorted(about) or sorted(later)),
        })  # fmt: skip
    columns = [Column(key, say(f"reports.col.{key}")) for key in ("table", "row", "column", "before", "after", "entries")]
    note = say("reports.note.issued", entry=row["entry"], head=f"#{row['head']} {row['head_hash'][:16]}")
    return Table("changes", say("reports.title.changes", month=pack.period), columns, rows, notes=[note])


def with_changes(pack: Pack, table: Table) -> Pack:
    """The pack with its changes since issue as the first section."""
    return Pack(pack.name, pack.title, pack.period, pack.head, [table, *pack.tables], pack.notes, pack.signs)


def was_issued(ledger: "Ledger", month: str) -> bool:
    """Whether a month's pack stands issued."""
    return journal.issued(ledger.db, month) is not None


def stands(ledger: "Ledger", month: str) -> bool:
    """Whether a month's pack stands issued with the figures it has today."""
    row = journal.issued(ledger.db, month)
    return row is not None and digest(figures(reports.month_pack(ledger, month))) == row["sha256"]


def not_issued(ledger: "Ledger") -> list[str]:
    """Every finished month since the ledger began whose pack was never issued, oldest first."""
    first = journal.find_entry(ledger.db, 1)
    if first is None:
        return []
    done, found = journal.issued_periods(ledger.db), []
    month = str(first["today"])[:7]
    while days.month_period(month).until <= ledger.today:
        if month not in done:
            found.append(month)
        month = days.add_months(month, 1)
    return found


def add_charts(tables: Sequence[Table]) -> None:
    """Say which tables a format may also draw: what each book's report room names in CHARTS."""
    known: dict[str, Any] = {}
    for name in cards():
        known.update(getattr(room(name, "report"), "CHARTS", {}))
    for table in tables:
        table.chart = known.get(table.name)


def _named(rows: Sequence[Mapping[str, Any]], naming: Sequence[str]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Rows by what names them; figures that only name (`number`) stay in, so that a changed day or state shows."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        if row.get("") == "total":
            found[()] = {key: value for key, value in row.items() if key}
            continue
        best = next((k for k in naming if k in ("number", "code")), None)
        keys = [best] if best and row.get(best) else naming[:2]
        name = tuple(str(row[key]) for key in keys if row.get(key) is not None) or (str(len(found) + 1),)
        while name in found:
            name = (*name, "'")
        found[name] = dict(row)
    return found


def _row_text(row: Mapping[str, Any]) -> str | None:
    return "; ".join(str(value) for value in row.values()) if row else None


def _shown(value: Any, column: Column | None) -> str | None:
    if isinstance(value, int) and column is not None:
        if column.kind == "money":
            return money_text(value, grouped=True)
        if column.kind == "quantity":
            return quantity_text(value)
        if column.kind == "rate":
            return f"{value // 10}.{value % 10} %"
    return None if value is None else str(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, int) else str(value)
