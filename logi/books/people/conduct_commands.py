"""`logi staff mark, marks, conduct, notice, notices`: attendance and discipline; commendation, criticism, reward."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.people import assessing
from logi.books.people.options import By, Who, span
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_count,
    as_money,
    as_text,
    fixed,
)

if TYPE_CHECKING:
    from logi.context import Desk

CONDUCT_SAID = (("缺勤", "absent"), ("旷职", "absent"), ("离岗", "post"), ("违规", "breach"))
NOTICE_SAID = (("通报表扬", "commend"), ("表扬", "commend"), ("通报批评", "criticise"), ("奖励金", "reward"))
as_conduct = fixed("people.conduct", assessing.CONDUCT, *CONDUCT_SAID)
as_notice = fixed("people.notice", assessing.NOTICES, *NOTICE_SAID)


def mark(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(parser=as_conduct, metavar="|".join(assessing.CONDUCT), help="people.opt.conduct")
    ],
    person: Who,
    by: By,
    minutes: Annotated[int | None, typer.Option("--minutes", parser=as_count, metavar="N", help="people.opt.minutes")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Note attendance or a breach of discipline."""
    from logi.books.people import conduct_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.mark", lambda e: acts.mark(e, kind, person, by=by, minutes=minutes, note=note, on=on))


def marks(
    ctx: typer.Context,
    person: Annotated[str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="people.opt.person")] = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The log of a period."""
    from logi.books.people import assess_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.marks(ledger, first, last, person=person))


def conduct(
    ctx: typer.Context,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The log by person."""
    from logi.books.people import assess_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.conduct(ledger, first, last))


def notice(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(parser=as_notice, metavar="|".join(assessing.NOTICES), help="people.opt.notice")
    ],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="people.opt.noticed")],
    text: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="people.opt.notice_words")],
    of_department: Annotated[bool, typer.Option("--unit", help="people.opt.of_department")] = False,
    of_round: Annotated[str | None, typer.Option("--round", parser=as_text, metavar="NUMBER", help="people.opt.round")] = None,
    run: Annotated[str | None, typer.Option("--run", parser=as_text, metavar="NUMBER", help="people.opt.run")] = None,
    grounds: Annotated[str | None, typer.Option("--basis", parser=as_text, metavar="TEXT", help="people.opt.grounds")] = None,
    doc_no: Annotated[str | None, typer.Option("--no", parser=as_text, metavar="DOCNO", help="people.opt.doc_no")] = None,
    amount: Annotated[
        int | None, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="people.opt.amount")
    ] = None,
    on: OnDay = None,
) -> None:
    """Commend, criticise or reward."""
    from logi.books.people import conduct_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.notice", lambda e: acts.notice(
        e, kind, name, text, unit=of_department, round_no=of_round, run=run, basis=grounds, doc=doc_no,
        amount=amount, on=on))  # fmt: skip


def notices(
    ctx: typer.Context,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Notices of a period."""
    from logi.books.people import assess_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.notices(ledger, first, last))


people: dict[str, Callable[..., Any]] = {"mark": mark, "marks": marks, "conduct": conduct, "notice": notice, "notices": notices}
