"""Running several command lines in one process, for `logi run`, `logi shell` and the demo's script."""

import shlex
import signal
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from logi.core.errors import Usage
from logi.typed import CURLY, fold_words, hoist

if TYPE_CHECKING:
    from logi.context import Desk
    from logi.together import Together


def split(text: str) -> list[str]:
    """The words of a line: quotes as in a shell, curly ones too; a leading `logi` or `$` may stand and is dropped."""
    straight = text.translate({ord(q): '"' for pair in CURLY.items() if pair[0] != "「" for q in pair})
    try:
        words = shlex.split(straight, comments=True)
    except ValueError:
        raise Usage("front.open_quote", text=text) from None
    while words[:1] in (["logi"], ["$"]):
        words = words[1:]
    return words


def run_line(
    desk: "Desk", text: str, *, env: Mapping[str, str] | None = None, together: "Together | None" = None
) -> "Desk | None":
    """Run one line at a desk like `desk` (same ledger, same shared options unless the line has its own).

    `together` is the entry that several lines share. Returns the line's own desk (its `code` tells 0 or 7), or None
    for an empty line. Refusals are raised.
    """
    from logi.front import dispatch

    words = split(text)
    if not words:
        return None
    shared, rest = hoist(fold_words(words))
    own = type(desk)({**_kept(desk.shared), **shared}, env or desk.env)
    own.years_read = desk.years_read  # a refusal is told at the outer desk
    own.adopt(desk.ledger)
    own.ledger.exact = own.exact
    who = own.ledger.who
    if together is not None:
        _may_join(together, shared, rest)
    elif "actor" in shared:
        own.ledger.who = own.who_in(own.ledger)
    try:
        dispatch(own, rest or ["today"])
    finally:
        own.leave()
        desk.ledger.who = who
        # Each line is said before the next begins: signals held since its COMMIT may come in again.
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    return own


def _may_join(together: "Together", shared: Mapping[str, Any], rest: list[str]) -> None:
    """Refuse (2) a line that cannot be part of one entry: of another actor, with a key, or about the ledger as a whole."""
    from logi.front import command_path
    from logi.together import alone

    path = command_path(rest)
    if alone(path):
        raise Usage("front.not_together", command=path)
    if "actor" in shared:
        raise Usage("front.together_actor")


def _kept(shared: Mapping[str, Any]) -> dict[str, Any]:
    """What a line takes over from the command that runs it: never its output or its key."""
    return {k: v for k, v in shared.items() if k in ("lang", "actor", "wait", "no_input", "quiet", "exact", "ledger")}
