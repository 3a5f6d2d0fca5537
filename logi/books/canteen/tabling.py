"""Tables of this book in one line, and what its columns are made of."""

from collections.abc import Iterable

from logi.core.answers import Word
from logi.core.messages import shown
from logi.core.tabling import Tabler, as_day

__all__ = ["as_day", "table", "words"]

table = Tabler("canteen")


def words(prefix: str, keys: Iterable[str]) -> str | None:
    """Several fixed values as people read them; None if there are none."""
    named = [Word.of(prefix, key) for key in keys]
    return shown(named) if named else None
