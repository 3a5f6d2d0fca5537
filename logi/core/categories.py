"""The shipped classes: asset categories by the national standard, and the classes of stock items."""

from typing import Any, NamedTuple

from logi.core.datafiles import data_path


class Category(NamedTuple):
    """An asset category; `life_months` is None where the class is too wide to have one."""

    code: str
    names: dict[str, str]
    life_months: int | None
    depreciates: bool
    special: bool


class ItemClass(NamedTuple):
    """A class of stock items."""

    key: str
    names: dict[str, str]


def asset_categories() -> list[Category]:
    """The shipped asset categories, by code."""
    return [
        Category(entry["code"], _names(entry), entry.get("life_months"), entry["depreciates"], entry["special"])
        for entry in _entries("gbt14885.toml", "category")
    ]


def item_classes() -> list[ItemClass]:
    """The shipped classes of stock items, in the order people list them."""
    return [ItemClass(entry["key"], _names(entry)) for entry in _entries("items.toml", "class")]


def _names(entry: dict[str, Any]) -> dict[str, str]:
    return {"zh-Hans": entry["hans"], "zh-Hant": entry["hant"], "en": entry["en"]}


def _entries(file: str, kind: str) -> list[dict[str, Any]]:
    import tomllib

    entries: list[dict[str, Any]] = tomllib.loads(data_path("categories", file).read_text("utf-8"))[kind]
    return entries
