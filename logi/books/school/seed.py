"""What the school's book puts into a new ledger, and into an older one that grows up."""

from collections.abc import Sequence

from logi.books.school.actions import seed
from logi.books.school.store import policy_history
from logi.journal import Entry

__all__ = ["grow", "seed"]


def grow(e: Entry, applied: Sequence[str]) -> None:
    """Policies shipped since the ledger was made; those it has stay as the school set them."""
    from logi.core.policies import shipped

    there = {row["name"] for row in policy_history(e.db)}
    for policy in shipped():
        if policy.name not in there:
            e.insert("school_policy", name=policy.name, value=policy.value_json, from_day=policy.from_day, source=policy.source)
