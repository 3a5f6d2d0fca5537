"""The questions the month's book can answer; each returns a Table."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.month import duty_report, rules, school, store, store_work, submitting
from logi.books.month.actions import day
from logi.books.month.duty_report import duty_counts as duty_counts
from logi.books.month.duty_report import duty_missing as duty_missing
from logi.books.month.proving import Proofs
from logi.core.answers import Column, Table
from logi.core.days import add_months, month_of, month_period
from logi.core.due import spoken
from logi.core.errors import NotFound
from logi.core.messages import say, title
from logi.registry import BookName

if TYPE_CHECKING:
    from logi.db import Ledger

SHORT = ("number", "title", "owner", "due", "state", "late", "result")
WALL = ("number", "title", "source", "owner", "helpers", "due", "standard", "state", "late", "result")
FULL = (*WALL, "evidence", "point", "priority", "done_on", "done_by", "reason", "carried", "from", "to")
KINDS = {
    "number": "code", "source": "code", "due": "day", "state": "word", "late": "count", "priority": "word",
    "point": "code", "done_on": "day", "carried": "count", "degree": "rate", "from": "code", "to": "code", "month": "month",
}  # fmt: skip
COUNTS = ("planned", "done", "late", "open", "carried", "dropped")


def plan(ledger: "Ledger", month: str, *, owner: str | None = None, department: str | None = None,
         state: str | None = None, full: bool = False) -> Table:  # fmt: skip
    """The schedule of a month as it stands today; `owner` keeps a person's own lines and those they help with."""
    rows = _plan_rows(ledger, month, ledger.today)
    if owner:
        who = school.person(ledger, owner)
        rows = [r for r in rows if r["owner_id"] == who["id"] or who["name"] in (r["helpers"] or "")]
    if department:
        home = school.department(ledger, department)["name"]
        rows = [r for r in rows if home in (r["helpers"] or "")]
    rows = [r for r in rows if state in (None, r["state"])]
    said = _plan_notes(ledger, month, ledger.today)
    notes = [_counted(rows), *said] if rows else said
    columns = line_columns(_with_degree(FULL if full else SHORT, rows))
    return Table("month.plan", say("month.title.plan", month=month), columns, rows, notes=notes)


def closing_check(ledger: "Ledger", month: str) -> Table:
    """What stands in the way of closing a month, each thing with the command that cures it; no row, nothing does."""
    from logi.books.month import monthend

    rows: list[dict[str, Any]] = []
    notes: list[str] = []
    obstacle = monthend.obstacle(ledger.db, month, ledger.today)
    if obstacle is not None and obstacle.key == "month.already_closed":
        notes.append(say(obstacle.key, **obstacle.facts))
    elif obstacle is not None:
        next_ = obstacle.facts.get("next")
        cure = f"logi month close {next_}" if next_ else None
        rows.append({"book": BookName("month"), "problem": say(obstacle.key, **obstacle.facts), "command": cure})
    if not notes:
        found = monthend.blockers(ledger, month)
        rows += [{"book": BookName(book), "problem": b.text, "command": spoken(b.command)} for book, b in found]
        notes.append(say("month.note.blocked", count=len(rows)) if rows else say("month.note.may_close", month=month))
        notes += [say(key, **facts) for key, facts in monthend.notices(ledger, month)]
    columns = (Column("book", say("month.col.book"), "word"), Column("problem", say("month.col.problem")),
               Column("command", say("month.col.command"), "code"))  # fmt: skip
    return Table("month.close", say("month.title.close", month=month), columns, rows, notes=notes)


# -- hooks of the floor ------------------------------------------------------------------------------


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's sections of the pack: the schedule with its completion, the count, and the next month's plan."""
    period = month_period(month)
    as_of = min(period.until, ledger.today)
    rows = _plan_rows(ledger, month, as_of)
    notes = _plan_notes(ledger, month, as_of)
    later = [r for r in rows if r["state"] == "open" and r["ended_on"]]
    if later:
        ended = [f"{r['number']} {r['ended_on'].isoformat()}" for r in later]
        notes.append(say("month.note.done_after", day=as_of, lines=ended))
    tables = [Table("month.plan", say("month.title.plan", month=month), line_columns(_with_degree(WALL, rows)), rows,
                    notes=notes)]
    if rows:
        tables.append(_count_table(month, rows))
    following = add_months(month, 1)
    ahead = _plan_rows(ledger, following, as_of)
    if ahead:
        columns = line_columns(("number", "title", "owner", "due", "state"))
        tables.append(Table("month.next", say("month.title.next", month=following), columns, ahead))
    noted = told(ledger, period.since, as_of)
    return [*tables, *([noted] if noted.rows else []), *duty_report.pack(ledger, month)]


def pack_period(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """The month's sections of a longer pack: owners, work points, what is told, duty; what is left out changes daily."""
    tables = [
        completion_by_owner(ledger, since, until), work_points(ledger, since, until), told(ledger, since, until),
        duty_counts(ledger, since, until), duty_missing(ledger, since, until), reopened_months(ledger, since, until),
    ]  # fmt: skip
    return [table for table in tables if table.rows]


def omissions(ledger: "Ledger", since: date, until: date) -> Table:
    """What is left out of plans and books in a period."""
    from logi.books.month import work_report

    return work_report.omissions(ledger, since, until)


def work_points(ledger: "Ledger", since: date, until: date) -> Table:
    """The work points of the period's years with the lines that serve them."""
    from logi.books.month import work_report

    return work_report.work_points(ledger, since, until)


def told(ledger: "Ledger", since: date, until: date) -> Table:
    """What was noted for the summary in a period."""
    from logi.books.month import work_report

    return work_report.told(ledger, since, until)


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A line of a plan with all that is known of it, and the plans it has passed through."""
    line = store.line(ledger.db, number.upper())
    if line is None:
        plan = store_work.submission(ledger.db, number)
        return duty_report.show(ledger, number) if plan is None else [_submission(plan)]
    proofs = Proofs(ledger)
    rows = [line_row(line, ledger.today, proofs)]
    columns = line_columns(("number", "month", *_with_degree(FULL, rows)[1:]))
    tables = [Table("month.line", line["title"], columns, rows)]
    passed = _passage(ledger, line)
    if len(passed) > 1:
        columns = line_columns(("number", "month", "due", "state", "done_on", "result"))
        rows = [line_row(one, ledger.today, proofs) for one in passed]
        tables.append(Table("month.passage", say("month.title.passage"), columns, rows))
    return tables


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Plan lines whose title or number has the text in it."""
    from logi.core.folding import fold

    folded = fold(text)
    if not folded:
        return []
    found = [
        {"kind": say("month.duty.thing"), "code": row["number"], "name": row["title"],
         "detail": f"{row['first_on']} … {row['last_on']}"}
        for row in store.rosters_titled(ledger.db, folded)
    ]  # fmt: skip
    return found + [
        {"kind": say("month.thing"), "code": line["number"], "name": line["title"],
         "detail": " ".join(filter(None, (line["owner"] or line["owner_post"], line["due_on"],
                                          title("month.state", line["state"]))))}
        for line in store.titled(ledger.db, folded)
    ]  # fmt: skip


def completion_by_owner(ledger: "Ledger", since: date, until: date) -> Table:
    """Every owner's lines in the plans of a period: how many, done, late, and the degree of completion."""
    owners: dict[str, list[rules.Standing]] = {}
    as_of, proofs = min(until, ledger.today), Proofs(ledger)
    for line in store.plans(ledger.db, month_of(since), month_of(until)):
        name = line["owner"] or line["owner_post"] or ""
        owners.setdefault(name, []).append(proofs.standing(line, as_of))
    rows = [
        {"owner": name or say("month.nobody"), **tallied(lines), "late_days": sum(one.late or 0 for one in lines) or None}
        for name, lines in sorted(owners.items())
    ]  # fmt: skip
    columns = (Column("owner", say("month.col.owner")), *tally_columns(total=True),
               Column("late_days", say("month.col.late_days"), "count", total=True))  # fmt: skip
    heading = say("month.title.by_owner", since=since, until=until)
    whole = rules.completion([one for lines in owners.values() for one in lines])
    return Table("month.completion-by-owner", heading, columns, rows, totals={"rate": whole.rate},
                 notes=[say("month.note.rate")])  # fmt: skip


def reopened_months(ledger: "Ledger", since: date, until: date) -> Table:
    """Closed months that were opened again on days of a period: by whom, and why."""
    columns = (
        Column("month", say("month.col.month"), "month"), Column("entry", say("month.col.entry"), "count"),
        Column("day", say("month.col.day"), "day"), Column("actor", say("month.col.actor")),
        Column("reason", say("month.col.reason")),
    )  # fmt: skip
    rows = [
        {"month": row["subject"], "entry": row["seq"], "day": day(row["today"]), "actor": row["actor"],
         "reason": row["reason"]}
        for row in store.reopenings(ledger.db, since, until)
    ]  # fmt: skip
    return Table("month.reopened-months", say("month.title.reopened"), columns, rows)


def known_line(ledger: "Ledger", number: str) -> Any:
    """The line of a number, or NotFound (3)."""
    line = store.line(ledger.db, number.upper())
    if line is None:
        raise NotFound("month.no_line", number=number)
    return line


# -- rows and columns --------------------------------------------------------------------------------


def _plan_rows(ledger: "Ledger", month: str, as_of: date) -> list[dict[str, Any]]:
    proofs = Proofs(ledger)
    rows = [line_row(line, as_of, proofs) for line in store.plan(ledger.db, month)]
    home = ledger.settings.get("ledger_id", "logi")
    return [{**row, "uid": f"{row['number']}@{home}.logi", "gone": row["state"] in ("dropped", "carried")} for row in rows]


def line_row(line: Any, as_of: date, proofs: Proofs) -> dict[str, Any]:
    """A line as a row of any of the plan's tables, as it stood on a day."""
    stood, proof = proofs.standing(line, as_of), proofs.of(line)
    finished = stood.state == "done"
    proved = proof.told if proof is not None and proofs.settled(line) else line["evidence"]
    return {
        "number": line["number"], "month": line["month"], "title": line["title"],
        "owner": line["owner"] or line["owner_post"], "owner_id": line["owner_id"],
        "helpers": line["helpers"], "due": day(line["due_on"]), "state": stood.state,
        "late": stood.late, "source": line["source"], "standard": line["standard"], "priority": line["priority"],
        "result": (line["result"] or proved if finished else None) or _why_or_where(line),
        "degree": proof.degree if proof else None, "evidence": line["rule"], "point": line["point"],
        "done_on": day(line["done_on"]) if finished else None, "done_by": line["done_by_name"] if finished else None,
        "ended_on": day(line["done_on"]), "reason": line["reason"], "carried": line["carried"] or None,
        "from": line["from_number"], "to": line["to_number"],
        "stamp": line["recorded_at"], "revision": line["entry"],
    }  # fmt: skip


def _with_degree(names: tuple[str, ...], rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """The columns with the degree that evidence gives, where any line names a rule."""
    at = names.index("state") + 1
    return (*names[:at], "degree", *names[at:]) if any(row["evidence"] for row in rows) else names


def _why_or_where(line: Any) -> str | None:
    """Why a line was dropped, where a carried one went or came from."""
    if line["reason"] and line["state"] != "carried":
        return str(line["reason"])
    if line["state"] == "carried":
        return say("month.carried_to", number=line["to_number"])
    return say("month.carried_from", number=line["from_number"]) if line["from_number"] else None


def line_columns(names: tuple[str, ...]) -> list[Column]:
    """The columns of the plan's tables by name."""
    words = {"state": "month.state", "priority": "month.priority"}
    return [Column(n, say(f"month.col.{n}"), KINDS.get(n, "text"), words=words.get(n, "")) for n in names]


def tallied(lines: list[rules.Standing]) -> dict[str, Any]:
    """The counts of a plan and its degree of completion."""
    counted = rules.completion(lines)
    return {**{name: getattr(counted, name) for name in COUNTS}, "rate": counted.rate}


def tally_columns(*, total: bool) -> list[Column]:
    """The columns of `tallied`."""
    counts = [Column(name, say(f"month.col.n_{name}"), "count", total=total) for name in COUNTS]
    return [*counts, Column("rate", say("month.col.rate"), "rate")]


def _count_table(month: str, rows: list[dict[str, Any]]) -> Table:
    counts = tallied([rules.Standing(r["state"], r["late"]) for r in rows])
    return Table("month.completion", say("month.title.completion", month=month), tally_columns(total=False), [counts],
                 notes=[say("month.note.rate")])  # fmt: skip


def _counted(rows: list[dict[str, Any]]) -> str:
    counts: Mapping[str, Any] = tallied([rules.Standing(r["state"], r["late"]) for r in rows])
    rate = "—" if counts["rate"] is None else f"{counts['rate'] // 10}.{counts['rate'] % 10}%"
    return say("month.note.counted", **{**counts, "rate": rate})


def _submission(row: Any) -> Table:
    heading = say("month.title.submission", month=row["month"], number=row["number"])
    columns = (Column("number", say("month.col.number"), "code"), Column("month", say("month.col.month"), "month"),
               Column("on", say("month.col.day"), "day"), Column("drawn_by", say("month.col.drawn_by")),
               Column("lines", say("month.col.n_lines"), "count"))  # fmt: skip
    shown = {"number": row["number"], "month": row["month"], "on": day(row["on_day"]), "drawn_by": row["by_name"],
             "lines": row["lines"]}  # fmt: skip
    return Table("month.submission", heading, columns, [shown])


def _plan_notes(ledger: "Ledger", month: str, as_of: date) -> list[str]:
    notes = []
    if not store.plan(ledger.db, month):
        notes.append(say("month.note.no_plan", month=month))
    else:
        notes += submitting.notes(ledger, month, as_of)
    closed = store.closing(ledger.db, month)
    if closed is not None:
        notes.append(say("month.note.closed", month=month, entry=closed["entry"]))
    notes += [
        say("month.note.reopened", month=month, day=row["today"], actor=row["actor"], reason=row["reason"],
            entry=row["seq"])
        for row in store.reopenings_of(ledger.db, month)
    ]  # fmt: skip
    return notes


def _passage(ledger: "Ledger", line: Any) -> list[Any]:
    """The line and those it was carried from and to, oldest first."""
    passed = [line]
    while passed[0]["carried_from"] is not None:
        before = store.line_by_id(ledger.db, passed[0]["carried_from"])
        if before is None:
            break
        passed.insert(0, before)
    while passed[-1]["to_number"] is not None:
        passed.append(known_line(ledger, passed[-1]["to_number"]))
    return passed
