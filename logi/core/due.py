"""What a book's checks report: things due, and things that must hold and do not."""

import re
from datetime import date
from typing import NamedTuple

from logi.core.messages import title

_HOLE = re.compile(r"(?<![0-9A-Za-z_-])[A-Z]{3,}(?![0-9A-Za-z_-])")  # what a person has to fill in
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
    """Where a line of `logi due` comes from; a policy ("policy month.close_workday") people read by its title."""

    @property
    def shown_as(self) -> str:
        """The title of the policy in the language spoken; anything else as it is."""
        name = self.removeprefix("policy ")
        return str(self) if name == self else title("policy", name)


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
