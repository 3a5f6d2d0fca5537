"""The verb of accidents: one is put on record; what it showed to be unsafe may become a hazard, or be named."""

from datetime import date

from logi.books.patrol import hazard_actions, school, store
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound
from logi.journal import Entry

KIND = "patrol.accident_kind"
REPORTED = ("fire", "food")  # these are reported upward even if nobody was hurt


def add(e: Entry, title: str, *, place: str | None = None, kind: str = "injury", injured: int = 0,
        by: str | None = None, treatment: str | None = None, reported_to: str | None = None, hazard: str | None = None,
        on: date | None = None, at: str | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Record an accident under a number of its own (SG-year-running)."""
    day = e.happened(on or e.today)
    where, spot = school.place_spot(e, place) if place else (None, None)
    if where is None:
        where, spot, title = hazard_actions.place_in(e, title)
    unsafe = store.hazard(e.db, hazard) if hazard else None
    if hazard and unsafe is None:
        raise NotFound("patrol.no_hazard", number=hazard)
    before = store.accidents(e.db, None, day)
    by_id = school.person(e, by)["id"] if by else None
    number = e.number("SG", str(day.year), book="patrol", kind="accident")
    e.insert(
        "patrol_accident", number=number, on_day=day, at_time=at, title=title, place_id=where["id"] if where else None,
        spot=spot, kind=kind, injured=injured, treatment=treatment, reported_to=reported_to, by_id=by_id,
        hazard_id=unsafe["id"] if unsafe else None, note=note,
    )  # fmt: skip
    if not reported_to and (injured or kind in REPORTED):
        e.warn("patrol.accident_unreported", number=number)
    since = date.fromisoformat(before[-1]["on_day"]) if before else min(store.begun_on(e.db), day)
    facts = {
        "title": title, "place": f"{where['code']} {where['name']}" + (f"/{spot}" if spot else "") if where else None,
        "kind": Word.of(KIND, kind), "injured": injured, "on": day, "free": (day - since).days,
    }  # fmt: skip
    return Confirmation("patrol.accident.add", number, facts=facts)
