"""A pack as files in a folder: one file a format, but one file a section where a format knows rows alone."""

import re
from collections.abc import Sequence

from logi.core.answers import Confirmation, Pack
from logi.core.errors import Usage
from logi.formats import FORMATS, draw_bytes

_ENDING = {"terminal": "txt", "text": "txt"}
_ROWS_ALONE = frozenset({"csv", "jsonl"})


def draw_files(done: Confirmation, formats: Sequence[str]) -> dict[str, bytes]:
    """A confirmation as one file a format: `logi-stock.out-17.txt`."""
    stem = f"logi-{_plain(done.action)}-{done.entry or 0}"
    return {f"{stem}.{_ENDING.get(name, name)}": draw_bytes(done, name) for name in dict.fromkeys(formats)}


def draw_pack_files(
    pack: Pack, formats: Sequence[str], *, header: str = "titles", excel: bool = False
) -> dict[str, bytes]:
    """File name -> bytes, in the order the formats were named: `logi-report-month-2025-09.xlsx`, `logi-export-assets.csv`."""
    for name in formats:
        if name not in FORMATS:
            raise Usage("formats.unknown", name=name, known=list(FORMATS))
    kind = "logi" if pack.name == "export" else "logi-report"
    stem = "-".join(filter(None, (kind, _plain(pack.name), _plain(pack.period))))
    drawn: dict[str, bytes] = {}
    for name in dict.fromkeys("text" if name == "terminal" else name for name in formats):
        ending = _ENDING.get(name, name)
        if name not in _ROWS_ALONE:
            drawn[f"{stem}.{ending}"] = draw_bytes(pack, name, header=header, excel=excel)
            continue
        for table in pack.tables:
            file = _free(f"{stem}-{_plain(table.name)}", ending, drawn)
            drawn[file] = draw_bytes(table, name, header=header, excel=excel)
    return drawn


def _plain(text: str) -> str:
    """A name no file system minds: Latin letters, digits, dots inside, hyphens."""
    return re.sub(r"[^0-9A-Za-z.]+", "-", text).strip("-.")


def _free(stem: str, ending: str, taken: dict[str, bytes]) -> str:
    count, file = 1, f"{stem}.{ending}"
    while file in taken:
        count += 1
        file = f"{stem}-{count}.{ending}"
    return file
