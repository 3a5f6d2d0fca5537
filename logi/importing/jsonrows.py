"""JSON arrays and JSON Lines -> numbered rows: numbers kept as their text, doubled keys, NaN and nesting refused."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from logi.core.errors import BadData
from logi.core.text import cut
from logi.importing.kinds import Flaw

if TYPE_CHECKING:
    from logi.importing.csvrows import Numbered
    from logi.importing.reading import Source

_WRAPPERS = ("rows", "data", "items", "results")
_BLANK = " \t\r\n"


class _Doubled(ValueError):
    pass


class _Constant(ValueError):
    pass


def json_rows(source: "Source") -> Iterator["Numbered"]:
    """A header row made of all keys in the order first seen, then one row an object, under its line (or, where several
    stand on one line, its place). Bad syntax is one finding (5)."""
    from logi.importing.reading import LARGEST_JSON

    if source.format == "jsonl" and source.encoding in (None, "utf-8") and (streamed := _keys_of_lines(source)) is not None:
        yield from _line_by_line(source, streamed)
        return
    if source.size > LARGEST_JSON:
        raise BadData("importing.too_large", limit=LARGEST_JSON // 10**6)
    if source.seen.bad_line and not source.encoding:
        raise BadData("importing.json_not_utf8", line=source.seen.bad_line)
    if source.seen.nul_line and not source.encoding:
        raise BadData("importing.nul", line=source.seen.nul_line)
    text = _text(source)
    objects = list(_objects(text, lines=source.format == "jsonl"))
    if len({line for line, _ in objects}) != len(objects):  # several stand on one line: they are told by their order
        objects = list(enumerate((one for _, one in objects), 1))
    keys: dict[str, None] = {}
    for line, one in objects:
        if not isinstance(one, dict):
            raise BadData("importing.json_not_object", line=line)
        keys.update(dict.fromkeys(one))
    header = _header(keys)
    yield (objects[0][0] if objects else 1), header
    for line, one in objects:
        yield line, [_cell(one.get(key)) for key in header]


def _keys_of_lines(source: "Source") -> list[str] | None:
    """The keys of a file that has one object on each line, in the order first seen; None for one that has not.

    Such a file is read line by line, and never held whole.
    """
    keys: dict[str, None] = {}
    try:
        for _, one in _objects_of_lines(source):
            if not isinstance(one, dict):
                return None
            keys.update(dict.fromkeys(one))
    except (ValueError, RecursionError):  # the way through the whole text says what is wrong, and where
        return None
    return _header(keys) if keys else None


def _line_by_line(source: "Source", header: list[str]) -> Iterator["Numbered"]:
    first = True
    for line, one in _objects_of_lines(source):
        if first:
            yield line, header
            first = False
        yield line, [_cell(one.get(key)) for key in header]


def _objects_of_lines(source: "Source") -> Iterator[tuple[int, Any]]:
    source.file.seek(0)
    for line, text in enumerate(source.file, 1):
        if text.strip():
            yield line, _DECODER.decode(text.decode("utf-8-sig" if line == 1 else "utf-8"))


def _header(keys: Iterable[str]) -> list[str]:
    for key in keys:
        if key.startswith("__"):
            raise BadData("importing.json_machine_key", column=cut(key))
    return list(keys)


def _text(source: "Source") -> str:
    source.file.seek(0)
    try:
        return source.file.read().decode(source.encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadData("importing.undecodable", line=1, encoding=source.encoding or error.encoding) from None


def _objects(text: str, *, lines: bool) -> Iterator[tuple[int, Any]]:
    start = _skip(text, 0)
    if text[start : start + 1] == "[" and not lines:
        yield from _elements(text, start)
        return
    if text[start : start + 1] == "{" and not lines:
        one, end = _decoded(text, start)
        if _skip(text, end) == len(text):
            wrapped = next((one[key] for key in _WRAPPERS if isinstance(one.get(key), list)), None)
            if wrapped is not None:
                yield from enumerate(wrapped, 1)
                return
    at, line, counted = start, 1, 0
    while at < len(text):
        line, counted = line + text.count("\n", counted, at), at
        one, end = _decoded(text, at)
        yield line, one
        at = _skip(text, end)
        if at < len(text) and "\n" not in text[end:at]:
            raise BadData("importing.json_bad", line=line, problem="one object a line")


def _elements(text: str, start: int) -> Iterator[tuple[int, Any]]:
    at, line, counted = _skip(text, start + 1), 1, 0
    if text[at : at + 1] == "]":
        return
    while True:
        line, counted = line + text.count("\n", counted, at), at
        one, end = _decoded(text, at)
        yield line, one
        at = _skip(text, end)
        sign = text[at : at + 1]
        at = _skip(text, at + 1)
        if sign == "]":
            if at != len(text):
                raise BadData("importing.json_bad", line=line, problem="after ]")
            return
        if sign != ",":
            raise BadData("importing.json_cut" if not sign else "importing.json_bad", line=line, problem=cut(sign, 10))


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def _decoded(text: str, at: int) -> tuple[Any, int]:
    line = text.count("\n", 0, at) + 1 if at < 10_000 else 0
    try:
        return _DECODER.raw_decode(text, at)
    except _Doubled as error:
        raise BadData("importing.json_doubled", line=line or text.count("\n", 0, at) + 1, column=cut(error)) from None
    except _Constant as error:
        raise BadData("importing.json_constant", line=line or text.count("\n", 0, at) + 1, text=cut(error)) from None
    except RecursionError:
        raise BadData("importing.json_deep", line=line or text.count("\n", 0, at) + 1) from None
    except json.JSONDecodeError as error:
        cut_off = error.pos >= len(text.rstrip()) or "Unterminated" in error.msg
        key = "importing.json_cut" if cut_off else "importing.json_bad"
        raise BadData(key, line=error.lineno, problem=cut(error.msg)) from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Doubled(next(name for name in names if names.count(name) > 1))
    return made


class Figure(str):
    """A number of the file, by its digits."""

    __slots__ = ()


def written(cell: str) -> str:
    """A cell as JSON has it: what was a figure, true, a list or an object is so again."""
    if type(cell) is Figure or (type(cell) is Flaw and cell.key == "importing.bool_cell"):
        return str(cell)
    if type(cell) is Flaw and cell.key == "importing.nested_cell":
        try:
            json.loads(cell)
        except ValueError:  # too long to have been kept whole
            return json.dumps(cell, ensure_ascii=False)
        return str(cell)
    return json.dumps(cell, ensure_ascii=False)


def _constant(text: str) -> Any:
    raise _Constant(text)


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=Figure, parse_int=Figure, parse_constant=_constant)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return Flaw.of("importing.bool_cell", "true" if value else "false")
    return Flaw.of("importing.nested_cell", cut(json.dumps(value, ensure_ascii=True)))
