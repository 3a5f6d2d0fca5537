"""Headings of a file -> columns of a kind: by key, by known words in both scripts and English, or as --map says."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from logi.core.errors import BadData, Usage
from logi.core.folding import fold
from logi.core.messages import language
from logi.core.text import cut
from logi.importing.kinds import Col, Flaw, Kind
from logi.importing.templates import heading as heading_of

TITLE_ROWS = 20  # a header is looked for among so many rows
MOST_COLUMNS = 500
IGNORE = "-"
# What people write around a heading: the mark of a required column, the unit in brackets at its end.
_MARKS = " *＊:：\u3000"
_UNIT = re.compile(r"\s*[（(\[【][^（(\[【]*[）)\]】]$")
_JOINED = re.compile("[_-]")
_SIGNED = re.compile(
    "(?:制表|填表|填报|制单|审核|复核|批准|经办|负责人|主管|领导|校长|会计|出纳|保管员|签字|签名|盖章)[^:]{0,6}:"
)
_TOTALS = frozenset(map(fold, ("合計", "總計", "小計", "共計", "total", "grand total", "subtotal")))


class Plan(NamedTuple):
    """Which cell of a row feeds which column."""

    columns: tuple[tuple[int, Col], ...]
    unknown: tuple[str, ...]
    headings: tuple[str, ...]
    words: Mapping[str, str] = {}  # what columns of the kind are called

    def heading(self, key: str) -> str:
        """The file's own heading of a column; of one that it does not have, what it is called."""
        return next((self.headings[at] for at, col in self.columns if col.key == key), self.words.get(key, key))


def vocabulary(kind: Kind) -> dict[str, str]:
    """Folded heading -> key of the column. The key itself always counts."""
    known: dict[str, str] = {}
    for col in kind.columns:
        for word in col.words:
            known.setdefault(fold(word), col.key)
    known.update({fold(col.key): col.key for col in kind.columns})
    known.update({fold(col.key.replace("_", " ")): col.key for col in kind.columns})
    return known


class Maps(dict[str, str]):
    """Folded heading -> key; `optional` are headings of a saved or shipped map, which the file need not have."""

    optional: frozenset[str] = frozenset()


def read_maps(texts: Sequence[str], kind: Kind, named: Sequence[str] = ()) -> Maps:
    """`Their header=our_key` (or `=-` to leave a column out) as folded heading -> key. Bad ones are usage errors (2)."""
    keys = {col.key for col in kind.columns} | {IGNORE}
    known = vocabulary(kind)
    maps = Maps()
    for one in (*named, *texts):
        heading, equals, key = one.rpartition("=")
        if not equals or not heading.strip():
            raise Usage("importing.bad_map", text=cut(one))
        if key.strip() not in keys and folded(key) not in known:
            raise Usage("importing.map_unknown_key", column=cut(key), kind=kind.name, known=sorted(keys - {IGNORE}))
        maps[folded(heading)] = key.strip() if key.strip() in keys else known[folded(key)]
    theirs, typed = ({folded(one.rpartition("=")[0]) for one in group} for group in (named, texts))
    maps.optional = frozenset(theirs - typed)
    return maps


def folded(heading: str) -> str:
    """A heading in the form headings are compared by."""
    return fold(heading.strip(_MARKS))


def key_of(heading: str, known: Mapping[str, str], maps: Mapping[str, str]) -> str | None:
    """The column a heading means: as mapped, else as known, else as known when written a little otherwise."""
    form = folded(heading)
    if form in maps:
        return maps[form]
    if form in known:
        return known[form]
    if not form:
        return None
    # as machines write it (asset_no), with a full stop (Asset No.), or with its unit in brackets
    plain = folded(_JOINED.sub(" ", heading).rstrip(". "))
    return known.get(plain) or known.get(folded(_UNIT.sub("", heading)))


def score(cells: Sequence[str], kind: Kind, known: Mapping[str, str], maps: Mapping[str, str]) -> tuple[bool, int]:
    """How much a row looks like the header: whether all that is required stands there, and how many are known."""
    found = {key_of(cell, known, maps) for cell in cells[:MOST_COLUMNS]} - {None, IGNORE}
    count = len(found)
    found |= {col.stands_for for col in kind.columns if col.stands_for and col.key in found}
    whole = all(col.key in found for col in kind.columns if col.required)
    return whole and (not kind.either or not found.isdisjoint(kind.either)), count


def find_header(rows: Sequence[tuple[int, Sequence[str]]], kind: Kind, maps: Mapping[str, str]) -> int:
    """The index of the header among the first rows: the first that has all required columns, else the best known."""
    known = vocabulary(kind)
    scores = [score(cells, kind, known, maps) for _, cells in rows[:TITLE_ROWS]]
    for at, (whole, _) in enumerate(scores):
        if whole:
            return at
    best = max((known_count for _, known_count in scores), default=0)
    return next((at for at, (_, n) in enumerate(scores) if n == best and n), 0)


def two_lines(first: Sequence[str], second: Sequence[str], kind: Kind, maps: Mapping[str, str]) -> list[str] | None:
    """The headings of a table whose head is two lines high (物品 over 编码 and 名称); None where the second is no heading.

    It is one where more columns are known by both lines than by the first, if cells merged with the line above say so, or
    words without figures fill what is blank above.
    """
    known, width = vocabulary(kind), max(len(first), len(second))
    upper, lower = ([*line, *[""] * (width - len(line))] for line in (first, second))
    merged = any(type(cell) is Flaw and cell.key == "importing.merged_cell" for cell in second)
    below = [cell for above, cell in zip(upper, lower, strict=True) if cell.strip() and not above.strip()]
    if not merged and (not below or any(char.isdigit() for cell in second for char in cell)):
        return None
    joined, over = [], ""
    for above, cell in zip(upper, lower, strict=True):
        over = above.strip() or over
        tries = (f"{over}{cell.strip()}", cell.strip(), above.strip())
        own = above.strip() if str(cell) == above or not cell.strip() else None  # nothing stands below it
        joined.append(own if own is not None else next((one for one in tries if key_of(one, known, maps)), tries[0]))
    alone, both = (score(one, kind, known, maps)[1] for one in (first, joined))
    return joined if both > alone else None


def match(headings: Sequence[str], kind: Kind, maps: Mapping[str, str], *, line: int) -> Plan:
    """The plan of a header. Refuses (5) a missing required column and two columns of one meaning."""
    if len(headings) > MOST_COLUMNS:
        raise BadData("importing.too_many_columns", columns=len(headings), limit=MOST_COLUMNS)
    known, by_key = vocabulary(kind), {col.key: col for col in kind.columns}
    _mapped_are_there(headings, maps)
    plan: dict[str, int] = {}
    unknown: list[str] = []
    for at, heading in enumerate(headings):
        key = key_of(heading, known, maps)
        if key == IGNORE or (key is None and not heading.strip()):
            continue
        if key is None:
            unknown.append(cut(heading))
        elif key in plan and (better := _better(headings[plan[key]], heading, by_key[key], maps)) is not None:
            unknown.append(cut(heading if better == headings[plan[key]] else headings[plan[key]]))
            plan[key] = at if better == heading else plan[key]
        elif key in plan:
            if folded(headings[plan[key]]) == folded(heading):  # --map could not tell one from the other
                raise BadData("importing.two_alike", line=line, heading=cut(heading))
            raise BadData("importing.two_columns", line=line, first=cut(headings[plan[key]]), second=cut(heading),
                          column=_wanted(by_key[key]))  # fmt: skip
        else:
            plan[key] = at
    for col in kind.columns:
        if col.key in plan and col.stands_for and col.stands_for not in plan:
            plan[col.stands_for] = plan.pop(col.key)
    missing = [_wanted(col) for col in kind.columns if col.required and col.key not in plan]
    if kind.either and plan.keys().isdisjoint(kind.either):
        missing.append(" | ".join(_wanted(col) for col in kind.columns if col.key in kind.either))
    if missing:
        there = [cut(heading) for heading in headings[:30] if heading.strip()]
        raise BadData("importing.missing_columns", missing=missing, line=line, there=there, kind=kind.name)
    words = {col.key: heading_of(col) for col in kind.columns}
    return Plan(tuple((at, by_key[key]) for key, at in plan.items()), tuple(unknown), tuple(headings), words)


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row is a sum line of a spreadsheet (合計), which is no row of data."""
    first = next((cell for cell in cells if cell.strip()), "")
    if first[-1:].isdigit():
        return False
    return len(first) < 12 and fold(first.strip(_MARKS)) in _TOTALS


def is_signed(cells: Sequence[str]) -> bool:
    """Whether a row is a line of signatures below a table (制表人：… 审核人：…), which is no row of data."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or 2 * len(filled) > max(len(cells), 2) or not any(sign in filled[0][:16] for sign in ":："):
        return False
    return _SIGNED.match(fold(filled[0])) is not None


def _better(first: str, second: str, col: Col, maps: Mapping[str, str]) -> str | None:
    """Which of two headings of one meaning counts: the one that is mapped, else the one that is not to give way."""
    spare = set(map(folded, col.spare))
    pairs = ((_by_map(first, maps), _by_map(second, maps)), (folded(first) not in spare, folded(second) not in spare))
    for one, other in pairs:
        if one != other:
            return first if one else second
    return None


def _by_map(heading: str, maps: Mapping[str, str]) -> bool:
    return folded(heading) in maps


def _mapped_are_there(headings: Sequence[str], maps: Mapping[str, str]) -> None:
    there = {folded(heading) for heading in headings}
    for form, key in maps.items():
        if form not in there and key != IGNORE and form not in getattr(maps, "optional", ()):
            shown = [cut(heading) for heading in headings[:30] if heading.strip()]
            raise Usage("importing.map_no_heading", text=cut(form), there=shown)


def _wanted(col: Col) -> str:
    if language() == "en":
        return f"{col.key} ({col.words[0]})" if col.words else col.key
    return f"{heading_of(col)} ({col.key})" if col.words else col.key
