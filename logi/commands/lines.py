"""`logi run` and `logi shell`: many lines, one start."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from logi.context import Desk
from logi.core.errors import LogiError, Unavailable
from logi.core.messages import say
from logi.lines import run_line

run_app, shell_app = typer.Typer(), typer.Typer()
apps = {"run": run_app, "shell": shell_app}
LEAVE = {"exit", "quit", "退出", "q"}


@run_app.command("run", help="front.cmd.run")
def run(
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help="front.opt.run_file")]
) -> None:
    """Run commands from a file, stopping at the first failure with its line."""
    desk: Desk = ctx.obj
    for at, text in enumerate(_lines(file), 1):
        try:
            own = run_line(desk, text)
        except LogiError as error:
            desk.note(say("front.run_stopped", line=at, text=text.strip()))
            raise error
        if own is not None and own.code:
            desk.code = own.code


@shell_app.command("shell", help="front.cmd.shell")
def shell(ctx: typer.Context) -> None:
    """Lines without `logi`; an empty line shows today's page, `exit` leaves."""
    from logi.front_errors import code_of, interrupted

    desk: Desk = ctx.obj
    if desk.interactive:
        import readline  # noqa: F401  gives input() its history
    while True:
        try:
            text = input("logi> ") if desk.interactive else sys.stdin.readline()
        except EOFError:
            break
        if not text or text.strip() in LEAVE:
            break
        try:
            run_line(desk, text)
        except KeyboardInterrupt:
            interrupted(130)
        except Exception as error:
            code = code_of(error, {"desk": desk})
            if code is None:
                raise
            desk.code = 0 if desk.interactive else code


def _lines(file: str) -> list[str]:
    try:
        return (sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")).splitlines()
    except OSError as error:
        raise Unavailable("front.os_error", problem=error.strerror or "", path=file) from None
    except UnicodeDecodeError:
        raise Unavailable("front.os_error", problem="UTF-8", path=file) from None
