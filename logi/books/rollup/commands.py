"""`logi unit …`: units above and below; read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.rollup import rules
from logi.books.rollup.options import SAID_AREAS, SAID_LEVELS, as_heads, as_reports
from logi.books.rollup.plan_commands import plans
from logi.books.rollup.programme_commands import programme
from logi.books.rollup.rollup_commands import rollup
from logi.books.rollup.unit_commands import canteen, shortfall
from logi.books.rollup.work_commands import event, milestone, publishing, template
from logi.options import Note, OnDay, as_code, as_count, as_day, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

unit = typer.Typer()
apps = {"unit": unit, "programme": programme, "rollup": rollup}
unit.add_typer(shortfall, name="shortfall", help="rollup.help.shortfall")
unit.registered_commands += canteen.registered_commands
programme.add_typer(milestone, name="milestone", help="rollup.help.milestone")
programme.add_typer(event, name="event", help="rollup.help.event")
programme.add_typer(template, name="template", help="rollup.help.template")
programme.registered_commands += publishing.registered_commands
rollup.registered_commands += plans.registered_commands

Unit = Annotated[str, typer.Argument(parser=as_text, metavar="UNIT", help="rollup.opt.unit")]
Parent = Annotated[str | None, typer.Option("--parent", parser=as_text, metavar="UNIT", help="rollup.opt.parent")]
Kind = Annotated[str | None, choice("--kind", "rollup.kind", rules.KINDS, "rollup.opt.kind")]
Area = Annotated[str | None, choice("--area", "rollup.area", rules.AREAS, "rollup.opt.area", *SAID_AREAS)]
Level = Annotated[str | None, choice("--level", "rollup.level", rules.LEVELS, "rollup.opt.level", *SAID_LEVELS)]
Own = Annotated[bool, typer.Option("--own", help="rollup.opt.own")]
Crew = Annotated[int | None, typer.Option("--staff", parser=as_heads, metavar="N", help="rollup.opt.staff")]
Posts = Annotated[int | None, typer.Option("--posts", parser=as_count, metavar="N", help="rollup.opt.posts")]
Office = Annotated[str | None, typer.Option("--office", parser=as_text, metavar="TEXT", help="rollup.opt.office")]
Facilities = Annotated[str | None, typer.Option("--facilities", parser=as_text, metavar="TEXT", help="rollup.opt.facilities")]
Leader = Annotated[str | None, typer.Option("--leader", parser=as_text, metavar="NAME", help="rollup.opt.leader")]
Head = Annotated[str | None, typer.Option("--head", parser=as_text, metavar="NAME", help="rollup.opt.head")]
Reports = Annotated[str | None, typer.Option("--reports", parser=as_reports, metavar="MONTH", help="rollup.opt.reports")]
From = Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="rollup.opt.from")]
Under = Annotated[str | None, typer.Option("--under", parser=as_text, metavar="UNIT", help="rollup.opt.under")]


@unit.command("add", help="rollup.help.unit_add")
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="rollup.opt.unit_code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="rollup.opt.unit_name")],
    level: Annotated[str, choice("--level", "rollup.level", rules.LEVELS, "rollup.opt.level", *SAID_LEVELS)],
    parent: Parent = None,
    kind: Kind = None,
    urban_rural: Area = None,
    pupil_count: Annotated[int | None, typer.Option("--pupils", parser=as_heads, metavar="N", help="rollup.opt.pupils")] = None,
    own_unit: Own = False,
    reports: Reports = None,
    crew: Crew = None,
    posts: Posts = None,
    office: Office = None,
    facilities: Facilities = None,
    in_charge: Leader = None,
    head: Head = None,
    starts: From = None,
    note: Note = None,
) -> None:
    """Register a unit."""
    from logi.books.rollup import actions

    desk: Desk = ctx.obj
    said = {"kind": kind, "area": urban_rural, "staff": crew, "posts": posts, "office": office, "facilities": facilities,
            "leader": in_charge, "head": head, "note": note, "reports_from": reports}  # fmt: skip
    desk.do("unit.add", lambda e: actions.add(e, code, name, level=level, parent=parent, own=own_unit, pupils=pupil_count,
                                              starts=starts, **said))  # fmt: skip


@unit.command("edit", help="rollup.help.unit_edit")
def edit(
    ctx: typer.Context,
    code: Unit,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="rollup.opt.unit_name")] = None,
    level: Level = None,
    parent: Parent = None,
    kind: Kind = None,
    urban_rural: Area = None,
    own_unit: Own = False,
    reports: Reports = None,
    crew: Crew = None,
    posts: Posts = None,
    office: Office = None,
    facilities: Facilities = None,
    in_charge: Leader = None,
    head: Head = None,
    note: Note = None,
) -> None:
    """Change what is said of a unit."""
    from logi.books.rollup import actions

    desk: Desk = ctx.obj
    said = {"kind": kind, "area": urban_rural, "staff": crew, "posts": posts, "office": office, "facilities": facilities,
            "leader": in_charge, "head": head, "note": note, "reports_from": reports}  # fmt: skip
    desk.do("unit.edit", lambda e: actions.edit(e, code, name=name, level=level, parent=parent, own=own_unit, **said))


@unit.command("heads", help="rollup.help.unit_heads")
def heads(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Argument(parser=as_text, metavar="[UNIT]", help="rollup.opt.unit")] = None,
    count: Annotated[int | None, typer.Argument(parser=as_heads, metavar="[HEADS]", help="rollup.opt.pupils")] = None,
    starts: From = None,
) -> None:
    """How many pupils from a day on; without a number, what was counted."""
    from logi.books.rollup import actions, report

    desk: Desk = ctx.obj
    if code is None or count is None:
        desk.read(lambda ledger: report.heads(ledger, code))
        return
    desk.do("unit.heads", lambda e: actions.heads(e, code, count, starts=starts))


@unit.command("close", help="rollup.help.unit_close")
def close(
    ctx: typer.Context,
    code: Unit,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="rollup.opt.reason")],
    on: OnDay = None,
) -> None:
    """A unit is there no longer."""
    from logi.books.rollup import actions

    desk: Desk = ctx.obj
    desk.do("unit.close", lambda e: actions.close(e, code, reason=reason, on=on), reason=reason)


@unit.command("list", help="rollup.help.unit_list")
def list_(ctx: typer.Context, under: Under = None, level: Level = None, urban_rural: Area = None) -> None:
    """The tree of units."""
    from logi.books.rollup import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.unit_tree(ledger, under=under, level=level, area=urban_rural))


@unit.command("gaps", help="rollup.help.unit_gaps")
def gaps(
    ctx: typer.Context, under: Under = None, level: Level = None,
    lacking: Annotated[bool, typer.Option("--lacking", help="rollup.opt.lacking")] = False,
) -> None:  # fmt: skip
    """What units lack."""
    from logi.books.rollup import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.gaps(ledger, under=under, level=level, lacking=lacking))
