"""`logi policy|config …`: read what was typed, call one act, answer."""

from datetime import date
from typing import Annotated

import typer

from logi.books.school import calendar_report as report
from logi.books.school import setting_actions as actions
from logi.books.school.typed import AtDay
from logi.context import Desk
from logi.options import Reason, as_day, as_lines, as_text

policy, config = typer.Typer(), typer.Typer()

PolicyName = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="school.opt.policy")]


@policy.command("list", help="school.help.policy_list")
def policy_list(
    ctx: typer.Context,
    text: Annotated[str | None, typer.Argument(parser=as_text, metavar="[TEXT]", help="school.opt.policy_text")] = None,
    at_day: AtDay = None,
) -> None:
    """Every policy with its value in force."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.policies(ledger, text=text, at=at_day))


@policy.command("show", help="school.help.policy_show")
def policy_show(ctx: typer.Context, policy: PolicyName) -> None:
    """One policy with every dated value."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.policy(ledger, policy))


@policy.command("set", help="school.help.policy_set")
def policy_set(
    ctx: typer.Context,
    policy: PolicyName,
    value: Annotated[str, typer.Argument(parser=as_lines, metavar="VALUE", help="school.opt.value")],
    from_day: Annotated[date, typer.Option("--from", parser=as_day, metavar="DAY", help="school.opt.from_day")],
    source: Annotated[str, typer.Option("--source", parser=as_text, help="school.opt.source")],
    reason: Reason = None,
) -> None:
    """Give a policy another value from a day on."""
    desk: Desk = ctx.obj
    desk.do("policy.set", lambda e: actions.change_policy(
        e, policy, value, from_day=from_day, source=source, reason=reason), reason=reason)  # fmt: skip


@config.command("show", help="school.help.config_show")
def config_show(ctx: typer.Context) -> None:
    """The ledger's settings."""
    desk: Desk = ctx.obj
    desk.read(report.settings)


@config.command("set", help="school.help.config_set")
def config_set(
    ctx: typer.Context,
    setting: Annotated[str, typer.Argument(parser=as_text, metavar="SETTING", help="school.opt.setting")],
    value: Annotated[str, typer.Argument(parser=as_text, metavar="VALUE", help="school.opt.setting_value")],
) -> None:
    """Change a setting."""
    desk: Desk = ctx.obj
    desk.do("config.set", lambda e: actions.set_config(e, setting, value))
