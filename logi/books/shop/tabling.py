"""Tables of this book in one line, and what its columns are made of."""

from logi.core.tabling import Tabler, as_day, rate, rate_text

__all__ = ["as_day", "rate", "rate_text", "table"]

table = Tabler("shop")
