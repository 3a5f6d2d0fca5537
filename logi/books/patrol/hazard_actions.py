"""The verbs of hazards: open, assign, fix, verify, extend, escalate. Each works inside an open entry it is given."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from logi.books.patrol import repair, rules, school, store
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import Ambiguous, NotFound, Refused
from logi.journal import Entry

LEVEL, CATEGORY, STATE = "patrol.level", "patrol.category", "patrol.state"


class Care(NamedTuple):
    """What is laid down about a hazard (五落實): None leaves it open, or as it was."""

    owner: str | None = None
    measure: str | None = None
    due_on: date | None = None
    fund_fen: int | None = None
    plan: str | None = None
    interim: str | None = None


NO_CARE = Care()


class Found(NamedTuple):
    """Where, when and by whom something unsafe was found."""

    on: date
    by_id: int | None = None
    round_no: int | None = None
    place_id: int | None = None
    spot: str | None = None
    at_time: str | None = None


def open_hazard(e: Entry, title: str, *, place: str | None = None, on: date | None = None, by: str | None = None,
                category: str = "other", level: str = "general", care: Care = NO_CARE) -> Confirmation:  # fmt: skip
    """Record a hazard under a new number. Without `place` a known place at the title's start serves."""
    where: Any = None
    spot = None
    if place:
        where, spot = school.place_spot(e, place)
    else:
        where, spot, title = place_in(e, title)
        if where is None:
            e.warn("patrol.no_place", title=title)
    by_id = school.person(e, by)["id"] if by else None
    found = Found(on or e.today, by_id, None, where["id"] if where else None, spot)
    number = record(e, title, found, category=category, level=level, care=care)
    row = known(e, number)
    facts = {
        "title": title, "place": place_text(row), "category": Word.of(CATEGORY, category),
        "level": Word.of(LEVEL, level), "due": as_day(row["due_on"]), "lacking": lacking_words(row),
    }  # fmt: skip
    return Confirmation("hazard.open", number, facts=facts)


def record(e: Entry, title: str, found: Found, *, category: str, level: str, care: Care = NO_CARE) -> str:
    """Write a hazard and its first step; returns its number (YH-year of finding-running)."""
    usual = usual_due(e, found.on, level)
    if care.due_on is not None and care.due_on < found.on:
        raise Refused("patrol.due_before_found", due=care.due_on, found_on=found.on)
    if care.due_on is not None and care.due_on > usual:
        e.warn("patrol.due_beyond_policy", due=care.due_on, usual=usual, level=Word.of(LEVEL, level))
    if level == "major" and not care.interim:
        e.warn("patrol.major_needs_interim")
    number = e.number("YH", str(found.on.year), book="patrol", kind="hazard")
    owner_id = school.person(e, care.owner)["id"] if care.owner else None
    rowid = e.insert(
        "patrol_hazard", number=number, title=title, place_id=found.place_id, spot=found.spot, category=category,
        level=level, found_on=found.on, found_by_id=found.by_id, round_no=found.round_no, measure=care.measure,
        owner_id=owner_id, fund_fen=care.fund_fen, due_on=care.due_on or usual, plan=care.plan, interim=care.interim,
        state="open",
    )  # fmt: skip
    e.insert("patrol_step", on_day=found.on, hazard_id=rowid, what="open", by_id=found.by_id)
    return number


def assign(e: Entry, number: str, care: Care, *, level: str | None = None, category: str | None = None,
           place: str | None = None) -> Confirmation:  # fmt: skip
    """Lay down owner, measure, deadline, fund, plan, interim protection; a later deadline needs `extend`."""
    row = unsettled(e, number)
    level_now = level or row["level"]
    changes: dict[str, Any] = {
        "measure": care.measure, "fund_fen": care.fund_fen, "plan": care.plan, "interim": care.interim,
        "level": level, "category": category, "due_on": _new_due(e, row, care.due_on, level),
    }  # fmt: skip
    if care.owner:
        changes["owner_id"] = school.person(e, care.owner)["id"]
    if place:
        where, changes["spot"] = school.place_spot(e, place)
        changes["place_id"] = where["id"]
    given = {name: value for name, value in changes.items() if value is not None or (place and name == "spot")}
    if not given:
        raise Refused("patrol.nothing_to_change", number=number)
    e.update("patrol_hazard", row["id"], **given)
    row = known(e, number)
    if level_now == "major" and not row["interim"]:
        e.warn("patrol.major_needs_interim")
    facts = {
        "title": row["title"], "owner": row["owner"], "measure": row["measure"], "due": as_day(row["due_on"]),
        "fund": Fen(row["fund_fen"]) if row["fund_fen"] is not None else None, "plan": row["plan"],
        "interim": row["interim"], "lacking": lacking_words(row),
    }  # fmt: skip
    return Confirmation("hazard.assign", number, facts=facts)


def fix(e: Entry, number: str, *, by: str, on: date | None = None, measure: str | None = None) -> Confirmation:
    """The hazard was removed: it now waits for another person to verify it."""
    row = unsettled(e, number)
    day = on or e.today
    if row["state"] == "fixed":
        raise Refused("patrol.already_fixed", number=number, by=row["fixed_by"], on=as_day(row["fixed_on"]))
    _in_order(e, row, day)
    fixer = school.person(e, by)
    if left := [one["number"] for one in store.repairs_of_hazard(e.db, row["id"]) if repair.unfinished(one)]:
        e.warn("patrol.repairs_left", number=number, repairs=left)
    if row["level"] == "major" and not row["interim"]:
        e.warn("patrol.fixed_without_interim", number=number)
    if row["due_on"] and day.isoformat() > row["due_on"]:
        e.warn("patrol.fixed_late", due=as_day(row["due_on"]))
    changes = {"measure": measure} if measure and not row["measure"] else {}
    e.insert("patrol_step", on_day=day, hazard_id=row["id"], what="fix", by_id=fixer["id"], note=measure)
    e.update("patrol_hazard", row["id"], state="fixed", fixed_on=day, fixed_by_id=fixer["id"], **changes)
    row = known(e, number)
    facts = {"title": row["title"], "place": place_text(row), "by": fixer["name"], "on": day,
             "measure": measure or row["measure"], "lacking": lacking_words(row)}  # fmt: skip
    return Confirmation("hazard.fix", number, facts=facts)


def verify(e: Entry, number: str, *, by: str, on: date | None = None) -> Confirmation:
    """Another person has seen that it is gone: the hazard is cancelled (銷號). Its fixer may not (4)."""
    row, day, verifier = _looked_at(e, number, by, on)
    if lacking := lacking_words(row):
        e.warn("patrol.verified_incomplete", lacking=lacking)
    e.insert("patrol_step", on_day=day, hazard_id=row["id"], what="verify", by_id=verifier["id"])
    e.update("patrol_hazard", row["id"], state="verified", verified_on=day, verified_by_id=verifier["id"])
    days = (day - date.fromisoformat(row["found_on"])).days
    facts = {"title": row["title"], "place": place_text(row), "by": verifier["name"], "on": day, "days": days}
    return Confirmation("hazard.verify", number, facts=facts)


def reject(e: Entry, number: str, *, by: str, reason: str, on: date | None = None) -> Confirmation:
    """It is not gone: the hazard is as open as it was before the fix."""
    row, day, verifier = _looked_at(e, number, by, on)
    basis = "reported-up" if row["reported_on"] else "open"
    e.insert("patrol_step", on_day=day, hazard_id=row["id"], what="reject", by_id=verifier["id"], note=reason)
    e.update("patrol_hazard", row["id"], state=basis, fixed_on=None, fixed_by_id=None)
    facts = {"title": row["title"], "by": verifier["name"], "on": day, "reason": reason,
             "due": as_day(row["due_on"])}  # fmt: skip
    return Confirmation("hazard.reject", number, facts=facts)


def extend(e: Entry, number: str, *, to: date, reason: str, on: date | None = None) -> Confirmation:
    """Put the deadline off to a later day, with the reason."""
    row = unsettled(e, number)
    before = as_day(row["due_on"])
    if row["state"] == "fixed":
        raise Refused("patrol.already_fixed", number=number, by=row["fixed_by"], on=as_day(row["fixed_on"]))
    if before is not None and to <= before:
        raise Refused("patrol.not_an_extension", to=to, due=before)
    day = on or e.today
    _in_order(e, row, day, ("open", "extend"))
    e.insert("patrol_step", on_day=day, hazard_id=row["id"], what="extend", note=reason, due_before=before,
             due_after=to)  # fmt: skip
    e.update("patrol_hazard", row["id"], due_on=to)
    facts = {"title": row["title"], "due": to, "before": before, "reason": reason}
    return Confirmation("hazard.extend", number, facts=facts)


def escalate(e: Entry, number: str, *, organ: str, by: str | None = None, on: date | None = None) -> Confirmation:
    """Report upward what is beyond the school's power."""
    row = unsettled(e, number)
    if row["state"] != "open":
        raise Refused("patrol.not_open", number=number, state=Word.of(STATE, row["state"]))
    day = on or e.today
    _in_order(e, row, day)
    by_id = school.person(e, by)["id"] if by else None
    e.insert("patrol_step", on_day=day, hazard_id=row["id"], what="escalate", by_id=by_id, note=organ)
    e.update("patrol_hazard", row["id"], state="reported-up", reported_on=day, reported_to=organ)
    return Confirmation("hazard.escalate", number, facts={"title": row["title"], "organ": organ, "on": day})


def repair_it(e: Entry, number: str, *, slip: str | None = None, by: str | None = None, urgency: str = "normal",
              on: date | None = None) -> Confirmation:  # fmt: skip
    """Give a hazard to the repair book: a new slip, or one that is there. When it is finished the hazard is fixed."""
    row = unsettled(e, number)
    if row["state"] == "fixed":
        raise Refused("patrol.already_fixed", number=number, by=row["fixed_by"], on=as_day(row["fixed_on"]))
    day = on or e.today
    if day.isoformat() < row["found_on"]:
        raise Refused("patrol.step_out_of_order", number=number, day=day, step=Word.of("patrol.step", "open"),
                      first=as_day(row["found_on"]))  # fmt: skip
    if slip is not None:
        order = repair.slip(e, slip)
        if order["state"] in repair.FINISHED:
            raise Refused("patrol.repair_finished", repair=order["number"], number=number)
    else:
        if row["place_code"] is None:
            raise Refused("patrol.hazard_no_place", number=number)
        place = row["place_code"] + (f"/{row['spot']}" if row["spot"] else "")
        finder = school.person(e, by) if by else school.by_id(e.db, "school_person", row["found_by_id"])
        if finder is None:
            raise Refused("patrol.repair_by_whom", number=number)
        order = repair.open_slip(e, row["title"], place=place, by=finder["code"], on=day, at=None, source="hazard",
                                 category=row["category"], urgency=urgency)  # fmt: skip
    if order["id"] in [one["id"] for one in store.repairs_of_hazard(e.db, row["id"])]:
        raise Refused("patrol.linked_already", number=number, repair=order["number"])
    e.insert("patrol_repair", on_day=day, order_id=order["id"], hazard_id=row["id"])
    facts = {"title": row["title"], "repair": order["number"], "on": day}
    return Confirmation("hazard.repair", number, numbers=[number, order["number"]], facts=facts)


def told(e: Entry, row: Any, what: str, day: date, person: Any, note: str) -> None:
    """What a hazard's repair came to: it is fixed (by whoever mended it), or after all not."""
    _in_order(e, row, day)
    by_id = person["id"] if person is not None else None
    e.insert("patrol_step", on_day=day, hazard_id=row["id"], what=what, by_id=by_id, note=note)
    if what == "fix":
        e.update("patrol_hazard", row["id"], state="fixed", fixed_on=day, fixed_by_id=by_id)
    else:
        state = rules.state_of(store.as_step(step) for step in store.steps(e.db, row["id"]))
        e.update("patrol_hazard", row["id"], state=state, fixed_on=None, fixed_by_id=None)


# -- shared with the round and the reports ---------------------------------------------------------


def place_in(e: Entry, text: str) -> tuple[Any, str | None, str]:
    """(place, spot, what remains) of "B301 插座松动", "B301/门后 插座松动", "操场围栏松动" (a name may stay)."""
    head, _, rest = text.replace("\u3000", " ").partition(" ")
    if (exact := _exact_place(e, head)) is not None:
        return *exact, rest.strip() or exact[1] or text
    found = store.place_at_start(e.db, text)
    if found is None:
        return None, None, text
    row, length = found
    return row, None, text[length:].lstrip(" :：,，、") if text[:length] == row["code"] else text


def full(source: Any, text: str) -> str:
    """The number that a text is, or that alone ends with it (`0003`); several, and they are listed (3)."""
    ledger = getattr(source, "ledger", source)
    if store.hazard(source.db, text) is not None or ledger.exact or not text.replace("-", "").isdigit():
        return text
    ends = store.hazards_ending(source.db, text)
    if len(ends) > 1:
        pairs = [(row["number"], row["title"]) for row in ends]
        raise Ambiguous("front.ambiguous", candidates=pairs, what=Word.of("front.thing", "document"), text=text)
    return str(ends[0]["number"]) if ends else text


def known(e: Any, number: str) -> Any:
    """The hazard of a number, or NotFound (3)."""
    row = store.hazard(e.db, number)
    if row is None:
        raise NotFound("patrol.no_hazard", number=number)
    return row


def unsettled(e: Entry, number: str) -> Any:
    """The hazard of a number that is not cancelled yet, else Refused (4)."""
    row = known(e, number)
    if row["state"] == "verified":
        raise Refused("patrol.already_verified", number=number, by=row["verified_by"], on=as_day(row["verified_on"]))
    return row


def usual_due(e: Entry, found_on: date, level: str) -> date:
    """The deadline that the policy gives a hazard of this level."""
    return found_on + timedelta(days=int(school.policy(e, "hazard.due_days", found_on)[level]))


def place_text(row: Any) -> str | None:
    """A hazard's place as people read it: `B301 音乐室/门后`."""
    if row["place_code"] is None:
        return None
    return f"{row['place_code']} {row['place_name']}" + (f"/{row['spot']}" if row["spot"] else "")


def lacking_words(row: Any) -> list[Word] | None:
    """What a hazard lacks, as words; None if nothing."""
    found = rules.lacking(row["level"], measure=row["measure"], owner=row["owner_id"], deadline=row["due_on"],
                          fund=row["fund_fen"], plan=row["plan"])  # fmt: skip
    return [Word.of("patrol.lack", name) for name in found] or None


def as_day(text: str | None) -> date | None:
    """An ISO day from the ledger."""
    return date.fromisoformat(text) if text else None


def _exact_place(e: Entry, word: str) -> tuple[Any, str | None] | None:
    """The place a word is the exact code or name of, in either script, with its spot."""
    before, e.ledger.exact = e.ledger.exact, True
    try:
        return school.place_spot(e, word)
    except NotFound:
        return None
    finally:
        e.ledger.exact = before


def _looked_at(e: Entry, number: str, by: str, on: date | None) -> tuple[Any, date, Any]:
    row = unsettled(e, number)
    if row["state"] != "fixed":
        raise Refused("patrol.not_fixed", number=number, state=Word.of(STATE, row["state"]))
    day = on or e.today
    verifier = school.person(e, by)
    if verifier["id"] == row["fixed_by_id"] and school.policy(e, "hazard.verifier_is_not_fixer", day):
        raise Refused("patrol.verifier_is_fixer", number=number, by=verifier["name"])
    _in_order(e, row, day)
    return row, day, verifier


def _new_due(e: Entry, row: Any, wanted: date | None, level: str | None) -> date | None:
    found_on, before = date.fromisoformat(row["found_on"]), as_day(row["due_on"])
    if wanted is not None:
        if wanted < found_on:
            raise Refused("patrol.due_before_found", due=wanted, found_on=found_on)
        if before is not None and wanted > before:
            raise Refused("patrol.later_needs_extend", number=row["number"], due=before, wanted=wanted)
        return wanted
    if level and level != row["level"] and before == usual_due(e, found_on, row["level"]):
        return usual_due(e, found_on, level)  # nobody chose the old deadline, so it goes with the level
    return None


def _in_order(e: Entry, row: Any, day: date, among: tuple[str, ...] = rules.STATE_STEPS) -> None:
    """A step may not lie before the one it follows, or the state could not be told from the steps."""
    before = [step for step in store.steps(e.db, row["id"]) if step["what"] in among]
    if before and day.isoformat() < before[-1]["on_day"]:
        step, first = Word.of("patrol.step", before[-1]["what"]), as_day(before[-1]["on_day"])
        raise Refused("patrol.step_out_of_order", number=row["number"], day=day, step=step, first=first)
