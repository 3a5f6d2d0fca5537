"""Days and clock times as they are said in Chinese, 下周五, 22日, 月底, 下午3点半: only what has one meaning.

The rule: a form is read if everybody in the office would note the same day or minute; where two would note two, it is refused
with the ways to write either.

- 明天 后天 大后天 大前天, `3天后`: counted from today (今天 昨天 前天 and `3天前` stand in days.py).
- 本周五 这周五 上周五 下周五 (周, 星期, 礼拜): the week of the calendar, Monday to Sunday. 周五 alone is two days: refused.
- 22日 22号 本月22日 上月22日 下月22日: this month, the one before, the one after. A month without that day is refused.
- 月底 本月底 上月底 下月底: the last day. 月初 and 月中 are no days: refused as unknown.
- 早上7点 上午9点半 中午12点 下午3点半 傍晚6点 晚上8点20分 凌晨2点, also 下午3:30: the part of the day says which half.
  13点 to 23点 and 0点 need no part. 1点 to 12点 alone are two times (3点半 is 3:30 to one, 15:30 to the other): refused.
  下午12点 and 晚上12点, which noon and which midnight, are refused too.
"""

import re
from datetime import date, timedelta
from typing import NoReturn

from logi.core.errors import BadValue
from logi.core.text import cut

_AHEAD = {"明天": 1, "明日": 1, "后天": 2, "後天": 2, "大后天": 3, "大後天": 3, "大前天": -3}
_LATER = "([0-9]{1,4})天[后後]"
_WEEKDAYS = "一二三四五六日天"
_WEEKDAY = f"([本这這上下])?个?個?(?:周|週|星期|礼拜|禮拜)([{_WEEKDAYS}])"
_OF_MONTH = "([本这這上下])?(?:个|個)?(月)?([0-9]{1,2})[日号號]"
_LAST_OF_MONTH = "([本这這上下])?(?:个|個)?月底"
_STEP = {"上": -1, "下": 1}
_TIME = (
    "(.*?)(凌晨|淩晨|清晨|早晨|早上|上午|中午|下午|午后|午後|傍晚|晚上)? *([0-9]{1,2})"
    "(?:[点點时時](半|一刻|三刻|([0-9]{1,2})分?)?|:([0-9]{2}))"
)
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}
# The hours by the twelve-hour clock that a part of the day has, and those of them that lie after noon.
_MORNING = range(12)
_HALVES = {
    **dict.fromkeys(("凌晨", "淩晨"), (range(7), range(0))),
    **dict.fromkeys(("清晨", "早晨", "早上", "上午"), (_MORNING, range(0))),
    "中午": (range(1, 13), range(1, 3)),
    **dict.fromkeys(("下午", "午后", "午後"), (range(1, 8), range(1, 8))),
    "傍晚": (range(4, 9), range(4, 9)),
    "晚上": (range(5, 12), range(5, 12)),
}


def said_day(text: str, typed: str, today: date) -> date | None:
    """The day that a Chinese form names, None if it is none of them; BadValue for one with two meanings."""
    if typed in _AHEAD:
        return today + timedelta(days=_AHEAD[typed])
    if later := re.fullmatch(_LATER, typed):
        return today + timedelta(days=int(later[1]))
    if week := re.fullmatch(_WEEKDAY, typed):
        if not week[1]:
            _two_days(text, week[2], today)
        return _of_week(week[2], today, _STEP.get(week[1], 0))
    if last := re.fullmatch(_LAST_OF_MONTH, typed):
        return _month(today, _STEP.get(last[1] or "", 0) + 1) - timedelta(days=1)
    found = re.fullmatch(_OF_MONTH, typed)
    if found is None or bool(found[1]) != bool(found[2]):
        return None
    first = _month(today, _STEP.get(found[1] or "", 0))
    try:
        return first.replace(day=int(found[3]))
    except ValueError:
        raise BadValue("core.day_not_in_month", text=cut(text), month=f"{first:%Y-%m}") from None


def said_time(text: str, typed: str) -> tuple[str, int, int] | None:
    """What stands before a clock time said in Chinese, its hour and its minute; None if it is none.

    BadValue for a time with two meanings, and for an hour its part of the day does not have.
    """
    found = re.fullmatch(_TIME, typed)
    if found is None:
        return None
    before, part = found[1].strip(), found[2]
    if not part and (found[6] or before[-1:].isdigit()):  # 7:10 is read by the clock; 2025-09-16点 is nothing
        return None
    hour = int(found[3])
    minute = _PARTS.get(found[4] or "", int(found[5] or found[6] or 0))
    if minute > 59 or hour > 23:
        raise BadValue("core.time_not_real", text=cut(text))
    return before, _hour(text, part, hour, minute), minute


def _hour(text: str, part: str | None, hour: int, minute: int) -> int:
    if not part:
        if 1 <= hour <= 12:
            early, late = f"{hour % 12}:{minute:02d}", f"{hour % 12 + 12}:{minute:02d}"
            raise BadValue("core.time_two", text=cut(text), early=early, late=late)
        return hour
    hours, after_noon = _HALVES[part]
    if part == "中午" and 3 <= hour <= 10:
        raise BadValue("core.time_part", text=cut(text))
    if hour > 12 and hour - 12 in after_noon:  # 下午15点
        return hour
    if hour not in hours:
        raise BadValue("core.time_part", text=cut(text))
    return hour + 12 if hour in after_noon else hour


def _of_week(sign: str, today: date, weeks: int) -> date:
    number = min(_WEEKDAYS.index(sign), 6)
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks, days=number)


def _two_days(text: str, sign: str, today: date) -> NoReturn:
    known = [f"{word}{sign} {_of_week(sign, today, weeks)}" for word, weeks in (("上周", -1), ("本周", 0), ("下周", 1))]
    raise BadValue("core.day_two", text=cut(text), known=known)


def _month(today: date, step: int) -> date:
    """The first day of the month `step` months on."""
    year, index = divmod(today.year * 12 + today.month - 1 + step, 12)
    return date(year, index + 1, 1)
