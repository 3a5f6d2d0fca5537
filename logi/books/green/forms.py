"""What the green book's printed forms are filled with: 綠化養護記錄, 片區包乾責任表, 廁所保潔記錄."""

from typing import TYPE_CHECKING, Any

from logi.books.green import report, season
from logi.core.answers import Word
from logi.core.days import month_of, month_period
from logi.core.forms import Asked, FormData

if TYPE_CHECKING:
    from logi.db import Ledger


def green_care(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """綠化養護記錄 of a month: works and plantings with agent, dose, interval and the notice put up."""
    month = asked.month or month_of(asked.since or ledger.today)
    period = month_period(month)
    rows = [row for row in report.log(ledger, period.since, min(period.until, ledger.today)).rows if row["what"] != "clean"]
    lines = [{**row, "n": n, "zone": f"{row['code']} {row['title']}", "what": Word.of("green.what", row["what"])}
             for n, row in enumerate(rows, 1)]  # fmt: skip
    hands = {row["by"] for row in rows}
    rate = season.rate(ledger, min(period.until, ledger.today))
    return FormData(month, lines=lines, values={"green_area": rate.green_milli},
                    named={"gardener": hands.pop() if len(hands) == 1 else None})  # fmt: skip


def zone_duty(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """片區包乾責任表 of a day: every zone with its size, who answers and the last score."""
    day = min(asked.since or ledger.today, ledger.today)
    lines = [{**row, "n": n, "name": row["title"], "kind": Word.of("green.kind", row["kind"])}
             for n, row in enumerate(report.zones(ledger, at=day).rows, 1)]  # fmt: skip
    return FormData(day.isoformat(), on=day, lines=lines)


def toilet_log(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """廁所保潔記錄 of a month: each cleaning with its time and who looked; days that lack some are named."""
    month = asked.month or month_of(asked.since or ledger.today)
    period = month_period(month)
    rows = report.log(ledger, period.since, min(period.until, ledger.today), what="clean").rows
    lines: list[dict[str, Any]] = [{**row, "n": n, "zone": f"{row['code']} {row['title']}"} for n, row in enumerate(rows, 1)]
    cleaned = season.toilets(ledger, period.since, period.until)
    lacking = [{"zone": f"{one.zone['code']} {one.zone['name']}", "asked": one.asked, "done": one.done,
                "lacking": " ".join(f"{day:%m-%d}" for day in one.lacking) or None} for one in cleaned]  # fmt: skip
    hands = {row["by"] for row in rows}
    return FormData(month, lines=lines, lists={"toilets": lacking},
                    named={"cleaner": hands.pop() if len(hands) == 1 else None})  # fmt: skip


FORMS = {"green-care": green_care, "zone-duty": zone_duty, "toilet-log": toilet_log}
