"""What a book's checks report: things due, and things that must hold and do not."""

import re
from datetime import date
from typing import NamedTuple

from logi.core.messages import has, say, title

_HOLE = re.compile(r"(?<![0-9A-Za-z_-])[A-Z]{3,}(?![0-9A-Za-z_-])")  # what a person has to fill in
_ID = re.compile(r"^[A-Z]{3}-[0-9]{2}\b")  # of the seed: "PAT-13 fire.drill_months"
_ARTICLE = re.compile(r"(.*(?:法|条例).*?) (?:art\. )?([0-9]+(?:-[0-9]+)?)")  # "食品安全法 art. 57"
STATES = ("overdue", "missing", "orphaned", "expiring", "soon")


class Due(NamedTuple):
    """One line of `logi due`: what is overdue, missing, orphaned (nobody answers for it), expiring or soon due.

    `rule` is a message key naming the rule ("patrol.rule.round_missed"), `source` where it comes from (an id of the
    seed, a law, a policy), `subject` a number or code, `text` a sentence, `command` the exact line that mends it.
    """

    state: str
    rule: str
    subject: str
    text: str
    day: date | None
    command: str
    source: str = ""


class Basis(str):
    """Where a line of `logi due` comes from: for machines an id of the seed, a policy's name or a law, as the book says it."""

    rule: str

    @classmethod
    def of(cls, source: str, rule: str) -> "Basis":
        """The source of a line, with the key of its rule."""
        basis = cls(source)
        basis.rule = rule
        return basis

    @property
    def shown_as(self) -> str:
        """What people read: the policy by its title, a law as it is cited; else the rule itself, for an id means nothing."""
        named = _ID.sub("", self).removeprefix("policy ").strip()
        if (cited := _ARTICLE.fullmatch(named)) is not None:
            return say("reports.article", law=cited[1], article=cited[2])
        if named:
            return title("policy", named)
        rule = say(self.rule) if has(self.rule) else str(self)
        return rule.rstrip("。.")


class Finding(NamedTuple):
    """Something `logi audit verify` found that must not be: a sentence, and the entry since which it is so."""

    text: str
    entry: int | None = None


class Blocker(NamedTuple):
    """What stands in the way of closing a month: a sentence and the command that cures it.

    `rule` is the message key of a rule that `--override REASON` may pass over; "" where nothing may.
    """

    text: str
    command: str
    rule: str = ""


def spoken(command: str) -> str:
    """A command whose holes are called as the language spoken calls them: `--by PERSON` as `--by 人员`."""
    return _HOLE.sub(lambda hole: title("reports.hole", hole[0]), command)
