"""What the roll-up book's lines read: levels, kinds and areas as people say them, scores, years, counts."""

import re
from typing import Any

from logi.books.rollup.rules import LINKS, POINTS
from logi.core.errors import BadValue
from logi.core.text import fold_typed

SAID_LEVELS = (
    ("縣區", "county"), ("區", "county"), ("縣市區", "county"), ("教體局", "county"), ("教育局", "county"), ("學區", "hub"),
    ("中心學校", "hub"), ("中心中學", "hub"), ("園", "kindergarten"), ("校", "school"), ("鎮", "town"),
)  # fmt: skip
SAID_LINKS = (("中央", "centre"), ("中", "centre"), ("省", "province"), ("市", "city"))
SAID_POINTS = (
    ("許可證", "licence"), ("制度", "rules"), ("規章制度", "rules"), ("巡查", "rounds"), ("核算", "costing"),
    ("招標", "tender"), ("清洗", "washing"), ("消毒", "washing"), ("保潔", "washing"), ("進出貨", "goods"), ("留樣", "samples"),
)  # fmt: skip
SAID_AREAS = (("城", "urban"), ("城區", "urban"), ("城鎮", "urban"), ("鄉", "rural"), ("鄉村", "rural"), ("農村", "rural"))


def as_year(text: Any) -> str:
    """A calendar year."""
    typed = fold_typed(str(text)).strip().removesuffix("年")
    if not re.fullmatch(r"20[0-9]{2}", typed):
        raise BadValue("rollup.bad_year", text=str(text)[:40])
    return typed


def as_reports(text: Any) -> str:
    """The first month figures are handed up, or a dash for none."""
    from logi.options import as_month

    return "-" if str(text).strip() in ("-", "—", "–") else as_month(text)


def as_percent(text: Any) -> int:
    """A share of the schools, 50 or 50%."""
    typed = fold_typed(str(text)).strip().removesuffix("%").strip()
    if not re.fullmatch(r"[0-9]{1,3}", typed) or not 1 <= int(typed) <= 100:
        raise BadValue("rollup.bad_percent", text=str(text)[:40])
    return int(typed)


def as_links(text: Any) -> str:
    """Links asked for or made, parted by commas: centre, province, city."""
    return _parted(text, "rollup.links", LINKS, SAID_LINKS)


def as_points(text: Any) -> str:
    """Points of the canteen's standard, parted by commas; a point of the school's own stays as typed."""
    return _parted(text, "rollup.item", POINTS, SAID_POINTS)


def _parted(text: Any, prefix: str, keys: tuple[str, ...], said: tuple[tuple[str, str], ...]) -> str:
    from logi.options import fixed, known_or_text

    parse = fixed(prefix, keys, *said) if keys is LINKS else known_or_text(prefix, keys, *said)
    parts = [one.strip() for one in str(text).replace("，", ",").replace("、", ",").split(",")]
    return ",".join(dict.fromkeys(parse(one) for one in parts if one))


def as_heads(text: Any) -> int:
    """How many people: nought and above."""
    typed = fold_typed(str(text)).strip().removesuffix("人").strip()
    if not re.fullmatch(r"[0-9]{1,6}", typed):
        raise BadValue("rollup.bad_heads", text=str(text)[:40])
    return int(typed)
