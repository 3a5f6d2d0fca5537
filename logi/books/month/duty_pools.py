"""Who may serve in a roster, who cannot and when, and how often each has served; inside an open entry."""

from collections.abc import Sequence
from datetime import date, timedelta

from logi.books.month import school, store, store_work
from logi.core.answers import Confirmation
from logi.core.days import school_year_of, school_year_period
from logi.core.errors import Refused, Usage
from logi.journal import Entry

LONGEST = 400  # days somebody is away in one go


def register_away(e: Entry, who: str, first: date, last: date, *, reason: str) -> Confirmation:
    """Enter that somebody cannot serve from a day to another; a duty they have on it is warned of."""
    person = school.person(e, who)
    if not timedelta(0) <= last - first < timedelta(days=LONGEST):
        raise Usage("month.duty.away_days", first=first, last=last, most=LONGEST)
    e.insert("month_away", person_id=person["id"], first_on=first, last_on=last, reason=reason)
    on = store.duties(e.db, since=first, until=last, person_id=person["id"])
    for row in on:
        e.warn("month.duty.away_on_duty", name=person["name"], day=date.fromisoformat(row["on_day"]), number=row["number"])
    e.subject = person["code"]
    return Confirmation("month.duty.away", facts={"name": person["name"], "first": first, "last": last, "reason": reason})


def check_away(e: Entry, person_id: int, name: str, day: date) -> None:
    """Refuse (4) somebody who is registered as away on a day."""
    for row in store_work.away(e.db, day, day, person_id):
        raise Refused("month.duty.is_away", name=name, day=day, reason=row["reason"])


def last_on(e: Entry, first: date) -> dict[str, int]:
    """Who was on last before a day, by role."""
    found: dict[str, int] = {}
    for row in store.duties(e.db, until=first - timedelta(days=1)):
        found[row["role"]] = row["person_id"]
    return found


def pools(e: Entry, first: date, *, ordered: bool, leaders: Sequence[str], people: Sequence[str],
           gate: Sequence[str]) -> dict[str, list[int]]:  # fmt: skip
    """Who may serve in which role, each pool in the order of codes: as named, else as last time, else by post.

    `ordered` keeps the order in which people were named (a person named twice stands where first named).
    """
    named = {"leader": leaders, "person": people, "gate": gate}
    given = {role: [school.person(e, text) for text in texts] for role, texts in named.items()}
    staff = {row["id"]: row for row in store.staff(e.db, first)}
    taken = {one["id"] for rows in given.values() for one in rows}
    by_post: dict[str, list[int]] = {}
    for role in ("leader", "gate"):
        posts = school.policy(e, f"duty.{role}_posts", e.today)
        by_post[role] = [i for i, row in staff.items() if any(post in (row["post"] or "") for post in posts)]
    by_post["person"] = [i for i in staff if not any(i in held for held in by_post.values())]
    before = store.duties(e.db, until=first)
    found: dict[str, list[int]] = {}
    for role, rows in given.items():
        used = {row["person_id"] for row in before if row["role"] == role and row["person_id"] in staff}
        spare = [one for one in sorted(used) or by_post[role] if one not in taken]
        codes = {row["id"]: row["code"] for row in (*staff.values(), *rows)}
        chosen = list(dict.fromkeys(one["id"] for one in rows))
        found[role] = chosen if ordered and chosen else sorted(chosen or spare, key=lambda one: codes[one])
    return found


def away(e: Entry, exclude: Sequence[tuple[str, Sequence[date]]], pools: dict[str, list[int]],
          days: Sequence[date]) -> set[tuple[int, date]]:  # fmt: skip
    """Who cannot serve on which of the days: as excluded now, as registered before, and who has left by then."""
    found: set[tuple[int, date]] = set()
    for text, given in exclude:
        person = school.person(e, text)
        if not any(person["id"] in pool for pool in pools.values()):
            e.warn("month.duty.not_in_pool", name=person["name"])
        found |= {(person["id"], one) for one in given or days}
        if not given:
            for pool in pools.values():
                pool[:] = [one for one in pool if one != person["id"]]
    left = {row["id"]: row["left_on"] for row in school.people(e.db) if row["left_on"]}
    for row in store_work.away(e.db, days[0], days[-1]):
        found |= {(row["person_id"], one) for one in days if row["first_on"] <= one.isoformat() <= row["last_on"]}
    return found | {(person, one) for person, on in left.items() for one in days if on <= one.isoformat()}


def served(e: Entry, first: date) -> dict[int, int]:
    """How often each person was on duty in this school year before a day."""
    since = school_year_period(school_year_of(first)).since
    found: dict[int, int] = {}
    for row in store.duties(e.db, since=since, until=first):
        found[row["person_id"]] = found.get(row["person_id"], 0) + 1
    return found
