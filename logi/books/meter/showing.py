"""What `logi show` says of a meter (with all its readings) or a bill."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.meter import rules, store
from logi.books.meter.actions import place_text
from logi.books.meter.bill_report import bills
from logi.books.meter.tabling import table
from logi.core.answers import Fen, Milli, Table, Word
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger

READINGS = "on:day how:word:meter.how value:quantity final:quantity use:quantity by reason"


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A meter by its code, a bill by its number; None if this book knows neither."""
    if (bill := store.bill(ledger.db, number)) is not None:
        return [_bill(ledger, bill)]
    row = next((one for one in store.meters(ledger.db) if one["code"] == number), None)
    if row is None:
        return None
    there = store.readings(ledger.db, row["id"], ledger.today).get(row["id"], [])
    used = {span.until: span for span in rules.spans(there)}
    begun = [one for one in there if one.digits is not None]
    facts = {"code": row["code"], "title": row["name"], "kind": Word.of("meter.kind", row["kind"]), "place": place_text(row),
             "parent": row["parent"], "department": row["department"], "digits": begun[-1].digits if begun else None,
             "factor": Milli(begun[-1].factor_milli or rules.ONE) if begun else None, "reader": row["reader"],
             "since": date.fromisoformat(row["from_day"]), "reason": row["note"],
             "removed_on": date.fromisoformat(row["removed_on"]) if row["removed_on"] else None}  # fmt: skip
    rows = [
        {"on": (day := date.fromisoformat(one["on_day"])), "how": "rolled" if one["rolled"] else one["what"],
         "value": one["value_milli"], "final": one["final_milli"], "use": used[day].use_milli if day in used else None,
         "by": one["by_name"], "reason": one["note"]}
        for one in store.reading_rows(ledger.db, date.min, ledger.today, row["id"])
    ]  # fmt: skip
    return [_card("meter", say("meter.title.meter", code=number), facts),
            table("readings", say("meter.title.readings"), READINGS, rows)]  # fmt: skip


def _bill(ledger: "Ledger", row: Any) -> Table:
    line = next(one for one in bills(ledger, row["month"], row["month"]).rows if one["number"] == row["number"])
    facts = {**line, "kind": Word.of("meter.kind", row["kind"]), "on": date.fromisoformat(row["on_day"]),
             "qty": Milli(row["quantity_milli"]), "amount": Fen(row["amount_fen"]),
             "read": None if line["read"] is None else Milli(line["read"]),
             "cost": None if line["cost"] is None else Fen(line["cost"]), "differs": None,
             "paid": Word.of("money.state", row["claim_state"]) if row["claim_state"] else None}  # fmt: skip
    return _card("bill", say("meter.title.bill", number=row["number"]), facts)


def _card(name: str, heading: str, facts: dict[str, Any]) -> Table:
    rows = [{"field": say(f"meter.col.{key}"), "content": shown(value)} for key, value in facts.items() if value is not None]
    return table(name, heading, "field content", rows)
