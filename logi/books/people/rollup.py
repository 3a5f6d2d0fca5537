"""What the people book asks of the roll-up's: the units above and below."""

from logi.books.rollup.store import own, unit, units

__all__ = ["own", "unit", "units"]
