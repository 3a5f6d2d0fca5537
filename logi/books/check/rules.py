"""What checklists are and what follows: answers read, limits held, scores, grades, the stretches in which a run is due."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from logi.core.calendar import SchoolCalendar
from logi.core.errors import BadValue
from logi.core.money import parse_quantity, ratio_half_up

FREQUENCIES = ("daily", "workday", "schoolday", "nightly", "weekly", "monthly", "quarterly", "termly", "yearly", "opening")
KINDS = ("pass", "number", "choice", "text", "photo")
OPENS = ("hazard", "repair", "none")
RESULTS = ("pass", "fail", "na", "noted")
ROLES = ("supervisor", "head", "leader", "keeper", "officer", "warden")
GRADES = ("excellent", "good", "fair", "poor")
LANGUAGES = ("hant", "hans", "en")
HEX = frozenset("0123456789abcdef")
NOON = "12:00"
_DAY = timedelta(days=1)

# Answers as people type them, compared folded (simplified, lower case, half width).
PASSES = frozenset(("pass", "ok", "yes", "y", "合格", "正常", "通过", "是", "好", "√", "✓", "✔"))
FAILS = frozenset(("fail", "no", "n", "不合格", "异常", "不正常", "不通过", "否", "有问题", "×", "x", "✗", "✘"))
NOT_THERE = frozenset(("na", "n/a", "不涉及", "不适用", "无此项", "/"))


class Choice(NamedTuple):
    """One answer of an item to choose from: how much of the weight it earns in percent; 0 is a failure."""

    id: str
    titles: Mapping[str, str]
    share: int


class Item(NamedTuple):
    """One item of a checklist. Limits in thousandths, or the name of the policy that holds them."""

    id: str
    titles: Mapping[str, str]
    area: str | None
    kind: str
    weight: int
    least: int | None
    most: int | None
    least_policy: str | None
    most_policy: str | None
    unit: str | None
    choices: tuple[Choice, ...]
    optional: bool
    opens: str
    category: str
    level: str
    repair: str


class Things(NamedTuple):
    """Which assets a list is run on, each by itself: those of these categories, and those with such a word in their name."""

    categories: tuple[str, ...]
    names: tuple[str, ...]


class Checklist(NamedTuple):
    """A shipped list. `digest` is the start of its file's SHA-256: a run remembers which wording it answered."""

    key: str
    titles: Mapping[str, str]
    frequency: str
    frequency_policy: str | None
    months: tuple[int, ...]
    places: tuple[str, ...]
    place_needed: bool
    every_place: bool
    things: Things | None
    sign: tuple[str, ...]
    sample: bool
    source: str
    areas: Mapping[str, Mapping[str, str]]
    items: tuple[Item, ...]
    digest: str

    def item(self, key: str) -> Item | None:
        """The item of an id."""
        return next((item for item in self.items if item.id == key), None)


class Answer(NamedTuple):
    """What was found at an item. `share` is the part of the weight earned in percent, None where nothing is scored."""

    item: Item
    result: str
    value: str | None
    share: int | None
    remark: str | None


class Window(NamedTuple):
    """A stretch of days in which one run is due: any day from `since` to `until` answers it, `due` is its last good day."""

    since: date
    due: date
    until: date


class Kept(NamedTuple):
    """What the calendar asked of a list at a place up to today, and what was done."""

    expected: int
    done: int
    missed: tuple[Window, ...]
    pending: tuple[Window, ...]


# -- answers ---------------------------------------------------------------------------------------


def read_answer(item: Item, text: str, fold: Callable[[str], str]) -> Answer:
    """An answer as typed: the value, then after a blank a remark; BadValue if the item cannot take it.

    A number's result is `noted` until `held` compares it with its limits.
    """
    head, _, tail = text.strip().replace("\u3000", " ").partition(" ")
    remark, typed = tail.strip() or None, fold(head)
    if item.kind == "text" and text.strip():
        return Answer(item, "noted", text.strip(), None, None)
    if typed in NOT_THERE and (item.kind == "pass" or item.optional):
        return Answer(item, "na", None, None, remark)
    if item.kind == "pass" and typed in PASSES | FAILS:
        passed = typed in PASSES
        return Answer(item, "pass" if passed else "fail", None, 100 if passed else 0, remark)
    if item.kind == "choice" and (chosen := _chosen(item, typed, fold)) is not None:
        return Answer(item, "pass" if chosen.share else "fail", chosen.id, chosen.share, remark)
    if item.kind == "number":
        return Answer(item, "noted", str(_number(item, head)), None, remark)
    if item.kind == "photo" and len(typed) == 64 and HEX.issuperset(typed):
        return Answer(item, "noted", typed, None, remark)
    raise BadValue(f"check.bad_{item.kind}", item=item.id, text=head, known=[choice.id for choice in item.choices])


def held(answer: Answer, least: int | None, most: int | None) -> Answer:
    """A number against its limits (thousandths): outside of them it has failed."""
    if answer.item.kind != "number" or answer.value is None:
        return answer
    milli = int(answer.value)
    failed = (least is not None and milli < least) or (most is not None and milli > most)
    return answer._replace(result="fail" if failed else "pass", share=0 if failed else 100)


def unseen(item: Item) -> Answer:
    """An item that was left out and may be."""
    return Answer(item, "na", None, None, None)


def taken_as_good(item: Item) -> Answer | None:
    """What `--rest-ok` says of an item nobody spoke of; None where that would be invented (a figure, a photo)."""
    if item.kind == "pass":
        return Answer(item, "pass", None, 100, None)
    if item.kind == "choice":
        best = max(item.choices, key=lambda choice: choice.share)
        return Answer(item, "pass", best.id, best.share, None)
    return None


def score(earned: Iterable[tuple[int, int | None]]) -> int | None:
    """The score in tenths of a percent from (weight, share in percent), half up; None if nothing was scored."""
    counted = [(weight, share) for weight, share in earned if share is not None]
    full = sum(weight for weight, _ in counted)
    return ratio_half_up(10 * sum(weight * share for weight, share in counted), full) if full else None


def mean(scores: Iterable[int | None]) -> int | None:
    """The mean of scores, half up; None if there is none."""
    there = [one for one in scores if one is not None]
    return ratio_half_up(sum(there), len(there)) if there else None


def grade(tenths: int | None, least: Mapping[str, int]) -> str | None:
    """The grade of a score by the policy's least percents."""
    if tenths is None:
        return None
    return next((name for name in GRADES[:-1] if name in least and tenths >= 10 * least[name]), GRADES[-1])


# -- when a run is due -----------------------------------------------------------------------------


def duty_day(frequency: str, day: date, at_time: str | None) -> date:
    """The day a run answers for: before noon a nightly one is part of the night before."""
    return day - _DAY if frequency == "nightly" and at_time and at_time < NOON else day


def windows(
    frequency: str, months: Sequence[int], calendar: SchoolCalendar, since: date, until: date, opening_days: int
) -> list[Window]:
    """The stretches whose last good day lies from `since` to `until`: by the calendar, never by the runs there are.

    A stretch with workdays is due on its last one; in a week that is all holiday nothing is due.
    """
    found = _by_day(frequency, calendar, since, until)
    if found is None:
        found = _stretches(frequency, months, calendar, since, until, opening_days)
    return [w for w in found if since <= w.due <= until and (not months or w.due.month in months)]


def keep(asked: Sequence[Window], days: Sequence[date], today: date) -> Kept:
    """Hold the days of runs against what was asked. What is due today or later is pending, not missed."""
    begun = [w for w in asked if w.since <= today]
    absent = [w for w in begun if not any(w.since <= day <= w.until for day in days)]
    return Kept(
        expected=len(begun),
        done=len(begun) - len(absent),
        missed=tuple(w for w in absent if w.due < today),
        pending=tuple(w for w in absent if w.due >= today),
    )


def _by_day(frequency: str, calendar: SchoolCalendar, since: date, until: date) -> list[Window] | None:
    asks: dict[str, Callable[[date], bool]] = {
        "daily": lambda day: True, "nightly": lambda day: True,
        "workday": calendar.is_workday, "schoolday": calendar.is_schoolday,
    }  # fmt: skip
    if frequency not in asks:
        return None
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return [Window(day, day, day) for day in days if asks[frequency](day)]


def _stretches(
    frequency: str, months: Sequence[int], calendar: SchoolCalendar, since: date, until: date, opening_days: int
) -> list[Window]:
    if frequency == "weekly":
        monday = since - timedelta(days=since.weekday())
        weeks = [monday + timedelta(days=7 * n) for n in range((until - monday).days // 7 + 1)]
        return [w for day in weeks if (w := _window(calendar, day, day + timedelta(days=6), worked=True))]
    if frequency in ("termly", "opening"):
        ahead = timedelta(days=opening_days)
        spans = [(t.starts_on, t.ends_on) if frequency == "termly" else (t.starts_on - ahead, t.starts_on)
                 for t in calendar.terms]  # fmt: skip
    else:
        length = {"monthly": 1, "quarterly": 3}.get(frequency, 1 if months else 12)
        spans = list(_months(length, since, until))
    return [w for first, last in spans if (w := _window(calendar, first, last))]


def _months(length: int, since: date, until: date) -> Iterable[tuple[date, date]]:
    """Months, calendar quarters or school years (September to August) that touch two days."""
    start = 8 if length == 12 else 0
    at = since.year * 12 + since.month - 1
    at -= (at - start) % length
    while at <= until.year * 12 + until.month - 1:
        after = at + length
        yield date(at // 12, at % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - _DAY
        at = after


def _window(calendar: SchoolCalendar, first: date, last: date, *, worked: bool = False) -> Window | None:
    days = calendar.workdays(first, last)
    if not days:
        return None if worked else Window(first, last, last)
    return Window(first, days[-1], last)


def _chosen(item: Item, typed: str, fold: Callable[[str], str]) -> Choice | None:
    for choice in item.choices:
        if typed in {fold(choice.id), *(fold(title) for title in choice.titles.values())}:
            return choice
    return None


def _number(item: Item, text: str) -> int:
    bare = text.removesuffix(item.unit) if item.unit else text
    try:
        return parse_quantity(bare, allow_negative=True)
    except BadValue:
        raise BadValue("check.bad_number", item=item.id, text=text, known=[item.unit or ""]) from None
