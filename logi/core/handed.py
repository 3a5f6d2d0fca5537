"""What a book hands up of a month: named figures that the unit above adds up over its schools."""

from typing import NamedTuple


class Figure(NamedTuple):
    """One figure: `stock.value` is called by the sentence `stock.handed.value`.

    `kind` is money (fen), quantity (thousandths) or count. `standing`: as it stands at the month's end, and not what
    happened in the month; over several months the last one counts, others are added up.
    """

    name: str
    kind: str
    value: int
    standing: bool = False
