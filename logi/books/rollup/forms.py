"""What the roll-up book's printed forms are filled with: 達標進度表, 各校彙總表, 試點與現場會一覽, 短板清單."""

from typing import TYPE_CHECKING, Any

from logi.books.rollup import programme_report, rollup_report, store, work_report
from logi.core.answers import Word
from logi.core.days import month_of
from logi.core.forms import Asked, FormData

if TYPE_CHECKING:
    from logi.db import Ledger


def programme_progress(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """達標進度表 of every programme, as of a day."""
    day = min(asked.until or asked.since or ledger.today, ledger.today)
    found = programme_report.progress(ledger, day=day)
    lines: list[dict[str, Any]] = [
        {**row, "n": n, "county": row["title"], "state": Word.of("rollup.progress", row["state"])}
        for n, row in enumerate(found.rows, 1)
    ]
    return FormData(day.isoformat(), on=day, lines=lines, notes=found.notes, named=_heads(ledger))


def rollup_month(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """各校彙總表 of a month: those above bear the sum of those below."""
    month = asked.month or month_of(asked.since or ledger.today)
    found = rollup_report.month(ledger, month, month)
    lines = [{**row, "n": n, "unit": f"{row['code']} {row['title']}"} for n, row in enumerate(found.rows, 1)]
    return FormData(month, lines=lines, notes=found.notes, named=_heads(ledger))


def pilots(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """試點與現場會一覽."""
    day = min(asked.until or asked.since or ledger.today, ledger.today)
    lines = [
        {**row, "n": n, "kind": Word.of("rollup.event", row["kind"]), "unit": row["title"], "held": row["on"] or row["planned"],
         "state": Word.of("rollup.stage", row["state"])}
        for n, row in enumerate(work_report.events(ledger, day=day).rows, 1)
    ]  # fmt: skip
    return FormData(day.isoformat(), on=day, lines=lines, named=_heads(ledger))


def shortfalls(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """短板清單, as of a day: what is open, and what the records show."""
    day = min(asked.until or asked.since or ledger.today, ledger.today)
    found = work_report.shortfalls(ledger, until=day)
    lines = [
        {**row, "n": n, "unit": f"{row['code']} {row['title']}", "matter": Word.of("rollup.shortfall", row["matter"]),
         "state": Word.of("rollup.gap", row["state"])}
        for n, row in enumerate((row for row in found.rows if row["state"] != "closed"), 1)
    ]  # fmt: skip
    return FormData(day.isoformat(), on=day, lines=lines, notes=found.notes, named=_heads(ledger))


def _heads(ledger: "Ledger") -> dict[str, str | None]:
    own = store.own(ledger.db)
    return {"unit_head": own["leader"] if own is not None else None}




FORMS = {"programme-progress": programme_progress, "rollup-month": rollup_month, "pilots": pilots, "shortfalls": shortfalls}
