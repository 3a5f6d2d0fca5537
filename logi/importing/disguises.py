"""What a file really is when it is not what its name says: told by its first bytes, in one sentence each."""

import codecs

from logi.core.answers import Word
from logi.core.errors import BadData

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Files that schools have lying about and that hold no rows we could read, by how they begin.
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"), (b"\xff\xd8\xff", "picture"), (b"\x89PNG", "picture"), (b"GIF8", "picture"), (b"BM", "picture"),
    (b"II*\0", "picture"), (b"Rar!\x1a\x07", "archive"), (b"7z\xbc\xaf\x27\x1c", "archive"), (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"), (b"\xfd7zXZ\0", "archive"), (b"SQLite format 3\0", "database"),
)  # fmt: skip
_WORDY = frozenset({b"BM"})  # letters that a heading may begin with too: only with a NUL behind them


def what_is(top: bytes) -> str | None:
    """pdf, picture, archive or database by the first bytes; None for what may be rows."""
    for sign, what in _SIGNS:
        if top.startswith(sign) and (sign not in _WORDY or b"\0" in top[:64]):
            return what
    return None


def refuse_what_holds_no_rows(top: bytes, name: str) -> None:
    """Refuse (5) a PDF, a picture, an archive or a database."""
    what = what_is(top)
    if what is not None:
        key = "importing.archive" if what == "archive" else "importing.no_table"
        raise BadData(key, file=name, what=Word.of("importing.what", what))


def is_page(top: bytes) -> bool:
    """Whether text is a web page, also one saved by mail (MHT) or in UTF-16, or an XML spreadsheet of 2003."""
    begins = _words(top)
    return begins.startswith(("<!doctype", "<html", "<table", "<?xml", "<!--", "<meta", "<body", "<style", "mime-version:"))


def no_workbook(top: bytes, name: str, format: str) -> BadData:
    """What stands where a workbook should: a page, an XML spreadsheet, plain text, or something else."""
    refuse_what_holds_no_rows(top, name)
    if "urn:schemas-microsoft-com:office:spreadsheet" in _words(top):
        return BadData("importing.xml_sheet", file=name)
    if is_page(top):
        return BadData("importing.html_sheet", file=name)
    if b"\0" not in top[:4096] and any(sign in top[:4096] for sign in (b",", b"\t", b";")):
        return BadData("importing.text_sheet", file=name)
    return BadData("importing.not_a_workbook", file=name, format=format)


def unmarked_utf16(top: bytes) -> str | None:
    """utf-16-le or utf-16-be, if bytes with NULs among them are text of that kind without a mark at its head."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = top[: len(top) // 2 * 2 - 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        if ("\n" in text or "\r" in text) and "\0" not in text:
            return encoding
    return None


def _words(top: bytes) -> str:
    """The first words of a file in small letters, whatever it is written in."""
    if top.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return top[:1000].decode("utf-16", "replace").lstrip().lower()
    return top[:1000].removeprefix(codecs.BOM_UTF8).lstrip().lower().decode("latin-1")
