"""Where a drawn answer goes: standard output, one file, or a folder of files; files come whole or not at all."""

import contextlib
import os
import stat
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from logi.core.answers import Answer, Confirmation, Pack
from logi.core.errors import PipeGone, Refused, Unavailable, Usage
from logi.core.messages import say
from logi.formats import FORMATS, draw, draw_bytes
from logi.formats.sentences import warning_lines

MOST_NAMED = 5  # files of a folder named in a line
BINARY = frozenset({"xlsx", "pdf"})
PACK_FORMATS = ("xlsx", "html")
DATABASE = b"SQLite format 3\0"


def write(answer: Answer, formats: Sequence[str], *, header: str = "titles", excel: bool = False) -> None:
    """Draw to stdout, in the one format named.

    Whoever closed it (`>&-`) wants no word of what was done: done it is. A question that nobody can be answered is refused (6).
    """
    check(formats, None)
    [name] = formats
    if name in BINARY:
        raise Usage("formats.binary", name=name)
    if sys.stdout is None and isinstance(answer, Confirmation) and not answer.dry_run:
        warn(answer, formats)
        return
    width = screen_width() if name == "terminal" else None
    drawn = draw(answer, name, width=width, color=colour(), header=header, excel=excel)
    if name != "terminal" or not _paged(drawn):
        emit(drawn)
    warn(answer, formats)


def drawn_files(answer: Answer, formats: Sequence[str], output: Path, *, header: str = "titles",
                excel: bool = False) -> dict[Path, bytes]:  # fmt: skip
    """Draw in every format named for `output`, a file, or a folder for several formats or a pack: the files to be written."""
    check(formats, output)
    if not is_folder(output, answer, formats):
        return {output: draw_bytes(answer, formats[0], header=header, excel=excel)}
    from logi.formats.files import draw_files, draw_pack_files

    if isinstance(answer, Confirmation):
        return {output / name: content for name, content in draw_files(answer, formats).items()}
    chosen = PACK_FORMATS if list(formats) in (["text"], ["terminal"]) else formats
    tables = answer if isinstance(answer, Pack) else Pack("answer", "", "", "", [answer])
    drawn = draw_pack_files(tables, list(chosen), header=header, excel=excel)
    return {output / name: content for name, content in drawn.items()}


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write files, each whole."""
    for path, content in files.items():
        write_file(path, content)


def warn(answer: Answer, formats: Sequence[str]) -> None:
    """The warnings of what was done, on standard error, where the answer itself is for people."""
    if isinstance(answer, Confirmation) and formats[0] in ("text", "terminal"):
        for line in warning_lines(answer):
            print(line, file=sys.stderr)


def told(answer: Answer, files: Mapping[Path, bytes], output: Path) -> str:
    """One line on what was written where; nothing of a device, which is no place to look."""
    if output in files and is_device(output):
        return ""
    if isinstance(answer, Confirmation):
        return say("formats.wrote", path=str(output))
    title = answer.title
    if len(files) > 1 or output not in files:
        names = [path.name for path in files]
        named = names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "…"]
        return say("formats.wrote_files", title=title, path=str(output), count=len(files), names=named)
    tables = answer.tables if isinstance(answer, Pack) else [answer]
    rows = sum(len(table.rows) for table in tables)
    return say("formats.wrote_rows", title=title, path=str(output), count=rows)


def check(formats: Sequence[str], output: Path | None) -> None:
    """Refuse what could not be written whatever the answer is: unknown formats, a binary one without a file (2), a
    place where a database lies (4)."""
    if not formats:
        raise Usage("formats.unknown", name=",", known=list(FORMATS))
    for name in formats:
        if name not in FORMATS:
            raise Usage("formats.unknown", name=name, known=list(FORMATS))
        if output is None and name in BINARY:
            raise Usage("formats.binary", name=name)
    if output is None and len(formats) > 1:
        raise Usage("formats.one_without_folder", formats=list(formats))
    if output is not None:
        spare_databases(output)


def is_folder(output: Path, answer: Answer, formats: Sequence[str]) -> bool:
    """Whether -o names a folder: it is one, ends with a slash, or several files are asked for."""
    if output.is_dir() or len(formats) > 1:
        return True
    return isinstance(answer, Pack) and output.suffix == ""


def _paged(text: str) -> bool:
    from logi.formats.pager import to_screen

    return to_screen(text)


def folder(path: Path) -> None:
    """Make a folder and those above it, readable by their owner alone."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Unavailable("front.cannot_write", path=str(path), problem=error.strerror or str(error)) from None


def emit(text: str) -> None:
    """Print to stdout; a stdout that is gone or full is the computer's refusal (6), a closed pipe ends quietly."""
    if sys.stdout is None:
        raise Unavailable("front.no_stdout")
    try:
        sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise PipeGone from None
    except (OSError, ValueError) as error:
        with contextlib.suppress(Exception):
            sys.stdout = None
        raise Unavailable("front.stdout_failed", problem=getattr(error, "strerror", None) or str(error)) from None


def screen_width(stream: TextIO | None = None) -> int:
    """How many columns the terminal has; that of a stream, where standard output may be none."""
    import shutil

    if stream is not None:
        with contextlib.suppress(OSError, ValueError):
            return max(os.get_terminal_size(stream.fileno()).columns, 20)
    return max(shutil.get_terminal_size((80, 24)).columns, 20)


def colour() -> bool:
    """Whether colours may be drawn: a terminal, no NO_COLOR, not dumb."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    with contextlib.suppress(Exception):
        return sys.stdout.isatty()
    return False


def spare_databases(path: Path) -> None:
    """Refuse (4) to write an answer over a database: it may be the ledger itself, or a copy of it."""
    with contextlib.suppress(OSError):
        if stat.S_ISREG(os.stat(path).st_mode):
            with path.open("rb") as file:
                found = file.read(len(DATABASE))
            if found == DATABASE:
                raise Refused("formats.over_database", path=str(path))


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole: a private temporary file beside it (0600), synced, then renamed over it.

    What is no file at all (a device, a pipe) is written into, never replaced; a database is left alone (4).
    """
    spare_databases(path)
    if is_device(path):
        _pour(path, content)
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
        except BaseException:
            with contextlib.suppress(OSError):
                partial.unlink()
            raise
    except OSError as error:
        raise Unavailable("front.cannot_write", path=str(path), problem=error.strerror or str(error)) from None


def is_device(path: Path) -> bool:
    """Whether a path names what is open already, or no file: a device, a pipe, a folder."""
    folder = os.path.dirname(os.path.abspath(path))
    if folder in ("/dev", "/dev/fd") or folder.startswith("/proc/"):  # names of what is open already, a file perhaps
        return True
    with contextlib.suppress(OSError):
        return not stat.S_ISREG(os.stat(path).st_mode)
    return False


def _pour(path: Path, content: bytes) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except BrokenPipeError:
        raise PipeGone from None
    except OSError as error:
        raise Unavailable("front.cannot_write", path=str(path), problem=error.strerror or str(error)) from None
