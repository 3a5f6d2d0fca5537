"""What the campus book's lines read: phases, percents, years, words that name things of the register."""

import re
from typing import Any

from logi.books.campus.school import PLACE_KINDS as ROOMS
from logi.core.errors import BadValue
from logi.core.text import fold_typed

__all__ = ["ROOMS"]

# What people say for kinds of projects, funds, aims and what a standard is reckoned by.
KIND_SAID = (("校园文化", "culture"), ("校园美化", "beauty"), ("土建", "building"), ("基建", "building"), ("设备", "facility"))
FUND_SAID = (("财政拨款", "fiscal"), ("专项资金", "special"), ("公用经费", "public"), ("捐赠", "donation"), ("自筹", "other"))
PER_SAID = (("每校", "school"), ("每班", "class"), ("班级", "class"), ("每生", "pupil"), ("学生", "pupil"), ("每室", "room"))


def as_phase(text: Any) -> int:
    """A phase of the plan, 1 to 9: 2, 二期."""
    typed = fold_typed(str(text)).strip().removeprefix("第").removesuffix("期")
    typed = str("一二三四五六七八九".index(typed) + 1) if len(typed) == 1 and typed in "一二三四五六七八九" else typed
    if not re.fullmatch(r"[1-9]", typed):
        raise BadValue("campus.bad_phase", text=str(text)[:40])
    return int(typed)


def as_percent(text: Any) -> int:
    """How far something has come, 0 to 100."""
    typed = fold_typed(str(text)).strip().removesuffix("%")
    if not re.fullmatch(r"[0-9]{1,3}", typed) or int(typed) > 100:
        raise BadValue("campus.bad_percent", text=str(text)[:40])
    return int(typed)


def as_year(text: Any) -> str:
    """A calendar year."""
    typed = fold_typed(str(text)).strip().removesuffix("年")
    if not re.fullmatch(r"(19|20)[0-9]{2}", typed):
        raise BadValue("campus.bad_year", text=str(text)[:40])
    return typed


def as_words(text: Any) -> list[str]:
    """Words parted by commas: 一体机、电子白板."""
    return [word.strip() for word in re.split("[,，、;；]", str(text)) if word.strip()]
