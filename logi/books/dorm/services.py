"""Eating and lodging side by side: what the canteen and the dormitory gave, how whole their records are, what was settled."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.dorm import canteen, care_report, check, night_report, nights, paper, store
from logi.books.dorm.tabling import table
from logi.core.answers import Table
from logi.core.messages import say
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger

SERVICES = ("matter:word:dorm.matter eating:count eating_of:count eating_rate:rate lodging:count lodging_of:count "
            "lodging_rate:rate behind:word:dorm.service")  # fmt: skip


def services(ledger: "Ledger", since: date, until: date) -> Table:
    """The two services of a period, matter by matter; `behind` names the one that stands worse."""
    last = min(until, ledger.today)
    scores, settled, failed = canteen.seen(ledger, since, last)
    own, own_settled, own_failed = _seen(ledger, since, last)
    kept, asked, slept = night_report.counted(ledger, since, last)
    told = [state for _, state, _ in nights.outcomes(ledger, since, last)]
    rows = [
        _row("served", (canteen.served(ledger, since, last), None), (slept, None)),
        _row("whole", canteen.whole(ledger, since, last), (kept, asked)),
        _row("staff", canteen.well(ledger, last), _trained(ledger, last)),
        _row("inspections", (len(scores), None), (len(own), None), _mean(scores), _mean(own)),
        _row("problems", (settled, failed), (own_settled, own_failed)),
        _row("answered", canteen.answered(ledger, since, last), (sum(state != "open" for state in told), len(told))),
        _row("rules", (len(paper.governing(ledger, last, "canteen")), None), (len(paper.governing(ledger, last)), None)),
        _row("places", (None, None), _places(ledger, last)),
    ]
    notes = [say(f"dorm.note.{name}") for name, of in (("no_canteen", rows[1]["eating_of"]), ("no_dorm", rows[1]["lodging_of"]))
             if not of]  # fmt: skip
    return table("services", say("dorm.title.services", since=since, until=last), SERVICES, rows, notes=notes)


def _row(matter: str, eating: tuple[int | None, int | None], lodging: tuple[int | None, int | None], first: int | None = None,
         second: int | None = None) -> dict[str, Any]:  # fmt: skip
    one = permille(eating[0] or 0, eating[1]) if eating[1] else first
    other = permille(lodging[0] or 0, lodging[1]) if lodging[1] else second
    worse = None if one is None or other is None or one == other else "canteen" if one < other else "dorm"
    return {"matter": matter, "eating": eating[0], "eating_of": eating[1], "eating_rate": one, "lodging": lodging[0],
            "lodging_of": lodging[1], "lodging_rate": other, "behind": worse}  # fmt: skip


def _seen(ledger: "Ledger", since: date, until: date) -> tuple[list[int], int, int]:
    """(scores of the dormitory's checks, problems settled, problems found)."""
    made = [run for key in check.LISTS for run in check.runs(ledger.db, key, since, until)]
    answers = check.results_of_runs(ledger.db, [run for run in made if run["failed"]])
    found = [check.outcome(ledger, one) for run in made for one in answers.get(run["number"], []) if one["result"] == "fail"]
    scores = [run["score"] for run in made if run["score"] is not None]
    return scores, sum(one in ("closed", "on-the-spot") for one in found), len(found)


def _trained(ledger: "Ledger", day: date) -> tuple[int, int]:
    today = day.isoformat()
    there = [row for row in store.wardens(ledger.db) if row["from_day"] <= today < (row["left_on"] or "9999")]
    return sum(care_report.trained(ledger, row, day) == "valid" for row in there), len(there)


def _places(ledger: "Ledger", day: date) -> tuple[int, int]:
    return len(store.sleeping(ledger.db, day)), sum(row["beds"] for row in store.rooms(ledger.db, day))


def _mean(scores: list[int]) -> int | None:
    return (2 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else None
