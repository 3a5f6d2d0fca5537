"""Reads what a form looks like from data/forms: title, fields, columns, totals, signature chain, copies, paper.

A label is a word of words.toml (or of the form's own [words]) in traditional characters and English; simplified ones are
folded from it unless three are given. `docs/forms.md` says how to write a form.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from logi.core.datafiles import data_path
from logi.core.errors import NotFound
from logi.core.folding import fold, simplify
from logi.core.messages import LANGUAGES, language

TAKES = ("number", "item", "place", "year", "month", "week", "day", "stretch", "class", "term", "none")
KINDS = ("text", "n", "code", "count", "quantity", "money", "day", "rate", "check")
PAPERS = {"A4": (210, 297), "A5": (148, 210)}


class Field(NamedTuple):
    """One label and its value; `span` of the block's columns it takes (0: all of them)."""

    key: str
    kind: str
    span: int


class FormColumn(NamedTuple):
    """One column of a table: its share of the width, and the heading it stands under together with its neighbours."""

    key: str
    kind: str
    share: int
    group: str


class Block(NamedTuple):
    """One part of a form, from top to bottom: fields, lines, texts or sign."""

    part: str
    heading: str = ""
    across: int = 2
    fields: tuple[Field, ...] = ()
    name: str = ""
    columns: tuple[FormColumn, ...] = ()
    totals: tuple[str, ...] = ()
    capitals: str = ""
    rows: int = 0  # most lines a page, 0: as many as fit
    blank: int = 0  # empty rows of a blank form
    least: int = 0  # rows a filled form has at least, the rest empty: for what is written in by hand
    texts: tuple[Sequence[str], ...] = ()
    roles: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    opinions: bool = False
    every_page: bool = False
    new_page: bool = False


class Shape:
    """A form as data."""

    __slots__ = ("also", "blocks", "book", "code", "copies", "landscape", "name", "order", "paper", "size", "takes",
                 "titles", "words")  # fmt: skip

    def __init__(self, name: str, made: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> None:
        self.name, self.words = name, words
        self.code: str = made["code"]
        self.order: int = made["order"]
        self.book: str = made.get("book", "")
        self.takes: str = made["takes"]
        self.titles: Mapping[str, str] = made["title"]
        self.also: tuple[str, ...] = tuple(made.get("also", ()))
        self.copies: tuple[str, ...] = tuple(made.get("copies", ()))
        self.paper: str = made.get("paper", "A4")
        self.landscape: bool = made.get("landscape", False)
        self.size: int = made.get("size", 9)  # points
        self.blocks = tuple(_block(one) for one in made["block"])

    @property
    def title(self) -> str:
        """The form's name in the language spoken now."""
        return self.titles[language()]

    def label(self, key: str) -> str:
        """The word for a field, a column, a role or a copy in the language spoken now."""
        return spoken(self.words[key]) if key in self.words else key

    def knows(self, key: str) -> bool:
        """Whether there is a word for a key."""
        return key in self.words


@cache
def shapes() -> Mapping[str, Shape]:
    """Every form by name, in order."""
    import tomllib

    folder = data_path("forms")
    common = tomllib.loads((folder / "words.toml").read_text("utf-8"))
    found = [_shape(path, common) for path in folder.glob("*.toml") if path.name != "words.toml"]
    return {one.name: one for one in sorted(found, key=lambda one: (one.order, one.name))}


def shape_named(text: str) -> Shape:
    """The form of a name, a title in any language, a fixed short name, or its number (C.4); NotFound (3)."""
    wanted = fold(text)
    for one in shapes().values():
        if wanted in {fold(word) for word in (one.name, one.code, *one.titles.values(), *one.also)}:
            return one
    fitting = [one for one in shapes().values() if any(wanted in fold(title) for title in one.titles.values())]
    if len(fitting) == 1:
        return fitting[0]
    raise NotFound("forms.unknown", name=text, known=[f"{one.name} {one.title}" for one in fitting or shapes().values()])


def spoken(texts: Sequence[str]) -> str:
    """[traditional, English] or [traditional, simplified, English] in the language spoken now."""
    if language() == "en":
        return texts[-1]
    if language() == "zh-Hant":
        return texts[0]
    return texts[1] if len(texts) == len(LANGUAGES) else simplify(texts[0])


def _shape(path: Path, common: Mapping[str, Sequence[str]]) -> Shape:
    import tomllib

    made = tomllib.loads(path.read_text("utf-8"))
    return Shape(path.stem, made, {**common, **made.get("words", {})})


def _block(made: Mapping[str, Any]) -> Block:
    heading, across = made.get("heading", ""), made.get("across", 2)
    if "fields" in made:
        fields = tuple(_field(one) for one in made["fields"])
        return Block("fields", heading, across, fields)
    if "lines" in made:
        return Block(
            "lines", heading, across, name=made["lines"], columns=tuple(_column(one) for one in made["columns"]),
            totals=tuple(made.get("totals", ())), capitals=made.get("capitals", ""), rows=made.get("rows", 0),
            blank=made.get("blank") or made.get("rows") or made.get("least") or 12, least=made.get("least", 0),
            new_page=made.get("new_page", False),
        )  # fmt: skip
    if "texts" in made:
        return Block("texts", heading, across, name=made.get("name", ""), texts=tuple(made["texts"]))
    return Block(
        "sign", heading, across, roles=tuple(made["sign"]), tiers=tuple(made.get("tiers", ())),
        opinions=made.get("opinions", False), every_page=made.get("every_page", False),
    )  # fmt: skip


def _field(made: Sequence[Any]) -> Field:
    default: tuple[Any, ...] = ("text", 1)
    key, kind, span = [*made, *default[len(made) - 1 :]]
    return Field(key, kind, span)


def _column(made: Sequence[Any]) -> FormColumn:
    default: tuple[Any, ...] = ("text", 10, "")
    key, kind, share, group = [*made, *default[len(made) - 1 :]]
    return FormColumn(key, kind, share, group)
