"""`logi report` and `logi why`: every book's reports, packs of any period, what was issued, and what stands behind it."""

import re
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from logi.command_words import book_named
from logi.context import Desk
from logi.core import days
from logi.core.answers import Pack
from logi.core.errors import Refused, Usage
from logi.core.messages import say
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    SinceDay,
    UntilDay,
    as_code,
    as_month,
    as_text,
    period_of,
)

report_app, why_app = typer.Typer(), typer.Typer()
apps = {"report": report_app, "why": why_app}
MONTH = ("month", "月报", "月報", "月度")
Term = Annotated[str | None, typer.Option("--term", parser=as_code, metavar="TERM", help="reports.opt.term")]


@report_app.command("report", help="front.cmd.report")
def report(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="front.opt.report_name")] = None,
    period: Annotated[str | None, typer.Argument(metavar="[PERIOD]", help="front.opt.report_period")] = None,
    last_month: Annotated[bool, typer.Option("--last", help="front.opt.last")] = False,
    only: Annotated[str | None, typer.Option("--only", metavar="BOOKS", help="front.opt.only")] = None,
    without: Annotated[str | None, typer.Option("--without", metavar="BOOKS", help="front.opt.without")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="front.opt.strict")] = False,
    issue: Annotated[bool, typer.Option("--issue", help="reports.opt.issue")] = False,
    changes: Annotated[bool, typer.Option("--changes", help="reports.opt.changes")] = False,
    catch_up: Annotated[bool, typer.Option("--catch-up", help="reports.opt.catch_up")] = False,
    mail: Annotated[str | None, typer.Option("--mail", parser=as_text, metavar="TO", help="reports.opt.mail")] = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    term: Term = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Reports of every book, and packs."""
    from logi import reports

    desk: Desk = ctx.obj
    if name in (None, "list", "列表", "清單", "清单"):
        desk.answer(reports.listing())
        return
    if name == "schedule":
        _schedule(desk)
        return
    if name in MONTH:
        others = {"quarter": quarter, "week": week, "term": term, "year": year, "school_year": school_year}
        given = {kind: text for kind, text in others.items() if text}
        if last_month + bool(period or month) + catch_up + len(given) != 1 or (period and month):
            raise Usage("front.which_month")
        wants = _Wants(desk, _names(only), _names(without), strict, issue, changes, mail)
        if catch_up:
            wants.catch_up()
        elif given:
            wants.period(*next(iter(given.items())))
        else:
            last = days.add_months(days.month_of(desk.today), -1)
            wants.month(last if last_month else month or as_month(period))
        return
    first, final = _period(desk, period, month=month, quarter=quarter, week=week, year=year, school_year=school_year,
                           term=term, since=since, until=until)  # fmt: skip
    desk.read(lambda ledger: reports.answer(ledger, str(name), first, final))


@why_app.command("why", help="front.cmd.why")
def why(
    ctx: typer.Context,
    report: Annotated[str, typer.Argument(parser=as_text, metavar="REPORT", help="reports.opt.report")],
    cell: Annotated[str, typer.Argument(parser=as_text, metavar="CELL", help="reports.opt.cell")],
    period: Annotated[str | None, typer.Argument(metavar="[PERIOD]", help="front.opt.report_period")] = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    term: Term = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The entries behind a figure."""
    from logi.reports import section
    from logi.why import behind

    desk: Desk = ctx.obj
    first, final = _period(desk, period, month=month, quarter=quarter, week=week, year=year, school_year=school_year,
                           term=term, since=since, until=until)  # fmt: skip
    span = days.school_year_period(days.school_year_of(desk.today))
    begin, end = first or span.since, final or desk.today
    desk.read(lambda ledger: behind(ledger, section(ledger, report, begin, end), cell, begin, end))


class _Wants:
    """What a line asks of packs: which books, whether they are issued, compared, mailed, or held strictly."""

    __slots__ = ("changes", "desk", "issue", "mail", "only", "strict", "without")

    def __init__(self, desk: Desk, only: list[str], without: list[str], strict: bool, issue: bool, changes: bool,
                 mail: str | None) -> None:  # fmt: skip
        self.desk, self.only, self.without, self.strict = desk, only, without, strict
        self.issue, self.changes, self.mail = issue, changes, mail
        if mail:
            desk.shared.setdefault("output", ".")  # a letter holds any format; unsent it is written here
        if issue and (only or without):
            raise Usage("reports.issue_whole")

    def month(self, month: str) -> None:
        """One month's pack; of an issued one, what changed since is said."""
        from logi.reports import month_pack

        desk = self.desk
        desk.check_answerable()
        pack: Pack = desk.look(lambda ledger: month_pack(ledger, month, only=self.only, without=self.without))
        pack = self._compared(pack, month)
        if self.issue and (until := days.month_period(month).until) > desk.today:
            raise Refused("reports.month_running", month=month, until=until)
        self._hand_over(pack)
        if self.issue:  # only now: what could not be delivered was not issued
            self._record(month)

    def period(self, kind: str, text: str) -> None:
        """The pack of a quarter, week, term, year or school year."""
        from logi.packs import period_pack, term_named

        if self.issue or self.changes:
            raise Usage("reports.issue_months")

        def ask(ledger: Any) -> Pack:
            named = term_named(ledger, text) if kind == "term" else days.parse_period(text, kind=kind, today=self.desk.today)
            return period_pack(ledger, named, only=self.only, without=self.without)

        self._hand_over(self.desk.look(ask))

    def catch_up(self) -> None:
        """Every month not yet issued, each in a folder of its own under -o."""
        from logi.packs import not_issued
        from logi.reports import month_pack

        desk = self.desk
        folder = desk.output
        if folder is None:
            raise Usage("reports.catch_up_where")
        desk.check_answerable()
        missing: list[str] = desk.look(not_issued)
        if not missing:
            desk.note(say("reports.all_issued"))
        for month in missing:
            pack = desk.look(partial(month_pack, month=month, only=self.only, without=self.without))
            desk.shared["output"] = f"{folder / month}/"
            (folder / month).mkdir(parents=True, exist_ok=True, mode=0o700)
            self._hand_over(pack)
            if self.issue:
                self._record(month)
            desk.note(say("reports.made", month=month, folder=str(folder / month)))

    def _compared(self, pack: Pack, month: str) -> Pack:
        """The pack, and on stderr (with --changes as a section) what is no longer as issued."""
        from logi import packs, reports

        desk = self.desk

        def look(ledger: Any) -> Any:
            whole = reports.month_pack(ledger, month) if self.only or self.without else pack
            return packs.changes_table(ledger, whole)

        table = desk.look(look) if packs.was_issued(desk.ledger, month) else None
        if table is None:
            return pack
        for row in table.rows[:MOST_TOLD]:
            desk.note(say("reports.changed", **{k: row[k] for k in ("table", "row", "column", "before", "after", "entries")}))
        if len(table.rows) > MOST_TOLD:
            desk.note(say("reports.changed_more", count=len(table.rows) - MOST_TOLD))
        return packs.with_changes(pack, table) if self.changes else pack

    def _record(self, month: str) -> None:
        """Record the month as issued; one that stands issued with the same figures stays as it is."""
        from logi import packs

        desk = self.desk
        if packs.stands(desk.ledger, month):
            desk.note(say("reports.issued_same", month=month))
            return
        done = desk.act("report.issue", lambda e: packs.issue(e, month))
        for line in done.warnings:
            desk.note(line)
        key = "reports.would_issue" if done.dry_run else "reports.issued"
        desk.note(say(key, month=month, entry=done.entry, sha256=str(done.facts["sha256"])[:16]))

    def _hand_over(self, pack: Pack) -> None:
        from logi.witness import printed

        desk = self.desk
        if self.mail:
            from logi.mailing import send

            desk.note(send(pack, self.mail, desk))
        else:
            desk.answer(pack)
        printed(desk.ledger, f"{pack.name} {pack.period}")
        if self.strict and any(table.name == "exceptions" and table.rows for table in pack.tables):
            desk.wrong()


MOST_TOLD = 20  # changed figures told on stderr; --changes has them all


def _schedule(desk: Desk) -> None:
    """Ready lines for the machine's clock: as they are to be pasted, or as a table for programs."""
    from logi.formats.writing import emit
    from logi.mailing import schedule, schedule_text

    path = Path(desk.path)
    if desk.output is None and desk.formats[0] in ("text", "terminal"):
        emit(schedule_text(path))
    else:
        desk.answer(schedule(path))


def _period(desk: Desk, typed: str | None, *, term: str | None, **named: Any) -> Any:
    """The first and last day that a positional period, --term, or one of the shared options means."""
    from logi.reports import period_typed

    if term:
        from logi.packs import term_named

        if typed or any(named.values()):
            raise Usage("front.two_periods", given=["term", *(key for key, value in named.items() if value)])
        found: days.Period = desk.look(lambda ledger: term_named(ledger, term))
        return found.since, found.until
    return period_typed(typed, desk.today) if typed else period_of(**named)


def _names(text: str | None) -> list[str]:
    return [book_named(part.strip()) for part in re.split("[,，、]", text or "") if part.strip()]
