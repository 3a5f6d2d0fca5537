"""The first pass over a file: its size and SHA-256, what its bytes are, and where they are not what they seem."""

import codecs
import hashlib
from typing import IO

from logi.core.errors import BadData
from logi.importing.disguises import OLE, ZIP

LARGEST = 2_000_000_000
LONGEST_LINE = 8_000_000
BLOCK = 1 << 20
_SAMPLE = 1 << 18


class Seen:
    """What a first pass over the bytes found: validity as UTF-8, lines of the first bad byte and NUL, the format by content."""

    __slots__ = ("bad_line", "broken", "format", "good", "nul_line", "surrogates", "top")

    def __init__(self) -> None:
        self.top = b""
        self.good = self.broken = 0  # characters beyond ASCII that are UTF-8, and bytes that are not
        self.bad_line = self.nul_line = 0
        self.surrogates = False
        self.format = "csv"


def survey(file: IO[bytes]) -> tuple[int, str, Seen]:
    """Size, SHA-256, and what can be said of the content, in one pass of constant memory."""
    digest, seen, size, unbroken = hashlib.sha256(), Seen(), 0, 0
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    clean = True
    while block := file.read(BLOCK):
        if not size:
            seen.top = block[:_SAMPLE]
            seen.format = _by_content(block)
            clean = seen.format in ("csv", "json") and block[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        before, size = size, size + len(block)
        if size > LARGEST:
            raise BadData("importing.too_large", limit=LARGEST // 10**6)
        digest.update(block)
        if seen.format == "csv":
            unbroken = 0 if b"\n" in block or b"\r" in block else unbroken + len(block)
            if unbroken > LONGEST_LINE:
                raise BadData("importing.long_line", line=_line(file, before), limit=LONGEST_LINE // 10**6)
        if not clean:
            continue
        if not seen.nul_line and b"\0" in block:
            seen.nul_line = _line(file, before + block.index(b"\0"))
        if not seen.bad_line:
            pending = decoder.getstate()[0]
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                whole = pending + block
                seen.bad_line = _line(file, before - len(pending) + error.start)
                _weigh(seen, whole)
    if clean and not seen.bad_line and (pending := decoder.getstate()[0]):
        seen.bad_line = _line(file, size - len(pending))
        _weigh(seen, seen.top + b"\n" + pending)
    file.seek(0)
    return size, digest.hexdigest(), seen


def _line(file: IO[bytes], at: int) -> int:
    """The line on which a byte stands; asked only where something is wrong there."""
    here, line, rest = file.tell(), 1, at
    file.seek(0)
    while rest and (block := file.read(min(BLOCK, rest))):
        line, rest = line + breaks(block), rest - len(block)
    file.seek(here)
    return line


def breaks(block: bytes) -> int:
    """How many lines end in a block."""
    return block.count(b"\n") or block.count(b"\r")


def _weigh(seen: Seen, block: bytes) -> None:
    """Count what in a block that is not UTF-8 nevertheless is: a broken UTF-8 file differs from one in GBK."""
    text = (seen.top + block if len(seen.top) > len(block) else block).decode("utf-8", "surrogateescape")
    seen.broken = sum("\udc80" <= char <= "\udcff" for char in text)
    seen.good = sum(char > "\x7f" for char in text) - seen.broken
    try:
        block.decode("utf-8", "surrogatepass")
        seen.surrogates = True
    except UnicodeDecodeError:
        seen.surrogates = False


def _by_content(top: bytes) -> str:
    if top.startswith(ZIP):
        return "ods" if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in top[:200] else "xlsx"
    if top.startswith(OLE):
        return "xls"
    body = top.removeprefix(codecs.BOM_UTF8).lstrip()
    if body[:1] == b"[":
        return "json"
    return "json" if body[:1] == b"{" else "csv"
