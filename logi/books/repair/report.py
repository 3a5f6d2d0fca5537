"""The questions the repair book can answer; each returns a Table, as of a day."""

import calendar as months
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.repair import downtime, rules, school, store, summer_actions
from logi.books.repair.actions import approved, place_text
from logi.books.repair.figures import Before, Figures, Norm
from logi.books.repair.norms import Norms
from logi.books.repair.sheets import sheet, show
from logi.books.repair.tabling import Job, columns_of, rows_of, table_of
from logi.core.answers import Table
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

__all__ = ["sheet", "show"]  # asked of this room by the floor and the commands

FIRST = date(1, 1, 1)
UNFINISHED = "unfinished"
NOBODY = "—"  # the row of slips that name no asset or worker
STATS = ("opened", "closed", "accepted", "rejected", "wait_days", "mttr_days", "same_day", "in_time", "first_time_fixed",
         "mark", "repeats", "mtbf_days", "labour_minutes", "parts", "cost")  # fmt: skip
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
        if state and progress.state != state and not (state == UNFINISHED and progress.state not in rules.ENDED):
            continue
        found.append((order, progress))
    found.sort(key=lambda pair: pair[1].state in rules.ENDED)
    return _listed(ledger, "repair.list", say("repair.title.list"), found, day)


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


def parts_used(ledger: "Ledger", since: date, until: date) -> Table:
    """The parts that repairs of a period used, the costliest first."""
    from logi.books.repair import parts_report

    return parts_report.parts_used(ledger, since, until)


def failure_modes(ledger: "Ledger", since: date, until: date) -> Table:
    """How the things mended in a period had failed, the most frequent first."""
    from logi.books.repair import failure_report

    day = min(until, ledger.today)
    jobs = _jobs(ledger, store.touched(ledger.db, day, since, day), day)
    return failure_report.failure_modes(
        job for job in jobs if job[1].closed_on is not None and since <= job[1].closed_on <= day
    )


def open_by_age(ledger: "Ledger", since: date, until: date) -> Table:
    """All that is not accepted at the period's end, the oldest first, with the day it was due (REP-11)."""
    day = min(until, ledger.today)
    jobs = unfinished(ledger, day)
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
    return table_of("repair.open_by_age", say("repair.title.open_by_age", day=day), keys, rows_of(ledger, jobs, day))


def pending(ledger: "Ledger", since: date, until: date) -> Table:
    """All places needing repair, by place, to be handed upward; what was answered shows as its state (REP-10)."""
    day = min(until, ledger.today)
    jobs = sorted(unfinished(ledger, day), key=lambda job: (job[0]["place"], job[0]["opened_on"], job[0]["id"]))
    keys = ("place", "place_name", "spot", "number", "title", "kind", "urgency", "state", "opened_on", "age_days",
            "escalated_on", "escalated_to", "deferred_to")  # fmt: skip
    note = say("repair.note.pending", places=len({o["place_id"] for o, _ in jobs}), count=len(jobs))
    return table_of("repair.pending", say("repair.title.pending", day=day), keys, rows_of(ledger, jobs, day), notes=[note])


def summer(ledger: "Ledger", since: date, until: date) -> Table:
    """The summer list: what was deferred, then what is still open, with plan, estimate and approval (REP-06, REP-09)."""
    day = min(until, ledger.today)
    jobs = summer_actions.listed(ledger, day)
    rows = rows_of(ledger, jobs, day)
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
    return table_of("repair.summer", heading, keys, rows, sums=("estimate",), notes=notes)


def human_caused(ledger: "Ledger", since: date, until: date) -> Table:
    """Damage done by people, with who answers for it and what was paid."""
    day = min(until, ledger.today)
    jobs = [job for job in _jobs(ledger, store.touched(ledger.db, day, since, day), day) if job[1].cause == "human"]
    keys = ("number", "title", "place", "closed_on", "liable", "cost", "paid", "settled")
    return table_of(
        "repair.human_caused", say("repair.report.human_caused"), keys, rows_of(ledger, jobs, day), sums=("cost", "paid")
    )


CHARTS = {"repair.by_kind": (("kind", ("opened",)), ("kind", ("mttr_days",)))}


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's repairs: the slips it touched, figures by kind and by place, and what is open at its end."""
    since, last = month_days(month)
    day = min(last, ledger.today)
    jobs = _jobs(ledger, store.touched(ledger.db, day, since, day), day)
    jobs.sort(key=lambda pair: pair[1].state in rules.ENDED)
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

def _jobs(ledger: "Ledger", rows: Sequence[sqlite3.Row], day: date) -> list[Job]:
    steps = store.steps_of(ledger.db, [row["id"] for row in rows], day)
    return [(row, rules.fold(steps[row["id"]])) for row in rows]


def unfinished(ledger: "Ledger", day: date) -> list[Job]:
    """The slips not ended at a day's end."""
    return [job for job in _jobs(ledger, store.unfinished(ledger.db, day), day) if job[1].state not in rules.ENDED]


def _listed(ledger: "Ledger", name: str, heading: str, jobs: list[Job], day: date) -> Table:
    keys = ("number", "title", "place", "kind", "urgency", "state", "opened_on", "age_days", "reporter", "worker",
            "closed_on", "accepted_on", "rejected", "cost")  # fmt: skip
    return table_of(name, heading, keys, rows_of(ledger, jobs, day), sums=("cost",))


def _figures(ledger: "Ledger", since: date | None, until: date | None, by: str, name: str, heading: str) -> Table:
    day = min(until or ledger.today, ledger.today)
    rows = store.touched(ledger.db, day, since, until)
    if by == "asset" and since:  # what was out of use all along has no step in the period
        there = {row["id"] for row in rows}
        rows += [row for row in store.standing(ledger.db, day, since) if row["asset"] and row["id"] not in there]
    steps = store.steps_of(ledger.db, [row["id"] for row in rows], day)
    norms, before = Norms(ledger), _before(ledger, rows, day)
    workers = _workers(ledger, steps) if by == "worker" else {}
    buildings = store.outermost(ledger.db) if by == "building" else {}
    groups: dict[str, Figures] = {}
    names: dict[str, str] = {}
    whole = Figures()
    for row in rows:
        if by == "building":
            group, name_of = buildings[row["place_id"]]
            names[group] = name_of
        else:
            group = workers[row["id"]] if by == "worker" else row[by] or NOBODY
            names[group] = row["place_name"]
        told = rules.fold(steps[row["id"]])
        opened = told.opened
        norm = Norm(norms.respond(row["urgency"], opened), norms.mend_by(row["urgency"], told))
        one = Before(before.get(row["id"]), norms.value("repeat_days", opened.day))
        for figures in (groups.setdefault(group, Figures()), whole):
            figures.add(steps[row["id"]], since or FIRST, day, norm=norm, before=one, source=row["source"])
    order = [k for k in rules.KINDS if k in groups] if by == "kind" else sorted(groups, key=lambda g: (g == NOBODY, g))
    lines = [{by: key, "place_name": names[key], **groups[key].row()} for key in order]
    keys = (by, *(("place_name",) if by in ("place", "building") else ()), *STATS, *(("down_hours",) if by == "asset" else ()))
    if by == "asset":
        _add_downtime(ledger, rows, steps, lines, since or FIRST, day)
    totals = {key: value for key, value in whole.row().items() if key not in SUMS}
    return Table(name, heading, columns_of(keys, sums=SUMS), lines, totals=totals)


def _add_downtime(ledger: "Ledger", rows: Sequence[sqlite3.Row], steps: dict[int, list[rules.Step]],
                  lines: list[dict[str, Any]], since: date, until: date) -> None:  # fmt: skip
    """The hours each asset was out of use; a slip that names none has none."""
    spans: dict[str, list[downtime.Span | None]] = {}
    for row in rows:
        told = rules.fold(steps[row["id"]])
        spans.setdefault(row["asset"] or NOBODY, []).append(downtime.span(row["source"], told, since, until))
    for line in lines:
        line["down_hours"] = None if line["asset"] == NOBODY else downtime.hours(ledger, spans[line["asset"]])


def _before(ledger: "Ledger", rows: Sequence[sqlite3.Row], day: date) -> dict[int, rules.Progress]:
    """How the slip of the same thing before each of these stood on a day, by the later slip."""
    wanted = {row["id"] for row in rows}
    pairs: dict[int, int] = {}
    things: dict[tuple[Any, ...], list[sqlite3.Row]] = {}
    for row in store.failures(ledger.db, day):
        earlier = things.setdefault((row["asset"], row["place_id"], row["kind"]), [])
        if row["id"] in wanted:
            same = (one for one in reversed(earlier)
                    if row["asset"] or rules.same_fault(row["kind"], row["folded"], one["folded"]))  # fmt: skip
            if (twin := next(same, None)) is not None:
                pairs[row["id"]] = twin["id"]
        earlier.append(row)
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
