"""The findings of a file, drawn under each other for people: where, what is wrong, how to mend it."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from logi.core.answers import Table
from logi.surroundings import is_terminal

MOST = 200  # on paper; JSON has them all


def draw_findings(findings: Sequence[Mapping[str, Any]]) -> str:
    """The findings as a table, as wide as the screen that errors go to; a long list is cut and says so."""
    from logi.core.messages import say
    from logi.formats import draw
    from logi.formats.writing import screen_width
    from logi.importing.findings import findings_table

    whole = findings_table(findings)
    notes = [say("importing.more_findings", count=len(findings) - MOST)] if len(findings) > MOST else []
    table = Table(whole.name, whole.title, whole.columns, whole.rows[:MOST], notes=notes)
    if not is_terminal(sys.stderr):
        return draw(table, "text").rstrip("\n")
    return draw(table, "terminal", width=screen_width(sys.stderr)).rstrip("\n")
