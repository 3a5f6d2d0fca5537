"""Every way logi says no: one class per exit code, a message key and the facts the sentence needs.

The sentence itself lives in the messages of the domain that the key's first word names
(`repair.closed_before_opened` -> the repair book). Facts are typed values, never formatted text.
"""

from collections.abc import Mapping, Sequence


class LogiError(Exception):
    """A refusal with an exit code. `key` finds the sentence, `facts` fill it and go into JSON."""

    exit_code = 1
    retry = False

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts: Mapping[str, object] = facts

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.__class__, self.key, self.__dict__)


class Usage(LogiError):
    """The line was typed wrong, or something needed was not given (2)."""

    exit_code = 2


class BadValue(Usage):
    """A typed value cannot be read: the door turns it into a usage error, an import into a finding."""


class NotFound(LogiError):
    """Nothing by that name (3)."""

    exit_code = 3


class Ambiguous(NotFound):
    """The name fits several; `candidates` are (code, name) pairs, best first (3)."""

    def __init__(self, key: str, *, candidates: Sequence[tuple[str, str]], **facts: object) -> None:
        super().__init__(key, candidates=[f"{code} {name}".strip() for code, name in candidates], **facts)
        self.pairs = tuple(candidates)


class Refused(LogiError):
    """A rule says no, or it is already there (4)."""

    exit_code = 4


class BadData(LogiError):
    """The data given are bad (5); `findings` are rows of line, column, value, problem, remedy."""

    exit_code = 5

    def __init__(self, key: str, findings: Sequence[Mapping[str, object]] = (), **facts: object) -> None:
        super().__init__(key, findings=list(findings), **facts)
        self.findings = tuple(findings)


class Unavailable(LogiError):
    """The ledger or the computer refuses: missing, foreign, newer, locked, read-only, full (6)."""

    exit_code = 6


class Busy(Unavailable):
    """Another logi holds the ledger; trying again may work (6)."""

    retry = True


class PipeGone(BaseException):
    """Whoever read our answer has gone: the quietest of ends. (Typer would make an exit 1 of BrokenPipeError.)"""


def _again(kind: type[LogiError], key: str, said: dict[str, object]) -> LogiError:
    """A refusal that came from another process."""
    error = kind.__new__(kind, key)
    error.__dict__.update(said)
    return error
