"""Values at the ledger's edge: plain ones for SQLite, typed facts as JSON and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from logi.core.answers import Fen, Milli, Word


def plain(value: Any) -> Any:
    """A value as SQLite keeps it: dates as ISO text, our int and str kinds as bare ones."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if type(value) in (Fen, Milli):
        return int(value)
    if type(value) is Word:
        return str(value)
    if isinstance(value, float):
        raise TypeError("no float comes near the ledger")
    return value


def encode(value: Any) -> Any:
    """Typed facts as JSON that `decode` reads back to the same types."""
    if isinstance(value, Mapping):
        return {str(k): encode(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [encode(v) for v in value]
    if isinstance(value, Fen):
        return {"$fen": int(value)}
    if isinstance(value, Milli):
        return {"$milli": int(value)}
    if isinstance(value, Word):
        return {"$word": [value.prefix, str(value)]}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    return value


def decode(value: Any) -> Any:
    """The typed facts behind `encode`."""
    if isinstance(value, list):
        return [decode(v) for v in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(tag, inner)] = value.items()
        if tag == "$fen":
            return Fen(inner)
        if tag == "$milli":
            return Milli(inner)
        if tag == "$word":
            return Word.of(*inner)
        if tag == "$day":
            return date.fromisoformat(inner)
    return {k: decode(v) for k, v in value.items()}
