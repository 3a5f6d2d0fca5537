"""The questions the repair book can answer; each returns a Table, as of a day."""

import calendar as months
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.repair import rules, school, store, summer_actions
from logi.books.repair.actions import approved, place_text
from logi.books.repair.figures import Before, Figures, Norm
from logi.books.repair.norms import Norms
from logi.core.answers import Column, Pack, Table
from logi.core.messages import say, title
from logi.journal import head

if TYPE_CHECKING:
    from logi.db import Ledger

FIRST = date(1, 1, 1)
UNFINISHED = "unfinished"
NOBODY = "—"  # the row of slips that name no asset or worker
KINDS = {
    "number": "code", "opened_on": "day", "assigned_on": "day", "closed_on": "day", "accepted_on": "day",
    "deferred_on": "day", "deferred_to": "day", "escalated_on": "day", "on": "day", "resolve_by": "day",
    "age_days": "count", "rejected": "count", "count": "count", "entry": "count", "labour_minutes": "count",
    "opened": "count", "closed": "count", "accepted": "count", "wait_days": "quantity", "mttr_days": "quantity",
    "mtbf_days": "quantity", "repeats": "count", "line": "count", "in_time": "rate", "parts": "money", "begins_on": "day",
    "ends_on": "day", "quantity": "quantity", "worth": "money", "same_day": "rate", "first_time_fixed": "rate",
    "cost": "money", "issue": "code", "item_code": "code", "estimate": "money", "paid": "money",
    "place": "code", "phone": "code", "asset": "code", "invoice": "code",
}  # fmt: skip
WORDS = {"kind": "repair.kind", "urgency": "repair.urgency", "state": "repair.state", "cause": "repair.cause",
         "source": "repair.source", "step": "repair.step", "approval": "repair.approval"}  # fmt: skip
STATS = ("opened", "closed", "accepted", "rejected", "wait_days", "mttr_days", "same_day", "in_time", "first_time_fixed",
         "repeats", "mtbf_days", "labour_minutes", "parts", "cost")  # fmt: skip
SUMS = ("opened", "closed", "accepted", "rejected", "repeats", "labour_minutes", "parts", "cost")


def orders(ledger: "Ledger", *, since: date | None = None, until: date | None = None, state: str | None = None,
           place: str | None = None, person: str | None = None, kind: str | None = None, vendor: str | None = None,
           at: date | None = None) -> Table:  # fmt: skip
    """The slips opened in a period as they stood on a day, the unfinished first, oldest first."""
    day = at or ledger.today
    rooms = store.inside(ledger.db, school.place(ledger, place)["id"]) if place else None
    who = school.person(ledger, person)["id"] if person else None
    firm = school.vendor(ledger, vendor)["id"] if vendor else None
    found = []
    for order, progress in _jobs(ledger, store.opened(ledger.db, day, since, until), day):
        if rooms is not None and order["place_id"] not in rooms:
            continue
        if who is not None and who not in (order["reporter_id"], progress.worker_id, *progress.hands):
            continue
        if (kind and order["kind"] != kind) or (firm is not None and progress.vendor_id != firm):
            continue
        if state and progress.state != state and not (state == UNFINISHED and progress.state != "accepted"):
            continue
        found.append((order, progress))
    found.sort(key=lambda pair: pair[1].state == "accepted")
    return _listed(ledger, "repair.list", say("repair.title.list"), found, day)


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
    columns = _columns(
        ("entry", "on", *clock, "step", "person", "labour_minutes", "cost", "note"), sums=("labour_minutes", "cost")
    )
    tables = [_sheet(ledger, order, steps), Table("repair.steps", say("repair.title.steps"), columns, rows)]
    return [*tables, *_parts(ledger, steps)]


def sheet(ledger: "Ledger", number: str) -> Pack:
    """`repair show`: the slip of a number, or of a number's end."""
    order = store.order(ledger, number)
    tables = show(ledger, order["number"]) or []
    heading = say("repair.title.show", number=order["number"])
    return Pack("repair.show", heading, order["number"], head(ledger.db).short, tables)


def stats(ledger: "Ledger", since: date | None, until: date | None, *, by: str = "kind") -> Table:
    """By kind, place, asset or worker: how many, how soon, how long between failures, how much."""
    return _figures(ledger, since, until, by, "repair.stats", say(f"repair.title.stats_{by}"))


def by_kind(ledger: "Ledger", since: date, until: date) -> Table:
    """The period's figures by kind of work."""
    return _figures(ledger, since, until, "kind", "repair.by_kind", say("repair.report.by_kind"))


def by_place(ledger: "Ledger", since: date, until: date) -> Table:
    """The period's figures by place."""
    return _figures(ledger, since, until, "place", "repair.by_place", say("repair.report.by_place"))


def by_asset(ledger: "Ledger", since: date, until: date) -> Table:
    """The period's figures by asset; slips that name none are one row."""
    return _figures(ledger, since, until, "asset", "repair.by_asset", say("repair.report.by_asset"))


def by_worker(ledger: "Ledger", since: date, until: date) -> Table:
    """The period's figures by who the job was given to."""
    return _figures(ledger, since, until, "worker", "repair.by_worker", say("repair.report.by_worker"))


def open_by_age(ledger: "Ledger", since: date, until: date) -> Table:
    """All that is not accepted at the period's end, the oldest first, with the day it was due (REP-11)."""
    day = min(until, ledger.today)
    jobs = _unfinished(ledger, day)
    keys = (
        "number",
        "title",
        "place",
        "kind",
        "urgency",
        "state",
        "opened_on",
        "resolve_by",
        "age_days",
        "worker",
        "rejected",
    )
    return _table("repair.open_by_age", say("repair.title.open_by_age", day=day), keys, _rows(ledger, jobs, day))


def pending(ledger: "Ledger", since: date, until: date) -> Table:
    """All places needing repair, by place, to be handed upward; what was answered shows as its state (REP-10)."""
    day = min(until, ledger.today)
    jobs = sorted(_unfinished(ledger, day), key=lambda job: (job[0]["place"], job[0]["opened_on"], job[0]["id"]))
    keys = ("place", "place_name", "spot", "number", "title", "kind", "urgency", "state", "opened_on", "age_days",
            "escalated_on", "escalated_to", "deferred_to")  # fmt: skip
    note = say("repair.note.pending", places=len({o["place_id"] for o, _ in jobs}), count=len(jobs))
    return _table("repair.pending", say("repair.title.pending", day=day), keys, _rows(ledger, jobs, day), notes=[note])


def summer(ledger: "Ledger", since: date, until: date) -> Table:
    """The summer list: what was deferred, then what is still open, with plan, estimate and approval (REP-06, REP-09)."""
    day = min(until, ledger.today)
    jobs = summer_actions.listed(ledger, day)
    rows = _rows(ledger, jobs, day)
    firms = store.vendors(ledger.db, [p.planned_vendor_id for _, p in jobs])
    limits = Norms(ledger)
    for row, (order, progress) in zip(rows, jobs, strict=True):
        row |= {"scope": progress.scope, "contractor": firms.get(progress.planned_vendor_id or 0),
                "begins_on": progress.begins_on, "ends_on": progress.ends_on,
                "approval": _approval(ledger, limits, order["number"], progress)}  # fmt: skip
    keys = ("number", "title", "place", "place_name", "kind", "state", "scope", "contractor", "begins_on", "ends_on",
            "estimate", "approval", "reason")  # fmt: skip
    missing = sum(p.estimate_fen is None for _, p in jobs)
    notes = [say("repair.note.no_estimate", count=missing)] if missing else []
    heading = say("repair.title.summer", day=day)
    return _table("repair.summer", heading, keys, rows, sums=("estimate",), notes=notes)


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
    return [_table("repair.summer_list", heading, keys, rows, sums=("estimate",))]


def human_caused(ledger: "Ledger", since: date, until: date) -> Table:
    """Damage done by people, with who answers for it and what was paid."""
    day = min(until, ledger.today)
    jobs = [job for job in _jobs(ledger, store.touched(ledger.db, day, since, day), day) if job[1].cause == "human"]
    keys = ("number", "title", "place", "closed_on", "liable", "cost", "paid", "settled")
    return _table(
        "repair.human_caused", say("repair.report.human_caused"), keys, _rows(ledger, jobs, day), sums=("cost", "paid")
    )


CHARTS = {"repair.by_kind": ("kind", ("opened",))}


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's repairs: the slips it touched, figures by kind and by place, and what is open at its end."""
    since, last = month_days(month)
    day = min(last, ledger.today)
    jobs = _jobs(ledger, store.touched(ledger.db, day, since, day), day)
    jobs.sort(key=lambda pair: pair[1].state == "accepted")
    return [
        _listed(ledger, "repairs", say("repair.title.month", month=month), jobs, day),
        by_kind(ledger, since, day),
        by_place(ledger, since, day),
        open_by_age(ledger, since, day),
    ]


def pack_period(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """The sections of any period: the figures by kind and by place, and what is open at its end."""
    day = min(until, ledger.today)
    return [by_kind(ledger, since, day), by_place(ledger, since, day), open_by_age(ledger, since, day)]


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Slips for `logi find`."""
    return [
        {"kind": "document", "code": row["number"], "name": row["title"],
         "detail": f"{place_text(row['place'], row['place_name'], row['spot'])} {title('repair.state', row['state'])}"}
        for row in store.search(ledger.db, text)
    ]  # fmt: skip


def month_days(month: str) -> tuple[date, date]:
    """The first and last day of "2025-09"."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, months.monthrange(year, number)[1])


# -- below -----------------------------------------------------------------------------------------

Job = tuple[sqlite3.Row, rules.Progress]


def _jobs(ledger: "Ledger", rows: Sequence[sqlite3.Row], day: date) -> list[Job]:
    steps = store.steps_of(ledger.db, [row["id"] for row in rows], day)
    return [(row, rules.fold(steps[row["id"]])) for row in rows]


def _unfinished(ledger: "Ledger", day: date) -> list[Job]:
    return [job for job in _jobs(ledger, store.unfinished(ledger.db, day), day) if job[1].state != "accepted"]


def _listed(ledger: "Ledger", name: str, heading: str, jobs: list[Job], day: date) -> Table:
    keys = ("number", "title", "place", "kind", "urgency", "state", "opened_on", "age_days", "reporter", "worker",
            "closed_on", "accepted_on", "rejected", "cost")  # fmt: skip
    return _table(name, heading, keys, _rows(ledger, jobs, day), sums=("cost",))


def _rows(ledger: "Ledger", jobs: Sequence[Job], day: date) -> list[dict[str, Any]]:
    names = store.people(ledger.db, [p.worker_id for _, p in jobs])
    firms = store.vendors(ledger.db, [p.vendor_id for _, p in jobs])
    norms = Norms(ledger)
    return [_row(norms, order, progress, day, names, firms) for order, progress in jobs]


def _row(norms: Norms, order: sqlite3.Row, progress: rules.Progress, day: date, names: dict[int, str],
         firms: dict[int, str]) -> dict[str, Any]:  # fmt: skip
    ended = progress.accepted_on or day
    worker = [names.get(progress.worker_id or 0), firms.get(progress.vendor_id or 0)]
    return {
        "number": order["number"], "title": order["title"], "place": order["place"], "place_name": order["place_name"],
        "spot": order["spot"], "kind": order["kind"], "urgency": order["urgency"], "state": progress.state,
        "opened_on": progress.opened_on, "age_days": (ended - progress.opened_on).days, "reporter": order["reporter"],
        "worker": " + ".join(name for name in worker if name) or None, "closed_on": progress.closed_on,
        "accepted_on": progress.accepted_on, "rejected": progress.rejected, "cost": progress.cost_fen,
        "deferred_to": progress.deferred_to, "estimate": progress.estimate_fen, "reason": progress.reason,
        "escalated_on": progress.escalated_on, "escalated_to": progress.escalated_to, "liable": progress.liable,
        "paid": progress.paid_fen, "settled": say("repair.word.yes" if progress.settled else "repair.word.no"),
        "resolve_by": progress.ends_on or norms.resolve(order["urgency"], progress.opened).day,
    }  # fmt: skip


def _figures(ledger: "Ledger", since: date | None, until: date | None, by: str, name: str, heading: str) -> Table:
    day = min(until or ledger.today, ledger.today)
    rows = store.touched(ledger.db, day, since, until)
    steps = store.steps_of(ledger.db, [row["id"] for row in rows], day)
    norms, before = Norms(ledger), _before(ledger, rows, day)
    workers = _workers(ledger, steps) if by == "worker" else {}
    groups: dict[str, Figures] = {}
    names: dict[str, str] = {}
    whole = Figures()
    for row in rows:
        group = workers[row["id"]] if by == "worker" else row[by] or NOBODY
        names[group] = row["place_name"]
        opened = rules.fold(steps[row["id"]][:1]).opened
        norm = Norm(norms.respond(row["urgency"], opened), norms.resolve(row["urgency"], opened))
        one = Before(before.get(row["id"]), norms.value("repeat_days", opened.day))
        for figures in (groups.setdefault(group, Figures()), whole):
            figures.add(steps[row["id"]], since or FIRST, day, norm=norm, before=one, source=row["source"])
    order = [k for k in rules.KINDS if k in groups] if by == "kind" else sorted(groups, key=lambda g: (g == NOBODY, g))
    lines = [{by: key, "place_name": names[key], **groups[key].row()} for key in order]
    keys = (by, *(("place_name",) if by == "place" else ()), *STATS)
    totals = {key: value for key, value in whole.row().items() if key not in SUMS}
    return Table(name, heading, _columns(keys, sums=SUMS), lines, totals=totals)


def _before(ledger: "Ledger", rows: Sequence[sqlite3.Row], day: date) -> dict[int, rules.Progress]:
    """How the slip of the same thing before each of these stood on a day, by the later slip."""
    wanted = {row["id"] for row in rows}
    pairs: dict[int, int] = {}
    earlier: sqlite3.Row | None = None
    for row in store.failures(ledger.db, day):
        same = earlier is not None and all(earlier[key] == row[key] for key in ("asset", "place_id", "kind"))
        if same and earlier is not None and row["id"] in wanted:
            pairs[row["id"]] = earlier["id"]
        earlier = row
    steps = store.steps_of(ledger.db, sorted(set(pairs.values())), day)
    return {rowid: rules.fold(steps[before]) for rowid, before in pairs.items()}


def _workers(ledger: "Ledger", steps: dict[int, list[rules.Step]]) -> dict[int, str]:
    told = {rowid: rules.fold(one) for rowid, one in steps.items()}
    names = store.people(ledger.db, [p.worker_id for p in told.values()])
    firms = store.vendors(ledger.db, [p.vendor_id for p in told.values()])
    return {
        rowid: names.get(p.worker_id or 0) or firms.get(p.vendor_id or 0) or NOBODY for rowid, p in told.items()
    }


def _approval(ledger: "Ledger", norms: Norms, number: str, progress: rules.Progress) -> str:
    spent = max(progress.cost_fen, progress.estimate_fen or 0)
    if approved(ledger.db, number, spent=spent):
        return "given"
    return "needed" if spent > norms.value("approval_above_fen", progress.opened_on) else "not-needed"


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
    return [_table("repair.parts", say("repair.title.parts"), keys, rows, sums=("worth",))] if rows else []


def _sheet(ledger: "Ledger", order: sqlite3.Row, steps: Sequence[rules.Step]) -> Table:
    progress = rules.fold(steps)
    names = store.people(ledger.db, [progress.deputy_id, progress.accepted_by])
    respond = Norms(ledger).respond(order["urgency"], progress.opened).shown
    contractor = store.vendors(ledger.db, [progress.planned_vendor_id]).get(progress.planned_vendor_id or 0)
    row = _rows(ledger, [(order, progress)], ledger.today)[0]
    facts = {
        **{key: row[key] for key in ("number", "title", "place", "place_name", "spot")}, "asset": order["asset"],
        "kind": order["kind"], "urgency": order["urgency"], "source": order["source"], "state": progress.state,
        "opened_on": progress.opened.shown, "reporter": order["reporter"], "phone": order["phone"],
        "deputy": names.get(progress.deputy_id or 0), "wanted_on": order["wanted_on"], "respond_by": respond,
        "assigned_on": progress.assigned_on, "arrived": progress.arrived and progress.arrived.shown,
        "worker": row["worker"], "resolve_by": Norms(ledger).resolve(order["urgency"], progress.opened).shown,
        "closed_on": progress.closed and progress.closed.shown,
        "cause": progress.cause, "liable": progress.liable, "cost": progress.cost_fen,
        "parts": progress.parts_fen or None, "labour_minutes": progress.minutes, "accepted_on": progress.accepted_on,
        "accepted_by": names.get(progress.accepted_by or 0), "score": progress.score, "rejected": progress.rejected,
        "deferred_on": progress.deferred_on, "deferred_to": progress.deferred_to, "estimate": progress.estimate_fen,
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


def _table(name: str, heading: str, keys: Sequence[str], rows: Iterable[dict[str, Any]], *, sums: Sequence[str] = (),
           notes: Sequence[str] = ()) -> Table:  # fmt: skip
    columns = _columns(keys, sums=sums)
    return Table(name, heading, columns, [{key: row[key] for key in keys} for row in rows], notes=notes)


def _columns(keys: Sequence[str], *, sums: Sequence[str] = ()) -> list[Column]:
    return [
        Column(key, say(f"repair.col.{key}"), "word" if key in WORDS else KINDS.get(key, "text"), total=key in sums,
               words=WORDS.get(key, ""))
        for key in keys
    ]  # fmt: skip
