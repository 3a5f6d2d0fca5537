"""`logi month …`: read what was typed, call one act, answer."""

import sys
from datetime import date
from typing import Annotated

import typer

from logi.books.month import actions, duty_commands, report, work_commands
from logi.books.month.pasted import as_lines_typed, do_if_any
from logi.books.month.recurring import EVERY
from logi.books.month.rules import PRIORITIES, STATES
from logi.context import Desk
from logi.core.days import month_of
from logi.core.errors import Usage
from logi.options import OnDay, Reason, as_day, as_month, as_text, choice

app = typer.Typer()
app.add_typer(duty_commands.app, name="duty", help="month.help.duty")
work_commands.join(app)
apps = {"month": app}

Month = Annotated[str, typer.Argument(parser=as_month, metavar="MONTH", help="month.opt.month")]
AnyMonth = Annotated[str | None, typer.Argument(parser=as_month, metavar="MONTH", help="month.opt.any_month")]
Numbers = Annotated[list[str], typer.Argument(parser=as_text, metavar="NUMBER…", help="month.opt.numbers")]
Owner = Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="month.opt.owner")]
DueDay = Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="month.opt.due")]
Helpers = Annotated[str | None, typer.Option("--helpers", parser=as_text, metavar="TEXT", help="month.opt.helpers")]
Standard = Annotated[str | None, typer.Option("--standard", parser=as_text, metavar="TEXT", help="month.opt.standard")]
Source = Annotated[str | None, typer.Option("--source", parser=as_text, metavar="TEXT", help="month.opt.source")]
Rule = Annotated[str | None, typer.Option("--rule", parser=as_text, metavar="RULE", help="month.opt.rule")]
Point = Annotated[str | None, typer.Option("--point", parser=as_text, metavar="NUMBER", help="month.opt.point")]
Priority = Annotated[str | None, choice("--priority", "month.priority", PRIORITIES, "month.opt.priority")]


@app.command("plan", help="month.help.plan")
def plan(
    ctx: typer.Context,
    month: AnyMonth = None,
    draft: Annotated[bool, typer.Option("--draft", help="month.opt.draft")] = False,
    owner: Annotated[str | None, typer.Option("--owner", parser=as_text, help="month.opt.spare")] = None,
    person: Annotated[str | None, typer.Option("--person", parser=as_text, help="month.opt.person")] = None,
    department: Annotated[str | None, typer.Option("--department", parser=as_text, help="month.opt.department")] = None,
    state: Annotated[str | None, choice("--state", "month.state", STATES, "month.opt.state")] = None,
    full: Annotated[bool, typer.Option("--full", help="month.opt.full")] = False,
) -> None:
    """Show a month's plan, or draft it."""
    desk: Desk = ctx.obj
    chosen = month or month_of(desk.today)
    if not draft:
        desk.read(lambda ledger: report.plan(ledger, chosen, owner=person or owner, department=department, state=state,
                                             full=full))  # fmt: skip
        return
    if person or department or state or full:
        raise Usage("month.draft_alone")
    from logi.books.month import drafting

    do_if_any(desk, "month.plan", lambda e: drafting.draft(e, chosen, owner=owner))


@app.command("submit", help="month.help.submit")
def submit(
    ctx: typer.Context,
    month: AnyMonth = None,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="month.opt.drafter")] = None,
    on: OnDay = None,
) -> None:
    """Submit a plan for approval."""
    desk: Desk = ctx.obj
    chosen = month or month_of(desk.today)
    from logi.books.month import submitting

    desk.do("month.submit", lambda e: submitting.submit(e, chosen, by=by, on=on))


@app.command("add", help="month.help.add")
def add(
    ctx: typer.Context,
    month: Month,
    title: Annotated[str | None, typer.Argument(parser=as_text, metavar="TITLE", help="month.opt.title")] = None,
    owner: Owner = None,
    due: DueDay = None,
    helpers: Helpers = None,
    standard: Standard = None,
    source: Source = None,
    priority: Priority = None,
    rule: Rule = None,
    point: Point = None,
    every: Annotated[str | None, choice("--every", "month.every", EVERY, "month.opt.every")] = None,
    paste: Annotated[bool, typer.Option("--paste", help="month.opt.paste")] = False,
) -> None:
    """Add one line to a plan, or read a pasted one."""
    desk: Desk = ctx.obj
    if paste:
        if title or due or helpers or standard or source or priority or rule or every or point:
            raise Usage("month.paste_alone", month=month)
        from logi.books.month import drafting

        text = as_lines_typed(sys.stdin.read())
        desk.line.append(text)  # a --key stands for what was pasted, too
        do_if_any(desk, "month.paste", lambda e: drafting.paste(e, month, text, owner=owner))
        return
    if title is None:
        raise Usage("month.no_title", month=month)
    words = title
    desk.do("month.add", lambda e: actions.add(
        e, month, words, owner=owner, due_on=due, helpers=helpers, standard=standard, source=source,
        priority=priority or "normal", rule=rule, every=every, point=point))  # fmt: skip


@app.command("edit", help="month.help.edit")
def edit(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="month.opt.number")],
    title: Annotated[str | None, typer.Option("--title", parser=as_text, help="month.opt.title")] = None,
    owner: Owner = None,
    due: DueDay = None,
    helpers: Helpers = None,
    standard: Standard = None,
    source: Source = None,
    priority: Priority = None,
    rule: Rule = None,
    point: Point = None,
) -> None:
    """Change an open line."""
    desk: Desk = ctx.obj
    desk.do("month.edit", lambda e: actions.edit(
        e, number, title=title, owner=owner, due_on=due, helpers=helpers, standard=standard, source=source,
        priority=priority, rule=rule, point=point))  # fmt: skip


@app.command("done", help="month.help.done")
def done(
    ctx: typer.Context,
    numbers: Numbers,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="month.opt.by")] = None,
    on: OnDay = None,
    result: Annotated[str | None, typer.Option("--result", parser=as_text, help="month.opt.result")] = None,
) -> None:
    """Tick lines off."""
    desk: Desk = ctx.obj
    desk.do("month.done", lambda e: actions.done(e, numbers, by=by, on=on, result=result))


@app.command("drop", help="month.help.drop")
def drop(
    ctx: typer.Context,
    numbers: Numbers,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="month.opt.reason")],
    stop: Annotated[bool, typer.Option("--stop", help="month.opt.stop")] = False,
) -> None:
    """Take lines out of a plan."""
    desk: Desk = ctx.obj
    desk.do("month.drop", lambda e: actions.drop(e, numbers, reason=reason, stop=stop), reason=reason)


@app.command("carry", help="month.help.carry")
def carry(
    ctx: typer.Context,
    numbers: Annotated[list[str], typer.Argument(parser=as_text, metavar="NUMBER…", help="month.opt.carried")],
    to_month: Annotated[str | None, typer.Option("--to", parser=as_month, metavar="MONTH", help="month.opt.to")] = None,
    due: DueDay = None,
    reason: Reason = None,
) -> None:
    """Carry open lines over."""
    desk: Desk = ctx.obj
    desk.do("month.carry", lambda e: actions.carry(e, numbers, to=to_month, due_on=due, reason=reason), reason=reason)


@app.command("calendar", help="month.help.calendar")
def calendar(
    ctx: typer.Context,
    month: AnyMonth = None,
    list_: Annotated[bool, typer.Option("--list", help="month.opt.list")] = False,
) -> None:
    """The month as a grid of weeks."""
    desk: Desk = ctx.obj
    chosen = month or month_of(desk.today)
    from logi.books.month import calendar_report

    drawn = calendar_report.day_list if list_ else calendar_report.calendar
    desk.read(lambda ledger: drawn(ledger, chosen))


@app.command("close", help="month.help.close")
def close(
    ctx: typer.Context,
    month: Month,
    check: Annotated[bool, typer.Option("--check", help="month.opt.check")] = False,
) -> None:
    """Close a month, or see what stands in the way."""
    desk: Desk = ctx.obj
    if not check:
        desk.do("month.close", lambda e: actions.close(e, month))
        return
    found = desk.look(lambda ledger: report.closing_check(ledger, month))
    desk.answer(found)
    if found.rows:
        desk.wrong()


@app.command("reopen", help="month.help.reopen")
def reopen(
    ctx: typer.Context,
    month: Month,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="month.opt.reason")],
) -> None:
    """Open the last closed month again."""
    desk: Desk = ctx.obj
    desk.do("month.reopen", lambda e: actions.reopen(e, month, reason=reason), reason=reason)
