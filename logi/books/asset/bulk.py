"""Many cards at once: rows of a file become cards in memory and are written down a chunk at a time.

The rules are those of the act `add`. A row that is not plain (a card that is there, a name to be made, a refusal, a
value of nothing) is handed to the act itself, after all before it has been written down.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.asset import rules, school, store
from logi.books.asset.posting import post
from logi.core.answers import Fen
from logi.core.errors import BadValue, LogiError
from logi.core.money import multiply
from logi.finding import named
from logi.importing.kinds import Row, Verdict
from logi.importing.running import Options, Posted, cell_value, parsed_row
from logi.importing.sorting import once

if TYPE_CHECKING:
    from logi.importing.headers import Plan
    from logi.journal import Entry

CHUNK = 2000
KEPT = 50_000  # parsed texts remembered per column
TICK = 1000
PLAIN = ("invoice", "brand", "model", "spec", "fund", "unit", "ref", "note")
GIVEN = ("series", "n", "number", "book", "kind")
KEPT_AS_TYPED = frozenset({"code", "serial"})
