"""What the purchase book's printed forms are filled with: the request, the quotes, the acceptance, the month, the vendors."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.purchase import actions, report, standing, store
from logi.core.answers import Fen, Word
from logi.core.errors import NotFound
from logi.core.forms import Asked, FormData, Signed, signatures
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

PLACES = {"dept_head": "department_head", "bursar": "office"}  # of the form's chain, by level


def purchase(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """購置申請審批表: what is asked for and why, the quotes, and each level's opinion."""
    one = standing.purchase(ledger, str(number))
    row, on = one.row, date.fromisoformat(one.row["on_day"])
    lines = [
        {"name": line["name"], "spec": line["spec"], "unit": line["unit"], "quantity": line["quantity_milli"],
         "price": line["price_fen"], "value": line["value_fen"], "wanted_on": standing.as_day(row["wanted_on"])}
        for line in one.lines
    ]  # fmt: skip
    quotes = [
        {"vendor": f"{code} {name}", "quote": total, "chosen": (one.order["reason"] or actions.why(one)) if chosen else None}
        for code, name, total, chosen in _offers(one)
    ]
    signed = [seal._replace(role=PLACES.get(seal.role, seal.role)) for seal in signatures(one.approvals)]
    return FormData(
        one.number, on=on, lines=lines, lists={"quotes": quotes},
        values={"department": row["department"], "applicant": row["applicant"], "budget": row["budget"],
                "total": Fen(row["amount_fen"]), "reason": _reason(row)},
        signed=[Signed("applicant", row["applicant"], on), *signed],
        levels=[PLACES.get(level, level) for level in row["levels"].split()],
        titles={level: title("purchase.level", level) for level in row["levels"].split()},
    )  # fmt: skip


def purchase_quotes(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """詢價比價表: each line's price by vendor, the sum of each, which was chosen and why."""
    one = standing.purchase(ledger, str(number))
    if not one.quotes:
        raise NotFound("purchase.no_quotes_yet", number=one.number)
    lines = [
        {"vendor": quote["vendor"], "name": line["name"], "spec": line["spec"], "unit": line["unit"],
         "quantity": line["quantity_milli"], "price": quote["price_fen"], "value": quote["value_fen"],
         "quoted_on": date.fromisoformat(quote["on_day"]), "note": quote["note"]}
        for quote in one.quotes for line in one.lines if line["line"] == quote["line"]
    ]  # fmt: skip
    offers = [
        {"vendor": f"{code} {name}", "value": total, "chosen": (one.order["reason"] or actions.why(one)) if chosen else None}
        for code, name, total, chosen in _offers(one)
    ]
    values = {"reason": one.row["purpose"], "department": one.row["department"], "needed": one.row["quotes"],
              "total": Fen(one.row["amount_fen"])}  # fmt: skip
    on = date.fromisoformat(max(quote["on_day"] for quote in one.quotes))
    return FormData(one.number, on=on, values=values, lines=lines, lists={"offers": offers},
                    named={"buyer": one.order["buyer"] if one.order is not None else None})  # fmt: skip


def acceptance(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """驗收單: ordered, delivered, accepted, and what stood on the goods; a request's number means its last acceptance."""
    rows, one = report.receipt_of(ledger, str(number))
    names = {line["line"]: line for line in one.lines}
    prices = {line["line"]: line for line in one.order_lines}
    lines = [
        {"name": names[row["line"]]["name"], "spec": names[row["line"]]["spec"], "unit": names[row["line"]]["unit"],
         "ordered": prices[row["line"]]["quantity_milli"], "delivered": row["delivered_milli"],
         "accepted": row["accepted_milli"], "price": prices[row["line"]]["price_fen"], "maker": _maker(row),
         "made_on": standing.as_day(row["made_on"]), "expires_on": standing.as_day(row["expires_on"]), "lot": row["lot"],
         "certificate": row["certificate"], "note": row["note"]}
        for row in rows
    ]  # fmt: skip
    first, on = rows[0], date.fromisoformat(rows[0]["on_day"])
    values = {"vendor": one.order["vendor"], "request_no": one.number, "licence": first["licence"],
              "department": one.row["department"], "order_value": Fen(one.order["value_fen"])}  # fmt: skip
    signed = [Signed("inspector", first["inspector"], on)]
    signed += [Signed("second", first["second"], on)] if first["second"] else []
    return FormData(first["number"], on=on, values=values, lines=lines, signed=signed, named={"buyer": first["buyer"]})


def purchase_month(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """採購月報: the purchases of a month with how far each came, and what looks like splitting."""
    until = min(asked.until or ledger.today, ledger.today)
    made = report.purchases(ledger, asked.since or ledger.today, until)
    lines = [
        {**line, "category": Word.of("purchase.category", line["category"]), "stage": Word.of("purchase.stage", line["stage"])}
        for line in made.rows
    ]
    return FormData(asked.month, on=until, lines=lines, notes=made.notes)


def vendors(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """供應商一覽 of a day: licences with their last day, the tender list, the black list."""
    day = min(asked.since or ledger.today, ledger.today)
    made = report.vendors(ledger, day.replace(month=1, day=1), day)
    lines = [{**line, "state": Word.of("purchase.vendor", line["state"]) if line["state"] else None} for line in made.rows]
    late = [f"{line['code']} {line['name']}" for line in made.rows if line["state"] == "expired"]
    return FormData(day.isoformat(), on=day, lines=lines, notes=[say("purchase.note.expired", vendors=late)] if late else [])


def numbers(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The requests of a period, for `--all`."""
    return [row["number"] for row in store.requests(ledger.db, since.isoformat(), until.isoformat())]


def receipts(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The acceptances of a period, for `--all`."""
    rows = store.receipts(ledger.db, since=since.isoformat(), until=until.isoformat())
    return list(dict.fromkeys(row["number"] for row in rows if row["accepted_milli"] >= 0))


def _offers(one: standing.Purchase) -> list[tuple[str, str, int, bool]]:
    """Each vendor's code, name and sum, and whether they were chosen."""
    found = {quote["vendor_id"]: quote for quote in one.quotes}
    chosen = one.order["vendor_id"] if one.order is not None else None
    return [(q["vendor_code"], q["vendor"], one.quoted(key), key == chosen) for key, q in found.items()]


def _reason(row: Any) -> str:
    parts = [row["purpose"], row["benefit"], row["emergency"] and say("purchase.note.emergency", reason=row["emergency"])]
    return "；".join(part for part in parts if part)


def _maker(row: Any) -> str | None:
    return " ".join(part for part in (row["maker"], row["maker_address"]) if part) or None


FORMS = {
    "purchase": purchase, "purchase-quotes": purchase_quotes, "acceptance": acceptance, "purchase-month": purchase_month,
    "vendors": vendors,
}  # fmt: skip

NUMBERS = {"purchase": numbers, "acceptance": receipts}

