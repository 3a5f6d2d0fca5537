"""Parameters all books share, parsed strictly at the door: days, money, quantities, periods, fixed words.

A command declares `on: OnDay = None`, `price: Price = None`, `kind: Annotated[str | None, fixed("repair.kind", KINDS)]`.
Below the door there are dates and integers, not text. Typer feeds defaults through parsers: all pass their own results on.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.core import days, messages, money
from logi.core.errors import BadValue, Usage
from logi.core.text import clean, clean_code, fold_typed

if TYPE_CHECKING:
    from logi.context import Desk

_desk: "Desk | None" = None


def sit_at(desk: "Desk") -> None:
    """Parse from now on for this desk: its today decides what `9-30` or `yesterday` mean."""
    global _desk
    _desk = desk


def desk_today() -> date:
    """Today for the values being parsed."""
    if _desk is None:
        raise RuntimeError("no desk to ask for today")
    return _desk.today


def as_day(text: Any) -> date:
    """A day as typed."""
    if isinstance(text, date):
        return text
    iso = _iso_day(text)
    if iso is None:
        iso = days.parse_day(text, today=desk_today())
        if _desk is not None and not days.bears_year(text):
            _desk.years_read[iso] = str(text)
    return iso


def as_entry_or_day(text: Any) -> int | date:
    """What --known names: an entry (`120`, `#120`) or a day."""
    typed = fold_typed(str(text)).strip()
    digits = typed.removeprefix("#")
    # eight digits may be a day: 20250930; an entry of that number is written with #
    if digits.isascii() and digits.isdigit() and (len(digits) < 8 or typed.startswith("#")) and len(digits) <= 15:
        return int(digits)
    return as_day(typed)


def as_month(text: Any) -> str:
    """A month as typed, as "2025-09"."""
    text = str(text)
    if len(text) == 7 and text[4] == "-" and text.isascii():
        return days.parse_month(text, today=date(2000, 1, 1))
    return days.parse_month(text, today=desk_today())


def as_money(text: Any) -> int:
    """An amount in fen."""
    return money.parse_money(text)


def as_quantity(text: Any) -> int:
    """A quantity in thousandths."""
    return money.parse_quantity(text)


def as_signed_quantity(text: Any) -> int:
    """A quantity in thousandths that may be negative (adjustments)."""
    return money.parse_quantity(text.removeprefix("+") if isinstance(text, str) else text, allow_negative=True)


def as_count(text: Any) -> int:
    """A whole number from 1."""
    return money.parse_count(text)


def as_days(text: Any) -> int:
    """How many days ahead: 0 to 3660 (ten years)."""
    typed = fold_typed(str(text)).strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4 and int(typed) <= 3660):
        raise BadValue("front.bad_days", text=str(text)[:60])
    return int(typed)


def as_text(text: Any) -> str:
    """One line of text as the ledger may keep it."""
    cleaned = clean(str(text))
    if not cleaned:
        raise BadValue("front.empty_text")
    return cleaned


def as_lines(text: Any) -> str:
    """Text that may have several lines."""
    return clean(str(text), lines=True)


def as_code(text: Any) -> str:
    """A code: one word, no invisible characters."""
    return clean_code(str(text))


def fixed(prefix: str, keys: Sequence[str], *aliases: tuple[str, str]) -> Callable[[Any], str]:
    """A parser for fixed values: the English key, its title in any language (`<prefix>.<key>`), or an alias."""

    def as_word(text: Any) -> str:
        typed = str(text)
        if typed in keys:
            return typed
        from logi.core.folding import fold

        folded = fold(typed)
        for key in keys:
            titles = [messages.template(f"{prefix}.{key}", language) for language in messages.LANGUAGES]
            if folded in (fold(key), *(fold(title) for title in titles)):
                return key
        for alias, key in aliases:
            if fold(alias) == folded:
                return key
        known = [f"{key} {messages.title(prefix, key)}" if messages.title(prefix, key) != key else key for key in keys]
        raise BadValue("front.not_a_choice", text=typed, known=known)

    as_word.__name__ = prefix.rpartition(".")[2]
    as_word.titled = (prefix, tuple(keys))  # type: ignore[attr-defined]  # for completion
    return as_word


def known_or_text(prefix: str, keys: Sequence[str], *aliases: tuple[str, str]) -> Callable[[Any], str]:
    """A parser for words a school may add to: a known one becomes its key, anything else stays as typed."""
    known = fixed(prefix, keys, *aliases)

    def as_word_or_text(text: Any) -> str:
        try:
            return known(text)
        except BadValue:
            return as_text(text)

    as_word_or_text.__name__ = prefix.rpartition(".")[2]
    return as_word_or_text


def choice(flag: str, prefix: str, keys: Sequence[str], help: str, *aliases: tuple[str, str]) -> Any:
    """A Typer option of fixed values."""
    return typer.Option(flag, parser=fixed(prefix, keys, *aliases), help=help, metavar="|".join(keys))


def period_of(
    *, month: str | None = None, quarter: str | None = None, week: str | None = None, year: str | None = None,
    school_year: str | None = None, since: date | None = None, until: date | None = None,
) -> tuple[date | None, date | None]:  # fmt: skip
    """The first and last day that --month/--quarter/--week/--year/--school-year or --since/--until mean."""
    named = {"month": month, "quarter": quarter, "week": week, "year": year, "school_year": school_year}
    given = {kind: text for kind, text in named.items() if text}
    if len(given) + bool(since or until) > 1:
        raise Usage("front.two_periods", given=[*given, *(["since/until"] if since or until else [])])
    for kind, text in given.items():
        period = days.parse_period(text, kind=kind, today=desk_today())
        return period.since, period.until
    if since and until and since > until:
        raise Usage("front.since_after_until", since=since, until=until)
    return since, until


def month_so_far(**asked: Any) -> tuple[date, date]:
    """What a period's options mean to a log: without any the month under way up to today; an end alone has its school year."""
    first, last = period_of(**asked)
    if first is None and last is None:
        return desk_today().replace(day=1), desk_today()
    return _begun(first, last), last or desk_today()


def year_so_far(**asked: Any) -> tuple[date, date]:
    """What a period's options mean to a longer log: without any this school year up to today; an end alone has its own."""
    first, last = period_of(**asked)
    return _begun(first, last), last or desk_today()


def _begun(first: date | None, last: date | None) -> date:
    return first or days.school_year_period(days.school_year_of(last or desk_today())).since


def _iso_day(text: str) -> date | None:
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return day if 1949 <= day.year <= 2100 else None  # what is out of bounds is refused by the strict parser
    return None


OnDay = Annotated[date | None, typer.Option("--on", parser=as_day, metavar="DAY", help="front.opt.on")]
SinceDay = Annotated[date | None, typer.Option("--since", parser=as_day, metavar="DAY", help="front.opt.since")]
UntilDay = Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="front.opt.until")]
InMonth = Annotated[str | None, typer.Option("--month", parser=as_month, metavar="MONTH", help="front.opt.month")]
InQuarter = Annotated[str | None, typer.Option("--quarter", metavar="QUARTER", help="front.opt.quarter")]
InWeek = Annotated[str | None, typer.Option("--week", metavar="WEEK", help="front.opt.week")]
InYear = Annotated[str | None, typer.Option("--year", metavar="YEAR", help="front.opt.year")]
InSchoolYear = Annotated[str | None, typer.Option("--school-year", metavar="YEAR", help="front.opt.school_year")]
Note = Annotated[str | None, typer.Option("--note", parser=as_text, metavar="TEXT", help="front.opt.note")]
Reason = Annotated[str | None, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")]
