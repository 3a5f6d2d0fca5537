"""The verbs of summer works: a slip gets its scope, estimate, contractor and days; the list is drawn up for approval."""

from datetime import date
from typing import Any

from logi.books.repair import actions, rules, school, store
from logi.core.answers import Confirmation, Fen
from logi.core.errors import Refused, Usage
from logi.journal import Entry

SERIES = "SX"


def plan(e: Entry, number: str, *, scope: str | None = None, estimate: int | None = None, vendor: str | None = None,
         starts: date | None = None, ends: date | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Put a slip on the summer list with what is planned for it; what is given again replaces what stood there."""
    order, progress, day = actions.at_step(e, number, "plan", on)
    if scope is None and estimate is None and vendor is None and starts is None and ends is None:
        raise Usage("repair.nothing_planned", number=order["number"])
    begins, finishes = starts or progress.begins_on, ends or progress.ends_on
    if begins is not None and begins <= day:
        raise Refused("repair.deferred_back", number=order["number"], until=begins, day=day)
    if begins is not None and finishes is not None and finishes < begins:
        raise Refused("repair.ends_before", number=order["number"], begins=begins, ends=finishes)
    firm = school.vendor(e, vendor) if vendor else None
    actions.take_step(e, order, progress, "plan", day, note=scope, estimate_fen=estimate, begins_on=starts,
                      ends_on=ends, vendor_id=firm["id"] if firm else None)  # fmt: skip
    limit = school.policy(e, "repair.approval_above_fen", progress.opened_on)
    planned = progress.estimate_fen or 0
    if planned > limit and not actions.approved(e.db, order["number"], spent=planned):
        e.warn("repair.estimate_unapproved", number=order["number"], estimate=Fen(planned), limit=Fen(limit))
    contractor = school.by_id(e.db, "school_vendor", progress.planned_vendor_id)
    return actions.done("plan", order, scope=progress.scope, begins=progress.begins_on, ends=progress.ends_on,
                        estimate=Fen(progress.estimate_fen) if progress.estimate_fen is not None else None,
                        vendor=contractor["name"] if contractor else None)  # fmt: skip


def draft(e: Entry, *, by: str | None = None, on: date | None = None) -> Confirmation:
    """Draw the list up as it stands: it gets a number of its own, to be approved as a whole."""
    day = e.happened(on or e.today)
    jobs = listed(e, day)
    if not jobs:
        raise Refused("repair.no_summer_works", day=day)
    person = school.person(e, by) if by else None
    total = sum(progress.estimate_fen or 0 for _, progress in jobs)
    lacking = [order["number"] for order, progress in jobs if progress.estimate_fen is None]
    number = e.number(SERIES, str(day.year), book="repair", kind="summer")
    summer_id = e.insert("repair_summer", number=number, year=day.year, on_day=day, total_fen=total,
                         by_id=person["id"] if person else None, lacking=len(lacking))  # fmt: skip
    for line, (order, progress) in enumerate(jobs, 1):
        e.insert("repair_summer_line", summer_id=summer_id, line=line, order_id=order["id"],
                 estimate_fen=progress.estimate_fen)  # fmt: skip
    if lacking:
        e.warn("repair.no_estimates", numbers=lacking)
    return Confirmation("repair.summer", number, facts={"lines": len(jobs), "total": Fen(total), "on": day})


def listed(source: Any, day: date) -> list[tuple[Any, rules.Progress]]:
    """What is on the list on a day: all that is not finished, the deferred first; preventive work is no repair."""
    rows = [row for row in store.unfinished(source.db, day) if row["source"] != rules.PREVENTIVE]
    steps = store.steps_of(source.db, [row["id"] for row in rows], day)
    jobs = [(row, rules.fold(steps[row["id"]])) for row in rows]
    jobs = [job for job in jobs if job[1].state not in ("accepted", "closed", "declined")]
    return sorted(jobs, key=lambda job: job[1].state != "deferred")
