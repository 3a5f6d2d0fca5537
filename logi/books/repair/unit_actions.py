"""The verb of counters: a reading is typed, and what it makes due is opened as a repair slip in the same entry."""

from datetime import date

from logi.books.repair import maintain_actions as maintain
from logi.books.repair import school, store, unit_rules
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import Refused, Usage
from logi.core.messages import quantity_text, say
from logi.journal import Entry


def reading(e: Entry, text: str, value: int, *, unit: str | None = None, by: str | None = None, ended: int | None = None,
            began: int | None = None, on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Record what a schedule's counter shows (thousandths). Refused (4) if it would run backwards among its neighbours.

    A counter that was replaced: `began` is what the new one began with, `ended` what the old one showed at last.
    """
    row, day = store.schedule(e, text), e.happened(on or e.today)
    code = row["code"]
    if unit_rules.every_of(row["rule"]) is None:
        raise Refused("repair.no_counter", code=code, rule=maintain.rule_text(row))
    if row["stopped_on"] and day.isoformat() > row["stopped_on"]:
        raise Refused("repair.stopped_already", code=code, on=date.fromisoformat(row["stopped_on"]))
    if unit is not None and row["unit"] is not None and unit != row["unit"]:
        raise Usage("repair.other_unit", code=code, unit=row["unit"], typed=unit)
    if ended is not None and began is None:
        raise Usage("repair.ended_without_began")
    person = school.person(e, by) if by else None
    e.insert("repair_reading", on_day=day, schedule_id=row["id"], value_milli=value, ended_milli=ended, began_milli=began,
             by_id=person["id"] if person else None, note=note)  # fmt: skip
    there = [maintain.as_reading(one) for one in store.readings(e.db)[row["id"]]]
    if (wrong := unit_rules.backwards(there, row["start_milli"])) is not None:
        raise Refused("repair.reading_backwards", code=code, day=wrong[0], before=Milli(wrong[1]), value=Milli(wrong[2]))
    row = store.schedule(e, code)
    laid = maintain.standing(e, row)
    assert laid.units is not None
    due, number = laid.state.next_on, None
    if due is not None and laid.state.waiting:
        e.warn("repair.run_waits", waiting=[f"{code} {laid.state.waiting}"])
    elif due is not None:
        number = maintain.open_due(e, laid, due, day)
        if laid.state.passed:
            e.warn("repair.passed_over", code=code, count=laid.state.passed)
    outcome = "opened" if number else "due" if due else "noted"
    following = maintain.shows_at(maintain.standing(e, row))
    facts = {
        "name": row["name"], "value": f"{quantity_text(value)} {row['unit'] or ''}".rstrip(), "on": day,
        "outcome": Word.of("repair.reading", outcome), "opened": [number] if number else [], "next_at": following,
        "then": say("repair.reading.next", at=following) if following else "",
    }  # fmt: skip
    e.subject = code
    return Confirmation("repair.maintain.reading", code, numbers=[code, *([number] if number else [])], facts=facts)
