"""`logi paper measure …` and `logi paper area …`: how what is asked is answered, and who answers for a work area."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.paper.options import Area, Due, Evidence, OptionOwner, Why, area_word
from logi.options import Note, OnDay, as_text

if TYPE_CHECKING:
    from logi.context import Desk

measures, areas = typer.Typer(), typer.Typer()

Which = Annotated[str, typer.Argument(parser=as_text, metavar="MEASURE", help="paper.opt.measure")]
WorkArea = Annotated[str, typer.Argument(parser=area_word, metavar="AREA", help="paper.opt.area")]

Department = Annotated[str | None, typer.Option("--department", parser=as_text, metavar="DEPT", help="paper.opt.department")]


@measures.command("add", help="paper.help.measure_add")
def measure_add(
    ctx: typer.Context,
    requirement: Annotated[str, typer.Argument(parser=as_text, metavar="REQUIREMENT", help="paper.opt.requirement")],
    text: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="paper.opt.words")],
    work_area: Area = None, owner: OptionOwner = None, due: Due = None,
) -> None:  # fmt: skip
    """Answer a requirement by a measure."""
    from logi.books.paper import answer_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.measure.add", lambda e: acts.add_measure(e, requirement, text, area=work_area, owner=owner, due=due))


@measures.command("edit", help="paper.help.measure_edit")
def measure_edit(
    ctx: typer.Context, measure: Which,
    text: Annotated[str | None, typer.Option("--text", parser=as_text, metavar="TEXT", help="paper.opt.words")] = None,
    work_area: Area = None, owner: OptionOwner = None, due: Due = None,
) -> None:  # fmt: skip
    """Change a measure that is not done."""
    from logi.books.paper import answer_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.measure.edit", lambda e: acts.edit_measure(e, measure, words=text, area=work_area, owner=owner, due=due))


@measures.command("done", help="paper.help.measure_done")
def measure_done(
    ctx: typer.Context, measure: Which,
    evidence: Evidence = None,
    on: OnDay = None, note: Note = None,
) -> None:  # fmt: skip
    """A measure is carried out."""
    from logi.books.paper import answer_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.measure.done", lambda e: acts.done_measure(e, measure, evidence=evidence, on=on, note=note))


@measures.command("verify", help="paper.help.measure_verify")
def measure_verify(
    ctx: typer.Context, measure: Which,
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="paper.opt.by")],
    on: OnDay = None,
    reject: Annotated[str | None, typer.Option("--reject", parser=as_text, metavar="REASON", help="paper.opt.reject")] = None,
) -> None:  # fmt: skip
    """Somebody else sees that it is done."""
    from logi.books.paper import answer_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.measure.verify", lambda e: acts.verify_measure(e, measure, by=by, on=on, reject=reject), reason=reject)


@measures.command("drop", help="paper.help.measure_drop")
def measure_drop(ctx: typer.Context, measure: Which, reason: Why) -> None:
    """Give a measure up."""
    from logi.books.paper import answer_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.measure.drop", lambda e: acts.drop_measure(e, measure, reason=reason), reason=reason)


@areas.command("set", help="paper.help.area_set")
def area_set(
    ctx: typer.Context, work_area: WorkArea,
    department: Department = None,
    post: Annotated[str | None, typer.Option("--post", parser=as_text, metavar="TEXT", help="paper.opt.post")] = None,
    duty: Annotated[str | None, typer.Option("--duty", parser=as_text, metavar="TEXT", help="paper.opt.duty")] = None,
    owner: OptionOwner = None,
    in_charge: Annotated[
        str | None, typer.Option("--leader", parser=as_text, metavar="PERSON", help="paper.opt.leader")
    ] = None,
) -> None:  # fmt: skip
    """Who answers for a work area."""
    from logi.books.paper import answer_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.area.set", lambda e: acts.set_area(
        e, work_area, department=department, post=post, duty=duty, owner=owner, leader=in_charge))  # fmt: skip


@areas.command("drop", help="paper.help.area_drop")
def area_drop(ctx: typer.Context, work_area: WorkArea, reason: Why) -> None:
    """Nobody answers for an area any more."""
    from logi.books.paper import answer_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.area.drop", lambda e: acts.drop_area(e, work_area, reason=reason), reason=reason)


@areas.command("list", help="paper.help.area_list")
def area_list(
    ctx: typer.Context, department: Department = None,
    lacking: Annotated[bool, typer.Option("--lacking", help="paper.opt.lacking")] = False,
) -> None:  # fmt: skip
    """Every area with regulation, post and person."""
    from logi.books.paper import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.coverage(ledger, lacking=lacking, department=department))
