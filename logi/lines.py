"""Running several command lines in one process, for `logi run`, `logi shell` and the demo's script."""

import signal
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from logi.core.errors import Usage
from logi.typed import fold_words, hoist

if TYPE_CHECKING:
    from logi.context import Desk
    from logi.together import Together

CURLED = {"“": "”“", "”": "”“", "‘": "’‘", "’": "’‘"}  # what opens, and what may close it, the likelier first


def split(text: str) -> list[str]:
    """The words of a line: quotes as in a shell, curly ones too where a word begins; blanks of any width part words.

    `#` begins a comment; before a digit it is an entry's number (`undo #12`), unless the line begins with it.
    A leading `logi` or `$` is dropped.
    """
    words: list[str] = []
    at = len(text) if text.lstrip().startswith("#") else 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] == "#" and not text[at + 1 : at + 2].isdigit():
            break
        else:
            word, at = _word(text, at)
            words.append(word)
    while words[:1] in (["logi"], ["$"]):
        words = words[1:]
    return words


def _word(text: str, at: int) -> tuple[str, int]:
    """The word that begins at a place, without its quotes, and the place after it."""
    found = ""
    while at < len(text) and not text[at].isspace():
        sign = text[at]
        if sign in CURLED and (not found or (found[0] == "-" and found[-1] == "=")):  # elsewhere it belongs to the text
            part, at = _curled(text, at)
            found += part
        elif sign in "'\"":
            part, at = _quoted(text, at)
            found += part
        elif sign == "\\" and at + 1 < len(text):
            found, at = found + text[at + 1], at + 2
        else:
            found, at = found + sign, at + 1
    return found, at


def _curled(text: str, at: int) -> tuple[str, int]:
    """What stands in curly quotes; input methods open with the closing sign now and then."""
    ends = [text.find(sign, at + 1) for sign in CURLED[text[at]]]
    end = next((one for one in ends if one > 0), -1)
    if end < 0:
        raise Usage("front.curly_quote", text=text[at:])
    return text[at + 1 : end], end + 1


def _quoted(text: str, at: int) -> tuple[str, int]:
    """What stands in straight quotes from a place on; in double ones a backslash takes \" and \\ as they are."""
    quote, found, begun = text[at], "", at
    at += 1
    while at < len(text):
        if text[at] == quote:
            return found, at + 1
        if quote == '"' and text[at] == "\\" and text[at + 1 : at + 2] in ('"', "\\"):
            at += 1
        found, at = found + text[at], at + 1
    raise Usage("front.open_quote", text=text[begun:], quote=quote)


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
    own.running = desk.running
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
