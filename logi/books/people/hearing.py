"""What this book does when others give a task to somebody: without the certificate it asks for, that is refused."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import rules, school, store
from logi.core.answers import Word
from logi.core.errors import Refused

if TYPE_CHECKING:
    from logi.journal import Entry


def repair_assigned(e: "Entry", order: Any, day: date, person: Any) -> None:
    """A repair of a kind that policy staff.tasks asks a certificate for."""
    _ask(e, f"repair.{order['kind']}", person, day, str(order["number"]))


def boiler_lit(e: "Entry", code: str, day: date, person: Any) -> None:
    """A boiler is lit, and somebody answers for it."""
    _ask(e, "heating", person, day, code)


def _ask(e: "Entry", task: str, person: Any, day: date, subject: str) -> None:
    """Refuse (4, overridable) unless one of the certificates asked for holds; nothing while the school keeps none of them."""
    kinds = tuple(school.policy(e, "staff.tasks", day).get(task, ()))
    if not kinds or not store.certificates(e.db, kinds=kinds):
        return
    mine = store.certificates(e.db, person["id"], kinds)
    if any(rules.holds(row, day) for row in mine):
        return
    last = max((row["expires_on"] for row in mine), default=None)
    refusal = Refused("people.not_certified", person=person["name"], code=person["code"], day=day, word=kinds[0],
                      kinds=[Word.of("people.certificate", kind) for kind in kinds],
                      until=date.fromisoformat(last) if last else None)  # fmt: skip
    e.overridable(refusal, subject)
