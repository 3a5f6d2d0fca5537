"""`logi init`, `logi demo`, `logi migrate`: ledgers come into being and grow up here."""

import os
from pathlib import Path
from typing import Annotated

import typer

from logi.confirming import finish
from logi.context import Desk
from logi.core import messages
from logi.core.errors import BadValue, Usage
from logi.core.text import quoted
from logi.opening import COSTINGS, THRESHOLD_RULES, fill_new, valid_zone
from logi.options import as_text, choice

init_app, demo_app, migrate_app = typer.Typer(), typer.Typer(), typer.Typer()
apps = {"init": init_app, "demo": demo_app, "migrate": migrate_app}


def as_zone(text: str) -> str:
    """A time zone's name."""
    if not valid_zone(text):
        raise BadValue("front.bad_zone", text=text)
    return text


@init_app.command("init", help="front.cmd.init")
def init(
    ctx: typer.Context,
    school: Annotated[str | None, typer.Option("--school", parser=as_text, help="front.opt.school")] = None,
    costing: Annotated[str | None, choice("--costing", "front.costing", COSTINGS, "front.opt.costing")] = None,
    threshold_rules: Annotated[
        str | None, choice("--threshold-rules", "front.threshold", THRESHOLD_RULES, "front.opt.threshold_rules")
    ] = None,
    zone: Annotated[str, typer.Option("--zone", parser=as_zone, help="front.opt.zone")] = "Asia/Shanghai",
    yes: Annotated[bool, typer.Option("--yes", help="front.opt.yes")] = False,
) -> None:
    """Make a new ledger."""
    desk: Desk = ctx.obj
    desk.check_answerable()
    if desk.path.exists() or desk.path.is_symlink():
        from logi.core.errors import Refused

        raise Refused("front.ledger_exists", path=str(desk.path))
    if not yes and (school is None or costing is None):
        if not desk.interactive:
            wanted = {"--school": school, "--costing": costing}
            raise Usage("front.missing", missing=[k for k, v in wanted.items() if v is None] + ["--yes"],
                        command="logi init")  # fmt: skip
        from logi.asking import ask_for

        if not (desk.shared.get("lang") or desk.env.get("LOGI_LANG")):
            messages.use(_ask_language(desk))
        desk.note(messages.say("front.init_asks"))
        school = school or ask_for(desk, ctx, "school")
        costing = costing or ask_for(desk, ctx, "costing", "fifo")
        threshold_rules = threshold_rules or ask_for(desk, ctx, "threshold_rules", "2022")
    make(desk, desk.path, school=school or "—", lang=messages.language(), costing=costing or "fifo",
         threshold_rules=threshold_rules or "2022", zone=zone)  # fmt: skip


def _ask_language(desk: Desk) -> str:
    """The language of the ledger, asked in every one of them until one is named."""
    from logi.surroundings import language_named

    for named in LANGUAGES:
        desk.note(f"  {'  '.join(named)}")
    while True:
        typed = desk.ask("Language 语言 語言", messages.language())
        chosen = next((named[0] for named in LANGUAGES if typed in named), None) or language_named(typed)
        if chosen:
            return chosen
        desk.note(messages.say("front.bad_language", text=typed, known=list(messages.LANGUAGES)))


LANGUAGES = (("zh-Hans", "简体中文"), ("zh-Hant", "繁體中文"), ("en", "English"))


@demo_app.command("demo", help="front.cmd.demo")
def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="front.opt.demo_folder")] = Path("logi-demo"),
) -> None:
    """Build the demo school and say where to look."""
    from logi import demo as script
    from logi import journal
    from logi.db import open_ledger

    desk: Desk = ctx.obj
    path = script.build(desk, folder)
    ledger = open_ledger(path, desk.who())
    try:
        head = journal.head(ledger.db)
    finally:
        ledger.close()
    desk.say("front.demo_ready", path=str(path), entries=head.seq, head=head.short)
    desk.say("front.demo_use", line=f"{'set' if os.name == 'nt' else 'export'} LOGI_LEDGER={quoted(str(path.resolve()))}")
    desk.say("front.demo_look")
    for line in LOOKS:
        desk.say("front.demo_line", line=f"logi --ledger {path} {line}")


LOOKS = ("report month 2025-09", "patrol week 2025-W39", "stock list", "asset list --place B203", "due", "audit verify")


@migrate_app.command("migrate", help="front.cmd.migrate")
def migrate(ctx: typer.Context) -> None:
    """Bring an older ledger up to this version."""
    from logi import backup, migrating
    from logi.commands.auditing import verdict_table

    desk: Desk = ctx.obj
    desk.check_answerable()
    desk.close()
    try:
        done = migrating.migrate(desk.path, desk.who(), today=desk.fixed_today, wait=desk.wait, dry_run=desk.dry_run)
    except backup.Unsound as error:
        desk.note(messages.say("trust.migrate_unsound"))
        desk.answer(verdict_table(error.verdict))
        desk.wrong()
        return
    desk.answer(done)


def make(desk: Desk, path: Path, *, school: str, lang: str, costing: str, threshold_rules: str, zone: str) -> None:
    """Create the ledger file with its entry 1 and answer."""
    from logi.db import Ledger, create

    def fill(ledger: Ledger) -> None:
        with ledger.entry("init") as e:
            done = fill_new(e, school=school, lang=lang, costing=costing, threshold_rules=threshold_rules, zone=zone)
            finish(e, done)
        answers.append(done)

    answers: list = []  # type: ignore[type-arg]
    create(path, fill, desk.who(), today=desk.fixed_today, hold=True)
    desk.answer(answers[0])
