"""What the stock book's printed forms are filled with: slips in and out, and the page of the material ledger."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.stock import approving, balances, count_forms, kits, pages, school, store
from logi.books.stock import store_looking as looking
from logi.books.stock import textbooks as titles
from logi.books.stock.columns import unit_price
from logi.core.errors import NotFound, Refused
from logi.core.forms import Asked, FormData, signatures
from logi.core.messages import quantity_text, title

if TYPE_CHECKING:
    from logi.db import Ledger


def stock_in(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """入庫單: what was ordered and accepted, at which price, in which lot."""
    row = _slip(ledger, number, "in")
    lines = []
    for one, shown in zip(store.lines(ledger.db, row["id"]), _shown(ledger, row), strict=True):
        lines.append({
            **shown, "item_code": shown["code"], "ordered": one["ordered_milli"] or one["delivered_milli"],
            "accepted": shown["quantity"],
        })  # fmt: skip
    values = {"vendor": _name(ledger, "vendor", row), "request_no": row["request_no"], "invoice_no": row["invoice_no"],
              "store": _name(ledger, "place", row)}  # fmt: skip
    return _data(ledger, row, values, lines, ("buyer", "inspector", "keeper"))


def stock_out(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """出庫單(領料單): what was issued to whom, and what the ledger had left right after."""
    row = _slip(ledger, number, "out")
    lines: dict[int, dict[str, Any]] = {}
    for one, shown in zip(store.lines(ledger.db, row["id"]), _shown(ledger, row), strict=True):
        line = lines.setdefault(one["line"], {
            **shown, "item_code": shown["code"], "issued": 0, "value": None, "price": None,
            "left": _left(ledger, one["item_id"], row),
        })  # fmt: skip
        line["issued"] += shown["quantity"]
        if shown["value"] is not None:
            line["value"] = (line["value"] or 0) + shown["value"]
    for line in lines.values():
        line["price"] = unit_price(line["value"], line["issued"]) if line["value"] is not None else None
    values = {"to_department": _name(ledger, "department", row), "purpose": row["purpose"],
              "store": _name(ledger, "place", row)}  # fmt: skip
    data = _data(ledger, row, values, list(lines.values()), ("keeper",))
    data.named["receiver"] = _name(ledger, "person", row) or ""
    return data


def material_ledger(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """材料明細賬: one item's page over a period."""
    item = store.item(ledger, str(number))
    since, until = asked.since or ledger.today, asked.until or ledger.today
    table = pages.material_ledger(ledger, str(number), since, until)
    place = school.by_id(ledger.db, "school_place", item["place_id"])
    values = {"item": f"{item['code']} {item['name']}", "spec": item["spec"], "unit": item["unit"],
              "position": f"{place['code']} {place['name']}" if place else None}  # fmt: skip
    period = f"{since.isoformat()} – {until.isoformat()}"
    return FormData(item["code"], period=period, values=values, lines=table.rows, notes=table.notes)


def sign_sheet(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """簽領表: one row a head, what each gets, and room to sign."""
    row = _slip(ledger, number, "out")
    made = kits.sign_sheet(ledger, row["number"])
    goods = [one for one in made.columns if one.kind == "quantity"]
    lines = [
        {"person": line["person"], "goods": "、".join(f"{one.title} {quantity_text(line[one.key])}" for one in goods)}
        for line in made.rows
    ]
    values = {"to_department": _name(ledger, "department", row), "purpose": row["purpose"]}
    return FormData(row["number"], on=date.fromisoformat(row["on_day"]), values=values, lines=lines,
                    named={"giver": _name(ledger, "keeper", row)})  # fmt: skip


def textbooks(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """教材發放表: class by title, what was due, given, and over or short; of one class if it is named."""
    until = asked.until or ledger.today
    home = school.department(ledger, number) if number else None
    lines = [
        {"school_class": row["class_name"], "book": row["name"], "due_quantity": row["due"], "issued": row["issued"],
         "short": row["over"] - row["short"]}
        for row in titles.by_class(ledger, until).rows
        if home is None or row["class_name"] == home["name"]
    ]  # fmt: skip
    return FormData(home["code"] if home else None, on=until, lines=lines)


def slips_of(kind: str) -> Any:
    """The numbers of a period's slips of one kind, in order."""

    def numbers(ledger: "Ledger", since: date, until: date) -> list[str]:
        rows = store.slips(ledger.db, since.isoformat(), until.isoformat())
        return sorted(row["number"] for row in rows if row["kind"] == kind)

    return numbers


FORMS = {"stock-in": stock_in, "stock-out": stock_out, "material-ledger": material_ledger, "sign-sheet": sign_sheet,
         "textbooks": textbooks, "stock-count": count_forms.stock_count,
         "stock-differences": count_forms.stock_differences}  # fmt: skip
NUMBERS = {"stock-in": slips_of("in"), "stock-out": slips_of("out"), "stock-count": count_forms.counts_of,
           "stock-differences": count_forms.differences_of}  # fmt: skip


def _slip(ledger: "Ledger", number: str | None, kind: str) -> store.Row:
    row = store.slip(ledger.db, str(number).upper())
    if row is None:
        raise NotFound("front.nothing_found", text=number)
    if row["kind"] != kind:
        raise Refused("stock.form_of_other_kind", number=row["number"], kind=title("stock.slip", row["kind"]))
    if row["void"]:
        raise Refused("stock.form_of_undone", number=row["number"])
    return row


def _shown(ledger: "Ledger", row: store.Row) -> list[dict[str, Any]]:
    tables = pages.slip(ledger, row["number"]) or []
    return [dict(line) for line in tables[1].rows]


def _data(ledger: "Ledger", row: store.Row, values: dict[str, Any], lines: list[dict[str, Any]],
          people: tuple[str, ...]) -> FormData:  # fmt: skip
    levels = approving.required(ledger, row["number"])
    return FormData(
        row["number"], on=date.fromisoformat(row["on_day"]), values=values, lines=lines,
        signed=signatures(journal.approvals(ledger.db, row["number"])),
        named={one: _name(ledger, one, row) for one in people}, levels=levels,
        titles={level: approving.level_title(level) for level in levels},
    )  # fmt: skip


def _name(ledger: "Ledger", what: str, row: store.Row) -> str | None:
    table = what if what in ("vendor", "department", "place") else "person"
    found = school.by_id(ledger.db, f"school_{table}", row[f"{what}_id"])
    return str(found["name"]) if found else None


def _left(ledger: "Ledger", item_id: int, row: store.Row) -> int:
    """What was left of an item right after a slip, as the material ledger's page has it."""
    day = row["on_day"]
    held = balances.before(ledger, date.fromisoformat(day)).get(item_id, balances.Balance()).closing_milli
    left = held
    for one in looking.ledger_rows(ledger.db, item_id, day, day):
        held += one["quantity_milli"]
        if one["slip_id"] == row["id"]:
            left = held
    return left
