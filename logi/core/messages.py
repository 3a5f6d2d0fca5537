"""Sentences by key: English beside the code, Chinese from gettext catalogues, one domain per room.

A key's first word is its domain: `core`, `front`, `formats`, `importing`, `reports`, or a book's name.
English lives in that room's `messages.py` (`MESSAGES: dict[key, template]`), Chinese in
`logi/locale/{zh_Hant,zh_Hans}/LC_MESSAGES/<domain>.mo`, compiled from .po files whose msgctxt is the key.
"""

import gettext
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from logi.core.answers import Fen, Milli, Word

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
LOCALE = Path(__file__).resolve().parent.parent / "locale"
FLOOR = {
    "core": "logi.core.core_messages",
    "front": "logi.front_messages",
    "formats": "logi.formats.messages",
    "forms": "logi.forms.messages",
    "importing": "logi.importing.messages",
    "basis": "logi.basis_messages",
    "policy": "logi.policy_messages",
    "reports": "logi.reports_messages",
    "trust": "logi.trust_messages",
}

_language = "zh-Hans"
_english: dict[str, Mapping[str, str]] = {}
_catalogues: dict[tuple[str, str], gettext.NullTranslations] = {}


def use(language: str) -> None:
    """Speak `language` (one of LANGUAGES) from now on."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language


def language() -> str:
    """The language spoken now."""
    return _language


def english(domain: str) -> Mapping[str, str]:
    """All sentences of a domain: key -> English template."""
    if domain not in _english:
        module = import_module(FLOOR.get(domain) or f"logi.books.{domain}.messages")
        _english[domain] = module.MESSAGES
    return _english[domain]


def template(key: str, language: str | None = None) -> str:
    """The sentence behind a key, unfilled. A key without a sentence is a fault of ours: KeyError."""
    domain = key.partition(".")[0]
    said = english(domain)[key]
    spoken = language or _language
    if spoken == "en":
        return said
    return _catalogue(domain, spoken).pgettext(key, said)


def has(key: str) -> bool:
    """Whether a sentence stands behind this key."""
    try:
        return key in english(key.partition(".")[0])
    except ModuleNotFoundError:
        return False


def say(key: str, **facts: Any) -> str:
    """The sentence behind a key in the language spoken now, filled with facts drawn by their type."""
    text = template(key)
    if not facts:
        return text
    return text.format_map(_Shown(facts))


def shown(value: object) -> str:
    """A fact as people read it: money with grouping, quantities without trailing zeros, ISO days, titles of words."""
    if value is None:
        return "—"
    if isinstance(value, Fen):
        return money_text(value, grouped=True)
    if isinstance(value, Milli):
        return quantity_text(value)
    if isinstance(value, Word):
        return title(value.prefix, value)
    if isinstance(own := getattr(value, "shown_as", None), str):
        return own
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ("; " if _language == "en" else "；").join(shown(v) for v in value)
    return str(value)


def title(prefix: str, key: str | None) -> str:
    """The title of a fixed value: title("repair.state", "open") says `repair.state.open`; unknown ones stay as they are."""
    if not key:
        return ""
    full = f"{prefix}.{key}"
    return template(full) if has(full) else str(key)


def money_text(fen: int, *, grouped: bool = False) -> str:
    """125050 -> "1250.50" ("1,250.50" grouped). Exact, sign in front."""
    if fen < 0:
        return "-" + money_text(-fen, grouped=grouped)
    return f"{fen // 100:,}.{fen % 100:02d}" if grouped else f"{fen // 100}.{fen % 100:02d}"


def quantity_text(milli: int) -> str:
    """12500 -> "12.5", 80000 -> "80": no trailing zeros, no grouping."""
    sign, value = ("-", -milli) if milli < 0 else ("", int(milli))
    whole, rest = divmod(value, 1000)
    return f"{sign}{whole}" + (f".{rest:03d}".rstrip("0") if rest else "")


class _Shown(dict[str, Any]):
    """Facts drawn when the template asks for them; a hole without a fact shows its name (a house test forbids it)."""

    def __getitem__(self, name: str) -> str:
        return shown(super().__getitem__(name))

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def _catalogue(domain: str, spoken: str) -> gettext.NullTranslations:
    found = _catalogues.get((domain, spoken))
    if found is None:
        path = LOCALE / spoken.replace("-", "_") / "LC_MESSAGES" / f"{domain}.mo"
        try:
            with path.open("rb") as file:
                found = gettext.GNUTranslations(file)
        except OSError:
            found = gettext.NullTranslations()
        _catalogues[domain, spoken] = found
    return found
