"""What the patrol book's records prove of a month: rounds walked, weeks posted, hazards verified."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.patrol import rules, store
from logi.books.patrol.weeks import Routes
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def rounds(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The due days of every route in the whole month, those to come too, and on how many it was walked often enough."""
    period, routes = month_period(month), Routes(ledger)
    total = sum(len(rules.due_days(plan, routes.calendar, period.since, period.until)) for plan in routes.schedules.values())
    duties = routes.duties(period.since, period.until)
    walked = sum(one.duty.done - len(one.duty.short) for one in duties)
    return walked, total, [one.route["code"] for one in duties if one.duty.expected]


def weeks(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The ISO weeks whose Sunday lies in the month and in which a route was to be walked, and those posted."""
    period, routes, posted = month_period(month), Routes(ledger), store.publications(ledger.db)
    plans, wanted = list(routes.schedules.values()), []
    for sunday in (period.since.replace(day=n) for n in range(1, period.until.day + 1)):
        monday = sunday.fromordinal(sunday.toordinal() - 6)
        if sunday.weekday() == 6 and any(rules.due_days(plan, routes.calendar, monday, sunday) for plan in plans):
            wanted.append(rules.week_key(sunday))
    done = [week for week in wanted if week in posted]
    return len(done), len(wanted), done


def hazards(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The hazards found in the month, and those verified (銷號) by now; one reported upward waits for others."""
    period = month_period(month)
    found = [row for row in store.hazards(ledger.db, found_until=period.until) if row["found_on"] >= period.since.isoformat()]
    done = [row["number"] for row in found if row["state"] == "verified"]
    return len(done), len(found), done


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {
    "patrol-rounds": rounds,
    "patrol-weeks": weeks,
    "hazards-verified": hazards,
}
