"""Tables of this book in one line, and what its columns are made of."""

from collections.abc import Sequence

from logi.core.answers import Word
from logi.core.messages import shown
from logi.core.tabling import Tabler

table = Tabler("paper")
card = table.card


def areas(found: Sequence[str]) -> str | None:
    """Work areas as people read them."""
    return "、".join(shown(Word.of("paper.area", one)) for one in found) or None
