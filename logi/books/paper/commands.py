"""`logi paper …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.paper import rules
from logi.books.paper.answer_commands import areas, measures
from logi.books.paper.kept_commands import ledgers, volumes
from logi.books.paper.options import Area, Areas, By, Due, Evidence, OptionOwner, area_word
from logi.options import (
    InSchoolYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_count,
    as_day,
    as_money,
    as_text,
    choice,
    fixed,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk
    from logi.core.answers import Confirmation
    from logi.journal import Entry

app = typer.Typer()
app.add_typer(measures, name="measure", help="paper.help.measure")
app.add_typer(areas, name="area", help="paper.help.area")
app.add_typer(ledgers, name="ledger", help="paper.help.ledger")
app.add_typer(volumes, name="volume", help="paper.help.volume")
apps = {"paper": app}

ALIASES = (("制度", "regulation"), ("文件", "superior"), ("上級文件", "superior"),
           ("會議記錄", "minutes"), ("表格", "form"), ("手冊", "handbook"))

Which = Annotated[str, typer.Argument(parser=as_text, metavar="DOCUMENT", help="paper.opt.document")]
Kind = Annotated[str | None, choice("--kind", "paper.kind", rules.KINDS, "paper.opt.kind", *ALIASES)]
No = Annotated[str | None, typer.Option("--no", parser=as_text, metavar="DOCNO", help="paper.opt.no")]
Issuer = Annotated[str | None, typer.Option("--issuer", parser=as_text, metavar="TEXT", help="paper.opt.issuer")]
From = Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="paper.opt.from")]
Until = Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="paper.opt.until")]
Trial = Annotated[bool, typer.Option("--trial", help="paper.opt.trial")]
Sources = Annotated[list[str] | None, typer.Option("--source", parser=as_text, metavar="DOCUMENT", help="paper.opt.source")]
Vendor = Annotated[str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="paper.opt.vendor")]
Amount = Annotated[int | None, typer.Option("--amount", parser=as_money, metavar="MONEY", help="paper.opt.amount")]
Form = Annotated[str | None, typer.Option("--form", parser=as_text, metavar="FORM", help="paper.opt.form")]
Attend = Annotated[str | None, typer.Option("--attend", parser=as_text, metavar="TEXT", help="paper.opt.attend")]
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="TEXT", help="paper.opt.place")]
File = Annotated[str | None, typer.Option("--file", metavar="FILE", help="paper.opt.file")]
Title = Annotated[str | None, typer.Option("--title", parser=as_text, metavar="TEXT", help="paper.opt.title")]
Why = Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")]


@app.command("add", help="paper.help.add")
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(parser=as_text, metavar="TITLE", help="paper.opt.title")],
    kind: Annotated[str, choice("--kind", "paper.kind", rules.KINDS, "paper.opt.kind", *ALIASES)],
    no: No = None, issuer: Issuer = None, on: OnDay = None, effective: From = None, trial: Trial = False, until: Until = None,
    work_area: Areas = None, source: Sources = None, owner: OptionOwner = None, vendor: Vendor = None, amount: Amount = None,
    form: Form = None, attend: Attend = None, place: Place = None, file: File = None, note: Note = None,
) -> None:  # fmt: skip
    """Enter a document."""
    from logi.books.paper import actions

    _do(ctx, "paper.add", file, lambda e, filed: actions.add(
        e, title, kind=kind, no=no, issuer=issuer, on=on, starts=effective, trial=trial, until=until, areas=work_area or (),
        basis=source or (), owner=owner, vendor=vendor, amount=amount, form=form, people=attend, place=place, filed=filed,
        note=note))  # fmt: skip


@app.command("edit", help="paper.help.edit")
def edit(
    ctx: typer.Context, document: Which, title: Title = None, no: No = None, issuer: Issuer = None, on: OnDay = None,
    until: Until = None, work_area: Areas = None, source: Sources = None, owner: OptionOwner = None, vendor: Vendor = None,
    amount: Amount = None, form: Form = None, attend: Attend = None, place: Place = None, file: File = None, note: Note = None,
) -> None:  # fmt: skip
    """Change what is said of a document."""
    from logi.books.paper import actions

    _do(ctx, "paper.edit", file, lambda e, filed: actions.edit(
        e, document, title=title, no=no, issuer=issuer, on=on, until=until, areas=work_area or (), basis=source or (),
        owner=owner, vendor=vendor, amount=amount, form=form, people=attend, place=place, filed=filed, note=note))  # fmt: skip


@app.command("adopt", help="paper.help.adopt")
def adopt(ctx: typer.Context, document: Which, effective: From = None, trial: Trial = False, until: Until = None,
          no: No = None) -> None:  # fmt: skip
    """Put a draft on trial or in force."""
    from logi.books.paper import actions

    desk: Desk = ctx.obj
    desk.do("paper.adopt", lambda e: actions.adopt(e, document, starts=effective, trial=trial, until=until, no=no))


@app.command("revise", help="paper.help.revise")
def revise(ctx: typer.Context, document: Which, title: Title = None, no: No = None, issuer: Issuer = None, on: OnDay = None,
           source: Sources = None, file: File = None, note: Note = None) -> None:  # fmt: skip
    """Begin the next version of a document."""
    from logi.books.paper import actions

    _do(ctx, "paper.revise", file, lambda e, filed: actions.revise(
        e, document, title=title, no=no, issuer=issuer, on=on, basis=source or (), filed=filed, note=note))  # fmt: skip


@app.command("repeal", help="paper.help.repeal")
def repeal(
    ctx: typer.Context, document: Which, reason: Why,
    on: Annotated[date | None, typer.Option("--on", parser=as_day, metavar="DAY", help="paper.opt.repeal_on")] = None,
) -> None:  # fmt: skip
    """A document stands no longer."""
    from logi.books.paper import actions

    desk: Desk = ctx.obj
    desk.do("paper.repeal", lambda e: actions.repeal(e, document, reason=reason, on=on), reason=reason)


@app.command("review", help="paper.help.review")
def review(
    ctx: typer.Context, document: Which,
    outcome: Annotated[str, choice("--outcome", "paper.outcome", rules.OUTCOMES, "paper.opt.outcome")] = "keep",
    by: By = None, on: OnDay = None,
    evidence: Evidence = None,
    note: Note = None,
) -> None:  # fmt: skip
    """A document was looked at again."""
    from logi.books.paper import actions

    desk: Desk = ctx.obj
    desk.do("paper.review", lambda e: actions.review(e, document, outcome=outcome, by=by, on=on, evidence=evidence, note=note))


@app.command("issue", help="paper.help.issue")
def issue(
    ctx: typer.Context, document: Which,
    to: Annotated[list[str] | None, typer.Option("--to", parser=as_text, metavar="DEPT", help="paper.opt.to")] = None,
    person: Annotated[
        list[str] | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="paper.opt.person")
    ] = None,
    copies: Annotated[int, typer.Option("--copies", parser=as_count, metavar="N", help="paper.opt.copies")] = 1,
    by: By = None, on: OnDay = None, note: Note = None,
) -> None:  # fmt: skip
    """Copies were given out."""
    from logi.books.paper import actions

    desk: Desk = ctx.obj
    desk.do("paper.issue", lambda e: actions.issue(
        e, document, to=to or (), people=person or (), copies=copies, by=by, on=on, note=note))  # fmt: skip


@app.command("list", help="paper.help.list")
def list_(
    ctx: typer.Context, kind: Kind = None,
    state: Annotated[
        str | None, typer.Option("--state", parser=fixed("paper.state", rules.STATES), metavar="STATE", help="paper.opt.state")
    ] = None,
    work_area: Area = None, owner: OptionOwner = None, vendor: Vendor = None, since: SinceDay = None, until: UntilDay = None,
    school_year: InSchoolYear = None,
) -> None:  # fmt: skip
    """The register of documents."""
    from logi.books.paper import report

    desk: Desk = ctx.obj
    first, last = period_of(school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.documents(ledger, first, last, kind=kind, state=state, area=work_area, owner=owner,
                                              vendor=vendor))  # fmt: skip


@app.command("print", help="paper.help.print")
def print_(
    ctx: typer.Context, document: Which,
    on: Annotated[date | None, typer.Option("--on", parser=as_day, metavar="DAY", help="paper.opt.print_on")] = None,
) -> None:  # fmt: skip
    """A handbook or a document as one text."""
    from logi.books.paper import showing

    desk: Desk = ctx.obj
    desk.read(lambda ledger: showing.printed(ledger, document, on))


@app.command("bind", help="paper.help.bind")
def bind(
    ctx: typer.Context, document: Which,
    documents: Annotated[list[str], typer.Argument(parser=as_text, metavar="DOCUMENT…", help="paper.opt.documents")],
    position: Annotated[int | None, typer.Option("--at", parser=as_count, metavar="N", help="paper.opt.at")] = None,
) -> None:  # fmt: skip
    """Put documents into a handbook."""
    from logi.books.paper import kept_actions

    desk: Desk = ctx.obj
    desk.do("paper.bind", lambda e: kept_actions.bind(e, document, documents, at=position))


@app.command("unbind", help="paper.help.unbind")
def unbind(
    ctx: typer.Context, document: Which,
    chapter: Annotated[str, typer.Argument(parser=as_text, metavar="DOCUMENT", help="paper.opt.chapter")], reason: Why,
) -> None:  # fmt: skip
    """Take a document out of a handbook."""
    from logi.books.paper import kept_actions

    desk: Desk = ctx.obj
    desk.do("paper.unbind", lambda e: kept_actions.unbind(e, document, chapter, reason=reason), reason=reason)


@app.command("require", help="paper.help.require")
def require(
    ctx: typer.Context, document: Which,
    asked: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="paper.opt.asked")],
    work_area: Area = None,
    measure: Annotated[str | None, typer.Option("--measure", parser=as_text, metavar="TEXT", help="paper.opt.words")] = None,
    owner: OptionOwner = None, due: Due = None,
) -> None:  # fmt: skip
    """Lay down what a document asks."""
    from logi.books.paper import answer_actions

    desk: Desk = ctx.obj
    desk.do("paper.require", lambda e: answer_actions.require(
        e, document, asked, area=work_area, measure=measure, owner=owner, due=due))  # fmt: skip


@app.command("unrequire", help="paper.help.unrequire")
def unrequire(
    ctx: typer.Context,
    requirement: Annotated[str, typer.Argument(parser=as_text, metavar="REQUIREMENT", help="paper.opt.requirement")],
    reason: Why,
) -> None:
    """Take a requirement back."""
    from logi.books.paper import answer_actions

    desk: Desk = ctx.obj
    desk.do("paper.unrequire", lambda e: answer_actions.drop_point(e, requirement, reason=reason), reason=reason)


@app.command("trace", help="paper.help.trace")
def trace(
    ctx: typer.Context,
    document: Annotated[str | None, typer.Argument(parser=as_text, metavar="[DOCUMENT]", help="paper.opt.document")] = None,
    work_area: Area = None,
    still: Annotated[bool, typer.Option("--open", help="paper.opt.open")] = False,
) -> None:
    """What documents ask and how it is answered."""
    from logi.books.paper import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.trace(ledger, document, area=work_area, still=still))


def _do(ctx: typer.Context, action: str, file: str | None, act: Any) -> None:
    """An act that may take a file: read before, kept beside the ledger when the entry stands."""
    from logi.books.paper import filing

    desk: Desk = ctx.obj
    filed = filing.read(file)

    def acting(e: "Entry") -> "Confirmation":
        done: Confirmation = act(e, filed)
        return done

    done = desk.act(action, acting)
    filing.keep(desk, filed, done)
    desk.answer(done)


__all__ = ["app", "apps", "area_word"]
