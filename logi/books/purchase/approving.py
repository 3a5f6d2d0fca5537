"""Who signs for a purchase: the levels of its tier in order, each by somebody who may, never by who asked for it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.purchase import rules, school, store
from logi.core.answers import Fen, Word
from logi.core.errors import Refused
from logi.core.folding import fold
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.journal import Entry


def required(source: Any, number: str) -> list[str]:
    """The levels that sign a request, in order, as its tier asked for on its day."""
    row = store.request(source, number)
    return row["levels"].split() if row is not None else []


def holder(source: Any, number: str, level: str) -> str | None:
    """Whose signature a level waits for, where only one may give it: by name."""
    row = store.request(source, number)
    if row is None:
        return None
    who = [one for one in store.staff(source.db, source.today) if one["name"] != row["applicant"]]
    holding = [one["name"] for one in who if _holds(source, one, level, row, source.today)]
    return holding[0] if len(holding) == 1 else None


def decided(e: "Entry", number: str, complete: bool, rejected: bool) -> None:
    """Check the signature just recorded, then let the request go on.

    Refused (4): who asked for it, a stranger, who has left, who has no such office, more than a person may sign for, a
    meeting without minutes, a day before the request's.
    """
    row = store.request(e, number)
    assert row is not None
    if row["state"] in ("dropped", "closed"):
        raise Refused("purchase.ended", number=row["number"], state=Word.of("purchase.stage", row["state"]))
    given = journal.approvals(e.db, row["number"])[-1]
    on, level = date.fromisoformat(given["on_day"]), given["level"]
    if given["on_day"] < row["on_day"]:
        raise Refused("purchase.signed_before", number=row["number"], on=on, asked=date.fromisoformat(row["on_day"]))
    _may_sign(e, row, level, given["by_whom"], on, rejected=rejected)
    if level == "school_meeting" and row["minutes"]:
        _minutes(e, row["number"], given["doc_no"], on)
    state = "rejected" if rejected else "approved" if complete else "open"
    e.update("purchase_request", row["id"], state=state, steps=row["steps"] + 1)


def after_rejection(source: Any, number: str) -> Refused | None:
    """What to say to who signs for what was rejected: an emergency that was ordered before has a way on."""
    row = store.request(source, number)
    if row is None or row["state"] != "rejected" or not (ordered := store.orders(source.db, row["id"])):
        return None
    return Refused("purchase.rejected_after", number=row["number"], vendor=ordered[0]["vendor"])


def named(source: Any, text: str) -> str:
    """The name of whom a text means; an organ that is no person (校務會) stays as typed."""
    known = store.people_named(source.db, text)
    return str(known[0]["name"]) if known else text


def may_lift(e: "Entry", row: Any, refused: Any, who: str, doc_no: str, on: date) -> None:
    """Refuse (4) that somebody lifts a rejection who stands no higher than who gave it; a meeting does by its minutes."""
    level = refused["level"]
    higher = rules.above(level)[1:] or (() if level == "school_meeting" else ("school_meeting",))
    facts = {"number": row["number"], "person": who, "level": Word.of("purchase.level", level)}
    if who in (row["applicant"], row["applicant_code"]):
        raise Refused("purchase.self_approval", **facts)
    known = store.people_named(e.db, who)
    if not known and level != "school_meeting":
        _minutes(e, row["number"], doc_no, on)
        return
    here = [one for one in known if one["left_on"] is None or one["left_on"] > on.isoformat()]
    if who == refused["by_whom"] or not any(_holds(e, one, wanted, row, on) for one in here for wanted in higher):
        raise Refused("purchase.not_above", rejected=refused["by_whom"], **facts)


def level_title(level: str) -> str:
    """What a level is called."""
    return title("purchase.level", level)


def _minutes(e: "Entry", number: str, doc_no: str, on: date) -> None:
    words = school.policy(e, "purchase.minutes_words", on)
    if not any(fold(word) in fold(doc_no) for word in words):
        raise Refused("purchase.no_minutes", number=number, doc_no=doc_no, words=list(words))


def _may_sign(e: "Entry", row: Any, level: str, who: str, on: date, *, rejected: bool) -> None:
    facts = {"number": row["number"], "person": who, "level": Word.of("purchase.level", level)}
    if who in (row["applicant"], row["applicant_code"]):
        raise Refused("purchase.self_approval", **facts)
    known = store.people_named(e.db, who)
    if not known:
        if level == "school_meeting":  # the meeting signs as such: its minutes are the paper
            return
        raise Refused("purchase.stranger", may=_may(e, row, level, on), **facts)
    here = [one for one in known if one["left_on"] is None or one["left_on"] > on.isoformat()]
    if not here:
        raise Refused("purchase.left", day=date.fromisoformat(known[0]["left_on"]), **facts)
    if not any(_holds(e, one, wanted, row, on) for one in here for wanted in _fits(level)):
        raise Refused("purchase.no_authority", may=_may(e, row, level, on), **facts)
    if rejected:
        return
    limits = school.policy(e, "purchase.limits", on)
    for name in (here[0]["code"], here[0]["name"]):
        limit = rules.limit_of(limits, name, row["category"])
        if limit is not None and row["amount_fen"] > limit:
            raise Refused("purchase.above_limit", limit=Fen(limit), amount=Fen(row["amount_fen"]),
                          category=Word.of("purchase.category", row["category"]), **facts)  # fmt: skip


def _fits(level: str) -> tuple[str, ...]:
    """The offices that may sign at a level: its own and those above; the meeting's paper is signed by who leads the school."""
    return ("principal", "vice_principal", "school_meeting") if level == "school_meeting" else rules.above(level)


def _holds(source: Any, person: Any, level: str, row: Any, on: date) -> bool:
    """Whether a person holds the office of a level: by post, or by name on the policy; heads for their own department."""
    names = {fold(person["name"]), fold(person["code"])}
    if level == "dept_head":
        heads = school.policy(source, "purchase.heads", on)
        named = heads.get(row["department"]) or heads.get(row["department_code"])
        if named:
            return fold(named) in names
        post = fold(person["post"] or "")
        return person["department_id"] == row["department_id"] and any(
            post.endswith(fold(word)) for word in school.policy(source, "purchase.head_posts", on)
        )
    posts = {fold(one) for one in school.policy(source, "purchase.posts", on).get(level, ())}
    return bool(posts & {*names, fold(person["post"] or "")} - {""})


def _may(source: Any, row: Any, level: str, on: date) -> list[str]:
    """Who may sign at a level: those of the office itself, else those above."""
    staff = [one for one in store.staff(source.db, on) if one["name"] != row["applicant"]]
    for wanted in _fits(level):
        if found := [f"{one['name']} {one['post'] or ''}".strip() for one in staff if _holds(source, one, wanted, row, on)]:
            return found
    return [title("purchase.nobody", level) if level == "dept_head" else title("purchase.level", level)]
