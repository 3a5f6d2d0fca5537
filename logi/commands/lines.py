"""`logi run` and `logi shell`: many lines, one start."""

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.context import Desk
from logi.core.answers import Confirmation
from logi.core.datafiles import path_typed
from logi.core.errors import BadData, LogiError, NotFound, Unavailable, Usage
from logi.core.messages import say
from logi.lines import run_line, split
from logi.typed import fold_words

if TYPE_CHECKING:
    from logi.journal import Entry
    from logi.together import Together

run_app, shell_app = typer.Typer(), typer.Typer()
apps = {"run": run_app, "shell": shell_app}
LEAVE = {"exit", "quit", "退出", "q"}
HISTORY = 1000  # lines of a shell kept for the next one


@run_app.command("run", help="front.cmd.run")
def run(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="front.opt.run_file")],
    one_entry: Annotated[bool, typer.Option("--one-entry", help="front.opt.one_entry")] = False,
) -> None:
    """Run commands from a file, stopping at the first failure with its line."""
    desk: Desk = ctx.obj
    _begun(desk, file)
    lines = _lines(file)
    if not one_entry:
        _refuse_for_each(desk, "run")
        _run(desk, lines, None)
        return
    name = "-" if file == "-" else Path(file).name
    desk.line = [*desk.line, lines]  # --key holds for these very lines
    desk.check_answerable()
    if not desk.dry_run and any(map(_imports_much, lines)):
        from logi.backup import auto_backup

        auto_backup(desk.ledger, "run")  # inside the entry no copy can be taken
    after: list[Callable[[], str]] = []
    with _held() as said:
        done = desk.act("run", lambda e: _together(desk, e, name, lines, after))
    if not desk.dry_run:
        done.warnings += [told for write in after if (told := write())]
    from logi.formats.writing import emit

    if not any(name in ("json", "jsonl") for name in desk.formats):  # a script gets one object
        emit(said.getvalue())
    desk.answer(done)


def _run(desk: Desk, lines: list[str], together: "Together | None") -> None:
    for at, text in enumerate(lines, 1):
        try:
            own = run_line(desk, text, together=together)
        except LogiError as error:
            desk.note(say("front.run_stopped_whole" if together else "front.run_stopped", line=at, text=text.strip()))
            error.facts = {**error.facts, "run_line": at}
            raise error
        if own is not None and own.code:
            desk.code = own.code


def _refuse_for_each(desk: Desk, command: str) -> None:
    """Refuse (2) what would seem to hold for all lines, and would hold for none."""
    for name, option in (("dry_run", "--dry-run"), ("key", "--key")):
        if name in desk.shared:
            raise Usage("front.only_one_entry", option=option, command=command)


def _imports_much(text: str) -> bool:
    """Whether a line imports a large file."""
    from logi.front import command_path

    with contextlib.suppress(LogiError):  # a line that cannot be read is refused in its turn
        words = fold_words(split(text))
        if command_path(words).partition(" ")[0] == "import":
            from logi.commands.bulk import is_large

            return any(map(is_large, words))
    return False


def _together(desk: Desk, e: "Entry", name: str, lines: list[str], after: list[Callable[[], str]]) -> Confirmation:
    """All lines inside the one entry that is open; `after` gathers what they write once it stands."""
    from logi.together import Together

    shared = Together(e)
    e.ledger.together = shared
    try:
        _run(desk, lines, shared)
    finally:
        e.ledger.together = None
    after[:] = shared.after
    e.subject, e.reason = name, "; ".join(shared.reasons)[:2000] or None
    return Confirmation("run", numbers=shared.numbers, facts={"file": name, "lines": shared.lines})


@contextlib.contextmanager
def _held() -> Iterator[io.StringIO]:
    """What the lines answer is kept back until all of them stand."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        yield said


@shell_app.command("shell", help="front.cmd.shell")
def shell(ctx: typer.Context) -> None:
    """Lines without `logi`; an empty line shows today's page, `exit` leaves."""
    desk: Desk = ctx.obj
    _refuse_for_each(desk, "shell")
    with _history() if desk.interactive else contextlib.nullcontext():
        while True:
            try:
                text = input("logi> ") if desk.interactive else sys.stdin.readline()
            except EOFError:
                break
            except KeyboardInterrupt:  # at the prompt: the line is given up, not the shell
                desk.note("")
                continue
            if (not text and not desk.interactive) or text.strip() in LEAVE:
                break
            # What is pasted into a terminal may come as several lines at once.
            for line in text.splitlines() or [""]:
                _one(desk, line.strip() or ("today" if desk.interactive else ""))


def _one(desk: Desk, line: str) -> None:
    """One line of a shell: a refusal is told, and the shell goes on."""
    from logi.front_errors import code_of, interrupted

    try:
        run_line(desk, line)
    except KeyboardInterrupt:
        interrupted(130)
    except Exception as error:
        code = code_of(error, {"desk": desk})
        if code is None:
            raise
        desk.code = 0 if desk.interactive else code


@contextlib.contextmanager
def _history() -> Iterator[None]:
    """Lines typed before come back with the arrow keys; they are kept beside the witness, for this user alone."""
    try:
        import readline
    except ImportError:  # not on every system
        yield
        return
    from logi.witness import heads_file

    heads = heads_file(os.environ)
    file = heads.with_name("history") if heads is not None else None
    known: Any = readline
    known.set_history_length(HISTORY)
    if file is not None:
        with contextlib.suppress(OSError, UnicodeError):
            known.read_history_file(str(file))
    try:
        yield
    finally:
        if file is not None:
            with contextlib.suppress(OSError):
                file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                known.write_history_file(str(file))


def _begun(desk: Desk, file: str) -> None:
    """Refuse (2) a file that runs itself, also by way of others."""
    path = "-" if file == "-" else os.path.realpath(file)
    if path in desk.running:
        raise Usage("front.run_itself", file=file)
    desk.running = (*desk.running, path)


def _lines(file: str) -> list[str]:
    try:
        content = _standard_input() if file == "-" else path_typed(file).read_bytes()
    except FileNotFoundError:
        raise NotFound("importing.no_file", file=file) from None
    except OSError as error:
        raise Unavailable("front.os_error", problem=error.strerror or "", path=file) from None
    return _decoded(content, file).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise Usage("importing.no_stdin")
    stream = getattr(sys.stdin, "buffer", None)
    return bytes(stream.read()) if stream is not None else sys.stdin.read().encode("utf-8", "surrogateescape")


def _decoded(content: bytes, file: str) -> str:
    """Text as editors save it: UTF-8, UTF-16 with its mark, GB18030, Big5; 5 for what is none of them."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding: str | None = "utf-16"
    else:
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode("utf-8-sig")
        from logi.importing.encodings import guess

        encoding = guess(content)
    if encoding is not None:
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise BadData("front.run_encoding", file=file)
