"""The verbs for what the office does not mend, or not yet: turn a slip down, wait for parts, explain it to the reporter."""

from datetime import date
from typing import Any

from logi.books.repair import actions, rules, school, store, telling
from logi.books.repair.norms import Norms
from logi.core.answers import Confirmation
from logi.core.errors import Refused
from logi.journal import Entry


def decline(e: Entry, number: str, *, reason: str, by: str | None = None, told: bool = False,
            on: date | None = None) -> Confirmation:  # fmt: skip
    """The office turns a slip down (不予受理). The reporter is told why, now or later (`told`); work done forbids it."""
    order, progress, day = actions.at_step(e, number, "decline", on)
    if order["source"] == rules.PREVENTIVE:
        raise Refused("repair.maintenance_declined", number=order["number"])
    if progress.hands or progress.cost_fen or progress.minutes:
        raise Refused("repair.worked_on_already", number=order["number"])
    person = school.person(e, by) if by else None
    actions.take_step(e, order, progress, "decline", day, person_id=person["id"] if person else None, note=reason)
    if told:
        _told(e, order, progress, day, person["id"] if person else None, None)
    elif order["reporter"]:
        e.warn("repair.tell_reporter", number=order["number"], reporter=order["reporter"])
    telling.declined(e, store.numbered(e.db, order["number"]), day)
    return actions.done("decline", order, reason=reason, reporter=order["reporter"], on=day)


def wait(e: Entry, number: str, *, parts: str, until: date | None = None, by: str | None = None,
         on: date | None = None) -> Confirmation:  # fmt: skip
    """The job waits for parts (待料): which, and until when (else by the norm, in workdays). The target waits as long."""
    order, progress, day = actions.at_step(e, number, None, on)
    actions.take_in_hand(e, order, progress, school.person(e, by) if by else None, None, day, step="wait")
    rules.check(order["number"], progress, "wait", day)
    norms = Norms(e)
    promised = until or norms.calendar.add_workdays(day, norms.value("parts_days", day))
    if promised <= day:
        raise Refused("repair.parts_promised_back", number=order["number"], until=promised, day=day)
    actions.take_step(e, order, progress, "wait", day, note=parts, until_day=promised, person_id=progress.worker_id)
    mend_by = norms.mend_by(order["urgency"], progress).shown
    return actions.done("wait", order, parts=parts, until=promised, on=day, resolve_by=progress.ends_on or mend_by)


def told(e: Entry, number: str, *, by: str | None = None, note: str | None = None,
         on: date | None = None) -> Confirmation:  # fmt: skip
    """The reporter has been told why the job is turned down, put off or waits."""
    order, progress, day = actions.at_step(e, number, "told", on)
    person = school.person(e, by) if by else None
    _told(e, order, progress, day, person["id"] if person else None, note)
    return actions.done("told", order, reporter=order["reporter"], on=day)


def _told(e: Entry, order: Any, progress: rules.Progress, day: date, person_id: int | None,
          note: str | None) -> None:  # fmt: skip
    actions.take_step(e, order, progress, "told", day, person_id=person_id, note=note)
