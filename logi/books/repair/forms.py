"""What the repair book's printed forms are filled with: the slip, the compensation slip, the repairs of an asset."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.repair import rules, store
from logi.books.repair.approving import level_title, required
from logi.books.repair.norms import Norms
from logi.core.answers import Fen, Word
from logi.core.errors import Refused
from logi.core.forms import Asked, FormData, Signed, signatures
from logi.core.messages import say, title

if TYPE_CHECKING:
    from sqlite3 import Row

    from logi.db import Ledger


def repair(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """報修單: reported, taken in, mended, accepted."""
    order, steps = _order(ledger, number)
    done = rules.fold(steps)
    names = store.people(ledger.db, [done.worker_id, done.accepted_by, done.deputy_id])
    firms = store.vendors(ledger.db, [done.vendor_id])
    worker = names.get(done.worker_id or 0)
    levels = required(ledger, order["number"])
    signed = signatures(journal.approvals(ledger.db, order["number"]))
    if done.accepted_on is not None:
        signed.append(Signed("accepter", names.get(done.accepted_by or 0, ""), done.accepted_on))
    rejections = [step.note for step in steps if step.step == "reject" and step.note]
    norms = Norms(ledger)
    values = {
        "opened_on": done.opened.shown, "reporter": order["reporter"], "phone": order["phone"], "place": _place(order),
        "asset": order["asset"], "kind": Word.of("repair.kind", order["kind"]),
        "urgency": Word.of("repair.urgency", order["urgency"]), "state": Word.of("repair.state", done.state),
        "title": order["title"], "assigned_on": done.assigned_on, "worker": worker, "agreed_on": order["wanted_on"],
        "resolve_by": norms.mend_by(order["urgency"], done).shown,
        "arrived_on": done.arrived and done.arrived.shown, "closed_on": done.closed and done.closed.shown,
        "minutes": done.minutes or None, "cost": Fen(done.cost_fen),
        "outside": firms.get(done.vendor_id or 0), "invoice_no": _last(steps, "invoice"),
        "cause": Word.of("repair.cause", done.cause) if done.cause else None, "liable": done.liable,
        "paid": Fen(done.paid_fen) if done.paid_fen else None,
        "halted": _halted(done),
        "outcome": Word.of("repair.state", done.state) if done.accepted_on or done.rejected else None,
        "accepted_on": done.accepted_on, "score": done.score, "rejected": done.rejected or None,
        "opinion": "; ".join(rejections) or None,
    }  # fmt: skip
    slips = [step.slip_id for step in steps if step.slip_id is not None]
    parts = [
        {"material": row["name"], "spec": row["code"], "quantity": row["quantity_milli"], "value": row["value_fen"]}
        for row in store.parts(ledger.db, slips, ledger.today)
    ]
    return FormData(
        order["number"], on=done.opened_on, values=values, lists={"materials": parts}, signed=signed, levels=levels,
        named={"reporter": order["reporter"], "worker": worker or firms.get(done.vendor_id or 0),
               "accepter": names.get(done.deputy_id or 0) or order["reporter"]},
        titles={level: level_title(level) for level in levels},
    )  # fmt: skip


def compensation(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """損壞賠償單 of a repair of what people broke."""
    order, steps = _order(ledger, number)
    done = rules.fold(steps)
    if done.cause != "human":
        raise Refused("repair.form_not_human", number=order["number"])
    paid = [step for step in steps if step.step == "compensate" and step.paid_fen]
    values = {
        "item": order["asset"] or order["title"], "place": _place(order), "happened_on": done.opened_on,
        "cause": title("repair.cause", done.cause), "liable": done.liable, "repair_cost": Fen(done.cost_fen + done.parts_fen),
        "story": order["title"], "receipt": _last(paid, "invoice"),
    }  # fmt: skip
    lines = [{"day": s.on_day, "payment": s.note or order["title"], "value": s.paid_fen} for s in paid]
    return FormData(order["number"], on=done.closed_on or done.opened_on, values=values, lines=lines,
                    named={"liable": done.liable})  # fmt: skip


def asset_repairs(ledger: "Ledger", code: str | None) -> list[dict[str, Any]]:
    """The repairs of an asset, oldest first: for the back of its card."""
    found = []
    for order in store.opened(ledger.db, ledger.today, None, None):
        if order["asset"] == code:
            done = rules.fold(store.steps(ledger.db, order["id"], ledger.today))
            worker = store.people(ledger.db, [done.worker_id]).get(done.worker_id or 0)
            found.append({"day": done.opened_on, "number": order["number"], "title": order["title"], "worker": worker,
                          "value": done.cost_fen + done.parts_fen})  # fmt: skip
    return found


def opened(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The slips opened in a period, in order."""
    return sorted(row["number"] for row in store.opened(ledger.db, min(until, ledger.today), since, until))


FORMS = {"repair": repair, "compensation": compensation}
NUMBERS = {"repair": opened}
ADDS = {"asset-card": {"repairs": asset_repairs}}


def _order(ledger: "Ledger", number: str | None) -> "tuple[Row, list[rules.Step]]":
    order = store.order(ledger, str(number))
    return order, store.steps(ledger.db, order["id"], ledger.today)


def _halted(done: rules.Progress) -> str | None:
    """Why the office does not mend it, or not yet."""
    if done.state == "waiting":
        return say("repair.remark.waiting", parts=done.waiting_for, until=done.waiting_until)
    if done.state == "declined":
        return f"{title('repair.state', done.state)}: {done.reason}"
    return None


def _place(order: "Row") -> str:
    spot = f"/{order['spot']}" if order["spot"] else ""
    return f"{order['place']} {order['place_name']}{spot}"


def _last(steps: Sequence[rules.Step], name: str) -> Any:
    """What the last step that says it says."""
    return next((found for step in reversed(steps) if (found := getattr(step, name))), None)
