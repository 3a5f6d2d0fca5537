"""What the check book's records prove of a month: lists in use were run, one list was run, every asset was looked at."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from logi.books.check import lists, store, things
from logi.books.check.duties import Duties
from logi.books.check.using import in_force
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger

    Rule = Callable[[Ledger, str], tuple[int, int, list[str]]]


def runs(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """What the lists in use asked for in the month (days to come too), and how much of it was run."""
    period, duties = month_period(month), Duties(ledger)
    total = duties.asked(period.since, period.until)
    done = sum(one.kept.done for one in duties.kept(period.since, period.until))
    numbers = [row["number"] for row in store.runs(ledger.db, None, period.since, min(period.until, ledger.today))]
    return min(done, total), total, numbers if total else []


def of_list(key: str, ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """One list in a month: at every place where it is in use, or (in use without a place, or nowhere) once."""
    period, checklist = month_period(month), lists.known(key)
    if checklist is not None and checklist.things is not None:
        return of_assets(key, False, ledger, month)
    made = store.runs(ledger.db, key, period.since, period.until)
    wanted = {row["place_id"] for row in store.uses(ledger.db, key)
              if row["place_id"] and (in_force(row, period.until) or in_force(row, period.since))}  # fmt: skip
    there = {row["place_id"] for row in made}
    numbers = [row["number"] for row in made]
    if not wanted:
        return int(bool(made)), 1, numbers
    return len(wanted & there), len(wanted), numbers


def of_assets(key: str, mended: bool, ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The assets a list is for, and those looked at in the month; `mended`: and whose faults are settled."""
    period, checklist = month_period(month), lists.known(key)
    if checklist is None or checklist.things is None:
        return 0, 0, []
    found = list(things.seen(ledger, checklist, period.since, min(period.until, ledger.today)))
    good = ("good", "mended") if mended else ("good", "mended", "faulty")
    done = [one for one in found if one.state in good]
    return len(done), len(found), [one.run["number"] for one in done if one.run is not None]


RULES: "dict[str, Rule]" = {
    "checks-run": runs,
    **{f"check-{key}": partial(of_list, key) for key in lists.keys()},  # noqa: SIM118
    "appliances-mended": partial(of_assets, "appliances", True),
}
