"""What `logi show` says of a zone (its keepers, plants and works) or of a work."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.green import report, rules, season, store
from logi.books.green.actions import keeper_text, place_text
from logi.books.green.tabling import table
from logi.core.answers import Milli, Table, Word
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger

DATED = "from:day area:quantity who"


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A zone by its code, a work or planting by its number; None if this book knows neither."""
    if (planted := store.planting(ledger.db, number)) is not None:
        day = date.fromisoformat(planted["on_day"])
        return [_only(report.log(ledger, day, day), planted["number"])] if planted["what"] != "there" else [_there(planted)]
    if works := store.work(ledger.db, number):
        day = date.fromisoformat(works[0]["on_day"])
        return [_only(report.log(ledger, day, day), works[0]["number"])]
    row = next((one for one in store.zones(ledger.db) if one["code"] == number), None)
    return None if row is None else _zone(ledger, row)


def _zone(ledger: "Ledger", row: Any) -> list[Table]:
    areas, keepers = store.areas(ledger.db).get(row["id"], []), store.keepers(ledger.db).get(row["id"], [])
    size, held = rules.in_force(areas, ledger.today), season.keepers_on(ledger.db, ledger.today).get(row["id"])
    card = _card(say("green.title.zone", code=row["code"]), {
        "code": row["code"], "title": row["name"], "kind": Word.of("green.kind", row["kind"]), "place": place_text(row),
        "area": Milli(size["area_milli"]) if size is not None else None, "who": keeper_text(held),
        "from": date.fromisoformat(row["from_day"]), "until": date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
        "plants": report.growing(ledger, row, ledger.today), "note": row["note"],
    })  # fmt: skip
    days = sorted({one["from_day"] for one in (*areas, *keepers)})
    dated = []
    for text in days:
        day = date.fromisoformat(text)
        size, held = rules.in_force(areas, day), rules.in_force(keepers, day)
        dated.append({"from": day, "area": size["area_milli"] if size is not None else None, "who": keeper_text(held)})
    lately = report.log(ledger, ledger.today - timedelta(days=365), ledger.today, zone=row["code"])
    return [card, table("dated", say("green.title.dated"), DATED, dated), lately]


def _there(row: Any) -> Table:
    return _card(say("green.title.planting", number=row["number"]), {
        "code": row["code"], "title": row["name"], "what": Word.of("green.planting", row["what"]), "species": row["species"],
        "count": row["change"], "on": date.fromisoformat(row["on_day"]), "note": row["note"],
    })  # fmt: skip


def _only(log: Table, number: str) -> Table:
    return Table(log.name, log.title, log.columns, [row for row in log.rows if row["number"] == number])


def _card(heading: str, facts: dict[str, Any]) -> Table:
    rows = [{"field": say(f"green.col.{key}"), "content": shown(value)} for key, value in facts.items() if value is not None]
    return table("card", heading, "field content", rows)
