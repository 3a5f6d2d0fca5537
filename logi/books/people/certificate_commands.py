"""`logi staff certificate …`: who may do what asks for a certificate, and until when."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.people.options import KindArg, Who
from logi.options import OnDay, as_day, as_days, as_text

if TYPE_CHECKING:
    from logi.context import Desk

certificate = typer.Typer()

Until = Annotated[date, typer.Option("--until", parser=as_day, metavar="DAY", help="people.opt.until")]
Issued = Annotated[date, typer.Option("--issued", parser=as_day, metavar="DAY", help="people.opt.issued")]
Issuer = Annotated[str | None, typer.Option("--issuer", parser=as_text, metavar="TEXT", help="people.opt.issuer")]
Called = Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="people.opt.certificate_name")]


@certificate.command("add", help="people.help.certificate_add")
def add(
    ctx: typer.Context,
    person: Who,
    kind: KindArg,
    paper_no: Annotated[str, typer.Option("--no", parser=as_text, metavar="NO", help="people.opt.no")],
    good_until: Until,
    issued_on: Issued,
    issued_by: Issuer = None,
    name: Called = None,
) -> None:
    """Somebody holds a certificate."""
    from logi.books.people import certificate_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.certificate.add", lambda e: acts.add(
        e, person, kind, no=paper_no, until=good_until, issued=issued_on, issuer=issued_by, name=name))  # fmt: skip


@certificate.command("renew", help="people.help.certificate_renew")
def renew(
    ctx: typer.Context,
    person: Who,
    kind: KindArg,
    good_until: Until,
    issued_on: Issued,
    paper_no: Annotated[str | None, typer.Option("--no", parser=as_text, metavar="NO", help="people.opt.no")] = None,
    issued_by: Issuer = None,
    name: Called = None,
) -> None:
    """A certificate follows the last one."""
    from logi.books.people import certificate_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.certificate.renew", lambda e: acts.renew(
        e, person, kind, until=good_until, issued=issued_on, no=paper_no, issuer=issued_by, name=name))  # fmt: skip


@certificate.command("end", help="people.help.certificate_end")
def end(
    ctx: typer.Context,
    person: Who,
    kind: KindArg,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="people.opt.reason")],
    on: OnDay = None,
    name: Called = None,
) -> None:
    """A certificate holds no longer."""
    from logi.books.people import certificate_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.certificate.end", lambda e: acts.end(e, person, kind, reason=reason, on=on, name=name), reason=reason)


@certificate.command("list", help="people.help.certificate_list")
def list_(
    ctx: typer.Context,
    days: Annotated[int | None, typer.Option("--days", parser=as_days, metavar="N", help="people.opt.days")] = None,
    person: Annotated[str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="people.opt.person")] = None,
) -> None:
    """The certificates of all books."""
    from logi.books.people import training_report as reports

    desk: Desk = ctx.obj
    desk.read(lambda ledger: reports.certificates(ledger, ledger.today, days=days, person=person))
