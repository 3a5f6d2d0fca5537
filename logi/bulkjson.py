"""The JSON of very many plain values at once: the same text as the journal's canonical one, by a library made for speed.

orjson is loaded only where there is so much of it that this pays.
"""

import json
from collections.abc import Sequence
from typing import Any

MANY = 1000  # values
LONG = 50_000  # characters
_PLAIN = frozenset((int, str, type(None)))


def listed(values: Sequence[Any]) -> str | None:
    """The canonical JSON of a long list of whole numbers, texts and nulls; None for any other, or where there are few."""
    if len(values) < MANY or not _PLAIN.issuperset(map(type, values)):
        return None
    import orjson

    try:
        return orjson.dumps(values).decode()
    except TypeError:  # half a surrogate pair, or more than 64 bits: what the slow way makes of it shall stand
        return None


def parsed(text: str) -> Any:
    """What `json.loads` would say of a text of the journal, sooner if it is long. ValueError where it is no JSON."""
    if len(text) < LONG:
        return json.loads(text)
    import orjson

    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)
