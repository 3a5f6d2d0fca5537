"""How the shop stands on a day: whose certificate of health holds, which licences there are, what lies on the shelf."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from logi.books.shop import rules, school, store

if TYPE_CHECKING:
    from logi.db import Ledger


class OnShelf(NamedTuple):
    """A lot with what is left of it: its goods, its papers, how it stands."""

    lot: rules.Lot
    goods: store.Row
    papers: store.Row
    state: str


def certified(db: store.Db, person_id: int, day: date) -> bool:
    """Whether somebody sells here on a day and was examined within the time a certificate of health holds."""
    return any(_holding(db, row["id"], day) is not None for row in store.workers(db, day) if row["person_id"] == person_id)


def health(ledger: "Ledger", row: store.Row, day: date) -> tuple[store.Row | None, str]:
    """(the newest certificate, how it stands) of a seller: `missing`, `expired`, `expiring` or `valid`."""
    found = [one for one in store.certificates(ledger.db, row["id"]) if one["examined_on"] <= day.isoformat()]
    if not found:
        return None, "missing"
    notice = int(school.policy(ledger, "school.certificate_notice_days", day))
    return found[-1], rules.licence(found[-1]["expires_on"], None, day, notice)


def licences(ledger: "Ledger", day: date) -> list[tuple[str, store.Row | None, str]]:
    """(kind, row, how it stands) of every licence; while the shop is open one that the policy asks for may be `missing`."""
    notice = int(school.policy(ledger, "school.certificate_notice_days", day))
    rows = [row for row in store.licences(ledger.db) if row["issued_on"] <= day.isoformat()]
    found: list[tuple[str, store.Row | None, str]] = [
        (row["kind"], row, rules.licence(row["expires_on"], row["ended_on"], day, notice)) for row in rows
    ]
    if not trades(ledger, day):
        return found
    there, wanted = {kind for kind, _, state in found if state != "ended"}, school.policy(ledger, "shop.licence_kinds", day)
    return found + [(kind, None, "missing") for kind in wanted if kind not in there]


def shelf(ledger: "Ledger", day: date) -> list[OnShelf]:
    """What lies on the shelf on a day, the first to expire first."""
    notice, papers = int(school.policy(ledger, "shop.expiry_days", day)), store.came(ledger.db)
    goods = {row["id"]: row for row in store.all_goods(ledger.db)}
    found = [OnShelf(lot, goods[lot.goods_id], papers[lot.code], rules.standing(lot.expires, day, notice))
             for lot in store.lots(ledger.db, until=day) if lot.left > 0 and lot.goods_id in goods]  # fmt: skip
    return sorted(found, key=lambda one: (one.lot.expires or "9999", one.goods["code"], one.lot.code))


def begun(db: store.Db) -> bool:
    """Whether the shop has ever had goods, licences or sellers."""
    return bool(store.all_goods(db) or store.licences(db) or store.workers(db))


def trades(ledger: "Ledger", day: date) -> bool:
    """Whether the shop is open on a day: somebody sells, or something lies on the shelf."""
    return bool(store.workers(ledger.db, day) or shelf(ledger, day))


def traded(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The months of a stretch in which the shop sold anything."""
    sold = {row["on_day"][:7] for row in store.moves(ledger.db, since, until) if row["what"] == "sold"}
    return sorted(sold)


def destroying(ledger: "Ledger", row: store.Row, quantity: int) -> str:
    """The line that destroys what is past its day."""
    whole, part = divmod(quantity, 1000)
    amount = f"{whole}.{part:03d}".rstrip("0") if part else str(whole)
    return f"logi shop out {row['code']}={amount} --how destroyed --reason TEXT --by {seller(ledger)} --witness PERSON"


def seller(ledger: "Ledger") -> str:
    """For a command: the code of somebody who sells, else the hole PERSON."""
    return school.who(ledger.db, ledger.today, *(row["person_id"] for row in store.workers(ledger.db, ledger.today)))


def place(ledger: "Ledger") -> str:
    """For a command: the shop's place, else the hole PLACE."""
    return next((row["code"] for row in school.places(ledger.db) if row["kind"] == "shop"), "PLACE")


def _holding(db: store.Db, worker_id: int, day: date) -> store.Row | None:
    on = day.isoformat()
    return next((row for row in store.certificates(db, worker_id) if row["examined_on"] <= on <= row["expires_on"]), None)
