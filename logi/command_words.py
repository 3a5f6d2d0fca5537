"""The Chinese words and abbreviations of commands, shown beside the English: what help and completion offer of the cards.

Cards hold them in simplified characters; the traditional ones stand in a table that tools/messages.py makes.
"""

from collections.abc import Mapping

from logi.core import messages
from logi.core.errors import Usage
from logi.registry import FLOOR_WORDS, BookName, cards

# Actions that no command of their own is named after.
NO_COMMAND: Mapping[str, str] = {"hazard reject": "退回", "repair plan": "计划", "report issue": "发出"}
_traditional: dict[str, str] = {}


def words_of(path: str) -> list[str]:
    """What may be typed for the last word of a command's path ("stock out": 出库, 领用, ck), in the script spoken."""
    found: tuple[str, ...] | list[str] = FLOOR_WORDS.get(path, ())
    for card in cards().values():
        found = card.words.get(path, found)
    return [in_script(word) for word in found]


def jumps_to(path: str) -> list[str]:
    """The words that stand for the whole of a path at the door: `出库` and `ck` for "stock out"."""
    found = [word for card in cards().values() for word, full in card.shortcuts.items() if full == path]
    return [in_script(word) for word in sorted(found, key=str.isascii)]


def jumps() -> list[tuple[str, list[str]]]:
    """Every path that has such words, with them, by shelf order."""
    paths = dict.fromkeys(full for card in cards().values() for full in card.shortcuts.values())
    return [(path, jumps_to(path)) for path in paths]


def beside(path: str) -> str:
    """The first Chinese word and the abbreviations of a path, for lists: "出库, ck"; nothing in English."""
    if messages.language() == "en":
        return ""
    known = words_of(path)
    chinese = [word for word in known if not word.isascii()][:1]
    return ", ".join([*chinese, *(word for word in known if word.isascii())])


def in_script(word: str) -> str:
    """A simplified word of a card in the script spoken now."""
    return traditional(word) if messages.language() == "zh-Hant" else word


def traditional(word: str) -> str:
    """A simplified word of a card in traditional characters."""
    if not _traditional:
        lines = (messages.LOCALE / "zh_Hans" / "words.txt").read_text("utf-8").splitlines()
        _traditional.update((word, hant) for word, _, hant in (line.partition(" ") for line in lines))
    return _traditional.get(word, word)


def book_named(text: str) -> str:
    """A book by its key, the title on its card in any language, or the word of one of its commands; Usage (2)."""
    from logi.core.folding import fold

    typed = fold(text)
    for name, card in cards().items():
        titles = [title.replace("：", ":").partition(":")[0] for title in card.title.values()]
        words = [word for path, known in card.words.items() if " " not in path for word in known]
        if typed in {fold(one) for one in (name, *titles, *words)}:
            return name
    known = list(cards()) if messages.language() == "en" else [f"{name} {BookName(name).shown_as}" for name in cards()]
    raise Usage("front.no_book", name=text, known=known)


class ActionName(str):
    """An action of the journal, "stock.out", that people read by the words of its command: 库存 出库."""

    __slots__ = ()

    @property
    def shown_as(self) -> str:
        """The action's title in Chinese; its key in English, and where no word stands behind a part of it."""
        return action_title(str(self))


class Done(str):
    """What an entry did and to what, "stock.out CK-2025-0001"."""

    __slots__ = ()

    @property
    def shown_as(self) -> str:
        """With the action's title in Chinese."""
        action, _, subject = self.partition(" ")
        return f"{action_title(action)} {subject}".strip()


def kind_prefix(kind: str) -> str:
    """Where the title of a kind of rows stands: with the floor's, else in the book that takes it (`purchase.kind.requests`)."""
    if messages.has(f"importing.kind.{kind}"):
        return "importing.kind"
    return next((f"{card.name}.kind" for card in cards().values() if kind in card.imports), "importing.kind")


def action_title(action: str) -> str:
    """The words of the command that an action is named after; an import by its kind."""
    if messages.language() == "en":
        return action
    if (kind := action.removeprefix("import.")) != action:
        return f"{beside('import')} {messages.title(kind_prefix(kind), kind)}"
    found = _simplified(action)
    return " ".join(map(in_script, found)) if found else action


def action_named(text: str) -> str:
    """The action that a title names, in either script; other text as it stands."""
    from logi.core.folding import fold

    if text.isascii():
        return text
    tables = (FLOOR_WORDS, *(card.words for card in cards().values()), NO_COMMAND)
    actions = [path.replace(" ", ".") for table in tables for path in table]
    return next((one for one in actions if fold("".join(_simplified(one) or ())) == fold(text)), text)


def _simplified(action: str) -> list[str] | None:
    """The first Chinese word of each part of an action, as on the cards; None where a part has none."""
    parts = action.split(".")
    found = [_first_word(" ".join(parts[: at + 1])) for at in range(len(parts))]
    return found if all(found) else None


def _first_word(path: str) -> str:
    for table in (FLOOR_WORDS, *(card.words for card in cards().values())):
        for word in table.get(path, ()):
            if not word.isascii():
                return word
    return NO_COMMAND.get(path, "")


def beginning_with(typed: str, within: str) -> list[str]:
    """The Chinese words that may stand for a command within a path (at the door: shortcuts too) and begin as typed."""
    from logi.core.folding import fold

    tables = [FLOOR_WORDS, *(card.words for card in cards().values())]
    known = [word for table in tables for path, words in table.items() if path.rpartition(" ")[0] == within for word in words]
    if not within:
        known += [word for card in cards().values() for word in card.shortcuts]
    fitting = [word for word in dict.fromkeys(known) if fold(word).startswith(fold(typed)) and not word.isascii()]
    return [as_typed(typed, word, traditional(word)) for word in fitting]


def deeper(typed: str, within: str) -> list[str]:
    """Commands further down that bear this very word, spelled as it is: `asset lend` for `lend`, 资产 借出 for 借出."""
    from logi.core.folding import fold

    wanted = fold(typed)
    found = []
    for table in (FLOOR_WORDS, *(card.words for card in cards().values())):
        for path, words in table.items():
            head, _, name = path.rpartition(" ")
            if not head or not f"{head} ".startswith(f"{within} " if within else "") or head == within:
                continue
            if typed == name:
                found.append(path.removeprefix(f"{within} "))
            elif wanted in map(fold, words):
                parts = path.split()
                chinese = [_first_word(" ".join(parts[: at + 1])) for at in range(len(within.split()), len(parts) - 1)]
                found.append(" ".join([*map(in_script, chinese), in_script(next(w for w in words if fold(w) == wanted))]))
    return list(dict.fromkeys(found))


def as_typed(typed: str, simplified: str, hant: str) -> str:
    """A word in the script its beginning is typed in; in the script spoken where the beginning fits both."""
    forms = (hant, simplified) if messages.language() == "zh-Hant" else (simplified, hant)
    return next((form for form in forms if form.startswith(typed)), forms[0])
