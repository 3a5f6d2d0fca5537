"""What the canteen's printed forms are filled with: the record of food samples."""

from typing import TYPE_CHECKING

from logi.books.canteen import accounts, report, rules
from logi.books.canteen.tabling import words
from logi.core.answers import Fen, Milli
from logi.core.days import month_period
from logi.core.forms import Asked, FormData
from logi.core.messages import shown

if TYPE_CHECKING:
    from logi.db import Ledger


def food_samples(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """食品留樣記錄表 of a month, a row a dish."""
    period = month_period(str(asked.month))
    lines = [
        {
            "day": row["on"], "meal": words("canteen.meal", [row["meal"]]), "name": row["dish"], "grams": row["grams"],
            "taken_at": f"{row['on']:%m-%d} {row['at']}", "kept_until": row["kept_until"][5:], "taken_by": row["by"],
            "kept_at": None if row["celsius"] is None else shown(Milli(row["celsius"])), "gone_by": row["thrown_by"],
            "gone_at": row["thrown_at"][5:] if row["thrown_at"] else None, "note": row["note"],
        }
        for row in report.samples(ledger, period.since, period.until).rows
    ]  # fmt: skip
    return FormData(asked.month, on=min(period.until, ledger.today), lines=lines)


def canteen_accounts(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """食堂收支公示 of a month."""
    period = month_period(str(asked.month))
    last = min(period.until, ledger.today)
    made, one = accounts.open_accounts(ledger, period.since, last), accounts.account(ledger, period.since, last)
    lines = [{"side": words("canteen.side", [row["side"]]), "what": words("canteen.money", [row["kind"]]),
              "value": row["amount"], "share": row["share"]} for row in made.rows]  # fmt: skip
    values = {"income": Fen(one.earned), "outlay": Fen(one.spent), "left": Fen(one.earned - one.spent),
              "portions": one.portions, "per_portion": Fen(rules.share(one.spent, one.portions) or 0)}  # fmt: skip
    return FormData(asked.month, on=last, values=values, lines=lines, notes=made.notes)


FORMS = {"food-samples": food_samples, "canteen-accounts": canteen_accounts}
