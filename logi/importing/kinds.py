"""What a book says about rows it takes: kinds, their columns, the parsers of cells, and what became of a row."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.core import days
from logi.core import money as amounts
from logi.core.errors import BadValue
from logi.core.text import clean, clean_code, cut, fold_typed

if TYPE_CHECKING:
    from logi.importing.columns import Many
    from logi.importing.running import Options, Posted
    from logi.journal import Entry

NEW, SAME = "new", "same"
_ANY_DAY = date(2000, 1, 1)  # only full dates come through, so no day of today's can leak in
_FULL_DAY = r"[0-9]{4}[-/.年]?[0-9]{1,2}[-/.月]?[0-9]{1,2}日?"
_CLOCK = re.compile(r"(?:[ T]+0{1,2}:00(:00(\.0+)?)?|\s+(?:[01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?)$")
_OF_FILES = {"core.day_unknown": "importing.not_a_day", "core.day_number": "importing.bare_number",
             "core.month_unknown": "importing.not_a_month", "core.instant_unknown": "importing.not_an_instant"}  # fmt: skip
_ROUNDED = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]{1,3}")

Parse = Callable[[str], Any]


class Flaw(str):
    """A cell that cannot be used as it stands (an error, a formula never reckoned …); `key` is the sentence."""

    __slots__ = ("key",)
    key: str
    __hash__ = object.__hash__  # what a plain text of the same letters means is remembered, and is not what this one means

    @classmethod
    def of(cls, key: str, text: str) -> "Flaw":
        flaw = cls(text)
        flaw.key = key
        return flaw


class Shown(str):
    """A number that its cell shows with zeros before it (0042): a code where words are read, else its `figure` (42)."""

    __slots__ = ("figure",)
    figure: str
    __hash__ = object.__hash__

    @classmethod
    def of(cls, shown: str, figure: str) -> "Shown":
        cell = cls(shown)
        cell.figure = figure
        return cell


class Changed:
    """A row that changes a thing already there: what each column was and became."""

    __slots__ = ("fields",)

    def __init__(self, fields: Mapping[str, tuple[Any, Any]]) -> None:
        self.fields = dict(fields)


Verdict = str | Changed


class Col:
    """One column a kind takes.

    `words` are headings schools use (繁體; simplified and English ones too), `names` the kind of things it names
    (for --create), `filled` refuses blank cells where the column stands at all, `choices` fill a drop-down. A column that
    `stands_for` another is that one where the other is not there; headings among `spare` give way to a better one.
    """

    __slots__ = ("choices", "example", "filled", "key", "kind", "names", "parse", "required", "spare", "stands_for", "words")

    def __init__(
        self, key: str, parse: Parse, *, required: bool = False, words: Sequence[str] = (), names: str = "",
        example: str = "", choices: Sequence[str] = (), filled: bool = False, stands_for: str = "", spare: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.key, self.parse, self.required, self.words, self.names = key, parse, required, tuple(words), names
        self.stands_for, self.spare = stands_for, tuple(spare)
        self.example, self.filled = example, filled or required
        self.choices = tuple(choices) or tuple(getattr(parse, "choices", ()))
        self.kind: str = getattr(parse, "kind", "text")


class Row:
    """One row of a file behind the door: parsed values by key (absent = None), where it stood, and what was written there."""

    __slots__ = ("_texts", "line", "values")

    def __init__(self, line: int, values: dict[str, Any], texts: dict[str, str] | Callable[[], dict[str, str]]) -> None:
        self.line, self.values, self._texts = line, values, texts

    @property
    def texts(self) -> dict[str, str]:
        """The filled cells as they were written; seldom asked for."""
        if not isinstance(self._texts, dict):
            self._texts = self._texts()
        return self._texts

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


class Kind:
    """A kind of rows: its columns, and how one row (`take`) or the whole file (`post`) is entered.

    `key` is the column that names a thing (twice in one file is a finding), `day` the column rows are ordered by.
    `export` gives back rows that the import takes. `bulk` is a faster way through a large file of facts, `many` one for
    rows held as columns. Of the columns `either` one must be there; a file without headings is a plain list of the column
    `plain` (what a scanner writes).
    """

    __slots__ = ("bulk", "columns", "day", "either", "export", "key", "many", "name", "plain", "post")

    def __init__(
        self, name: str, columns: Sequence[Col], take: "Callable[[Entry, Row, Options], Verdict] | None" = None, *,
        post: "Callable[[Entry, list[Row], Options], Posted] | None" = None, key: str | None = None,
        day: str | None = None, export: Callable[[Any], Iterable[Mapping[str, Any]]] | None = None,
        bulk: Callable[..., Any] | None = None, either: Sequence[str] = (), plain: str | None = None,
        many: "Callable[[Entry, Many, Options], Posted] | None" = None,
    ) -> None:  # fmt: skip
        if post is None:
            from logi.importing.running import each

            assert take is not None
            post = each(take)
        self.name, self.columns, self.key, self.day, self.post = name, tuple(columns), key, day, post
        self.export, self.bulk, self.either, self.plain, self.many = export, bulk, tuple(either), plain, many

    @property
    def answers(self) -> bool:
        """Whether its way through many rows answers for what they point at."""
        return self.bulk is not None or self.many is not None

    def column(self, key: str) -> Col | None:
        """The column of a key."""
        return next((col for col in self.columns if col.key == key), None)


# -- cells ------------------------------------------------------------------------------------------------------


def text(cell: str) -> str:
    """One line of words, as typed."""
    return clean(cell)


def lines(cell: str) -> str:
    """Words that may have several lines."""
    return clean(cell, lines=True)


def code(cell: str) -> str:
    """A code, kept as text. A number that a spreadsheet has already rounded (6.37702E+15) is no code."""
    if "+" in cell and _ROUNDED.fullmatch(cell.strip()):
        raise BadValue("importing.rounded", text=cut(cell))
    return clean_code(cell)


def day(cell: str) -> date:
    """A day with its year: what a file says must not depend on the day it is read. Of an instant the day counts."""
    if 10 < len(cell) < 30:
        cell = _CLOCK.sub("", cell)
    try:
        return days.parse_day(cell, today=None)
    except BadValue as error:
        raise _told(error, cell, lambda: days.parse_day(cell, today=_ANY_DAY)) from None


def month(cell: str) -> str:
    """A month with its year, as "2025-09"."""
    typed = fold_typed(cell) if len(cell) < 40 else cell
    if not re.match(r"[0-9]{4}", typed):
        raise BadValue("importing.month_without_year", text=cut(cell))
    try:
        return days.parse_month(typed[:7] if re.fullmatch(r"[0-9]{4}-[0-9]{2}-01", typed) else typed, today=_ANY_DAY)
    except BadValue as error:
        raise _told(error, cell) from None


def instant(cell: str) -> tuple[date, str]:
    """A day with its clock time, in the ledger's zone unless the cell names one."""
    typed = fold_typed(cell) if len(cell) < 40 else cell
    if not re.match(_FULL_DAY, typed):
        raise BadValue("importing.instant_without_day", text=cut(cell))
    try:
        return days.parse_instant(typed, today=_ANY_DAY, zone_minutes=480)
    except BadValue as error:
        raise _told(error, cell) from None


def _told(error: BadValue, cell: str, on_some_day: Callable[[], object] | None = None) -> BadValue:
    """A refusal as a file needs it: a remedy that only a typed line could follow is none."""
    if error.key == "core.day_unknown" and on_some_day is not None:
        try:
            on_some_day()
        except BadValue as other:
            if other.key == "core.day_unknown":
                return BadValue("importing.not_a_day", text=cut(cell))
        return BadValue("importing.day_without_year", text=cut(cell))
    key = _OF_FILES.get(error.key)
    return BadValue(key, text=cut(cell)) if key else error


def figures(cell: str) -> int:
    """An amount in figures, in fen."""
    return amounts.parse_money(cell)


def money(cell: str) -> int:
    """An amount in figures or in capitals (壹佰元整), in fen."""
    try:
        return amounts.parse_money(cell)
    except BadValue as error:
        try:
            return amounts.parse_capitals(cell)
        except BadValue:
            raise error from None


def quantity(cell: str) -> int:
    """A quantity in thousandths."""
    return amounts.parse_quantity(cell)


def signed_quantity(cell: str) -> int:
    """A quantity in thousandths that may be below zero."""
    return amounts.parse_quantity(cell, allow_negative=True)


def count(cell: str) -> int:
    """A whole number from 1."""
    return amounts.parse_count(cell)


def whole(cell: str) -> int:
    """A whole number from 0."""
    return 0 if fold_typed(cell) == "0" else amounts.parse_count(cell)


def yes_no(cell: str) -> bool:
    """是/否, yes/no, 1/0."""
    typed = fold_typed(cell).lower()
    if typed in ("是", "有", "对", "對", "yes", "y", "true", "1", "√", "✓"):
        return True
    if typed in ("否", "无", "無", "no", "n", "false", "0", "×"):
        return False
    raise BadValue("importing.not_yes_no", text=cut(cell))


yes_no.kind, yes_no.choices, yes_no.prefix = "word", ("yes", "no"), "importing.yes_no"  # type: ignore[attr-defined]


def word(prefix: str, keys: Sequence[str], *aliases: tuple[str, str]) -> Parse:
    """A parser of fixed values: the English key, its title (`<prefix>.<key>`) in any language, or an alias."""

    known: dict[str, str] = {}

    def as_word(cell: str) -> str:
        from logi.core import messages
        from logi.core.folding import fold

        if not known:
            for key in keys:
                titles = [messages.template(f"{prefix}.{key}", one) for one in messages.LANGUAGES] \
                    if messages.has(f"{prefix}.{key}") else []  # fmt: skip
                known.update((fold(title), key) for title in titles)
            known.update((fold(alias), key) for alias, key in aliases)
            known.update((fold(key), key) for key in keys)
        found = known.get(cell) or known.get(fold(cell))
        if found is None:
            shown = [messages.title(prefix, key) for key in keys]
            raise BadValue("importing.not_a_choice", text=cut(cell), known=shown)
        return found

    as_word.kind, as_word.choices, as_word.prefix = "word", tuple(keys), prefix  # type: ignore[attr-defined]
    return as_word


_KINDS: tuple[tuple[Any, str], ...] = (
    (code, "code"), (day, "day"), (month, "month"), (figures, "money"), (money, "money"), (quantity, "quantity"),
    (signed_quantity, "quantity"), (count, "count"), (whole, "count"),
)  # fmt: skip
for _parse, _kind in _KINDS:
    _parse.kind = _kind
for _parse in (text, code):
    _parse.selves = True  # type: ignore[attr-defined]  # plain letters and figures mean themselves


def differences(row: Any, wanted: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What of the wanted values (None = not given) differs from the row that is there."""
    return {key: (row[key], value) for key, value in wanted.items() if value is not None and row[key] != value}
