"""Old XLS workbooks: the cells that hold an error that the reader of cells would give back as blank, and codes.

An XLS file is a small file system (OLE): sectors in chains, a directory, and the stream `Workbook` of BIFF records.
Only what is needed to find error cells is read; whatever is odd is left to the reader proper, which refuses it.
"""

import struct
from collections.abc import Iterator
from itertools import takewhile

from logi.importing.kinds import Flaw
from logi.importing.sheetlooks import Looks, Zeros, zeros_of

FREE = 0xFFFF_FFFA  # and above: ends of chains and unused sectors
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_BOF, _EOF, _LOCK, _SHEET, _BOOLERR, _FORMULA = 0x0809, 0x000A, 0x002F, 0x0085, 0x0205, 0x0006
_FORMAT, _STYLE, _NUMBER, _RK, _MULRK = 0x041E, 0x00E0, 0x0203, 0x027E, 0x00BD


def looks_of(data: bytes) -> dict[str, Looks]:
    """The error cells of every sheet, and the numbers shown with zeros before them. Nothing for what cannot be made out."""
    try:
        book = _stream(data, ("Workbook", "Book"))
        zeros = _zeros(book)
        return {name: _look(book, at, zeros) for name, at in _sheets(book)}
    except (struct.error, IndexError, ValueError, StopIteration, UnicodeDecodeError):
        return {}


def is_locked(data: bytes) -> bool:
    """Whether the workbook is behind a password."""
    try:
        book = _stream(data, ("Workbook", "Book"))
        return any(kind == _LOCK for kind, _ in takewhile(lambda record: record[0] != _EOF, _records(book, 0)))
    except (struct.error, IndexError, ValueError, StopIteration, UnicodeDecodeError):
        return False


# -- records ----------------------------------------------------------------------------------------------------


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _sheets(book: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(book, 0):
        if kind == _EOF:
            return
        if kind == _SHEET:
            at, _, length, wide = struct.unpack_from("<IHBB", body)
            yield body[8 : 8 + length * (2 if wide & 1 else 1)].decode("utf-16-le" if wide & 1 else "latin-1"), at


def _zeros(book: bytes) -> dict[int, Zeros]:
    """The cell styles, by their number, whose number format puts zeros before a number."""
    formats: dict[int, Zeros | None] = {}
    styles: list[int] = []
    for kind, body in _records(book, 0):
        if kind == _EOF:
            break
        if kind == _FORMAT:
            number, length, wide = struct.unpack_from("<HHB", body)
            code = body[5 : 5 + length * (2 if wide & 1 else 1)].decode("utf-16-le" if wide & 1 else "latin-1")
            formats[number] = zeros_of(code)
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    found = {at: formats.get(number) for at, number in enumerate(styles)}
    return {at: zeros for at, zeros in found.items() if zeros is not None}


def _look(book: bytes, at: int, zeros: dict[int, Zeros]) -> Looks:
    looks, depth = Looks(), 0
    for kind, body in _records(book, at):
        depth += (kind == _BOF) - (kind == _EOF)
        if not depth:
            break
        if kind == _BOOLERR:
            row, column, _, code, is_error = struct.unpack_from("<HHHBB", body)
            if is_error:
                looks.flaws[row, column] = _error(code)
        elif kind == _FORMULA:
            _result(body, looks)
        if zeros and kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", body)
            if style in zeros:
                looks.zeros[row, column] = zeros[style]
        elif zeros and kind == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + 6 * place)[0]
                if style in zeros:
                    looks.zeros[row, first + place] = zeros[style]
    return looks


def _result(formula: bytes, looks: Looks) -> None:
    """What came of a formula, if it is no value."""
    row, column, _, what, _, code, _, _, _, mark = struct.unpack_from("<HHHBBBBBBH", formula)
    if mark == 0xFFFF and what == 2:
        looks.flaws[row, column] = _error(code)
    elif mark == 0xFFFF and what == 3:
        looks.silent.append((row, column))


def _error(code: int) -> Flaw:
    return Flaw.of("importing.error_cell", ERRORS.get(code, "#ERROR!"))


# -- sectors ----------------------------------------------------------------------------------------------------


def _stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """The content of the first stream of one of these names."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    if size not in (512, 4096) or small != 64:
        raise ValueError(size)
    table = _table(data, size)
    directory = _chain(data, size, table, struct.unpack_from("<I", data, 48)[0])
    entries = [directory[at : at + 128] for at in range(0, len(directory), 128)]
    found = {_name(entry): struct.unpack_from("<IQ", entry, 116) for entry in entries if entry[66] in (2, 5)}
    start, length = next(found[name] for name in names if name in found)
    if length >= struct.unpack_from("<I", data, 56)[0]:
        return _chain(data, size, table, start)[:length]
    pool = _chain(data, size, table, found["Root Entry"][0])
    minis = _chain(data, size, table, struct.unpack_from("<I", data, 60)[0])
    return _chain(b"\0" * small + pool, small, struct.unpack(f"<{len(minis) // 4}I", minis), start)[:length]


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which."""
    sectors = [one for one in struct.unpack_from("<109I", data, 76) if one < FREE]
    more, rounds = struct.unpack_from("<I", data, 68)[0], 0
    while more < FREE and rounds * size < len(data):
        block = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += [one for one in block[:-1] if one < FREE]
        more, rounds = block[-1], rounds + 1
    whole = b"".join(data[(one + 1) * size : (one + 2) * size] for one in sectors)
    return struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4])


def _chain(data: bytes, size: int, table: tuple[int, ...], at: int) -> bytes:
    blocks: list[bytes] = []
    while at < FREE:
        if len(blocks) > len(table):
            raise ValueError(at)  # a circle
        blocks.append(data[(at + 1) * size : (at + 2) * size])
        at = table[at]
    return b"".join(blocks)


def _name(entry: bytes) -> str:
    return entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le")
