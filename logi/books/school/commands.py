"""`logi person|place|department|vendor|category|term|holiday|policy|config …`: read what was typed, call one act, answer."""

from typing import Annotated

import typer

from logi.books.school import actions, report
from logi.context import Desk
from logi.options import as_code, as_text

person, place = typer.Typer(), typer.Typer()
apps = {"person": person, "place": place}

Code = Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="school.opt.code")]
Name = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="school.opt.name")]
Who = Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="school.opt.person")]


@person.command("add", help="school.help.person_add")
def person_add(
    ctx: typer.Context,
    code: Code,
    name: Name,
    department: Annotated[str | None, typer.Option("--department", parser=as_text, help="school.opt.department")] = None,
    post: Annotated[str | None, typer.Option("--post", parser=as_text, help="school.opt.post")] = None,
    phone: Annotated[str | None, typer.Option("--phone", parser=as_text, help="school.opt.phone")] = None,
    create: Annotated[bool, typer.Option("--create", help="school.opt.create")] = False,
) -> None:
    """Register a person."""
    desk: Desk = ctx.obj
    desk.do("person.add", lambda e: actions.add_person(
        e, code, name, department=department, post=post, phone=phone, create=create))  # fmt: skip


@person.command("list", help="school.help.person_list")
def person_list(ctx: typer.Context) -> None:
    """All people."""
    desk: Desk = ctx.obj
    desk.read(report.people)


@place.command("add", help="school.help.place_add")
def place_add(
    ctx: typer.Context,
    code: Code,
    name: Name,
    kind: Annotated[str | None, typer.Option("--kind", parser=as_text, help="school.opt.kind")] = None,
    keeper: Annotated[str | None, typer.Option("--keeper", parser=as_text, help="school.opt.keeper")] = None,
    parent: Annotated[str | None, typer.Option("--parent", parser=as_text, help="school.opt.parent")] = None,
) -> None:
    """Register a room or another place."""
    desk: Desk = ctx.obj
    desk.do("place.add", lambda e: actions.add_place(e, code, name, kind=kind, keeper=keeper, parent=parent))
