"""The verbs of what families are told: the menu, the fees, safety; whom a notice reached; who leads safety education."""

from collections.abc import Sequence
from datetime import date, timedelta

from logi.books.kindergarten import canteen, money, school, store
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused
from logi.core.messages import say, title
from logi.journal import Entry

NOTICE = "kindergarten.notice"


def menu(e: Entry, since: date, until: date, *, by: str, audience: str | None = None, on: date | None = None) -> Confirmation:
    """Families are told of the menu of these days, as the canteen has it. Refused (4) while there is none."""
    rows = canteen.dishes(e.db, since, until)
    if not rows:
        raise Refused("kindergarten.no_menu", since=since, until=until)
    lines: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        lines.setdefault((row["on_day"], row["meal"]), []).append(row["name"])
    body = "\n".join(f"{day} {title('canteen.meal', meal)}：{'、'.join(names)}" for (day, meal), names in lines.items())
    heading = say("kindergarten.heading.menu", since=since, until=until)
    return _tell(e, "menu", heading, body, by=by, audience=audience, on=on, since=since, until=until)


def fees(e: Entry, *, by: str, audience: str | None = None, on: date | None = None) -> Confirmation:
    """Families are told of the fees in force and their basis. Refused (4) while one is not published."""
    day = on or e.today
    rows = money.fees_on(e.db, day)
    if not rows:
        raise Refused("kindergarten.no_fees", day=day)
    unpublished = [row["name"] for row in rows if not row["published_on"]]
    if unpublished:
        raise Refused("kindergarten.fees_unpublished", fees=unpublished)
    body = "\n".join(say("kindergarten.fee_line", name=row["name"], amount=Fen(row["standard_fen"]), basis=row["basis"],
                         since=row["from_day"], until=row["to_day"]) for row in rows)  # fmt: skip
    return _tell(e, "fees", say("kindergarten.heading.fees", day=day), body, by=by, audience=audience, on=on)


def safety(e: Entry, heading: str, paragraphs: Sequence[str], *, by: str, audience: str | None = None,
           on: date | None = None) -> Confirmation:  # fmt: skip
    """Families are told something of safety."""
    return _tell(e, "safety", heading, "\n".join(paragraphs), by=by, audience=audience, on=on)


def reached(e: Entry, number: str, school_class: str, families: int, of_families: int, *, by: str,
            on: date | None = None) -> Confirmation:  # fmt: skip
    """So many families of a class have read a notice."""
    row, day = store.notice(e.db, number), e.happened(on or e.today)
    if row is None:
        raise NotFound("kindergarten.no_notice", number=number)
    if families > of_families:
        raise Refused("kindergarten.more_than_all", families=families, all=of_families)
    if day.isoformat() < row["on_day"]:
        raise Refused("kindergarten.read_before", number=row["number"], day=date.fromisoformat(row["on_day"]))
    if any(one["class"] == school_class for one in store.reached(e.db, row["number"])):
        raise Refused("kindergarten.reached_already", number=row["number"], school_class=school_class)
    person = school.person(e, by)
    e.insert("kindergarten_reached", on_day=day, number=row["number"], families=families, of_families=of_families,
             by_id=person["id"], **{"class": school_class})  # fmt: skip
    e.subject = row["number"]
    facts = {"title": row["title"], "school_class": school_class, "families": families, "all": of_families, "on": day}
    return Confirmation("kindergarten.notice.reached", row["number"], numbers=[], facts=facts)


def lead(e: Entry, name: str, *, on: date | None = None) -> Confirmation:
    """From a day on somebody leads the kindergarten's safety education; who did before, does no more."""
    person, day = school.person(e, name), on or e.today
    last = [row for row in store.leads(e.db) if row["until_day"] is None]
    before = last[-1] if last else None
    if before is not None and before["person_id"] == person["id"]:
        raise Refused("kindergarten.leads_already", name=person["name"], since=date.fromisoformat(before["from_day"]))
    if before is not None:
        if day.isoformat() <= before["from_day"]:
            raise Refused("kindergarten.led_since", name=before["name"], since=date.fromisoformat(before["from_day"]))
        if day <= e.today:
            e.admit(day)
        e.update("kindergarten_lead", before["id"], until_day=day)
    e.insert("kindergarten_lead", person_id=person["id"], from_day=day)
    e.subject = person["code"]
    facts = {"name": person["name"], "since": day, "before": before["name"] if before is not None else None}
    return Confirmation("kindergarten.lead", person["code"], facts=facts)


def _tell(e: Entry, kind: str, heading: str, body: str, *, by: str, audience: str | None, on: date | None,
          since: date | None = None, until: date | None = None) -> Confirmation:  # fmt: skip
    day, person = e.happened(on or e.today), school.person(e, by)
    number = e.number("JG", str(day.year), book="kindergarten", kind="notice")
    e.insert("kindergarten_notice", on_day=day, number=number, kind=kind, title=heading, body=body, audience=audience,
             since_day=since, until_day=until, by_id=person["id"])  # fmt: skip
    facts = {"kind": Word.of(NOTICE, kind), "title": heading, "on": day, "by": person["name"], "audience": audience,
             "lines": len(body.splitlines())}  # fmt: skip
    return Confirmation(f"kindergarten.notice.{kind}", number, facts=facts)


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Friday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=4)


__all__ = ["fees", "lead", "menu", "reached", "safety", "week_of"]
