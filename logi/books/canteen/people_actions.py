"""The verbs about the people around the canteen: who answers for what, lessons and visits, praise and blame, surveys."""

from collections.abc import Sequence
from datetime import date

from logi.books.canteen import check, rules, school, store, store_people
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry


def set_duty(e: Entry, area: str, name: str, *, on: date | None = None) -> Confirmation:
    """Somebody answers for buying, menus, storage or hygiene from a day on."""
    person, day = school.person(e, name), on or e.today
    row = store_people.duties(e.db).get(area)
    if row is None:
        e.insert("canteen_duty", area=area, person_id=person["id"], from_day=day)
    elif row["person_id"] == person["id"]:
        raise Refused("canteen.duty_there", area=Word.of("canteen.area", area), person=person["name"])
    else:
        e.update("canteen_duty", row["id"], person_id=person["id"], from_day=day)
    facts = {"area": Word.of("canteen.area", area), "person": person["name"], "since": day,
             "before": row["name"] if row is not None else None}  # fmt: skip
    return Confirmation("canteen.duty.set", facts=facts)


def hold(e: Entry, kind: str, topic: str, *, by: str, people: Sequence[str] = (), parties: Sequence[tuple[str, int]] = (),
         items: Sequence[str] = (), minutes: int | None = None, outcome: str | None = None,
         on: date | None = None) -> Confirmation:  # fmt: skip
    """A training of those who handle food, a meeting, a visit; who came, and of which points of the daily control it was."""
    day = e.happened(on or e.today)
    leader = school.person(e, by)
    unknown = [item for item in items if item not in check.daily_items()]
    if unknown:
        raise NotFound("canteen.no_item", item=unknown[0], known=list(check.daily_items()))
    if not people and not parties:
        raise Usage("canteen.nobody_came")
    if kind == "visit" and outcome is None:
        e.warn("canteen.nothing_learned")
    number = e.number("PX", str(day.year), book="canteen", kind="event")
    e.insert("canteen_event", on_day=day, number=number, kind=kind, topic=topic, items=",".join(items) or None, minutes=minutes,
             by_id=leader["id"], outcome=outcome)  # fmt: skip
    rows = {row["id"]: row for row in (school.person(e, name) for name in people)}
    for rowid in rows:
        e.insert("canteen_attend", on_day=day, number=number, person_id=rowid, heads=1)
    for party, heads in parties:
        e.insert("canteen_attend", on_day=day, number=number, party=party, heads=heads)
    if kind == "training":
        absent = [row["name"] for row in store.workers(e.db, day) if row["person_id"] not in rows]
        if absent:
            e.warn("canteen.not_trained", people=absent)
    facts = {"kind": Word.of("canteen.event", kind), "topic": topic, "on": day, "by": leader["name"],
             "heads": len(rows) + sum(heads for _, heads in parties)}  # fmt: skip
    return Confirmation("canteen.hold", number, facts=facts)


def notice(e: Entry, kind: str, to: str, words: str, *, run: str | None = None, amount: int | None = None,
           on: date | None = None) -> Confirmation:  # fmt: skip
    """Praise or blame that rests on an inspection, or a reward. Refused (4) without the inspection it rests on."""
    day = e.happened(on or e.today)
    person = school.person(e, to)
    row = check.numbered(e.db, run) if run else None
    if run and row is None:
        raise NotFound("canteen.no_run", number=run)
    if kind != "reward" and row is None:
        raise Refused("canteen.rests_on_nothing", kind=Word.of("canteen.notice", kind))
    if row is not None and row["list"] not in check.LISTS:
        raise Refused("canteen.not_of_the_canteen", number=row["number"], list=check.list_title(row["list"]))
    if row is not None and day.isoformat() < row["on_day"]:
        raise Refused("canteen.before_the_check", number=row["number"], day=date.fromisoformat(row["on_day"]))
    if amount is not None and kind != "reward":
        raise Usage("canteen.amount_of_reward")
    number = e.number("TB", str(day.year), book="canteen", kind="notice")
    e.insert("canteen_notice", on_day=day, number=number, kind=kind, person_id=person["id"], words=words, amount_fen=amount,
             run=row["number"] if row is not None else None)  # fmt: skip
    if amount:
        e.warn("canteen.not_of_meal_money")
    facts = {"kind": Word.of("canteen.notice", kind), "person": person["name"], "words": words, "on": day,
             "run": row["number"] if row is not None else None, "amount": Fen(amount) if amount else None}  # fmt: skip
    return Confirmation("canteen.notice", number, facts=facts)


def survey(e: Entry, party: str, *, very: int, satisfied: int, fair: int, poor: int, on: date | None = None,
           note: str | None = None) -> Confirmation:  # fmt: skip
    """What pupils, parents or staff answered when asked how the canteen pleases: the valid answers, by level."""
    day = e.happened(on or e.today)
    valid = very + satisfied + fair + poor
    if valid == 0:
        raise Usage("canteen.no_answers")
    e.insert("canteen_survey", on_day=day, party=party, very=very, satisfied=satisfied, fair=fair, poor=poor, note=note)
    rate, wanted = rules.pleased(very + satisfied, valid), int(school.policy(e, "canteen.satisfaction_percent", day))
    if rate < wanted * 10:
        e.warn("canteen.not_pleased", percent=wanted)
    facts = {"party": Word.of("canteen.party", party), "valid": valid, "on": day, "rate": f"{rate // 10}.{rate % 10}%"}
    return Confirmation("canteen.survey", facts=facts)
