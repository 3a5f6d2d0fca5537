"""What the stock book asks of the school's book: the only file here that imports it."""

from typing import TYPE_CHECKING, Any

from logi.books.school.store import by_id, department, person, place, policy, policy_history, rows, term_on, vendor
from logi.core.errors import NotFound

if TYPE_CHECKING:
    from logi.journal import Entry


def department_for(e: "Entry", text: str, *, create: bool = False) -> Any:
    """The department a text names, made on first use; the making is woken only then, most issues go to a known one."""
    try:
        return department(e, text)
    except NotFound:
        from logi.books.school.actions import department_for as made

        return made(e, text, create=create)


__all__ = [
    "by_id", "department", "department_for", "person", "place", "policy", "policy_history", "rows", "term_on", "vendor",
]  # fmt: skip
