"""What the campus book's printed forms are filled with: 校園規劃項目表, 標準配置差距表, 暑期工程驗收單."""

from datetime import date
from typing import TYPE_CHECKING

from logi import journal
from logi.books.campus import report, store
from logi.core.answers import Fen, Word
from logi.core.errors import NotFound
from logi.core.forms import Asked, FormData, signatures

if TYPE_CHECKING:
    from logi.db import Ledger


def plan_items(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """校園規劃項目表 of a day: every item with phase, aim, goal, money and state."""
    day = min(asked.since or ledger.today, ledger.today)
    lines = [{**row, "n": n, "name": row["title"], "aim": Word.of("campus.aim", row["aim"]),
              "state": Word.of("campus.item_state", row["state"])}
             for n, row in enumerate(report.plan(ledger, at=day).rows, 1)]  # fmt: skip
    return FormData(day.isoformat(), on=day, lines=lines)


def standard_gaps(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """標準配置差距表 of a day: what the standard asks for, what is there, what is lacking and where."""
    day = min(asked.since or ledger.today, ledger.today)
    lines = [{**row, "n": n, "name": row["title"], "per": Word.of("campus.per", row["per"]),
              "state": Word.of("campus.gap", row["state"])}
             for n, row in enumerate(report.gaps(ledger, at=day).rows, 1)]  # fmt: skip
    return FormData(day.isoformat(), on=day, lines=lines)


def works_acceptance(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """暑期工程驗收單: one project's inspection, with the signatures recorded. NotFound (3)."""
    row = store.acceptance(ledger.db, number or "")
    if row is None or row["project_id"] is None:
        raise NotFound("campus.no_acceptance", number=number or "—")
    project = store.project(ledger, row["project"])
    values = {
        "project": f"{project['number']} {project['name']}", "kind": Word.of("campus.kind", project["kind"]),
        "place": f"{project['place']} {project['place_name']}" if project["place"] else None, "vendor": project["vendor"],
        "agreement": project["contract"], "budget": Fen(project["budget_fen"]),
        "contract": None if project["contract_fen"] is None else Fen(project["contract_fen"]),
        "planned": f"{project['starts_on']} — {project['ends_on']}",
        "actual": f"{project['started_on'] or '—'} — {project['finished_on'] or '—'}",
        "result": Word.of("campus.result", row["result"]), "inspectors": row["inspectors"], "shortfalls": row["shortfalls"],
        "warranty_until": date.fromisoformat(row["warranty_until"]) if row["warranty_until"] else None,
        "owner": project["owner"],
    }  # fmt: skip
    return FormData(row["number"], on=date.fromisoformat(row["on_day"]), values=values,
                    signed=signatures(journal.approvals(ledger.db, row["number"])), levels=str(row["levels"]).split(),
                    named={"owner": project["owner"], "contractor": project["vendor"]})  # fmt: skip


FORMS = {"plan-items": plan_items, "standard-gaps": standard_gaps, "works-acceptance": works_acceptance}
