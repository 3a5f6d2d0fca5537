"""Whether somebody leads: the school's leader in charge, the head of logistics; and a duty for every post (STF-02)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from logi.books.paper import school, store
from logi.core.answers import Word
from logi.core.due import Due
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

# Who may be it, the nearest first: offices of the policy purchase.posts.
ROLES = {"leader": ("vice_principal", "principal"), "head": ("bursar",)}


def named(ledger: "Ledger", on: date) -> dict[str, list[str]]:
    """Who leads logistics for the school, and who heads it, by the offices they hold."""
    found = {}
    for role, offices in ROLES.items():
        holders = (school.holders(ledger, office, on) for office in offices)
        found[role] = next((names for names in holders if names), [])
    return found


def notes(ledger: "Ledger", on: date) -> list[str]:
    """The organisation in a line: who leads, who heads."""
    found = named(ledger, on)
    nobody = say("paper.nobody")
    return [say("paper.note.leading", leader=found["leader"] or nobody, head=found["head"] or nobody)]


def due(ledger: "Ledger") -> Iterator[Due]:
    """Nobody in charge, a leader of an area who has left, a post without a duty; asked once areas are laid down."""
    laid = store.areas(ledger.db)
    if not laid:
        return
    today = ledger.today
    for role, names in named(ledger, today).items():
        if not names:
            post = next(iter(school.policy(ledger, "purchase.posts", today).get(ROLES[role][0], ())), "TEXT")
            yield Due("orphaned", "paper.rule.leading", Word.of("paper.office", role), say(f"paper.due.no_{role}"), None,
                      f"logi person edit PERSON --post {post}", "STF-02")  # fmt: skip
    for area, row in laid.items():
        called = title("paper.area", area)
        if row["leader"] and (row["leader_left"] or "9999") <= today.isoformat():
            text = say("paper.due.leader_left", area=called, leader=row["leader"])
            line = f"logi paper area set {area} --leader PERSON"
            yield Due("orphaned", "paper.rule.leading", Word.of("paper.area", area), text, None, line, "STF-02")
        if row["post"] and not row["duty"]:
            text = say("paper.due.no_duty", area=called, post=row["post"])
            yield Due("missing", "paper.rule.duty", Word.of("paper.area", area), text, None,
                      f"logi paper area set {area} --duty TEXT", "STF-02")  # fmt: skip
