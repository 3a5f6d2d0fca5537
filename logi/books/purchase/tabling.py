"""Tables of this book in one line, and what its columns are made of."""

from logi.core.tabling import Tabler

table = Tabler("purchase")
card = table.card
