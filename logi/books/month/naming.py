"""Who and when the words of a plan's line say: （王五，12月10日前）, 负责人：李四, 时间：12月5日, 12月中旬, 月底前."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from logi.books.month import rules

_LABEL = (
    "(?:总|總|第一)?(?:责任人|責任人|负责人|負責人|牵头人|牽頭人|经办人|經辦人|承办人|承辦人|主办人|主辦人|责任领导|責任領導)"
)
_NAMES = r"[^\s，,；;。：:()（）]{1,40}"
_OWNER = re.compile(rf"{_LABEL}\s*(?:(?P<parted>[:：]|\s|为|為|是)\s*)?(?P<names>{_NAMES})")
_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]")
_PARTS = re.compile(r"[，,；;、/\s]+")
_SIGNS = re.compile(r"(?<!人)(?<!领导)(?<!領導)[\s]+|[，,；;]+\s*")  # "责任人 李四" is one piece
_BY = "(?:之前|以前|前|止|截止|完成)"
_WHEN = "(?:完成|办结|辦結|截止)?(?:时间|時間|时限|時限|期限|日期|截止)"
_DAY = (
    r"(?:(?P<month>[0-9]{1,2}|本)\s*月)?\s*(?:(?:[0-9]{1,2}\s*[日号號]?\s*[-—–~～至到]\s*(?:[0-9]{1,2}\s*月\s*)?)?"
    r"(?P<day>[0-9]{1,2})\s*[日号號]|(?P<part>上旬|中旬|下旬|底|末)|(?P<end>月底|月末))"
)
_SPAN = re.compile(r"[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*[日号號]\s*[-—–~～至到]\s*(?P<month>[0-9]{1,2})\s*月")  # 9月1日至10月5日
# Where a day is told as the line's own: after a label, in brackets, with "before", or as the line's first or last words.
_TOLD = (
    re.compile(rf"{_WHEN}\s*[:：]?\s*{_DAY}"),
    re.compile(rf"{_DAY}\s*{_BY}"),
    re.compile(rf"[(（，,；;、\s]\s*{_DAY}\s*[)）]"),
    re.compile(rf"[(（]\s*{_DAY}\s*[，,；;、\s]"),
    re.compile(rf"^\s*{_DAY}"),
    re.compile(rf"{_DAY}\s*[。；;]?\s*$"),
)
TAIL = 80  # characters looked at for what stands last
_TENS = {"上旬": 10, "中旬": 20}
# What stands at the end of a line after a sign or a blank, or in brackets: "，12月10日前完成", " 负责人：李四".
_LAST = re.compile(rf"(?:[，,；;、]\s*|\s+)(?P<piece>(?:{_LABEL}\s+)?[^\s，,；;()（）]+)[\s。；;，,、.]*$")
_LAST_BRACKET = re.compile(r"\s*[(（](?P<inside>[^()（）]*)[)）][\s。；;，,、.]*$")
_A_DAY = re.compile(rf"(?:{_WHEN}\s*[:：]?\s*)?(?:[0-9]{{4}}\s*年\s*)?{_DAY}\s*{_BY}*")


class Named(NamedTuple):
    """What a line's words say: who answers for it, who helps, by when; and the work itself without these words."""

    owner: str | None
    helpers: tuple[str, ...]
    due: date | None
    work: str


def named(title: str, month: str, known: Callable[[str], str | None]) -> Named:
    """Read a line. `known` gives a name's kind, "person" or "department", or None.

    Under a label any name counts; in brackets, or standing apart at the line's end, only people and departments known.
    """
    people, departments = _labelled(title, known), []
    apart = [piece for inside in _BRACKET.findall(title) for piece in _PARTS.split(inside)]
    apart += title.split()[1:]
    for piece in (one.strip("。；;，,：: ") for one in apart):
        kind = known(piece) if piece else None
        if kind == "person" and piece not in people:
            people.append(piece)
        elif kind == "department" and piece not in departments:
            departments.append(piece)
    day = due(title, month)
    work = _without(title, {*people, *departments}, lambda piece: day is not None and due(f"（{piece}）", month) == day, known)
    return Named(people[0] if people else None, (*people[1:], *departments), day, work)


def due(title: str, month: str) -> date | None:
    """The day a line is told to be done by; the first third of a month ends on the 10th, its second on the 20th."""
    for pattern in _TOLD:
        match = pattern.search(title)
        if match is None:
            continue
        named_month = match["month"]
        if (span := _SPAN.search(title)) is not None and span.start() <= match.start() <= span.end():
            named_month = span["month"]
        found = _date(month if named_month in (None, "本") else named_month, month, match)
        if found is not None:
            return found
    return None


def _labelled(title: str, known: Callable[[str], str | None]) -> list[str]:
    """The names under a label; 和 and 及 part two of them, but are also parts of names."""
    for match in _OWNER.finditer(title):
        found: list[str] = []
        for one in re.split(r"[、/]", match["names"]):
            parts = [part for part in re.split("[及和]", one) if part]
            found += [one] if known(one) or len(parts) < 2 else parts
        # "工程负责人签字" names nobody: without a sign between, only people who are known are meant
        if match["parted"] or all(known(one) == "person" for one in found):
            return [one for one in found if one]
    return []


def _without(title: str, names: set[str], is_day: Callable[[str], bool], known: Callable[[str], str | None]) -> str:
    """The line without what was read of it, taken from its end piece by piece; what is not wholly read stays."""

    def was_read(piece: str) -> bool:
        if _OWNER.fullmatch(piece):
            said = _labelled(piece, known)
            return bool(said) and names.issuperset(said)
        return piece in names if not _A_DAY.fullmatch(piece) else is_day(piece)

    work = title
    while True:
        near = max(0, len(work) - TAIL)
        bracket, last = _LAST_BRACKET.search(work, near), _LAST.search(work, near)
        if bracket is not None:
            pieces = [piece for piece in _SIGNS.split(bracket["inside"]) if piece]
            start, fits = bracket.start(), bool(pieces) and all(map(was_read, pieces))
        else:
            start, fits = (last.start(), was_read(last["piece"])) if last is not None else (0, False)
        if not fits or not work[:start].strip():
            return work
        work = work[:start].rstrip(" 　，,；;、")


def _date(named: str, month: str, match: re.Match[str]) -> date | None:
    if named != month:
        if not 1 <= int(named) <= 12:
            return None
        named = rules.one_year_on(month, int(named))
    year, number = int(named[:4]), int(named[5:])
    last = monthrange(year, number)[1]
    day = int(match["day"]) if match["day"] else _TENS.get(match["part"] or "", last)
    return date(year, number, day) if 1 <= day <= last else None
