"""`logi shop licence …` and `logi shop staff …`: the shop's papers, and the health of those who sell."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.shop import rules
from logi.books.shop.options import as_licence
from logi.options import OnDay, as_day, as_text

if TYPE_CHECKING:
    from logi.context import Desk

licence, staff = typer.Typer(), typer.Typer()
Who = Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="shop.opt.seller")]
HealthNo = Annotated[str | None, typer.Option("--certificate", parser=as_text, metavar="NO", help="shop.opt.health_no")]
Until = Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="shop.opt.until")]
DocNo = Annotated[str, typer.Argument(parser=as_text, metavar="NO", help="shop.opt.doc_no")]


@licence.command("add", help="shop.help.licence_add")
def licence_add(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(parser=as_licence, metavar="|".join(rules.KINDS), help="shop.opt.kind")],
    paper_no: DocNo,
    issued_on: Annotated[date, typer.Option("--issued", parser=as_day, metavar="DAY", help="shop.opt.issued")],
    until: Until = None,
    issued_by: Annotated[str | None, typer.Option("--issuer", parser=as_text, metavar="TEXT", help="shop.opt.issuer")] = None,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="TEXT", help="shop.opt.licence_name")] = None,
) -> None:
    """Enter a licence."""
    from logi.books.shop import people_actions as acts

    desk: Desk = ctx.obj
    desk.do("shop.licence.add", lambda e: acts.add_licence(
        e, kind, paper_no, issued=issued_on, until=until, issuer=issued_by, name=name))  # fmt: skip


@licence.command("end", help="shop.help.licence_end")
def licence_end(
    ctx: typer.Context,
    paper_no: DocNo,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="shop.opt.reason")],
    on: OnDay = None,
) -> None:
    """A licence is given back or taken away."""
    from logi.books.shop import people_actions as acts

    desk: Desk = ctx.obj
    desk.do("shop.licence.end", lambda e: acts.end_licence(e, paper_no, reason=reason, on=on), reason=reason)


@licence.command("list", help="shop.help.licence_list")
def licence_list(
    ctx: typer.Context, all_: Annotated[bool, typer.Option("--all", help="shop.opt.all_licences")] = False
) -> None:
    """The licences."""
    from logi.books.shop import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.licences(ledger, ledger.today, all_=all_))


@staff.command("add", help="shop.help.staff_add")
def staff_add(
    ctx: typer.Context,
    person: Who,
    job: Annotated[str | None, typer.Option("--job", parser=as_text, metavar="TEXT", help="shop.opt.job")] = None,
    health_no: HealthNo = None,
    examined: Annotated[
        date | None, typer.Option("--examined", parser=as_day, metavar="DAY", help="shop.opt.examined")
    ] = None,
    until: Until = None,
    from_day: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="shop.opt.from")] = None,
) -> None:
    """Somebody begins to sell."""
    from logi.books.shop import people_actions as acts

    desk: Desk = ctx.obj
    desk.do("shop.staff.add", lambda e: acts.add_worker(
        e, person, job=job, certificate=health_no, examined=examined, until=until, starts=from_day))  # fmt: skip


@staff.command("renew", help="shop.help.staff_renew")
def staff_renew(
    ctx: typer.Context,
    person: Who,
    examined: Annotated[date, typer.Option("--examined", parser=as_day, metavar="DAY", help="shop.opt.examined")],
    health_no: HealthNo = None,
    until: Until = None,
) -> None:
    """Examined again."""
    from logi.books.shop import people_actions as acts

    desk: Desk = ctx.obj
    desk.do("shop.staff.renew", lambda e: acts.renew_worker(e, person, examined=examined, certificate=health_no, until=until))


@staff.command("leave", help="shop.help.staff_leave")
def staff_leave(ctx: typer.Context, person: Who, on: OnDay = None) -> None:
    """Somebody no longer sells."""
    from logi.books.shop import people_actions as acts

    desk: Desk = ctx.obj
    desk.do("shop.staff.leave", lambda e: acts.worker_leaves(e, person, on=on))


@staff.command("list", help="shop.help.staff_list")
def staff_list(ctx: typer.Context) -> None:
    """Who sells."""
    from logi.books.shop import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.staff(ledger, ledger.today))
