"""Tables of this book in one line, and what its columns are made of."""

from logi.core.tabling import Tabler, as_day

__all__ = ["as_day", "table"]

table = Tabler("shop")
