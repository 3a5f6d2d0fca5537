"""The drawing room: one file per way to draw an answer; values come in, text or bytes go out."""

from importlib import import_module
from typing import Any

from logi.core.answers import Answer
from logi.core.errors import Usage

FORMATS = ("terminal", "text", "csv", "json", "jsonl", "md", "html", "xlsx", "pdf", "ics")
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
    ".ics": "ics",
}
_ROOMS = {"jsonl": "json", "md": "markdown"}
_BINARY = frozenset({"xlsx", "pdf"})


class Style:
    """How to draw: the format's name, the screen's width (None: unbounded), colours, header row, Excel's habits."""

    __slots__ = ("color", "excel", "header", "name", "width")

    def __init__(
        self, name: str, width: int | None = None, color: bool = False, header: str = "titles", excel: bool = False
    ) -> None:
        self.name, self.width, self.color, self.header, self.excel = name, width, color, header, excel


def draw(
    answer: Answer,
    name: str,
    *,
    width: int | None = None,
    color: bool = False,
    header: str = "titles",
    excel: bool = False,
) -> str:
    """The answer as text that ends with a line end. `width` counts for `terminal` alone; None means unbounded."""
    room = _room(name)
    if name in _BINARY:
        raise Usage("formats.binary", name=name)
    drawn: str = room.draw(answer, Style(name, width, color, header, excel))
    return drawn


def draw_bytes(
    answer: Answer,
    name: str,
    *,
    width: int | None = None,
    color: bool = False,
    header: str = "titles",
    excel: bool = False,
) -> bytes:
    """The answer as the bytes of a file: UTF-8 (CSV for Excel with a byte order mark), or a real workbook."""
    room = _room(name)
    style = Style(name, width, color, header, excel)
    if name in _BINARY:
        made: bytes = room.draw_bytes(answer, style)
        return made
    text: str = room.draw(answer, style)
    return text.encode("utf-8-sig" if excel and name == "csv" else "utf-8")


def _room(name: str) -> Any:
    if name not in FORMATS:
        raise Usage("formats.unknown", name=name, known=list(FORMATS))
    return import_module(f"logi.formats.{_ROOMS.get(name, name)}")
