"""What safety measures lack, and which months should have seen a drill, a meeting, a test."""

from collections.abc import Iterable
from datetime import date, timedelta

KINDS = ("security", "fire", "theft", "poison", "electric", "traffic", "water", "crowd", "other")
EVENTS = ("lesson", "training", "drill", "notice", "meeting", "test")
TEACHING = ("lesson", "training", "drill", "notice")  # what makes people aware
EQUIPMENT = ("extinguisher", "hydrant", "alarm", "light", "door", "other")
LACKS = ("awareness", "responsibility", "measure")  # 認識到位, 責任到位, 措施到位
PERIODS = {"monthly": 1, "quarterly": 3, "termly": 6}


def lacking(*, aware_on: date | None, owner: object, measure: object, acted_on: date | None, today: date,
            aware_days: int, act_days: int) -> list[str]:  # fmt: skip
    """What is not in place of the three (PAT-25): people told of it lately, somebody answers, a measure that is acted on."""
    found = []
    if aware_on is None or (today - aware_on).days > aware_days:
        found.append("awareness")
    if owner is None:
        found.append("responsibility")
    if not measure or acted_on is None or (today - acted_on).days > act_days:
        found.append("measure")
    return found


def stretches(since: date, today: date, length: int) -> list[tuple[date, date]]:
    """The stretches of so many calendar months from the one `since` lies in up to the one `today` lies in."""
    start = since.year * 12 + since.month - 1
    start -= start % length
    found = []
    while date(start // 12, start % 12 + 1, 1) <= today:
        after = start + length
        found.append((date(start // 12, start % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)))
        start = after
    return found


def empty(spans: Iterable[tuple[date, date]], days: Iterable[date]) -> list[tuple[date, date]]:
    """The stretches in which none of these days lies."""
    there = sorted(days)
    return [(first, last) for first, last in spans if not any(first <= day <= last for day in there)]
