"""Who approves a project before it begins and its acceptance at the end: as its budget asked on the day it was made out."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.campus import store
from logi.core.errors import Refused
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.journal import Entry


def required(source: Any, number: str) -> list[str]:
    """The levels of a project that waits, or of an acceptance, in order."""
    if (row := store.acceptance(source.db, number)) is not None:
        return str(row["levels"]).split()
    found = next((one for one in store.projects(source.db) if one["number"] == number.upper()), None)
    return [] if found is None else str(found["levels"]).split()


def decided(e: "Entry", number: str, complete: bool, rejected: bool) -> None:
    """The last signature approves a project or accepts it; a refusal stops the one and sends the other back to work."""
    given = journal.approvals(e.db, number)[-1]
    on = date.fromisoformat(given["on_day"])
    row = store.acceptance(e.db, number)
    if row is None:
        project = store.project(e, number)
        _not_before(number, project["added_on"], on)
        if project["stopped_on"]:
            raise Refused("campus.was_stopped", number=number, on=date.fromisoformat(project["stopped_on"]))
        if rejected:
            e.update("campus_project", project["id"], stopped_on=on, reason=given["reason"])
        elif complete:
            e.update("campus_project", project["id"], approved_on=on)
        return
    _not_before(number, row["on_day"], on)
    if complete or rejected:
        e.update("campus_acceptance", row["id"], decision="rejected" if rejected else "approved", decided_on=on)
    if row["project_id"] is not None and rejected:
        e.update("campus_project", row["project_id"], finished_on=None)
    elif row["project_id"] is not None and complete:
        e.update("campus_project", row["project_id"], accepted_on=on, warranty_until=row["warranty_until"])


def level_title(level: str) -> str:
    """What a level is called."""
    return title("campus.level", level)


def _not_before(number: str, first: str, on: date) -> None:
    if on.isoformat() < first:
        raise Refused("campus.too_early", what=number, since=date.fromisoformat(first), day=on)
