"""What is asked about people at the gate: visitors, who is inside, what was carried out, who may not come in."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.gate import masking, rules, school, store, store_traffic
from logi.books.gate.tabling import table
from logi.core.answers import Column, Table
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

VISITS = ("number:code on:day at name unit purpose host confirmed:word:gate.confirmed plate left_at "
          "state:word:gate.state guard reason")  # fmt: skip
MORE = ("sex", "id_card", "phone", "heads", "goods", "badge", "left_guard")
INSIDE = "kind:word:gate.thing number:code name on:day at host guard"
GOODS = ("number:code on:day at goods carrier allowed_by asset:code back_due:day back_at state:word:gate.slip guard")
BANS = "name reason from:day until:day by state:word:gate.banning lifted"


def visits(ledger: "Ledger", since: date, until: date, *, host: str | None = None, state: str | None = None) -> Table:
    """The visitors of a period: whom they came to see, who confirmed it, when they left."""
    person = school.person(ledger, host)["id"] if host else None
    rows = [row for row in store.visits(ledger.db, since, until)
            if person in (None, row["host_id"]) and state in (None, standing(row))]  # fmt: skip
    return visits_table(ledger, rows, say("gate.title.visits", since=since, until=until))


def visits_table(ledger: "Ledger", rows: Iterable[Any], heading: str) -> Table:
    """Visits as a table; of those older than the policy allows names are hidden."""
    first = masking.shown_since(ledger)
    given = [visit_row(row, first) for row in rows]
    hidden = sum(row["hidden"] for row in given)
    notes = [say("gate.note.hidden", count=hidden, day=first)] if hidden else []
    answer = table("visits", heading, VISITS, given, notes=notes)
    answer.more = tuple(Column(key, say(f"gate.col.{key}"), "count" if key == "heads" else "text") for key in MORE)
    return answer


def visit_row(row: Any, first: date) -> dict[str, Any]:
    """One visit as its table shows it, masked if it lies before the first day that is shown."""
    hidden = row["on_day"] < first.isoformat()
    left = f"{row['left_day']} {row['left_time']}" if row["left_day"] else None
    card = f"{title('gate.id', row['id_kind'])} {row['id_tail'] or ''}".strip() if row["id_kind"] else None
    confirmed = row["confirmed"] or ("leader" if row["leader_id"] else None)
    return {
        "number": row["number"], "on": date.fromisoformat(row["on_day"]), "at": row["at_time"],
        "name": rules.masked(row["name"]) if hidden else row["name"], "unit": row["unit"], "purpose": row["purpose"],
        "host": row["host"], "confirmed": confirmed, "plate": None if hidden else row["plate"], "left_at": left,
        "state": standing(row), "guard": row["guard"], "reason": row["reason"] or row["leader"],
        "sex": title("gate.sex", row["sex"]) if row["sex"] else None, "id_card": None if hidden else card,
        "phone": None if hidden else row["phone"], "heads": row["heads"], "goods": row["goods"], "badge": row["badge"],
        "left_guard": row["left_guard"], "hidden": hidden,
    }  # fmt: skip


def standing(row: Any) -> str:
    """`inside`, `left` or `denied`."""
    return "denied" if row["outcome"] == "denied" else "left" if row["left_day"] else "inside"


def inside(ledger: "Ledger") -> Table:
    """Who and what is inside now: visitors not signed out, vehicles that came in and did not go."""
    first = masking.shown_since(ledger)
    rows = [{"kind": "visitor", "number": row["number"], "name": masking.name(row["name"], row["on_day"], first),
             "on": date.fromisoformat(row["on_day"]),
             "at": row["at_time"], "host": row["host"], "guard": row["guard"]} for row in store.inside(ledger.db)]  # fmt: skip
    rows += [{"kind": "vehicle", "number": masking.plate(row, first), "name": row["vehicle"] or masking.driver(row, first),
              "on": date.fromisoformat(row["on_day"]), "at": row["at_time"], "host": None, "guard": row["guard"]}
             for row in store_traffic.inside(ledger.db)]  # fmt: skip
    return table("inside", say("gate.title.inside"), INSIDE, rows)


def goods(ledger: "Ledger", since: date, until: date, *, state: str | None = None) -> Table:
    """What was carried out in a period, who allowed it, whether it is back."""
    rows = [row for row in store.goods(ledger.db, since, until) if state in (None, slip_state(ledger, row))]
    return goods_table(ledger, rows, say("gate.title.goods", since=since, until=until))


def goods_table(ledger: "Ledger", rows: Iterable[Any], heading: str) -> Table:
    """Slips as a table."""
    first = masking.shown_since(ledger)
    return table("goods", heading, GOODS, [
        {"number": row["number"], "on": date.fromisoformat(row["on_day"]), "at": row["at_time"], "goods": row["words"],
         "carrier": row["person"] or masking.name(row["visitor"], row["visit_day"], first),
         "allowed_by": row["allowed"], "asset": row["asset"], "state": slip_state(ledger, row), "guard": row["guard"],
         "back_due": date.fromisoformat(row["back_due"]) if row["back_due"] else None,
         "back_at": f"{row['back_day']} {row['back_time']}" if row["back_day"] else None}
        for row in rows])  # fmt: skip


def slip_state(ledger: "Ledger", row: Any) -> str:
    """`gone` for good, `out` (to come back), `late`, `back`."""
    if row["back_day"]:
        return "back"
    if row["back_due"] is None:
        return "gone"
    return "late" if row["back_due"] < ledger.today.isoformat() else "out"


def bans(ledger: "Ledger", *, everything: bool = False) -> Table:
    """Who and what may not come in today; with `everything` also what was lifted or has ended."""
    now = {row["id"] for row in store.bans(ledger.db, ledger.today)}
    rows = [
        {"name": (row["name"] or row["plate"]) + (f" …{row['id_tail']}" if row["id_tail"] else ""), "reason": row["reason"],
         "from": date.fromisoformat(row["from_day"]), "by": row["by_name"], "lifted": row["lifted_why"],
         "until": date.fromisoformat(row["lifted_on"] or row["until_day"]) if row["lifted_on"] or row["until_day"] else None,
         "state": "in-force" if row["id"] in now else "lifted" if row["lifted_on"] else "ended"}
        for row in store.bans(ledger.db) if everything or row["id"] in now
    ]  # fmt: skip
    return table("bans", say("gate.title.bans", day=ledger.today), BANS, rows)
