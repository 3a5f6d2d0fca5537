"""The findings of a file, drawn under each other for people: where, what is wrong, how to mend it."""

from collections.abc import Mapping, Sequence
from typing import Any

from logi.core.answers import Table

MOST = 200  # on paper; JSON has them all


def draw_findings(findings: Sequence[Mapping[str, Any]]) -> str:
    """The findings as a text table; a long list is cut and says so."""
    from logi.core.messages import say
    from logi.formats import draw
    from logi.importing.findings import findings_table

    whole = findings_table(findings)
    notes = [say("importing.more_findings", count=len(findings) - MOST)] if len(findings) > MOST else []
    return draw(Table(whole.name, whole.title, whole.columns, whole.rows[:MOST], notes=notes), "text").rstrip("\n")
