"""A file's bytes -> numbered rows of cells: CSV and TSV in the encodings schools have, and the door to the other formats."""

import codecs
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from logi.core.errors import BadData, NotFound, Unavailable, Usage
from logi.core.messages import say
from logi.core.text import cut
from logi.importing.csvrows import Numbered, Rows
from logi.importing.disguises import OLE, ZIP, is_page, refuse_what_holds_no_rows, unmarked_utf16
from logi.importing.surveying import BLOCK, breaks, survey

FORMATS = ("csv", "tsv", "xlsx", "xls", "ods", "jsonl", "json")
SUFFIXES = {".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls",
            ".ods": "ods", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}  # fmt: skip
IN_MEMORY = 16 << 20  # bytes of standard input that are not put on disk
LARGEST_JSON = 200_000_000
LARGEST_SHEET = 200_000_000
DELIMITERS = ",;\t"
_NO_FILES = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})  # of names and sources

Note = tuple[str, dict[str, Any]]


class Shape(NamedTuple):
    """How rows of text are written: the encoding (with its mark, if there is one), what parts cells, what ends lines."""

    encoding: str
    delimiter: str
    end: str


class Stdin(str):
    """The name of standard input: `-` for machines, in sentences as people call it."""

    @property
    def shown_as(self) -> str:
        """As people call it."""
        return say("importing.stdin")


class Source:
    """An opened file: its name, content hash, format, and what was assumed while reading it (`notes`)."""

    def __init__(self, name: str, file: IO[bytes], format: str | None, encoding: str | None, sheet: str | None) -> None:
        self.name, self.file, self.encoding, self.sheet = name, file, encoding, sheet
        self.notes: list[Note] = []
        self.titles: frozenset[str] = frozenset()  # what a sheet of such rows is called
        self.total = 0  # rows, where they are known beforehand
        self.shape: Shape | None = None  # of text in rows, once it is known
        self.read_part = 0.0  # where another process reads it, what that one says
        self.plain: str | None = None  # the column a file without headings is a plain list of
        self.size, self.sha256, self.seen = survey(file)
        if not self.size:
            raise BadData("importing.empty_file", file=name)
        self.format = format or SUFFIXES.get(Path(name).suffix.lower()) or self.seen.format
        if sheet is not None and self.format not in ("xlsx", "xls", "ods"):
            raise Usage("importing.sheet_of_none", file=name, sheet=cut(sheet))
        self._stamp = _stamp(file)

    def note(self, key: str, **facts: Any) -> None:
        """Remember something that was assumed; said once."""
        if (key, facts) not in self.notes:
            self.notes.append((key, facts))

    def apart_possible(self) -> bool:
        """Whether another process can read the file through a handle of its own."""
        return sys.platform == "linux" and (isinstance(self.file, io.BytesIO) or self._handle() is not None)

    def read_apart(self) -> None:
        """Read through a new handle from here on: two processes that share one would move each other along.

        (What is held in memory they do not share.)
        """
        handle = self._handle()
        if handle is not None:
            self.file = open(f"/proc/self/fd/{handle}", "rb")  # noqa: SIM115 (this process ends with it)

    def _handle(self) -> int | None:
        try:
            handle = self.file.fileno()
            return handle if os.access(f"/proc/self/fd/{handle}", os.R_OK) else None
        except (OSError, ValueError):
            return None

    def fraction(self) -> float:
        """How much of the file has been read, 0 to 1."""
        if self.read_part:
            return self.read_part
        try:
            return self.file.tell() / self.size
        except (OSError, ValueError):
            return 0.0

    def rows(self, find: Callable[[list[Numbered]], tuple[int, int]]) -> Iterator[Numbered]:
        """The rows from the top; `find` says how well a top fits (index of the header, how many columns are known)."""
        rows = self._rows(find)
        return rows if self.plain is None else _headed(rows, find, self.plain)

    def _rows(self, find: Callable[[list[Numbered]], tuple[int, int]]) -> Iterator[Numbered]:
        self.file.seek(0)
        if self.format in ("csv", "tsv"):
            return _csv_rows(self, find)
        if self.format in ("json", "jsonl"):
            from logi.importing.jsonrows import json_rows

            return json_rows(self)
        from logi.importing.sheets import sheet_rows

        return sheet_rows(self, find)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    def unchanged(self) -> None:
        """Refuse (5) if the file was written to while it was read."""
        if _stamp(self.file) != self._stamp:
            raise BadData("importing.file_changed", file=self.name)


def open_source(
    path: str, *, format: str | None = None, encoding: str | None = None, sheet: str | None = None
) -> Source:
    """Open a file, or standard input for `-`. Errors: 3 not there, 5 too large or empty, 6 not readable."""
    if format is not None and format not in FORMATS:
        raise Usage("importing.bad_format", text=format, known=list(FORMATS))
    if encoding is not None:
        encoding = _known_encoding(encoding)
    if path == "-":
        return Source(Stdin("-"), _standard_input(), format, encoding, sheet)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        file = os.fdopen(handle, "rb")
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound("importing.no_file", file=path) from None
    except (OSError, ValueError) as error:
        raise Unavailable("importing.unreadable", file=path, problem=getattr(error, "strerror", None) or "") from None
    try:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Unavailable("importing.not_a_file", file=path)
        return Source(Path(path).name, file, format, encoding, sheet)
    except IsADirectoryError:
        raise Unavailable("importing.not_a_file", file=path) from None
    except BaseException:
        file.close()
        raise


def _headed(rows: Iterator[Numbered], find: Callable[[list[Numbered]], tuple[int, int]], key: str) -> Iterator[Numbered]:
    """The rows under the heading `key` if they have none of their own and are a plain list."""
    top = [row for _, row in zip(range(20), rows, strict=False)]
    filled = [(line, cells) for line, cells in top if any(cell.strip() for cell in cells)]
    if filled and find(filled)[1] == 0 and all(len(cells) == 1 for _, cells in filled):
        yield 0, [key]
    yield from top
    yield from rows


def _known_encoding(typed: str) -> str:
    """The name of an encoding of texts; 2 for what is none."""
    try:
        found = codecs.lookup(typed).name
        "".encode(found)  # what turns bytes into bytes (base64) is no encoding of texts
    except (LookupError, UnicodeError, ValueError):
        raise Usage("importing.bad_encoding", text=cut(typed)) from None
    if found.replace("-", "_") in _NO_FILES:
        raise Usage("importing.bad_encoding", text=cut(typed))
    return found


# -- the first pass ---------------------------------------------------------------------------------------------


def _standard_input() -> IO[bytes]:
    stream = sys.stdin
    if stream is None:
        raise Usage("importing.no_stdin")
    if not hasattr(stream, "buffer"):
        return io.BytesIO(stream.read().encode("utf-8", "surrogateescape"))
    held: IO[bytes] = io.BytesIO()
    while block := stream.buffer.read(BLOCK):
        if isinstance(held, io.BytesIO) and held.tell() + len(block) > IN_MEMORY:
            held = _on_disk(held.getvalue())
        held.write(block)
    held.seek(0)
    return held


def _on_disk(begun: bytes) -> IO[bytes]:
    from tempfile import TemporaryFile

    file = TemporaryFile()  # noqa: SIM115 (closed with its source)
    file.write(begun)
    return file


def _stamp(file: IO[bytes]) -> tuple[int, int]:
    try:
        info = os.fstat(file.fileno())
        return info.st_mtime_ns, info.st_size
    except (OSError, AttributeError, io.UnsupportedOperation):
        return 0, 0


# -- CSV and TSV ------------------------------------------------------------------------------------------------


def _csv_rows(source: Source, find: Callable[[list[Numbered]], tuple[int, int]]) -> Iterator[Numbered]:
    top = source.seen.top
    refuse_what_holds_no_rows(top, source.name)
    if source.format == "csv" and (top.startswith((ZIP, OLE)) or is_page(top)):
        raise BadData("importing.not_csv", file=source.name)
    encoding = _encoding(source)
    delimiter = _delimiter(source, encoding, find)
    source.shape = Shape(_as_written(encoding, top), delimiter, _line_end(top.decode(encoding, "ignore")))
    return _parsed(source, encoding, delimiter)


def _as_written(encoding: str, top: bytes) -> str:
    """The encoding to write by: UTF-8 with a mark only where the file has one."""
    if encoding == "utf-8-sig":
        return "utf-8-sig" if top.startswith(codecs.BOM_UTF8) else "utf-8"
    return encoding


def _line_end(text: str) -> str:
    first = text.splitlines(keepends=True)[:1]
    return next((end for end in ("\r\n", "\n", "\r") if first and first[0].endswith(end)), "\n")


def _encoding(source: Source) -> str:
    """The encoding by --encoding, BOM, validity as UTF-8, or the share of common characters; said if it is no UTF-8."""
    top, seen = source.seen.top, source.seen
    if source.encoding:
        return source.encoding if source.encoding != "utf-8" else "utf-8-sig"
    if top.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        marked = "utf-32" if top.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) else "utf-16"
        source.note("importing.assumed_encoding", encoding=marked.upper())
        return marked
    if seen.nul_line:
        if (bare := unmarked_utf16(top)) is not None:
            raise BadData("importing.unmarked", file=source.name, encoding=bare)
        raise BadData("importing.nul", line=seen.nul_line)
    if not seen.bad_line:
        return "utf-8-sig"
    if seen.surrogates or seen.good > seen.broken:
        raise BadData("importing.broken_utf8", line=seen.bad_line)
    from logi.importing.encodings import guess

    guessed = guess(_around(source, top).removeprefix(codecs.BOM_UTF8))
    if guessed is None:
        raise BadData("importing.unknown_encoding", line=seen.bad_line)
    shown = "Big5" if guessed == "big5hkscs" else "GB18030"
    _not_joined(source, guessed, shown)
    source.note("importing.assumed_encoding", encoding=shown)
    return guessed


def _not_joined(source: Source, encoding: str, shown: str) -> None:
    """Refuse (5) a file of which a part is UTF-8 after all: read as the rest is, its names would be other ones."""
    from logi.importing.encodings import joined_line

    source.file.seek(0)
    line, tail = 1, b""
    while block := source.file.read(BLOCK):
        block = tail + block
        at = joined_line(block, encoding)
        if at is not None:
            raise BadData("importing.mixed", line=line + breaks(block[:at]), encoding=shown)
        end = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
        line, tail = line + breaks(block[:end]), block[end:]
    source.file.seek(0)


def _around(source: Source, top: bytes) -> bytes:
    """A sample that holds characters beyond ASCII."""
    if not top.isascii():
        return top
    source.file.seek(0)
    block = top
    while block and block.isascii():
        block = source.file.read(BLOCK)
    source.file.seek(0)
    return block


def _delimiter(source: Source, encoding: str, find: Callable[[list[Numbered]], tuple[int, int]]) -> str:
    """The separator under which most headings are known; comma (tab in .tsv) if that does not decide."""
    usual = "\t" if source.format == "tsv" else ","
    best, best_score = usual, (-1, -1)
    for delimiter in (usual, *(one for one in DELIMITERS if one != usual)):
        rows: list[Numbered] = []
        try:
            for row in _parsed(source, encoding, delimiter):
                rows.append(row)
                if len(rows) >= 20:
                    break
        except BadData:
            pass
        at, known = find(rows) if rows else (0, 0)
        width = len(rows[at][1]) if rows else 0
        if (known, min(width, 2)) > best_score:
            best, best_score = delimiter, (known, min(width, 2))
    if best != usual:
        source.note("importing.assumed_delimiter", delimiter="TAB" if best == "\t" else best)
    source.file.seek(0)
    return best


def _parsed(source: Source, encoding: str, delimiter: str) -> Rows:
    marked = source.seen.top.startswith(codecs.BOM_UTF8)
    source.file.seek(len(codecs.BOM_UTF8) if marked and encoding != "utf-8-sig" else 0)  # some programs put it before any text
    sound = encoding == "utf-8-sig" and not source.seen.bad_line
    guarded = marked or encoding != "utf-8-sig"  # as spreadsheets write, not programs
    return Rows(source.file, encoding, delimiter, sound=sound, guarded=guarded)
