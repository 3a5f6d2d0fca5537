"""The SHA-256 chain that binds entries: what is hashed, and how the newest of them is printed.

Entry hash = SHA-256("logi-entry-1\\n" + canonical JSON of every other column, the hash before it included); an entry's
digest covers all parts of its changes, each part's the one before it.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


class Head(NamedTuple):
    """The newest entry: its number and hash (0 and zeros in a blank ledger)."""

    seq: int
    hash: str

    @property
    def short(self) -> str:
        """As printed on a pack: `#17 8c82 d25a …` (number and 32 hex digits)."""
        return f"#{self.seq} " + " ".join(self.hash[i : i + 4] for i in range(0, 32, 4))


def canonical(value: object) -> str:
    """The one JSON text of a value that is hashed and stored: sorted keys, no spaces, no floats."""
    return _CANONICAL.encode(value)


def entry_hash(header: Sequence[Any]) -> str:
    """The hash of an entry from its header values in the order of HEADER."""
    return hashlib.sha256(b"logi-entry-1\n" + canonical(list(header)).encode()).hexdigest()


def part_seed(seq: int) -> str:
    """What the first part's digest stands on."""
    return hashlib.sha256(f"logi-part-1\n{seq}".encode()).hexdigest()


def part_digest(before: str, body: str) -> str:
    """The digest of a part, covering the one before it."""
    return hashlib.sha256(f"{before}\n{body}".encode()).hexdigest()
