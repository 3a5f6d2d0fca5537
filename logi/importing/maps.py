"""Maps of headings kept under a name: those saved in this ledger, and those shipped for other programs."""

from collections.abc import Mapping, Sequence

from logi.core.datafiles import data_path
from logi.core.errors import NotFound, Usage

PREFIX = "map."


def given(settings: Mapping[str, str], texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The --map options: those typed, and those that `@name` stands for."""
    typed: list[str] = []
    named: list[str] = []
    for text in texts:
        if not text.startswith("@") or "=" in text:
            typed.append(text)
            continue
        known = kept(settings)
        if text[1:] not in known:
            raise Usage("importing.no_map", name=text, known=sorted(known))
        named += _lines(known[text[1:]])
    return typed, named


def kept(settings: Mapping[str, str]) -> dict[str, str]:
    """Every map by its name, one saved here before one shipped under the same name."""
    shipped = {path.stem: path.read_text("utf-8") for path in sorted(data_path("maps").glob("*.txt"))}
    saved = {name.removeprefix(PREFIX): text for name, text in settings.items() if name.startswith(PREFIX)}
    return shipped | {name: text for name, text in saved.items() if text}  # one taken away is empty


def written(kind: str, maps: Sequence[str]) -> str:
    """A map as it is saved."""
    return "\n".join([f"# -> {kind}", *maps])


def rows(settings: Mapping[str, str]) -> list[dict[str, str | None]]:
    """What may be said about each: name, kind, where it comes from, its headings."""
    return [
        {"name": f"@{name}", "kind": _kind(text), "from": "saved" if settings.get(PREFIX + name) else "shipped",
         "maps": "; ".join(_lines(text))}
        for name, text in sorted(kept(settings).items())
    ]  # fmt: skip


def saved_name(settings: Mapping[str, str], typed: str) -> str:
    """The setting of a map saved here, typed with or without @; NotFound (3), shipped ones are not taken away (2)."""
    name = PREFIX + typed.removeprefix("@")
    if settings.get(name):
        return name
    if typed.removeprefix("@") in kept(settings):
        raise Usage("importing.map_shipped", name=typed)
    raise NotFound("importing.no_map", name=typed, known=sorted(kept(settings)))


def _kind(text: str) -> str | None:
    first = text.partition("\n")[0]
    return first.rpartition("->")[2].strip() or None if first.startswith("#") else None


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
