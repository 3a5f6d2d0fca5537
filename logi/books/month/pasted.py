"""What the commands that read pasted text share: no empty paste, and no entry where there was nothing to write."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.confirming import done_key
from logi.context import Desk
from logi.core.answers import Confirmation
from logi.core.errors import Usage

if TYPE_CHECKING:
    from logi.journal import Entry


def as_lines_typed(text: str) -> str:
    """What was pasted; an empty paste is said to be one (2)."""
    if not text.strip():
        raise Usage("month.nothing_pasted")
    return text


class _Nothing(Exception):
    """There was nothing to write: the entry is rolled back, so that no empty one stands in the journal."""

    def __init__(self, done: Confirmation, warnings: list[tuple[str, dict[str, object]]]) -> None:
        self.done, self.warnings = done, warnings


def do_if_any(desk: Desk, action: str, act: "Callable[[Entry], Confirmation]") -> None:
    """Do an act that may find everything there already; then nothing is written, and that is the answer."""

    def write(e: "Entry") -> Confirmation:
        made = act(e)
        if not made.numbers:
            raise _Nothing(made, [(key, dict(facts)) for key, facts in e.warnings])
        return made

    try:
        desk.do(action, write)
    except _Nothing as nothing:
        from logi.core.messages import say

        answer = nothing.done
        answer.says = done_key(answer.action).replace(".done", ".nothing")
        answer.warnings += [say(key, **facts) for key, facts in nothing.warnings]
        desk.answer(answer)
