"""Days, clock times, months and periods as people type them; nothing is guessed.

A school year is named by the year it begins in: 2025 is 2025-09-01 to 2026-08-31. A day without its year lies in the school
year of today, a day without its month in the month of today; spoken.py says which Chinese forms are read, and why no others.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple, NoReturn

from logi.core.errors import BadValue
from logi.core.text import cut, fold_typed

FIRST_YEAR, LAST_YEAR = 1949, 2100
SCHOOL_YEAR_START = 9

# Patterns are compiled at first use (re keeps them): a command that types no period pays for none of them.
_LONGEST = 40
_DASHES = str.maketrans("—–∕", "--/")
_WORDS = {"today": 0, "今天": 0, "今日": 0, "yesterday": 1, "昨天": 1, "昨日": 1, "前天": 2, "tomorrow": -1}
_AGO = r"-([0-9]{1,4})d|([0-9]{1,4})天前"
_DAY = (
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"  # 2025-09-30 2025/9/30 2025.9.30
    r"|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号號]"
    r"|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_DAY_OF_SCHOOL_YEAR = r"([0-9]{1,2})[-/]([0-9]{1,2})|([0-9]{1,2})月([0-9]{1,2})[日号號]"
_SHORT_YEAR = r"[0-9]{1,3}([-/.年])[0-9]{1,2}([-/.月])[0-9]{1,2}日?"
_NUMBER = r"[-+]?[0-9]+(\.[0-9]+)?"
_INSTANT = (
    r"(?:(.+?)(?:t| +))?"  # any form of a day
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(z|[-+][0-9]{2}:?[0-9]{2})?"
)
_MONTH = r"([0-9]{4})[-/]([0-9]{1,2})|([0-9]{4})年([0-9]{1,2})月|([0-9]{4})([0-9]{2})"
_MONTH_OF_SCHOOL_YEAR = r"([0-9]{1,2})月"
_QUARTER = r"([0-9]{4})(?:-?q([1-4])|年第?([1-4])季度?)"
_WEEK = r"([0-9]{4})-?w([0-9]{2})"
_YEAR = r"([0-9]{4})年?"
_SCHOOL_YEAR = r"([0-9]{4})(?:-([0-9]{4}))?(?:学年|學年)?"
_THIS = {
    "month": frozenset({"this", "本月", "这个月", "這個月"}),
    "quarter": frozenset({"this", "本季", "本季度"}),
    "week": frozenset({"this", "本周", "本週"}),
    "year": frozenset({"this", "今年", "本年"}),
    "school_year": frozenset({"this", "本学年", "本學年"}),
}
_LAST = {
    "month": frozenset({"last", "上月", "上个月", "上個月"}),
    "quarter": frozenset({"last", "上季", "上季度"}),
    "week": frozenset({"last", "上周", "上週"}),
    "year": frozenset({"last", "去年", "上年"}),
    "school_year": frozenset({"last", "上学年", "上學年"}),
}


class Period(NamedTuple):
    """A stretch of days, both ends included. `kind` month|quarter|week|year|school_year; `label` for a heading."""

    kind: str
    key: str
    since: date
    until: date
    label: str


def parse_day(text: str | date, *, today: date | None, school_year_start_month: int = SCHOOL_YEAR_START) -> date:
    """The day a text names (BadValue if none, or one that does not exist, or one outside 1949-2100).

    With today None, for files, only days that bear their year are read.
    """
    if isinstance(text, date):
        return text.date() if isinstance(text, datetime) else text
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():  # what files hold, a million times
        try:
            iso = date.fromisoformat(text)
        except ValueError:
            pass  # refused below, with its reason
        else:
            _check_year(iso.year, text)
            return iso
    typed = _typed(text, "core.day_unknown")
    if today and (near := _near_day(text, typed, today)) is not None:
        return near
    if full := re.fullmatch(_DAY, typed):
        year, month, day = (int(n) for n in full.groups() if n and n not in "-/.")
    elif today is not None and (short := re.fullmatch(_DAY_OF_SCHOOL_YEAR, typed)):
        month, day = (int(n) for n in short.groups() if n)
        year = _year_of_month(month, today, school_year_start_month)
    else:
        _refuse_day(text, typed)
    return _real_day(year, month, day, text)


def bears_year(text: str) -> bool:
    """Whether a day that was read says its own year or is counted from today, so that no year had to be chosen for it."""
    return re.fullmatch(_DAY_OF_SCHOOL_YEAR, _typed(text, "core.day_unknown")) is None


def parse_instant(
    text: str | tuple[date, str], *, today: date, zone_minutes: int, default_day: date | None = None
) -> tuple[date, str]:
    """The local day and "HH:MM" a text names; a bare clock time is on `default_day`, else today.

    A time with its own zone ("Z", "+09:00") is turned into the ledger's, `zone_minutes` east of UTC.
    Seconds are dropped. Times said in Chinese (下午3点半) are read by spoken.py.
    """
    if isinstance(text, tuple):
        return text
    typed = _typed(text, "core.instant_unknown")
    if not typed.isascii():
        from logi.core.spoken import said_time

        if (said := said_time(text, typed)) is not None:
            on = parse_day(said[0], today=today) if said[0] else default_day or today
            return on, f"{said[1]:02d}:{said[2]:02d}"
    found = re.fullmatch(_INSTANT, typed)
    if found is None:
        raise BadValue("core.instant_unknown", text=cut(text))
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BadValue("core.time_not_real", text=cut(text))
    day = parse_day(found[1], today=today) if found[1] else default_day or today
    if found[5]:
        minutes = hour * 60 + minute + zone_minutes - _offset_minutes(found[5], text)
        day += timedelta(days=minutes // 1440)
        hour, minute = divmod(minutes % 1440, 60)
    return day, f"{hour:02d}:{minute:02d}"


def parse_month(text: str, *, today: date, school_year_start_month: int = SCHOOL_YEAR_START) -> str:
    """The month a text names, as "2025-09"."""
    typed = _typed(text, "core.month_unknown")
    step = _step("month", typed)
    if step is not None:
        return add_months(month_of(today), step)
    if full := re.fullmatch(_MONTH, typed):
        year, month = (int(n) for n in full.groups() if n)
    elif short := re.fullmatch(_MONTH_OF_SCHOOL_YEAR, typed):
        month = int(short[1])
        year = _year_of_month(month, today, school_year_start_month)
    else:
        raise BadValue("core.month_unknown", text=cut(text))
    _check_year(year, text)
    if not 1 <= month <= 12:
        raise BadValue("core.month_not_real", text=cut(text))
    return f"{year:04d}-{month:02d}"


def parse_quarter(text: str | Period, *, today: date) -> Period:
    """2025Q3, 2025年第3季度, 上季度/last, 本季/this."""
    if isinstance(text, Period):
        return text
    typed = _typed(text, "core.quarter_unknown")
    step = _step("quarter", typed)
    if step is not None:
        month = add_months(month_of(today), 3 * step)
        return quarter_period(int(month[:4]), (int(month[5:]) + 2) // 3)
    found = re.fullmatch(_QUARTER, typed)
    if found is None:
        raise BadValue("core.quarter_unknown", text=cut(text))
    return quarter_period(_check_year(int(found[1]), text), int(found[2] or found[3]))


def parse_week(text: str | Period, *, today: date) -> Period:
    """An ISO week: 2025-W38, 上周/last, 本周/this."""
    if isinstance(text, Period):
        return text
    typed = _typed(text, "core.week_unknown")
    step = _step("week", typed)
    if step is not None:
        iso = (today + timedelta(weeks=step)).isocalendar()
        return week_period(iso.year, iso.week)
    found = re.fullmatch(_WEEK, typed)
    if found is None:
        raise BadValue("core.week_unknown", text=cut(text))
    try:
        return week_period(_check_year(int(found[1]), text), int(found[2]))
    except ValueError:
        raise BadValue("core.week_not_real", text=cut(text)) from None


def parse_year(text: str | Period, *, today: date) -> Period:
    """A calendar year: 2025, 2025年, 去年/last, 今年/this."""
    if isinstance(text, Period):
        return text
    typed = _typed(text, "core.year_unknown")
    step = _step("year", typed)
    if step is not None:
        return year_period(today.year + step)
    found = re.fullmatch(_YEAR, typed)
    if found is None:
        raise BadValue("core.year_unknown", text=cut(text))
    return year_period(_check_year(int(found[1]), text))


def parse_school_year(text: str | Period, *, today: date, school_year_start_month: int = SCHOOL_YEAR_START) -> Period:
    """A school year: 2025, 2025-2026, 2025学年, 上学年/last, 本学年/this."""
    if isinstance(text, Period):
        return text
    typed = _typed(text, "core.school_year_unknown")
    step = _step("school_year", typed)
    if step is not None:
        return school_year_period(school_year_of(today, school_year_start_month) + step, school_year_start_month)
    found = re.fullmatch(_SCHOOL_YEAR, typed)
    if found is None or (found[2] and int(found[2]) != int(found[1]) + 1):
        raise BadValue("core.school_year_unknown", text=cut(text))
    return school_year_period(_check_year(int(found[1]), text), school_year_start_month)


def parse_period(text: str | Period, *, kind: str, today: date) -> Period:
    """The period of one kind that a text names."""
    if isinstance(text, Period):
        return text
    if kind == "month":
        return month_period(parse_month(text, today=today))
    parse: Callable[..., Period] = {
        "quarter": parse_quarter,
        "week": parse_week,
        "year": parse_year,
        "school_year": parse_school_year,
    }[kind]
    return parse(text, today=today)


def month_period(month: str) -> Period:
    """ "2025-09" as days."""
    since = date(int(month[:4]), int(month[5:]), 1)
    return Period("month", month, since, _day_before(add_months(month, 1)), month)


def quarter_period(year: int, quarter: int) -> Period:
    """The calendar quarter 1..4 as days."""
    first = f"{year:04d}-{3 * quarter - 2:02d}"
    key = f"{year}Q{quarter}"
    return Period("quarter", key, date(year, 3 * quarter - 2, 1), _day_before(add_months(first, 3)), key)


def week_period(year: int, week: int) -> Period:
    """The ISO week, Monday to Sunday; ValueError where the year has no such week."""
    since = date.fromisocalendar(year, week, 1)
    key = f"{year}-W{week:02d}"
    return Period("week", key, since, since + timedelta(days=6), key)


def year_period(year: int) -> Period:
    """The calendar year, which is also the accounting year."""
    return Period("year", str(year), date(year, 1, 1), date(year, 12, 31), str(year))


def school_year_period(year: int, start_month: int = SCHOOL_YEAR_START) -> Period:
    """The school year that begins in `year`."""
    following = f"{year + 1:04d}-{start_month:02d}"
    return Period("school_year", str(year), date(year, start_month, 1), _day_before(following), f"{year}-{year + 1}")


def school_year_of(day: date, start_month: int = SCHOOL_YEAR_START) -> int:
    """The year in which the day's school year began."""
    return day.year if day.month >= start_month else day.year - 1


def last_good_day(day: date, months: int) -> date:
    """The last day that what begins on a day holds: so many months later, the day before, or that month's last.

    31 August + 6: 28 February; 民法典 202: where the last month lacks the day, its last day is the end.
    """
    period = month_period(add_months(month_of(day), months))
    return min(period.since + timedelta(days=day.day - 2), period.until)


def month_of(day: date) -> str:
    """The day's month, "2025-09"."""
    return f"{day.year:04d}-{day.month:02d}"


def add_months(month: str, n: int) -> str:
    """ "2025-09" and 5 -> "2026-02"; `n` may be negative."""
    year, index = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + n, 12)
    return f"{year:04d}-{index + 1:02d}"


def days_between(since: date, until: date) -> Iterator[date]:
    """Every day from `since` to `until`, both included; none if they are the wrong way round."""
    for n in range((until - since).days + 1):
        yield since + timedelta(days=n)


def _typed(text: str, unknown: str) -> str:
    if len(text) > _LONGEST:
        raise BadValue(unknown, text=cut(text))
    typed = fold_typed(text)
    return typed.lower() if typed.isascii() else typed.translate(_DASHES).lower()


def _near_day(text: str, typed: str, today: date) -> date | None:
    """A day counted from today, or None."""
    if typed in _WORDS:
        return today - timedelta(days=_WORDS[typed])
    if ago := re.fullmatch(_AGO, typed):
        return today - timedelta(days=int(ago[1] or ago[2]))
    if typed.isascii():
        return None
    from logi.core.spoken import said_day

    return said_day(text, typed, today)


def _refuse_day(text: str, typed: str) -> NoReturn:
    if typed.startswith(("民国", "民國", "中华民国", "中華民國")):
        raise BadValue("core.day_republic", text=cut(text))
    if re.fullmatch(_SHORT_YEAR, typed):
        raise BadValue("core.day_short_year", text=cut(text))
    raise BadValue("core.day_number" if re.fullmatch(_NUMBER, typed) else "core.day_unknown", text=cut(text))


def _real_day(year: int, month: int, day: int, text: str) -> date:
    _check_year(year, text)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue("core.day_not_real", text=cut(text)) from None


def _check_year(year: int, text: str) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadValue("core.year_range", text=cut(text), first=FIRST_YEAR, last=LAST_YEAR)
    return year


def _year_of_month(month: int, today: date, start_month: int) -> int:
    year = school_year_of(today, start_month)
    return year if month >= start_month else year + 1


def _step(kind: str, typed: str) -> int | None:
    if typed in _THIS[kind]:
        return 0
    return -1 if typed in _LAST[kind] else None


def _offset_minutes(zone: str, text: str) -> int:
    if zone == "z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise BadValue("core.time_not_real", text=cut(text))
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def _day_before(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1) - timedelta(days=1)
