"""Files of a card (photo, invoice, manual): remembered by name and SHA-256, their bytes kept beside the ledger."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from logi.books.asset import rules, store
from logi.core.answers import Column, Confirmation, Table
from logi.core.datafiles import path_typed
from logi.core.errors import Refused, Unavailable
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.context import Desk
    from logi.db import Ledger
    from logi.journal import Entry


class Filed(NamedTuple):
    """A file as it was given: its name, the SHA-256 of its bytes, and the bytes."""

    name: str
    sha256: str
    content: bytes


def read(typed: Sequence[str]) -> list[Filed]:
    """The files that were named (6 if one cannot be read, 4 if it is empty)."""
    found = []
    for text in typed:
        path = path_typed(text)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise Unavailable("front.os_error", problem=error.strerror or "", path=str(path)) from None
        if not content:
            raise Refused("asset.file_empty", path=str(path))
        found.append(Filed(path.name, hashlib.sha256(content).hexdigest(), content))
    return found


def attach(e: "Entry", texts: Sequence[str], files: Sequence[Filed], note: str | None = None) -> Confirmation:
    """Put files to cards. Refuses (4) a file that is with such a card already."""
    rows = store.cards(e, texts)
    for row in rows:
        for one in files:
            if store.where(e.db, "asset_file", "id", card_id=row["id"], sha256=one.sha256):
                raise Refused("asset.file_there", code=row["code"], file=one.name)
            e.insert("asset_file", card_id=row["id"], on_day=e.today, name=one.name, sha256=one.sha256, note=note)
    codes = [row["code"] for row in rows]
    return Confirmation("asset.attach", codes[0], numbers=codes, facts={
        "codes": rules.compress(codes), "count": len(files), "files": [one.name for one in files],
        "hashes": [one.sha256 for one in files],
    })  # fmt: skip


def keep(desk: "Desk", files: Sequence[Filed], done: Confirmation) -> None:
    """Put the files beside the ledger once the act stands, and say where; nothing on a dry run or a repeated line."""
    if desk.dry_run or done.repeated:
        return
    path, together = desk.path, desk.ledger.together
    for one in files:
        if together is not None:
            together.after.append(lambda one=one: _put(path, one))  # type: ignore[misc]
        else:
            done.warnings.append(_put(path, one))


def of_card(ledger: "Ledger", card_id: int) -> Table | None:
    """The files of a card, None where it has none."""
    from datetime import date

    rows = [
        {"on": date.fromisoformat(row["on_day"]), "file": row["name"], "sha256": row["sha256"], "note": row["note"]}
        for row in store.where(ledger.db, "asset_file", "id", card_id=card_id)
    ]
    if not rows:
        return None
    columns = (Column("on", say("asset.col.on"), "day"), Column("file", say("asset.col.file")),
               Column("sha256", "SHA-256", "code"), Column("note", say("asset.col.note")))  # fmt: skip
    return Table("asset.files", say("asset.title.files"), columns, rows)


def _put(ledger: Path, filed: Filed) -> str:
    from logi.attachments import keep as keep_file

    try:
        return say("front.attached", path=str(keep_file(ledger, filed.content, Path(filed.name))))
    except OSError as error:
        return say("front.not_attached", path=filed.name, problem=error.strerror or str(error))
