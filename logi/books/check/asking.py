"""Going through a list at a terminal, item by item: Enter says it is in order, `?` explains, `<` goes back, `.` stops."""

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from logi.books.check import lists, rules
from logi.books.check.actions import Given
from logi.books.check.rules import Checklist
from logi.core.errors import BadValue
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.context import Desk


def ask_items(desk: "Desk", checklist: Checklist, places: Sequence[str], given: Sequence[Given]) -> list[Given]:
    """The answers to every item nobody spoke of, at each place; shown afterwards as the options of one line."""
    from logi.core.folding import fold

    wanted = [(place, item) for place in (places if len(places) > 1 else [None]) for item in checklist.items
              if not any(one.item == item.id and one.place in (None, place) for one in given)]  # fmt: skip
    if not wanted:
        return []
    desk.note(say("check.asking", title=lists.title(checklist)))
    found: dict[int, Given] = {}
    at = 0
    while at < len(wanted):
        place, item = wanted[at]
        best = "na" if item.optional else "ok" if rules.taken_as_good(item) is not None else None
        label = " ".join(part for part in (place, f"{at + 1}/{len(wanted)}", lists.title(item)) if part)
        typed = desk.ask(label, best)
        if typed == "<":
            at = max(at - 1, 0)
            continue
        if typed == "?" or not typed:
            desk.note(say(f"check.asking_{item.kind}", known=[lists.title(choice) for choice in item.choices]))
            continue
        if typed == "ok" and item.kind == "choice":
            typed = max(item.choices, key=lambda choice: choice.share).id
        try:
            rules.read_answer(item, typed, fold)
        except BadValue as error:
            desk.note(say(error.key, **error.facts))
            continue
        found[at] = Given(place, item.id, typed)
        at += 1
    answers = [found[at] for at in sorted(found)]
    desk.note(say("check.same_options", options=" ".join(_option(one) for one in answers)))
    return answers


def _option(one: Given) -> str:
    return "--set " + shlex.quote((f"{one.place}:" if one.place else "") + f"{one.item}={one.value}")
