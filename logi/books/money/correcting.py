"""A claim that is not paid yet is corrected by withdrawing it and making it out anew, both linked."""

from typing import TYPE_CHECKING

from logi.books.money import actions, rules, school, store
from logi.books.money.tabling import as_day
from logi.core.answers import Confirmation, Fen
from logi.core.errors import NotFound, Refused, Usage

if TYPE_CHECKING:
    from datetime import date

    from logi.journal import Entry


def correct(e: "Entry", number: str, *, line: int | None, qty: int | None, price: int | None, reason: str) -> Confirmation:
    """Withdraw the claim and make it out again with another amount on a line; it is signed afresh."""
    row = actions.find(e, number)
    old = store.lines(e.db, row["id"])
    if qty is not None or price is None:
        raise Usage("money.correct_what")
    at = line or (1 if len(old) == 1 else 0)
    if not 1 <= at <= len(old):
        raise NotFound("money.no_line", number=row["number"], line=at, count=len(old))
    if row["state"] == "paid":
        raise Refused("money.correct_paid", number=row["number"])
    lines = [
        rules.Line(r["subject"], r["summary"], price if r["line"] == at else r["amount_fen"], r["invoice"],
                   as_day(r["issued_on"]))
        for r in old
    ]  # fmt: skip
    shut = e.closed_until and row["on_day"][:7] <= e.closed_until
    made = _made(e, row, old, e.today if shut else as_day(row["on_day"]))
    actions.withdraw(e, row["number"], reason=reason)
    done = actions.claim(e, row["purpose"], lines, made)
    done.facts |= {"corrects": row["number"], "before": Fen(row["total_fen"])}
    return Confirmation("money.correct", done.number, facts=done.facts)


def _made(e: "Entry", row: store.Row, old: list[store.Row], on: "date | None") -> actions.Made:
    links = store.links(e.db, row["id"])
    home = school.by_id(e.db, "school_department", row["department_id"])
    code = {key: found["code"] for key, table in (("handler_id", "person"), ("preparer_id", "person"), ("vendor_id", "vendor"))
            if (found := school.by_id(e.db, f"school_{table}", row[key])) is not None}  # fmt: skip
    invoice = next((one for one in old if one["invoice"]), None)
    return actions.Made(
        code["handler_id"], preparer=code["preparer_id"], department=home["code"] if home else None, on=on,
        papers=row["papers"], slips=[one["number"] for one in links if one["slip_id"]],
        assets=[one["number"] for one in links if one["card_id"]],
        repairs=[one["number"] for one in links if one["order_id"]], request=row["request_no"],
        vendor=code.get("vendor_id"), payee=row["payee"], buyer=invoice["buyer"] if invoice else None,
        tax_no=invoice["tax_no"] if invoice else None, advance_fen=row["advance_fen"], corrects_id=row["id"],
    )  # fmt: skip
