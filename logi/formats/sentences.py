"""The sentences around figures that several formats share: what was done, and what a pack says about itself."""

from typing import Any

from logi.core.answers import Confirmation, Pack, Word
from logi.core.messages import say
from logi.core.text import show

_UNDOES = frozenset({"undo"})
_FINAL = frozenset({"init", "demo", "migrate", "backup", "restore", "month.close", "month.reopen",
                    "import.journal"})  # no undo by number


def done_lines(done: Confirmation, *, warnings: bool = True) -> list[tuple[str, str]]:
    """What was done, line by line, as (role, text); roles are said, warning and hint.

    Plain text leaves the warnings out: they go to standard error beside it.
    """
    sentence = say(done.says, **_facts(done))
    if done.dry_run:
        sentence = say("formats.would", sentence=sentence)
    elif done.repeated:
        sentence = say("formats.repeated", entry=done.entry, sentence=sentence)
    lines = [("said", show(line)) for line in sentence.split("\n")]
    if done.undone:
        lines.append(("warning", say("formats.warning", text=say("formats.undone"))))
    if warnings:
        lines.extend(("warning", line) for line in warning_lines(done))
    if done.entry is not None and not done.dry_run and not done.undone and done.action not in _FINAL:
        hint = "formats.redo" if done.action in _UNDOES else "formats.undo"
        target = " ".join(str(n) for n in done.facts["redone"]) if done.action == "redo" else done.entry
        lines.append(("hint", say(hint, entry=target)))
    return lines


def warning_lines(done: Confirmation) -> list[str]:
    """The warnings of what was done, a line each: for standard error, beside the answer."""
    return [show(say("formats.warning", text=warning)) for warning in done.warnings]


def pack_lines(pack: Pack, *, signs: bool = True) -> list[str]:
    """What stands over a pack: its period, the ledger's head, its notes, and (unless drawn otherwise) who signs."""
    return [*_about(pack), *(sign_lines(pack) if signs else [])]


def sign_lines(pack: Pack) -> list[str]:
    """The chain of signatures, a line each."""
    return [show(say("formats.signed", role=role, said="  ".join(lines))) for role, lines in pack.signs]


def _about(pack: Pack) -> list[str]:
    return [
        *([show(say("formats.period", period=pack.period))] if pack.period else []),
        show(say("formats.head", head=pack.head)),
        *(show(note) for note in pack.notes),
    ]


def _facts(done: Confirmation) -> dict[str, Any]:
    """The facts with every text behind the fence first, so that a name cannot break a line of the sentence."""
    facts = {"number": done.number, "numbers": done.numbers, "entry": done.entry, **done.facts}
    return {key: _fenced(value) for key, value in facts.items()}


def _fenced(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Word):
        return show(str(getattr(value, "shown_as", value)))
    if isinstance(value, list | tuple):
        return [_fenced(v) for v in value]
    return value
