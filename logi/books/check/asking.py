"""Going through a list at a terminal: Enter says it is in order, `?` explains, `<` goes back, `.` stops.

Of every failure it is asked what shall become of it; of assets, first whether all of one is in order.
"""

import shlex
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from logi.books.check import lists, rules
from logi.books.check.answering import Given, Handling, resolved, where
from logi.books.check.rules import Checklist, Item
from logi.books.check.using import Spot
from logi.core.errors import BadValue
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.context import Desk

# What may be typed for what becomes of a failure, folded; the first letter of each does too.
WAYS = {
    "repair": ("repair", "r", "报修", "维修"), "hazard": ("hazard", "h", "隐患"),
    "settled": ("settled", "s", "当场", "当场解决", "已处理"), "none": ("none", "n", "记录", "仅记录", "无"),
}  # fmt: skip
BACK = "<"


class Where(NamedTuple):
    """Where a run is to be made, as typed."""

    places: Sequence[str]
    assets: Sequence[str]
    everywhere: bool
    day: date | None


class Question(NamedTuple):
    """One item at one place or asset (None: at all of them at once)."""

    spot: Spot
    place: str | None
    item: Item


def asked(desk: "Desk", name: str, there: Where, given: Sequence[Given], handling: Handling) -> tuple[list[Given], Handling]:
    """The answers typed on the line and here, and what becomes of the failures; told again as the options of one line."""
    checklist = desk.look(lambda ledger: lists.named(ledger, name))
    spots = desk.look(lambda ledger: where(ledger, checklist, there.places, there.day or ledger.today,
                                           everywhere=there.everywhere, assets=there.assets))  # fmt: skip
    known, ways = resolved(checklist, given, handling)
    talk = _Talk(desk, checklist, spots, known, ways)
    talk.through()
    return [*known, *talk.answers], talk.handling


class _Talk:
    """The questions of one run and what was answered."""

    def __init__(self, desk: "Desk", checklist: Checklist, spots: Sequence[Spot], given: Sequence[Given],
                 handling: Handling) -> None:  # fmt: skip
        self.desk, self.checklist, self.spots, self.handling = desk, checklist, spots, handling
        self.found: dict[tuple[str | None, str], Given] = {}
        self.ways: dict[tuple[str | None, str], str] = {}
        self.wanted = [
            Question(spot, place, item)
            for spot in spots
            for place in [spot.codes[-1] if len(spots) > 1 and spot.asset is None else spot.code if len(spots) > 1 else None]
            for item in checklist.items
            if not any(one.item == item.id and one.place in (None, *spot.codes) for one in given)
        ]

    @property
    def answers(self) -> list[Given]:
        """What was answered, in the order of the questions."""
        return list(self.found.values())

    def through(self) -> None:
        """Ask all; what was chosen for failures goes into the handling."""
        if not self.wanted:
            return
        self.desk.note(say("check.asking", title=lists.title(self.checklist)))
        if self.checklist.things is not None and len(self.spots) > 1:
            self._whole_assets()
        at = 0
        while at < len(self.wanted):
            at = max(at - 1, 0) if self._one(at) == BACK else at + 1
        extra: dict[str, list[str]] = {way: [] for way in WAYS}
        for (place, item), way in self.ways.items():
            extra[way].append(f"{place}:{item}" if place else item)
        old = self.handling
        self.handling = Handling([*old.repair, *extra["repair"]], [*old.hazard, *extra["hazard"]],
                                 [*old.settled, *extra["settled"]], [*old.nothing, *extra["none"]])  # fmt: skip
        options = [_option(one) for one in self.answers]
        options += [f"--{way} {shlex.quote(text)}" for way, texts in extra.items() for text in texts]
        self.desk.note(say("check.same_options", options=" ".join(options)))

    def _whole_assets(self) -> None:
        """One question an asset: is all of it in order? Only where it is not, every item is asked for."""
        for spot in self.spots:
            own = [q for q in self.wanted if q.spot is spot and rules.taken_as_good(q.item) is not None]
            if own and self._yes(say("check.asking_whole", asset=spot.text)):
                self.found |= {(q.place, q.item.id): Given(q.place, q.item.id, "ok") for q in own}
                self.wanted = [q for q in self.wanted if q not in own]

    def _yes(self, label: str) -> bool:
        from logi.core.folding import fold

        while True:
            typed = fold(self.desk.ask(label, "ok"))
            if typed in rules.PASSES:
                return True
            if typed in rules.FAILS:
                return False

    def _one(self, at: int) -> str | None:
        """Ask one item until the answer can be read; `<` if the one before is to be asked again."""
        from logi.core.folding import fold

        question = self.wanted[at]
        key, item = (question.place, question.item.id), question.item
        best = "na" if item.optional else "ok" if rules.taken_as_good(item) is not None else None
        label = " ".join(part for part in (question.place, f"{at + 1}/{len(self.wanted)}", lists.title(item)) if part)
        while True:
            typed = self.desk.ask(label, best)
            if typed == BACK:
                return BACK
            if typed == "?" or not typed:
                self.desk.note(say(f"check.asking_{item.kind}", known=[lists.title(choice) for choice in item.choices]))
                continue
            if typed == "ok" and item.kind == "choice":
                typed = max(item.choices, key=lambda choice: choice.share).id
            try:
                answer = rules.read_answer(item, typed, fold)
            except BadValue as error:
                self.desk.note(say(error.key, **error.facts))
                continue
            self.found[key] = Given(question.place, item.id, typed)
            self.ways.pop(key, None)
            if self._failed(answer):
                self._what_becomes(question, key)
            return None

    def _failed(self, answer: rules.Answer) -> bool:
        if answer.item.kind != "number":
            return answer.result == "fail"
        least, most = self.desk.look(lambda ledger: lists.limits(ledger, answer.item, ledger.today))
        return rules.held(answer, least, most).result == "fail"

    def _what_becomes(self, question: Question, key: tuple[str | None, str]) -> None:
        """A repair, a hazard, put right on the spot, or only noted: what the list says is offered first."""
        from logi.core.folding import fold

        usual = self.handling.of(question.spot, question.item)
        while True:
            typed = fold(self.desk.ask(say("check.asking_way"), title("check.way", usual)))
            chosen = next((way for way, words in WAYS.items() if typed in {*words, fold(title("check.way", way))}), None)
            if chosen is not None:
                if chosen != usual:
                    self.ways[key] = chosen
                return
            self.desk.note(say("check.asking_ways"))


def _option(one: Given) -> str:
    return "--set " + shlex.quote((f"{one.place}:" if one.place else "") + f"{one.item}={one.value}")
