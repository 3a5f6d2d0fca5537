"""The shipped checklists, read from data: one by its key, or by what somebody typed."""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from logi.books.check import school
from logi.books.check.rules import LANGUAGES, Answer, Checklist, Choice, Item, Things
from logi.core import messages
from logi.core.answers import Word
from logi.core.datafiles import data_path
from logi.core.errors import Ambiguous, NotFound
from logi.core.money import parse_quantity

if TYPE_CHECKING:
    from datetime import date

    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

FOLDER = "checklists"


@cache
def keys() -> tuple[str, ...]:
    """The keys of every shipped list."""
    return tuple(sorted(path.stem for path in data_path(FOLDER).glob("*.toml")))


@cache
def known(key: str) -> Checklist | None:
    """The list of exactly this key; None where this version ships none."""
    import tomllib

    if key not in keys():
        return None
    content = data_path(FOLDER, f"{key}.toml").read_bytes()
    return _checklist(key, tomllib.loads(content.decode("utf-8")), hashlib.sha256(content).hexdigest()[:16])


def every() -> list[Checklist]:
    """All lists, by key."""
    return [one for key in keys() if (one := known(key)) is not None]


def named(source: "Source", text: str) -> Checklist:
    """The list a text names: key, title in any language, pinyin initials, or a part only one has. NotFound, Ambiguous (3)."""
    ledger: Any = getattr(source, "ledger", source)
    if (exact := known(text)) is not None:
        return exact
    if (chosen := ledger.chosen.get((FOLDER, text))) is not None:
        return every()[int(chosen)]
    from logi.core.folding import closest, fold, initials

    folded, lists = fold(text), every()
    names = [[fold(one.key), *(fold(title) for title in one.titles.values())] for one in lists]
    tiers = [[at for at, words in enumerate(names) if folded in words]]
    if folded and not ledger.exact:
        tiers.append([at for at, one in enumerate(lists) if initials(one.titles["hans"]) == folded])
        tiers.append([at for at, words in enumerate(names) if any(word.startswith(folded) for word in words)])
        tiers.append([at for at, words in enumerate(names) if any(folded in word for word in words)])
    for fitting in tiers:
        if len(fitting) == 1:
            return lists[fitting[0]]
        if fitting:
            pairs = [(lists[at].key, title(lists[at])) for at in fitting]
            error = Ambiguous("front.ambiguous", candidates=pairs, what=_what(), text=text)
            error.choices = [(FOLDER, text, at) for at in fitting]  # type: ignore[attr-defined]
            raise error
    near = closest(text, [*keys(), *(title(one) for one in lists)])
    raise NotFound("check.no_list_near" if near else "check.no_list", text=text, near=near)


def title(thing: Checklist | Item | Choice) -> str:
    """What a list, an item or a choice is called in the language spoken now."""
    return said(thing.titles)


def area(checklist: Checklist, item: Item) -> str | None:
    """The title of an item's area."""
    return said(checklist.areas[item.area]) if item.area else None


def said(titles: Mapping[str, str]) -> str:
    """The title in the language spoken now."""
    return titles[{"zh-Hant": "hant", "zh-Hans": "hans"}.get(messages.language(), "en")]


def value(item: Item | None, text: str | None) -> str | None:
    """A stored value as people read it: a choice's title, a number with its unit."""
    if item is None or text is None:
        return text
    if item.kind == "choice":
        return next((title(choice) for choice in item.choices if choice.id == text), text)
    if item.kind == "number":
        return messages.quantity_text(int(text)) + (f" {item.unit}" if item.unit else "")
    return text


def limits(source: "Source", item: Item, day: "date") -> tuple[int | None, int | None]:
    """The least and the most a number may be on a day, in thousandths: from the list, or from the policy it names."""
    least, most = item.least, item.most
    if item.least_policy:
        least = 1000 * int(school.policy(source, item.least_policy, day))
    if item.most_policy:
        most = 1000 * int(school.policy(source, item.most_policy, day))
    return least, most


def item_named(checklist: Checklist, text: str, *, whole: bool = False) -> Item | None:
    """The item a text means: its id, number in the list, wording in any language, or (not `whole`) a part only one has."""
    from logi.core.folding import fold

    if (exact := checklist.item(text)) is not None:
        return exact
    if text.isascii() and text.isdigit():
        return checklist.items[int(text) - 1] if 1 <= int(text) <= len(checklist.items) else None
    folded = fold(text)
    titles = [[fold(title) for title in item.titles.values()] for item in checklist.items]
    for fitting in (
        [at for at, words in enumerate(titles) if folded in words],
        [at for at, words in enumerate(titles) if any(folded in word for word in words)],
    ):
        if folded and len(fitting) == 1:
            return checklist.items[fitting[0]]
        if whole:
            break
    return None


def answer_text(answer: Answer) -> str:
    """An answer in one line for a confirmation or a problem's title."""
    return " ".join(part for part in (title(answer.item), value(answer.item, answer.value), answer.remark) if part)


def _checklist(key: str, data: Mapping[str, Any], digest: str) -> Checklist:
    scale = {one["id"]: Choice(one["id"], _titles(one), one["share"]) for one in data.get("choice", ())}
    return Checklist(
        key=key,
        titles=_titles(data),
        frequency=data["frequency"],
        frequency_policy=data.get("frequency_policy"),
        months=tuple(data.get("months", ())),
        places=tuple(data.get("places", ())),
        place_needed=data.get("place_needed", False),
        every_place=data.get("every_place", False),
        things=_things(data),
        sign=tuple(data.get("sign", ())),
        sample=data.get("sample", False),
        source=data["source"],
        areas={one["id"]: _titles(one) for one in data.get("area", ())},
        items=tuple(_item(one, data, scale) for one in data["item"]),
        digest=digest,
    )


def _item(data: Mapping[str, Any], whole: Mapping[str, Any], scale: Mapping[str, Choice]) -> Item:
    kind = data.get("kind", "pass")
    return Item(
        id=data["id"],
        titles=_titles(data),
        area=data.get("area"),
        kind=kind,
        weight=data.get("weight", 0 if kind in ("text", "photo") else 1),
        least=_milli(data.get("min")),
        most=_milli(data.get("max")),
        least_policy=data.get("min_policy"),
        most_policy=data.get("max_policy"),
        unit=data.get("unit"),
        choices=tuple(scale[one] for one in data.get("choices", ())),
        optional=data.get("optional", False),
        opens=data.get("opens", whole.get("opens", "hazard")),
        category=data.get("category", whole.get("category", "other")),
        level=data.get("level", "general"),
        repair=data.get("repair", whole.get("repair", "other")),
    )


def _things(data: Mapping[str, Any]) -> Things | None:
    categories, names = data.get("asset_categories", ()), data.get("asset_names", ())
    return Things(tuple(categories), tuple(names)) if categories or names else None


def _titles(data: Mapping[str, Any]) -> dict[str, str]:
    return {language: data[language] for language in LANGUAGES}


def _milli(text: str | None) -> int | None:
    return None if text is None else parse_quantity(text, allow_negative=True)


def _what() -> Word:
    return Word.of("check.thing", "checklist")
