"""The registry: finds every book by its card (book.toml) and imports none of them.

A card is read by the little reader below, not by tomllib: tomllib costs as much as half a Python start.
It reads the part of TOML that cards use (a house test holds it against tomllib).
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

BOOKS = Path(__file__).resolve().parent / "books"

# The floor's own commands: name -> module. A book's commands stand on its card.
FLOOR_COMMANDS = {
    "today": "logi.commands.looking",
    "init": "logi.commands.opening",
    "demo": "logi.commands.opening",
    "migrate": "logi.commands.opening",
    "due": "logi.commands.looking",
    "find": "logi.commands.looking",
    "show": "logi.commands.looking",
    "report": "logi.commands.reporting",
    "why": "logi.commands.reporting",
    "form": "logi.commands.forms",
    "undo": "logi.commands.mending",
    "redo": "logi.commands.mending",
    "correct": "logi.commands.mending",
    "approve": "logi.commands.mending",
    "audit": "logi.commands.auditing",
    "import": "logi.commands.bulk",
    "export": "logi.commands.exporting",
    "backup": "logi.commands.keeping",
    "restore": "logi.commands.keeping",
    "doctor": "logi.commands.keeping",
    "run": "logi.commands.lines",
    "shell": "logi.commands.lines",
}

# Words for the floor's commands: simplified titles and the fixed abbreviations of the contract.
FLOOR_WORDS = {
    "today": ("今日", "今天"),
    "init": ("初始化", "建账"),
    "demo": ("演示",),
    "migrate": ("升级", "迁移"),
    "due": ("待办", "db"),
    "find": ("查找", "搜索"),
    "show": ("查看",),
    "report": ("报表",),
    "why": ("溯源", "依据"),
    "form": ("表单", "打印"),
    "undo": ("撤销", "cx"),
    "redo": ("重做",),
    "correct": ("更正", "gz"),
    "approve": ("审批", "sp"),
    "audit": ("审计",),
    "import": ("导入",),
    "export": ("导出",),
    "backup": ("备份",),
    "restore": ("恢复",),
    "doctor": ("体检",),
    "run": ("执行",),
    "shell": ("对话",),
    "audit log": ("日志",),
    "audit show": ("详情",),
    "audit verify": ("校验",),
    "audit head": ("指纹",),
    "audit trace": ("追溯",),
    "audit findings": ("问题",),
    "audit sample": ("抽样",),
    "audit binder": ("装订",),
}


class Card:
    """What a book's card says: its place on the shelf, its neighbours, its commands, reports and import kinds."""

    __slots__ = ("commands", "imports", "name", "needs", "order", "reports", "schema", "shortcuts", "title", "words")

    def __init__(self, name: str, card: Mapping[str, Any]) -> None:
        self.name = name
        self.order: int = card["order"]
        self.schema: int = card["schema"]
        self.title: Mapping[str, str] = card["title"]
        self.needs: tuple[str, ...] = tuple(card.get("needs", ()))
        self.reports: tuple[str, ...] = tuple(card.get("reports", ()))
        self.imports: tuple[str, ...] = tuple(card.get("imports", ()))
        self.commands: Mapping[str, Mapping[str, str]] = card.get("commands", {})
        self.words: Mapping[str, list[str]] = card.get("words", {})
        self.shortcuts: Mapping[str, str] = card.get("shortcuts", {})


class BookName(str):
    """A book's key that people read under the title on its card, up to the colon: "month" as "The month", 月度."""

    @property
    def shown_as(self) -> str:
        """The title in the language spoken."""
        from logi.core.messages import language

        return cards()[str(self)].title[language()].replace("：", ":").partition(":")[0]


@cache
def cards() -> Mapping[str, Card]:
    """Every book on the shelf by name, in shelf order."""
    found = [Card(path.parent.name, read_card(path.read_text("utf-8"))) for path in BOOKS.glob("*/book.toml")]
    return {card.name: card for card in sorted(found, key=lambda c: (c.order, c.name))}


def read_card(text: str) -> dict[str, Any]:
    """A card's text as a dictionary: sections, and keys whose values are also JSON."""
    card: dict[str, Any] = {}
    section = card
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = card
            for part in line.strip("[]").split("."):
                section = section.setdefault(part.strip('"'), {})
        else:
            key, _, value = line.partition("=")
            section[key.strip().strip('"')] = json.loads(value)
    return card


def book_of(command: str) -> Card | None:
    """The book that answers a top-level command."""
    for card in cards().values():
        if command in card.commands:
            return card
    return None


def room(book: str, name: str) -> ModuleType | None:
    """A book's room (`commands`, `report`, `checks`, `undo` …) if it has one."""
    if not (BOOKS / book / f"{name}.py").exists():
        return None
    return import_module(f"logi.books.{book}.{name}")


def book_of_table(table: str) -> str:
    """The book that a table's name begins with ("asset_card" -> "asset")."""
    return table.partition("_")[0]


def ledger_format() -> int:
    """The number written into a ledger's user_version: the floor's migrations and every book's, counted."""
    return 1 + sum(card.schema for card in cards().values())
