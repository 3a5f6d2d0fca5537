"""What a book hands up of a month: named figures that the unit above adds up over its schools."""

from typing import NamedTuple

# Every figure our books hand up: its kind, and whether it stands at the month's end. Ledgers of different schools are
# added up by these names, so what one means never changes; a new meaning gets a new name.
FIGURES = {
    "stock.in": ("money", False), "stock.out": ("money", False), "stock.value": ("money", True), "stock.items": ("count", True),
    "repair.opened": ("count", False), "repair.closed": ("count", False), "repair.cost": ("money", False),
    "repair.open": ("count", True),
    "asset.value": ("money", True), "asset.added": ("money", False), "asset.disposed": ("money", False),
    "asset.damages": ("count", False), "asset.assessed": ("money", False),
    "patrol.found": ("count", False), "patrol.mended": ("count", False), "patrol.open": ("count", True),
    "patrol.late": ("count", True),
    "canteen.days": ("count", False), "canteen.portions": ("count", False), "canteen.income": ("money", False),
    "canteen.cost": ("money", False),
    "meter.water": ("quantity", False), "meter.power": ("quantity", False), "meter.gas": ("quantity", False),
    "meter.heat": ("quantity", False), "meter.cost": ("money", False),
    "money.in": ("money", False), "money.allotted": ("money", False), "money.spent": ("money", False),
    "money.left": ("money", True),
}  # fmt: skip


class Figure(NamedTuple):
    """One figure: `stock.value` is called by the sentence `stock.handed.value`.

    `kind` is money (fen), quantity (thousandths) or count. `standing`: as it stands at the month's end, and not what
    happened in the month; over several months the last one counts, others are added up.
    """

    name: str
    kind: str
    value: int
    standing: bool = False
