"""The questions the school's book can answer; each returns a Table."""

from typing import TYPE_CHECKING

from logi.books.school import store
from logi.core.answers import Column, Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def people(ledger: "Ledger") -> Table:
    """Everybody who has not left."""
    columns = (
        Column("code", say("school.col.code"), "code"),
        Column("name", say("school.col.name")),
        Column("department", say("school.col.department")),
        Column("post", say("school.col.post")),
        Column("phone", say("school.col.phone"), "code"),
    )
    return Table("person.list", say("school.title.people"), columns, [dict(row) for row in store.people(ledger.db)])
