"""What the check book's printed forms are filled with: a run with its results, a list to take along, the night's sheet."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.check import analysis, lists, store
from logi.books.check.actions import place_text, unsigned
from logi.books.check.rules import Checklist
from logi.core.answers import Word
from logi.core.errors import NotFound
from logi.core.forms import Asked, FormData, Signed
from logi.core.messages import quantity_text

if TYPE_CHECKING:
    from logi.db import Ledger


NIGHT = "night-rooms"  # the list the nightly sheet is filled with; its items by the sheet's columns
COLUMNS = {"doors": "door", "windows": "window", "lights": "light", "power": "power", "water": "water"}


def checklist(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """檢查記錄表: the run of a number, or (by a list's name) its items with room to write."""
    text = str(number)
    if text.upper().startswith("JC-"):
        return _run(ledger, store.run(ledger, text))
    found = lists.named(ledger, text)
    lines = [{"area": lists.area(found, item), "item": lists.title(item)} for item in found.items]
    return FormData(found.key, values={"list": lists.title(found), "source": _rule(found)}, lines=lines)


def night_check(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """每晚各室檢查登記表 of a night that was checked: every room with what was seen; NotFound (3) if no list was run.

    What a round over all rooms found wrong stands at the room its remark begins with, and all else was in order.
    """
    day = asked.since or ledger.today
    runs = store.runs(ledger.db, NIGHT, day, day)
    if not runs:
        raise NotFound("check.no_run", number=day.isoformat())
    rooms = store.rooms(ledger.db)
    lines: dict[str, dict[str, Any]] = {row["code"]: {"room": f"{row['code']} {row['name']}"} for row in rooms}
    found = lists.known(NIGHT)
    asked_for = [row["code"] for row in rooms if found is not None and row["kind"] in found.places]
    for run in runs:
        seen = [run["place"]] if run["place"] else asked_for
        for one in store.results(ledger.db, run["number"]):
            said = (one["remark"] or "").strip()
            wrong = run["place"] or next((code for code in lines if said.startswith(code)), None)
            for code in seen:
                line = lines.setdefault(code, {"room": code})
                line["time"] = run["at_time"]
                if one["result"] == "fail" and wrong in (code, None):
                    line |= {"abnormal": said or None, "handled": one["opened"]} if wrong else {}
                    line[COLUMNS[one["item"]]] = "×" if wrong else None
                elif one["result"] in ("pass", "fail"):
                    line[COLUMNS[one["item"]]] = "√"
    guards = "、".join(dict.fromkeys(run["by_name"] for run in runs))
    return FormData(day.isoformat(), on=day, lines=lines.values(), signed=[Signed("guard", guards, day)])


def made(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The runs of a period, in order."""
    return [row["number"] for row in store.runs(ledger.db, None, since, min(until, ledger.today))]


FORMS = {"checklist": checklist, "night-check": night_check}
NUMBERS = {"checklist": made}


def _run(ledger: "Ledger", row: Any) -> FormData:
    found, day = lists.known(row["list"]), date.fromisoformat(row["on_day"])
    lines = []
    for one in store.results(ledger.db, row["number"]):
        item = found.item(one["item"]) if found else None
        outcome = analysis.outcome(ledger, one)
        said = [lists.value(item, one["value"]), one["remark"]]
        lines.append({
            "area": lists.area(found, item) if found and item else None, "item": lists.title(item) if item else one["item"],
            "result": Word.of("check.result", one["result"]), "found": " ".join(part for part in said if part) or None,
            "opened": one["opened"], "handled": Word.of("check.outcome", outcome) if outcome else None,
        })  # fmt: skip
    grade = analysis.grade(ledger, row["score"], day)
    values = {
        "list": lists.title(found) if found else row["list"], "place": place_text(row), "day": day, "time": row["at_time"],
        "score": quantity_text(100 * row["score"]) if row["score"] is not None else None,
        "grade": Word.of("check.grade", grade) if grade else None, "failed": row["failed"],
        "source": _rule(found) if found else None,
    }  # fmt: skip
    signed = [Signed("checker", row["by_name"], day)]
    signed += [Signed("countersign", one["person"], date.fromisoformat(one["on_day"]))
               for one in store.signatures(ledger.db, row["number"])]  # fmt: skip
    waiting = _waiting(ledger, row, found)
    return FormData(row["number"], on=day, values=values, lines=lines, signed=signed, named={"countersign": waiting})


def _waiting(ledger: "Ledger", row: Any, found: Checklist | None) -> str | None:
    from logi.core.messages import title

    return "、".join(title("check.role", role) for role in unsigned(ledger.db, row, found)) or None


def _rule(found: Checklist) -> str | None:
    """The law, standard or notice behind a list; where it stands in the school's own plans is no matter for paper."""
    return "; ".join(part.strip() for part in found.source.split(";") if not part.strip().startswith("seed")) or None
