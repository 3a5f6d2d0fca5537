"""The rules of the school's book: codes and their check digits, terms, and how a policy's value is typed."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any, NoReturn

from logi.core.calendar import parse_term_code
from logi.core.days import school_year_of
from logi.core.errors import BadValue
from logi.core.messages import money_text
from logi.core.money import parse_money
from logi.core.text import cut, fold_typed

# Kinds of places. Rooms that must have a keeper are a policy (school.keeper_kinds), not this list.
PLACE_KINDS = (
    "classroom", "special", "lab", "library", "dorm", "office", "meeting", "store", "canteen", "utility", "gate",
    "outdoor", "shop", "building", "other",
)  # fmt: skip
PLACE_ALIASES = (
    ("专用教室", "special"), ("功能室", "special"), ("计算机室", "special"), ("信息教室", "special"),
    ("音乐室", "special"), ("美术室", "special"), ("实验室", "lab"), ("图书馆", "library"), ("阅览室", "library"),
    ("寝室", "dorm"),
    ("dormitory", "dorm"), ("库房", "store"), ("保管室", "store"), ("warehouse", "store"), ("厨房", "canteen"),
    ("kitchen", "canteen"), ("餐厅", "canteen"), ("食堂", "canteen"), ("锅炉房", "utility"), ("配电室", "utility"),
    ("boiler", "utility"), ("传达室", "gate"), ("门卫", "gate"), ("操场", "outdoor"), ("绿地", "outdoor"),
    ("playground", "outdoor"), ("小卖部", "shop"), ("楼", "building"), ("room", "other"),
)  # fmt: skip
PERSON_STATES = ("here", "left", "all")
METHODS = ("straight", "none")
DAY_KINDS = ("off", "makeup")

# GB 32100-2015: figures and capitals without I O S V Z; the 18th character checks the 17 before it.
_CREDIT_SET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

_WHOLE_KINDS = frozenset({"count", "days", "months", "hours", "minutes", "percent", "celsius", "grams", "kmh"})
_FLAGS = {
    **dict.fromkeys(("true", "yes", "on", "1", "是", "有", "开", "開"), True),
    **dict.fromkeys(("false", "no", "off", "0", "否", "无", "無", "关", "關"), False),
}
_DEPARTMENT_ENDINGS = "处室科组部办"
_NEAR = 0.75
_NUMBERS = re.compile(r"[0-9０-９]+|[一二三四五六七八九十]+")


def credit_code_problem(code: str) -> str | None:
    """What is odd about a unified social credit code: "length", "characters", "check"; None if it is right.

    Only ever a warning: tax numbers of 15 figures are still about (domain rules B.6).
    """
    if len(code) != 18:
        return "length"
    if any(char not in _CREDIT_SET for char in code):
        return "characters"
    total = sum(_CREDIT_SET.index(char) * weight for char, weight in zip(code, _CREDIT_WEIGHTS, strict=False))
    return None if _CREDIT_SET[(31 - total % 31) % 31] == code[17] else "check"


def category_edition(code: str) -> str | None:
    """Which edition of GB/T 14885 a code is of: A and eight figures 2022, seven figures 2010, else None."""
    if re.fullmatch(r"A[0-9]{8}", code):
        return "2022"
    return "2010" if re.fullmatch(r"[0-9]{7}", code) else None


def longest_prefix(table: Mapping[str, int], code: str) -> int | None:
    """The value under the longest beginning of a code."""
    fitting = [prefix for prefix in table if code.startswith(prefix)]
    return table[max(fitting, key=len)] if fitting else None


def on_tender_list(tendered_from: str | None, tendered_to: str | None, on: date) -> bool:
    """Whether a vendor stands on the bureau's tender list on a day; an open end counts on."""
    day = on.isoformat()
    if not (tendered_from or tendered_to):
        return False
    return (tendered_from or day) <= day <= (tendered_to or day)


def term_outside_its_year(code: str, starts_on: date, ends_on: date) -> bool:
    """Whether a term has days outside the school year its code names (August to July, with a month to spare)."""
    named = parse_term_code(code)
    if named is None:
        return True
    return starts_on < date(named[0], 8, 1) or ends_on > date(named[0] + 1, 8, 31)


def next_term_code(today: date, known: Iterable[str]) -> str:
    """The code of the term to be entered: the one today should lie in, or the first after it that is not known."""
    year = today.year if today.month == 8 else school_year_of(today)
    half = 2 if 2 <= today.month <= 7 else 1
    taken = set(known)
    while (code := f"{year}-{year + 1}-{half}") in taken:
        year, half = (year, 2) if half == 1 else (year + 1, 1)
    return code


def near_departments(name: str, initials: str, known: Iterable[tuple[str, str]]) -> list[str]:
    """The departments a name may be a slip of the hand for: the same sounds, or nearly the same signs.

    The word for "office" at the end says nothing: 教务处 is not near 总务处. `known` are (name, initials).
    """
    bare = name.rstrip(_DEPARTMENT_ENDINGS) or name
    return [
        other
        for other, sounds in known
        if not _only_numbers_differ(name, other)
        and (
            (initials and sounds == initials)
            or SequenceMatcher(None, bare, other.rstrip(_DEPARTMENT_ENDINGS) or other).ratio() >= _NEAR
        )
    ]


def _only_numbers_differ(one: str, other: str) -> bool:
    """三年级1班 and 四年级2班 are two classes, not a slip of the hand."""
    return one != other and _NUMBERS.sub("#", one) == _NUMBERS.sub("#", other)


# -- the values of policies ----------------------------------------------------------------------


def read_value(kind: str, text: str, *, choices: Sequence[str] = (), example: Any = None) -> Any:
    """A policy's value as typed (BadValue): money in yuan, whole numbers, yes/no, one of the choices, MM-DD, JSON.

    A table must have the build of the shipped one, `example`.
    """
    typed = fold_typed(text)
    if kind == "fen":
        return parse_money(text)
    if kind in _WHOLE_KINDS:
        return _whole(typed, text, below_zero=kind == "celsius")
    if kind == "flag":
        if typed.lower() not in _FLAGS:
            raise BadValue("school.value_flag", text=cut(text))
        return _FLAGS[typed.lower()]
    if kind == "month-day":
        return _month_day(typed, text)
    if kind == "table":
        return _table(text, example)
    plain = _unquoted(text)
    if kind == "choice" and plain not in choices:
        raise BadValue("school.value_choice", text=cut(text), known=list(choices))
    if not plain and example != "":  # what ships empty may be emptied again
        raise BadValue("front.empty_text")
    return plain


def value_text(kind: str, value: Any) -> str:
    """A policy's value as people read it and may type it again."""
    if kind == "fen" and isinstance(value, int):
        return money_text(value)
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def fits(example: Any, value: Any) -> bool:
    """Whether a value is built like an example: a map has values of known types, a list items like those there."""
    if isinstance(example, dict):
        if not isinstance(value, dict):
            return False
        return all(
            any(fits(one, v) for one in ([example[k]] if k in example else example.values())) for k, v in value.items()
        )
    if isinstance(example, list):
        if not isinstance(value, list):
            return False
        records = [one for one in example if isinstance(one, dict)]
        whole = {key: one for record in records for key, one in record.items()}
        samples = [one for one in example if not isinstance(one, dict)]
        return all(
            (isinstance(v, dict) and bool(records) and v.keys() <= whole.keys() and fits(whole, v))
            or any(fits(one, v) for one in samples)
            for v in value
        )
    return type(example) is type(value)


def _whole(typed: str, text: str, *, below_zero: bool) -> int:
    found = re.fullmatch(r"(-?)([0-9]{1,9}) ?%?", typed)
    if found is None or (found[1] and not below_zero):
        raise BadValue("school.value_whole", text=cut(text))
    return int(found[1] + found[2])


def _month_day(typed: str, text: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})[-/]([0-9]{1,2})", _unquoted(typed))
    try:
        if found is None:
            raise ValueError
        return date(2000, int(found[1]), int(found[2])).isoformat()[5:]
    except ValueError:
        raise BadValue("school.value_month_day", text=cut(text)) from None


def _table(text: str, example: Any) -> Any:
    try:
        value = json.loads(text, parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BadValue("school.value_json", text=cut(text)) from None
    if not isinstance(value, dict | list) or (example is not None and not fits(example, value)):
        raise BadValue("school.value_build", text=cut(text), example=cut(json.dumps(example, ensure_ascii=False), 200))
    return value


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            value = json.loads(text)
        except ValueError:
            return text
        if isinstance(value, str):
            return value
    return text


def _no_float(text: str) -> NoReturn:
    raise ValueError(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found
