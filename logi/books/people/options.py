"""What the people book's lines read: people several at a time, points, shares, who did it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from logi.books.people import rules
from logi.core.errors import BadValue
from logi.core.money import parse_count, parse_quantity
from logi.options import as_text, choice, fixed, period_of

MOST_HOURS = 500  # of one training; more is a slip of the finger

MODE_SAID = (("外出学习", "out"), ("参观", "out"), ("请专家", "in"), ("讲座", "in"), ("校内", "school"), ("自修", "self"))
RANK_SAID = (("主管部门", "official"), ("领导", "official"), ("技师", "craftsman"), ("同事", "colleague"),
             ("教师", "colleague"))  # fmt: skip
KIND_SAID = (("电工", "electrician"), ("低压电工", "electrician"), ("司炉", "boiler"), ("消防", "fire"), ("焊工", "welder"),
             ("电梯", "lift"), ("驾驶", "driver"), ("其他", "other"))  # fmt: skip

def as_people(text: Any) -> list[str]:
    """`甲,乙、丙`: several people in one word."""
    if isinstance(text, list):
        return text
    for comma in "，、;；":
        text = str(text).replace(comma, ",")
    return [as_text(part) for part in str(text).split(",") if part.strip()]


Folk = Annotated[
    list[Any] | None, typer.Option("--who", parser=as_people, metavar="PERSON,…", help="people.opt.who")
]
By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="people.opt.by")]
Who = Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="people.opt.person")]
Department = Annotated[
    str | None, typer.Option("--department", parser=as_text, metavar="DEPT", help="people.opt.department")
]
as_kind = fixed("people.certificate", rules.CERTIFICATES, *KIND_SAID)
KindArg = Annotated[str, typer.Argument(parser=as_kind, metavar="|".join(rules.CERTIFICATES), help="people.opt.kind")]
Mode = Annotated[str | None, choice("--mode", "people.mode", rules.MODES, "people.opt.mode", *MODE_SAID)]


def flat(lists: list[list[str]] | None) -> list[str]:
    """What an option given several times names altogether."""
    return [name for one in lists or () for name in one]


def as_hours(text: Any) -> int:
    """Hours of training in thousandths, more than nought."""
    hours = parse_quantity(text)
    if hours <= 0:
        raise BadValue("people.no_hours")
    if hours > MOST_HOURS * 1000:
        raise BadValue("people.many_hours", most=MOST_HOURS)
    return hours


def as_points(text: Any) -> int:
    """Points from 0 to 100."""
    return rules.points(text)


def paired(key: str, parse: Callable[[Any], Any]) -> Callable[[Any], tuple[str, Any]]:
    """A parser of `WHAT=VALUE`; `key` is what is said of anything else."""

    def as_pair(text: Any) -> tuple[str, Any]:
        if isinstance(text, tuple):
            return text
        name, equals, value = str(text).replace("＝", "=").rpartition("=")
        if not equals or not name.strip() or not value.strip():
            raise BadValue(key, text=str(text)[:60])
        return as_text(name), parse(value)

    return as_pair


def as_answers(text: Any) -> int:
    """How many, from 0."""
    return 0 if str(text).strip() in ("0", "０") else parse_count(text)


def span(
    today: date, *, month: str | None = None, quarter: str | None = None, year: str | None = None,
    school_year: str | None = None, since: date | None = None, until: date | None = None,
) -> tuple[date, date]:  # fmt: skip
    """The stretch of days asked for; this school year up to today if none is."""
    from logi.books.people.standing import year_of

    first, last = period_of(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    return first or (year_of(last or today)[0]), last or today
