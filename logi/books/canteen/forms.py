"""What the canteen's printed forms are filled with: food samples, the accounts, a month's looks, disinfecting and guests."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

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
    values: dict[str, Any] = {"income": Fen(one.earned), "outlay": Fen(one.spent), "left": Fen(one.earned - one.spent),
              "portions": one.portions}  # fmt: skip
    if one.portions:
        values["per_portion"] = Fen(rules.share(one.spent, one.portions) or 0)
    return FormData(asked.month, on=last, values=values, lines=lines, notes=made.notes)


def canteen_month(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """晨檢、餐具消毒、陪餐記錄 of a month on one sheet, a row a meal of a day."""
    period = month_period(str(asked.month))
    last = min(period.until, ledger.today)
    looks = report.looks(ledger, period.since, last).rows
    washed = {(row["on"], row["meal"]): row for row in report.records(ledger, period.since, last, step="disinfect").rows
              if row["result"] == "passed"}  # fmt: skip
    eaten = {(row["on"], row["meal"]): row for row in report.meals(ledger, period.since, last).rows}
    seen = {row["on"] for row in looks}
    keys = sorted({*washed, *eaten, *((day, "") for day in seen if not any(day == on for on, _ in (*washed, *eaten)))},
                  key=lambda key: (key[0], rules.MEALS.index(key[1]) if key[1] else -1))  # fmt: skip
    lines = [_meal_line(day, meal, [row for row in looks if row["on"] == day], washed.get((day, meal), {}),
                        eaten.get((day, meal), {})) for day, meal in keys]  # fmt: skip
    return FormData(asked.month, on=last, lines=lines)


def _meal_line(day: date, meal: str, looks: list[Any], washed: Mapping[str, Any], eaten: Mapping[str, Any]) -> dict[str, Any]:
    unfit = [f"{row['name']} {row['note'] or ''}".strip() for row in looks if row["result"] in ("ill", "dress")]
    fit = sum(row["result"] == "fit" for row in looks)
    return {
        "day": day, "meal": words("canteen.meal", [meal]) if meal else None, "fit": f"{fit}/{len(looks)}" if looks else None,
        "unfit": shown(unfit) if unfit else None, "means": washed.get("method"), "minutes": washed.get("minutes"),
        "by": washed.get("by"), "checker": washed.get("checker"), "heads": eaten.get("heads"),
        "guests": eaten.get("leaders"), "note": eaten.get("note"),
    }  # fmt: skip


FORMS = {"food-samples": food_samples, "canteen-accounts": canteen_accounts, "canteen-month": canteen_month}
