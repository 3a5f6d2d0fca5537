"""Files of documents: read once, remembered by SHA-256, kept beside the ledger; a plain text can be printed from the ledger."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from logi.core.datafiles import path_typed
from logi.core.errors import Refused, Unavailable
from logi.core.messages import say
from logi.core.text import clean

if TYPE_CHECKING:
    from logi.context import Desk
    from logi.core.answers import Confirmation

PLAIN = (".txt", ".md")
MOST_TEXT = 300_000  # bytes of a text kept in the ledger


class Filed(NamedTuple):
    """A file as it was given: its name, the SHA-256 of its bytes, its text if it is plain, and the bytes."""

    name: str
    sha256: str
    body: str | None
    content: bytes


def read(typed: str | None) -> Filed | None:
    """The file that was named (6 if it cannot be read, 4 if it is empty)."""
    if typed is None:
        return None
    path = path_typed(typed)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unavailable("front.os_error", problem=error.strerror or "", path=str(path)) from None
    if not content:
        raise Refused("paper.empty_file", path=str(path))
    body = _text(content) if path.suffix.lower() in PLAIN and len(content) <= MOST_TEXT else None
    return Filed(path.name, hashlib.sha256(content).hexdigest(), body, content)


def keep(desk: "Desk", filed: Filed | None, done: "Confirmation") -> None:
    """Put the file beside the ledger once the act stands, and say where; nothing on a dry run or a repeated line."""
    if filed is None or desk.dry_run or done.repeated:
        return
    path, together = desk.path, desk.ledger.together
    if together is not None:
        together.after.append(lambda: _put(path, filed))
    else:
        done.warnings.append(_put(path, filed))


def _put(ledger: Path, filed: Filed) -> str:
    from logi.attachments import keep as keep_file

    try:
        return say("front.attached", path=str(keep_file(ledger, filed.content, Path(filed.name))))
    except OSError as error:
        return say("front.not_attached", path=filed.name, problem=error.strerror or str(error))


def _text(content: bytes) -> str | None:
    """The text of a plain file: UTF-8, or what Chinese editors write otherwise."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return clean(content.decode(encoding), lines=True, limit=MOST_TEXT)
        except UnicodeDecodeError:
            continue
    return None
