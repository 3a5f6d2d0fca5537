"""The verbs of what is held for safety: a lesson, a drill, a meeting, a notice, a test. Each works inside an open entry."""

from collections.abc import Sequence
from datetime import date

from logi.books.safety import rules, school, store
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.journal import Entry

KIND = "safety.event"
HEADED = ("lesson", "training", "drill")  # who was there is counted


def hold(e: Entry, kind: str, topic: str, *, audience: Sequence[str] = (), heads: int | None = None,
         minutes: int | None = None, place: str | None = None, by: str | None = None, vendor: str | None = None,
         measures: Sequence[str] = (), outcome: str | None = None, on: date | None = None,
         note: str | None = None) -> Confirmation:  # fmt: skip
    """Put on record what was held, under a number of its own (AQ-year-running); `measures` are those it made known."""
    day = e.happened(on or e.today)
    where, spot = school.place_spot(e, place) if place else (None, None)
    person = school.person(e, by) if by else None
    firm = school.vendor(e, vendor) if vendor else None
    if person is None and firm is None:
        raise Usage("safety.held_by_whom")
    rows = [store.measure(e, text) for text in measures]
    if rows and kind not in rules.TEACHING:
        raise Refused("safety.teaches_nothing", kind=Word.of(KIND, kind))
    if kind in HEADED and heads is None:
        e.warn("safety.no_heads")
    if kind == "meeting" and not outcome:
        e.warn("safety.nothing_decided")
    number = e.number("AQ", str(day.year), book="safety", kind="event")
    e.insert(
        "safety_event", on_day=day, number=number, kind=kind, topic=topic, audience="；".join(audience) or None, heads=heads,
        minutes=minutes, place_id=where["id"] if where else None, spot=spot, by_id=person["id"] if person else None,
        vendor_id=firm["id"] if firm else None, outcome=outcome, note=note,
    )  # fmt: skip
    for row in rows:
        e.insert("safety_step", on_day=day, measure_id=row["id"], what="aware", by_id=person["id"] if person else None,
                 number=number, note=topic)  # fmt: skip
    facts = {
        "kind": Word.of(KIND, kind), "topic": topic, "audience": list(audience) or None, "heads": heads, "on": day,
        "by": person["name"] if person else firm["name"] if firm else None, "measures": [row["code"] for row in rows] or None,
    }  # fmt: skip
    return Confirmation("safety.hold", number, facts=facts)
