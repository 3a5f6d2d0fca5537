"""One slip in full: what stands on it, every step, its parts; and a summer list as it was drawn up."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.repair import downtime, rules, store
from logi.books.repair.actions import place_text
from logi.books.repair.norms import Norms
from logi.books.repair.tabling import KINDS, WORDS, columns_of, rows_of, table_of
from logi.core.answers import Column, Milli, Pack, Table
from logi.core.messages import say, title
from logi.journal import head

if TYPE_CHECKING:
    from logi.db import Ledger


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A slip: what stands on it, and every step; None if no slip bears this number."""
    order = store.numbered(ledger.db, number)
    if order is None:
        return summer_sheet(ledger, number)
    steps = store.steps(ledger.db, order["id"], ledger.today)
    names = store.people(ledger.db, [s.person_id for s in steps])
    firms = store.vendors(ledger.db, [s.vendor_id for s in steps])
    rows = [
        {"entry": s.entry, "on": s.on_day, "at": s.at_time, "step": s.step, "labour_minutes": s.minutes,
         "cost": _spent(s),
         "person": " + ".join(n for n in (names.get(s.person_id or 0), firms.get(s.vendor_id or 0)) if n) or None,
         "note": _remarks(s)}
        for s in steps
    ]  # fmt: skip
    clock = ("at",) if any(row["at"] for row in rows) else ()
    columns = columns_of(
        ("entry", "on", *clock, "step", "person", "labour_minutes", "cost", "note"), sums=("labour_minutes", "cost")
    )
    tables = [_sheet(ledger, order, steps), Table("repair.steps", say("repair.title.steps"), columns, rows)]
    return [*tables, *_parts(ledger, steps)]


def sheet(ledger: "Ledger", number: str) -> Pack:
    """`repair show`: the slip of a number, or of a number's end."""
    order = store.order(ledger, number)
    tables = show(ledger, order["number"]) or []
    heading = say("repair.title.show", number=order["number"])
    return Pack("repair.show", heading, "", head(ledger.db).short, tables)


def summer_sheet(ledger: "Ledger", number: str) -> list[Table] | None:
    """A summer list as it was drawn up for approval; None if no list bears this number."""
    head_row = store.summer(ledger.db, number)
    if head_row is None:
        return None
    rows = [
        {"line": row["line"], "number": row["number"], "title": row["title"], "scope": row["scope"],
         "place": place_text(row["place"], row["place_name"], row["spot"]), "state": row["state"],
         "estimate": row["estimate_fen"]}
        for row in store.summer_lines(ledger.db, head_row["id"])
    ]  # fmt: skip
    keys = ("line", "number", "title", "place", "scope", "state", "estimate")
    heading = say("repair.title.summer_list", number=number, on=date.fromisoformat(head_row["on_day"]))
    return [table_of("repair.summer_list", heading, keys, rows, sums=("estimate",))]


# -- below -----------------------------------------------------------------------------------------


def _spent(step: rules.Step) -> int | None:
    return (step.cost_fen or 0) + step.parts_fen if step.cost_fen is not None or step.slip_id is not None else None


def _parts(ledger: "Ledger", steps: Sequence[rules.Step]) -> list[Table]:
    slips = [s.slip_id for s in steps if s.slip_id is not None]
    rows = [
        {"issue": row["number"], "item_code": row["code"], "item": row["name"], "quantity": row["quantity_milli"],
         "unit": row["unit"], "worth": row["value_fen"]}
        for row in store.parts(ledger.db, slips, ledger.today)
    ]  # fmt: skip
    keys = ("issue", "item_code", "item", "quantity", "unit", "worth")
    return [table_of("repair.parts", say("repair.title.parts"), keys, rows, sums=("worth",))] if rows else []


def _sheet(ledger: "Ledger", order: sqlite3.Row, steps: Sequence[rules.Step]) -> Table:
    progress = rules.fold(steps)
    names = store.people(ledger.db, [progress.deputy_id, progress.accepted_by])
    respond = Norms(ledger).respond(order["urgency"], progress.opened).shown
    contractor = store.vendors(ledger.db, [progress.planned_vendor_id]).get(progress.planned_vendor_id or 0)
    row = rows_of(ledger, [(order, progress)], ledger.today)[0]
    facts = {
        **{key: row[key] for key in ("number", "title", "place", "place_name", "spot")}, "asset": order["asset"],
        "kind": order["kind"], "urgency": order["urgency"], "source": order["source"], "state": progress.state,
        "opened_on": progress.opened.shown, "reporter": order["reporter"], "phone": order["phone"],
        "deputy": names.get(progress.deputy_id or 0), "wanted_on": order["wanted_on"], "respond_by": respond,
        "assigned_on": progress.assigned_on, "arrived": progress.arrived and progress.arrived.shown,
        "worker": row["worker"], "resolve_by": Norms(ledger).mend_by(order["urgency"], progress).shown,
        "closed_on": progress.closed and progress.closed.shown,
        "down_since": progress.down and progress.down.shown, "down_hours": _down_hours(ledger, order, progress),
        "cause": progress.cause, "mode": progress.mode, "root": progress.root, "liable": progress.liable,
        "cost": progress.cost_fen,
        "parts": progress.parts_fen or None, "labour_minutes": progress.minutes, "accepted_on": progress.accepted_on,
        "accepted_by": names.get(progress.accepted_by or 0), "score": progress.score, "rejected": progress.rejected,
        "deferred_on": progress.deferred_on, "deferred_to": progress.deferred_to,
        "waiting_for": progress.waiting_for if progress.state == "waiting" else None,
        "waiting_until": progress.waiting_until, "declined_on": progress.declined_on,
        "reason": progress.reason if progress.state in ("declined", "deferred") else None,
        "told_on": progress.told_on, "estimate": progress.estimate_fen,
        "scope": progress.scope, "contractor": contractor, "begins_on": progress.begins_on, "ends_on": progress.ends_on,
        "escalated_on": progress.escalated_on, "escalated_to": progress.escalated_to, "paid": progress.paid_fen or None,
    }  # fmt: skip
    columns = (Column("field", say("repair.col.field")), Column("value", say("repair.col.value")))
    lines = [
        {"field": say(f"repair.col.{key}"), "value": _text(key, value)}
        for key, value in facts.items()
        if value is not None
    ]
    return Table("repair.show", say("repair.title.show", number=order["number"]), columns, lines)


def _down_hours(ledger: "Ledger", order: sqlite3.Row, progress: rules.Progress) -> Milli | None:
    """For a slip about an asset, or one that says since when: how long the thing was out of use, so far."""
    if not (order["asset"] or progress.down):
        return None
    over = downtime.span(order["source"], progress, date(1, 1, 1), ledger.today)
    return Milli(downtime.hours(ledger, [over])) if over else None


def _text(key: str, value: Any) -> str:
    from logi.core.messages import money_text, shown

    if KINDS.get(key) == "money":
        return money_text(value, grouped=True)
    return title(WORDS[key], value) if key in WORDS else shown(value)


def _remarks(step: rules.Step) -> str | None:
    """What else was recorded with a step, in words."""
    from logi.core.messages import money_text

    parts = [
        title("repair.cause", step.cause) if step.cause else None,
        step.mode,
        say("repair.remark.root", root=step.root) if step.root else None,
        say("repair.remark.liable", liable=step.liable) if step.liable else None,
        say("repair.remark.score", score=step.score) if step.score else None,
        say("repair.remark.until", until=step.until_day) if step.until_day else None,
        say("repair.remark.estimate", estimate=money_text(step.estimate_fen))
        if step.estimate_fen is not None
        else None,
        say("repair.remark.paid", paid=money_text(step.paid_fen)) if step.paid_fen is not None else None,
        say("repair.remark.to", to=step.to_whom) if step.to_whom else None,
        say("repair.remark.invoice", invoice=step.invoice) if step.invoice else None,
        say("repair.remark.arrived", time=step.arrived) if step.arrived else None,
        say("repair.remark.works", begins=step.begins_on, ends=step.ends_on) if step.begins_on or step.ends_on else None,
        step.note,
    ]
    return "; ".join(part for part in parts if part) or None


