"""The findings of a file, drawn under each other for people: where, what is wrong, how to mend it."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from logi.core.answers import Table
from logi.surroundings import is_terminal

MOST = 200  # on paper; JSON has them all


def draw_findings(findings: Sequence[Mapping[str, Any]], found: object = None) -> str:
    """The findings as a table, as wide as the screen that errors go to; those alike are folded, a long list is cut and says so.

    `found` is how many there were, where more were counted than were kept.
    """
    from logi.core.messages import say
    from logi.formats import draw
    from logi.formats.writing import screen_width
    from logi.importing.alike import folded
    from logi.importing.findings import findings_table

    rows, notes = folded(findings)
    if len(rows) > MOST:
        notes.append(say("importing.more_findings", count=len(rows) - MOST))
    elif notes:
        notes.append(say("importing.findings_folded"))
    if isinstance(found, int) and found > len(findings):
        notes.append(say("importing.findings_counted", count=found - len(findings)))
    whole = findings_table(rows[:MOST])
    table = Table(whole.name, whole.title, whole.columns, whole.rows, notes=notes)
    if not is_terminal(sys.stderr):
        return draw(table, "text").rstrip("\n")
    return draw(table, "terminal", width=screen_width(sys.stderr)).rstrip("\n")
