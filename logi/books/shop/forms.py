"""What the shop's printed forms are filled with: 商店證照一覽, 進出商品臺賬, the price list."""

from typing import TYPE_CHECKING, Any

from logi.books.shop import report, school
from logi.core.answers import Word
from logi.core.days import month_period
from logi.core.forms import Asked, FormData
from logi.core.messages import shown

if TYPE_CHECKING:
    from logi.db import Ledger


def shop_licences(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """商店證照一覽: the shop's licences, and the certificates of health of those who sell."""
    day = asked.since or ledger.today
    lines: list[dict[str, Any]] = [
        {**row, "kind": row["name"] or Word.of("shop.licence", row["kind"]), "state": Word.of("shop.stands", row["state"])}
        for row in report.licences(ledger, day).rows
    ]  # fmt: skip
    lines += [
        {"kind": Word.of("shop.paper", "health"), "holder": row["name"], "no": row["health_no"],
         "issued_on": row["examined_on"], "expires_on": row["expires_on"], "state": Word.of("shop.stands", row["state"])}
        for row in report.staff(ledger, day).rows if row["state"] != "ended"
    ]  # fmt: skip
    places = [f"{row['code']} {row['name']}" for row in school.places(ledger.db) if row["kind"] == "shop"]
    return FormData(day.isoformat(), on=day, lines=[{"n": n, **line} for n, line in enumerate(lines, 1)],
                    values={"place": shown(places) if places else None})  # fmt: skip


def shop_ledger(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """進出商品臺賬 of a month: what came in with its papers, what was sold, destroyed or returned, what was left."""
    period = month_period(str(asked.month))
    last = min(period.until, ledger.today)
    lines = [{**row, "day": row["on"], "what": Word.of("shop.what", row["what"])}
             for row in report.ledger_(ledger, period.since, last).rows]  # fmt: skip
    return FormData(asked.month, on=last, lines=lines)


def shop_prices(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """商品價目表 for the wall."""
    day = asked.since or ledger.today
    lines = [{"n": n, "code": row["code"], "name": row["name"], "unit": row["unit"], "price": row["price"],
              "from_day": row["from_day"]} for n, row in enumerate(report.prices(ledger, day).rows, 1)]  # fmt: skip
    return FormData(day.isoformat(), on=day, lines=lines)


FORMS = {"shop-licences": shop_licences, "shop-ledger": shop_ledger, "shop-prices": shop_prices}
