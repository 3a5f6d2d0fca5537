"""`logi person|place|department …`: the other groups have files of their own. Parses, calls one act, answers."""

from datetime import date
from typing import Annotated

import typer

from logi.books.school import actions, report, rules
from logi.books.school.calendar_commands import holiday, term
from logi.books.school.setting_commands import config, policy
from logi.books.school.typed import AtDay, Code, Create, Name, NewName, PlaceKind
from logi.books.school.vendor_commands import category, vendor
from logi.context import Desk
from logi.options import OnDay, as_text, choice

person, place, department = typer.Typer(), typer.Typer(), typer.Typer()
apps = {
    "person": person, "place": place, "department": department, "vendor": vendor, "category": category, "term": term,
    "holiday": holiday, "policy": policy, "config": config,
}  # fmt: skip

Who = Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="school.opt.person")]
Where = Annotated[str, typer.Argument(parser=as_text, metavar="PLACE", help="school.opt.place")]
Home = Annotated[str, typer.Argument(parser=as_text, metavar="DEPARTMENT", help="school.opt.one_department")]
Department = Annotated[str | None, typer.Option("--department", parser=as_text, help="school.opt.department")]
Post = Annotated[str | None, typer.Option("--post", parser=as_text, help="school.opt.post")]
Phone = Annotated[str | None, typer.Option("--phone", parser=as_text, help="school.opt.phone")]
Keeper = Annotated[str | None, typer.Option("--keeper", parser=as_text, help="school.opt.keeper")]
Parent = Annotated[str | None, typer.Option("--parent", parser=as_text, help="school.opt.parent")]


@person.command("add", help="school.help.person_add")
def person_add(
    ctx: typer.Context, code: Code, name: Name, department: Department = None, post: Post = None, phone: Phone = None,
    create: Create = False,
) -> None:  # fmt: skip
    """Register a person."""
    desk: Desk = ctx.obj
    desk.do("person.add", lambda e: actions.add_person(
        e, code, name, department=department, post=post, phone=phone, create=create))  # fmt: skip


@person.command("list", help="school.help.person_list")
def person_list(
    ctx: typer.Context,
    department: Department = None,
    state: Annotated[str, choice("--state", "school.person_state", rules.PERSON_STATES, "school.opt.state")] = "here",
    at_day: AtDay = None,
) -> None:
    """People who are here, who have left, or all."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.people(ledger, state=state, department=department, at=at_day))


@person.command("show", help="school.help.person_show")
def person_show(ctx: typer.Context, person: Who) -> None:
    """One person."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.person(ledger, person))


@person.command("edit", help="school.help.person_edit")
def person_edit(
    ctx: typer.Context, person: Who, name: NewName = None, department: Department = None, post: Post = None,
    phone: Phone = None, create: Create = False,
    back: Annotated[bool, typer.Option("--back", help="school.opt.back")] = False,
) -> None:  # fmt: skip
    """Change what is given of a person."""
    desk: Desk = ctx.obj
    desk.do("person.edit", lambda e: actions.edit_person(
        e, person, name=name, department=department, post=post, phone=phone, create=create, back=back))  # fmt: skip


@person.command("leave", help="school.help.person_leave")
def person_leave(ctx: typer.Context, person: Who, on: OnDay = None) -> None:
    """Let a person leave the school."""
    desk: Desk = ctx.obj
    day: date | None = on
    desk.do("person.leave", lambda e: actions.leave_person(e, person, on=day or e.today))


@place.command("add", help="school.help.place_add")
def place_add(
    ctx: typer.Context, code: Code, name: Name, kind: PlaceKind = None, keeper: Keeper = None, parent: Parent = None
) -> None:
    """Register a room or another place."""
    desk: Desk = ctx.obj
    desk.do("place.add", lambda e: actions.add_place(e, code, name, kind=kind, keeper=keeper, parent=parent))


@place.command("list", help="school.help.place_list")
def place_list(
    ctx: typer.Context,
    kind: PlaceKind = None,
    keeper: Keeper = None,
    place: Annotated[str | None, typer.Option("--place", parser=as_text, help="school.opt.within")] = None,
    no_keeper: Annotated[bool, typer.Option("--no-keeper", help="school.opt.list_no_keeper")] = False,
) -> None:
    """Places."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.places(ledger, kind=kind, keeper=keeper, within=place, no_keeper=no_keeper))


@place.command("show", help="school.help.place_show")
def place_show(ctx: typer.Context, place: Where) -> None:
    """One place."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.place(ledger, place))


@place.command("edit", help="school.help.place_edit")
def place_edit(
    ctx: typer.Context, place: Where, name: NewName = None, kind: PlaceKind = None, keeper: Keeper = None,
    parent: Parent = None,
    no_keeper: Annotated[bool, typer.Option("--no-keeper", help="school.opt.no_keeper")] = False,
) -> None:  # fmt: skip
    """Change what is given of a place."""
    desk: Desk = ctx.obj
    desk.do("place.edit", lambda e: actions.edit_place(
        e, place, name=name, kind=kind, keeper=keeper, parent=parent, no_keeper=no_keeper))  # fmt: skip


@department.command("add", help="school.help.department_add")
def department_add(ctx: typer.Context, code: Code, name: Name) -> None:
    """Register a department."""
    desk: Desk = ctx.obj
    desk.do("department.add", lambda e: actions.add_department(e, code, name))


@department.command("list", help="school.help.department_list")
def department_list(ctx: typer.Context) -> None:
    """Departments."""
    desk: Desk = ctx.obj
    desk.read(report.departments)


@department.command("show", help="school.help.department_show")
def department_show(ctx: typer.Context, department: Home) -> None:
    """One department and its people."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.department(ledger, department))


@department.command("edit", help="school.help.department_edit")
def department_edit(
    ctx: typer.Context,
    department: Home,
    name: Annotated[str, typer.Option("--name", parser=as_text, help="school.opt.new_name")],
) -> None:
    """Give a department another name."""
    desk: Desk = ctx.obj
    desk.do("department.edit", lambda e: actions.edit_department(e, department, name=name))
