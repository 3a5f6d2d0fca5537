"""What the green book's lines read: works by the words people use, days of an interval, clock times."""

import re
from typing import Any

from logi.books.green.rules import MOST
from logi.core.errors import BadValue
from logi.core.money import parse_count
from logi.core.text import fold_typed

# What people say for a kind of zone, a work, a form of growth.
KIND_SAID = (("绿地", "green"), ("绿化带", "green"), ("卫生区", "hygiene"), ("包干区", "hygiene"), ("卫生间", "toilet"))
WORK_SAID = (("灌溉", "water"), ("剪枝", "prune"), ("打药", "pest"), ("病虫害", "pest"), ("喷药", "pest"), ("锄草", "weed"),
             ("保洁", "clean"))  # fmt: skip
FORM_SAID = (("树木", "tree"), ("草地", "lawn"), ("花卉", "flower"), ("盆花", "pot"))


def as_safe_days(text: Any) -> int:
    """How many days people keep away, 1 to 366."""
    days = parse_count(text)
    if days > MOST:
        raise BadValue("green.bad_safe_days", text=str(text)[:40], most=MOST)
    return days


def as_clock(text: Any) -> str:
    """A clock time, 7:30."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", fold_typed(str(text)).strip())
    if found is None:
        raise BadValue("green.bad_clock", text=str(text)[:40])
    return f"{int(found[1]):02d}:{found[2]}"
