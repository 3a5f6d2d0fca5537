"""What the meter book's lines read: readings, prices with many decimals, factors, digits, clock times."""

import re
from collections.abc import Sequence
from typing import Any

from logi.core.errors import BadValue, Usage
from logi.core.money import parse_count, parse_quantity
from logi.core.text import fold_typed
from logi.options import as_code

# What people say for a kind.
SAID = (("自来水", "water"), ("用水", "water"), ("用电", "power"), ("electricity", "power"), ("electric", "power"),
        ("天然气", "gas"), ("气", "gas"), ("煤气", "gas"), ("暖气", "heat"), ("热力", "heat"))  # fmt: skip


def as_price(text: Any) -> int:
    """A price per unit in millionths of a yuan: 0.5283, ¥3.2."""
    if isinstance(text, int):
        return text
    typed = fold_typed(str(text)).strip().removeprefix("¥").removesuffix("元").strip()
    found = re.fullmatch(r"([0-9]{1,6})(?:\.([0-9]{1,6}))?", typed)
    if found is None:
        raise BadValue("meter.bad_price", text=str(text)[:40])
    return int(found[1] + (found[2] or "").ljust(6, "0"))


def as_digits(text: Any) -> int:
    """How many whole digits a meter shows, 1 to 9."""
    count = parse_count(text)
    if count > 9:
        raise BadValue("meter.bad_digits", text=str(text)[:40])
    return count


def as_factor(text: Any) -> int:
    """What one unit on the meter stands for, in thousandths: 40, 1.5; never nought."""
    factor = parse_quantity(text)
    if factor <= 0:
        raise BadValue("meter.bad_factor", text=str(text)[:40])
    return factor


def as_clock(text: Any) -> str:
    """A clock time, 22:00."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", fold_typed(str(text)).strip())
    if found is None:
        raise BadValue("meter.bad_clock", text=str(text)[:40])
    return f"{int(found[1]):02d}:{found[2]}"


def as_year(text: Any) -> str:
    """A calendar year."""
    typed = fold_typed(str(text)).strip().removesuffix("年")
    if not re.fullmatch(r"(19|20)[0-9]{2}", typed):
        raise BadValue("meter.bad_year", text=str(text)[:40])
    return typed


def readings(words: Sequence[str]) -> list[tuple[str, int]]:
    """`E-01 12345`, or `E-01=12345 W-01=88.5 …`: meters and what they show, in thousandths."""
    if len(words) == 2 and all("=" not in fold_typed(word) for word in words):
        words = [f"{words[0]}={words[1]}"]
    found: list[tuple[str, int]] = []
    for word in words:
        code, equals, value = fold_typed(word).rpartition("=")
        if not equals or not code.strip() or not value.strip():
            raise Usage("meter.reading_how", text=word)
        found.append((as_code(code.strip()), parse_quantity(value)))
    codes = [code for code, _ in found]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise Usage("meter.read_twice", code=twice)
    return found
