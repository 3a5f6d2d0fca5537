"""Keeps the sentences of every room in step: English in code, 繁體 in .po by hand, 简体 derived from it, .mo compiled.

    python tools/messages.py            brings logi/locale up to date
    python tools/messages.py --check    writes nothing; says what is missing, stale or contradictory (exit 1)

zh_Hant/<domain>.po is where people translate. zh_Hans/<domain>.po is made from it by OpenCC; an entry there that
carries the comment `#. by hand` is left as it stands.
"""

import argparse
import io
import re
import string
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from babel.messages.catalog import Catalog, Message  # noqa: E402
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402
from opencc import OpenCC  # noqa: E402

from logi.core.messages import FLOOR, LOCALE  # noqa: E402

HANT, HANS = "zh_Hant", "zh_Hans"
COMMAND_WORDS = LOCALE / HANS / "words.txt"  # read by logi/command_words.py
BY_HAND = "by hand"

# OpenCC's word list is made for software texts: in a school 檔案 are archives, 文件 come from the bureau and a budget is
# 執行. Words of ours that it would turn into others, and words it does not know.
WORDS = {
    "檔案": "档案",
    "文件": "文件",
    "執行": "执行",
    "程序": "程序",
    "資料": "资料",
    "資料庫": "数据库",
    "資料夾": "文件夹",
    "建立": "建立",
    "裝置": "装置",
    "查詢": "查询",
    "批次": "批次",
    "智慧": "智慧",
    "通訊": "通讯",
    "設定溫度": "设定温度",
    "防毒": "防毒",
    "覆核": "复核",
    "答覆": "答复",
    "回覆": "回复",
    "帳": "账",
    "帳篷": "帐篷",
    "蚊帳": "蚊帐",
    "紀錄": "记录",
    "透過": "通过",
    "啟用": "启用",
    "逾時": "超时",
    "墨水匣": "墨盒",
    "原子筆": "圆珠笔",
    "行事曆": "校历",
    "序列號": "序列号",
    "即時登記": "即时登记",
    "停用": "停用",
    "指標": "指标",
    "複製": "复制",
}
# Words of commands that OpenCC would write otherwise: 簽 is signing, 籤 a label.
IN_HANT = {"公布": "公佈", "签字": "簽字", "签领表": "簽領表", "验收签字": "驗收簽字", "签发": "簽發", "签": "簽"}
_IN_HANT = OpenCC("s2tw")
# Characters that only look traditional to OpenCC in a simplified text, and those that only look simplified in a traditional one.
PLAIN_IN_HANS: frozenset[str] = frozenset()
PLAIN_IN_HANT = frozenset("着")

_WORD = re.compile("|".join(sorted(WORDS, key=lambda word: (-len(word), word))))


class Entry:
    """One sentence of one language: its key, the English it translates, the translation and its marks."""

    __slots__ = ("by_hand", "english", "fuzzy", "key", "text")

    def __init__(self, key: str, english: str, text: str, *, fuzzy: bool = False, by_hand: bool = False) -> None:
        self.key = key
        self.english = english
        self.text = text
        self.fuzzy = fuzzy
        self.by_hand = by_hand


def main() -> int:
    """Sync, or with --check only look; the exit code says whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if anything is out of step")
    checking = parser.parse_args().check
    problems: list[str] = []
    wanted: dict[Path, bytes] = {}
    for domain, english in rooms():
        problems += english_problems(domain, english)
        hant = translated(domain, english)
        hans = simplified(domain, hant)
        problems += translation_problems(hant, hans)
        for language, entries in ((HANT, hant), (HANS, hans)):
            wanted[po_path(language, domain)] = po_bytes(language, domain, entries)
            wanted[po_path(language, domain).with_suffix(".mo")] = mo_bytes(language, domain, entries)
    if (ROOT / "logi" / "command_words.py").exists():
        wanted[COMMAND_WORDS] = command_words()
    problems += out_of_step(wanted) if checking else write(wanted)
    for problem in problems:
        print(problem, file=sys.stderr if checking else sys.stdout)
    print(f"{len(wanted) // 4} rooms, {len(problems)} problems")
    return 1 if checking and problems else 0


def command_words() -> bytes:
    """Every Chinese word of a command or shared option that 繁體 writes otherwise, with its traditional form, a line each."""
    from logi.command_words import NO_COMMAND
    from logi.registry import FLOOR_WORDS, cards
    from logi.typed import SPELLINGS

    words = {word for table in (FLOOR_WORDS, *(card.words for card in cards().values())) for some in table.values() for word in some}
    words |= {word for card in cards().values() for word in card.shortcuts} | {*SPELLINGS, *NO_COMMAND.values()}
    pairs = {word: hant for word in sorted(words) if (hant := IN_HANT.get(word) or _IN_HANT.convert(word)) != word}
    return "".join(f"{word} {hant}\n" for word, hant in pairs.items()).encode()


def rooms() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every domain that exists with its English, the floor first, then the books by name."""
    for domain, module in FLOOR.items():
        if _exists(module):
            yield domain, import_module(module).MESSAGES
    for path in sorted((ROOT / "logi" / "books").glob("*/messages.py")):
        domain = path.parent.name
        yield domain, import_module(f"logi.books.{domain}.messages").MESSAGES


def translated(domain: str, english: Mapping[str, str]) -> list[Entry]:
    """The 繁體 of a room: what people wrote, by key; missing ones empty, those whose English has changed marked fuzzy."""
    known = read(po_path(HANT, domain))
    made = []
    for key in sorted(known.keys() - english.keys()):
        print(f"{_shown(po_path(HANT, domain))}: {key} is no longer said: {known[key].text!r}")
    for key in sorted(english):
        old = known.get(key)
        if old is None:
            made.append(Entry(key, english[key], ""))
        else:
            # A mark goes away when a person removes it; new English for the same sentence sets it again.
            changed = bool(old.text) and old.english != english[key]
            made.append(Entry(key, english[key], old.text, fuzzy=bool(old.text) and (old.fuzzy or changed)))
    return made


def simplified(domain: str, hant: list[Entry]) -> list[Entry]:
    """The 简体 of a room, derived sentence by sentence, except what stands there by hand."""
    known = read(po_path(HANS, domain))
    made = []
    for entry in hant:
        old = known.get(entry.key)
        if old is not None and old.by_hand:
            changed = old.english != entry.english
            made.append(Entry(entry.key, entry.english, old.text, fuzzy=old.fuzzy or changed, by_hand=True))
        else:
            made.append(Entry(entry.key, entry.english, to_hans(entry.text), fuzzy=entry.fuzzy))
    return made


def to_hans(text: str) -> str:
    """繁體 to the mainland's 简体: our own words first, OpenCC for all between them."""
    made, at = [], 0
    for found in _WORD.finditer(text):
        made += [_convert("tw2sp", text[at : found.start()]), WORDS[found.group()]]
        at = found.end()
    return "".join(made) + _convert("tw2sp", text[at:])


def english_problems(domain: str, english: Mapping[str, str]) -> list[str]:
    """What is wrong in the room's messages module itself."""
    problems = []
    for key, text in sorted(english.items()):
        if key.partition(".")[0] != domain:
            problems.append(f"{domain}: the key {key} belongs to another room")
        if not text.strip():
            problems.append(f"{domain}: {key} says nothing in English")
        if holes(text) is None:
            problems.append(f"{domain}: {key} has a brace that is not closed: {text!r}")
    return problems


def translation_problems(hant: list[Entry], hans: list[Entry]) -> list[str]:
    """Sentences that are empty, fuzzy, with other holes than the English, or in the wrong script."""
    problems = []
    for language, entries in ((HANT, hant), (HANS, hans)):
        for entry in entries:
            where = f"{language} {entry.key}"
            if not entry.text.strip():
                # Its 简体 is empty because the 繁體 is: said once.
                if language == HANT or entry.by_hand:
                    problems.append(f"{where}: not translated: {entry.english!r}")
                continue
            if entry.fuzzy and (language == HANT or entry.by_hand):
                problems.append(f"{where}: fuzzy; the English is now {entry.english!r}")
            if holes(entry.text) != holes(entry.english):
                problems.append(f"{where}: the holes differ: {entry.text!r} against {entry.english!r}")
            strangers = only_traditional(entry.text) if language == HANS else only_simplified(entry.text)
            if strangers:
                problems.append(f"{where}: characters of the other script: {strangers} in {entry.text!r}")
    return problems


def holes(text: str) -> set[str] | None:
    """The names between braces, or None where the template cannot be read."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def only_traditional(text: str) -> str:
    """The characters of a 简体 sentence that simplified writing does not have."""
    plain = _convert("t2s", text)
    return "".join(old for old, new in zip(text, plain, strict=True) if old != new and old not in PLAIN_IN_HANS)


def only_simplified(text: str) -> str:
    """The characters of a 繁體 sentence that Big5, and so traditional writing, does not have."""
    return "".join(c for c in text if "一" <= c <= "鿿" and c not in PLAIN_IN_HANT and not c.encode("big5", "ignore"))


def out_of_step(wanted: Mapping[Path, bytes]) -> list[str]:
    """Files that differ from what a sync would write, and catalogues of rooms that are gone."""
    problems = [
        f"{_shown(path)}: not in step; run `make messages`"
        for path, content in wanted.items()
        if not path.exists() or path.read_bytes() != content
    ]
    return problems + [f"{_shown(path)}: of a room that does not exist" for path in _strangers(wanted)]


def write(wanted: Mapping[Path, bytes]) -> list[str]:
    """Write what differs. A catalogue of no room is named and left alone: it may be somebody's work in progress."""
    for path, content in wanted.items():
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"wrote {_shown(path)}")
    return [f"{_shown(path)}: of a room that does not exist" for path in _strangers(wanted)]


def read(path: Path) -> dict[str, Entry]:
    """The entries of a .po file by key; an absent file has none."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    return {
        message.context: Entry(
            message.context,
            str(message.id),
            str(message.string or ""),
            fuzzy=message.fuzzy,
            by_hand=BY_HAND in message.auto_comments,
        )
        for message in catalog
        if message.id and message.context
    }


def po_path(language: str, domain: str) -> Path:
    """Where a room's .po file of a language is."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def po_bytes(language: str, domain: str, entries: list[Entry]) -> bytes:
    """The .po file: all entries by key, one line a sentence."""
    file = io.BytesIO()
    write_po(file, _catalog(language, domain, entries), width=0)
    return file.getvalue()


def mo_bytes(language: str, domain: str, entries: list[Entry]) -> bytes:
    """The compiled catalogue: what is translated and current."""
    file = io.BytesIO()
    write_mo(file, _catalog(language, domain, [entry for entry in entries if entry.text and not entry.fuzzy]))
    return file.getvalue()


class _Fixed(Catalog):
    """A catalogue whose header holds no time, no version and nobody's name, so that its bytes are the sentences'."""

    wanted_headers: list[tuple[str, str]]

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return self.wanted_headers


def _catalog(language: str, domain: str, entries: list[Entry]) -> Catalog:
    made = _Fixed(header_comment=f"# {domain} in {language}; kept in step by tools/messages.py", fuzzy=False)
    made.wanted_headers = [
        ("Project-Id-Version", "logi"),
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
    ]
    for entry in entries:
        made[entry.english] = Message(
            entry.english,
            entry.text,
            flags=["fuzzy"] if entry.fuzzy else [],
            auto_comments=[BY_HAND] if entry.by_hand else [],
            context=entry.key,
        )
    return made


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def _convert(name: str, text: str) -> str:
    return str(_converter(name).convert(text)) if text else ""


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _strangers(wanted: Mapping[Path, bytes]) -> list[Path]:
    found = (path for ext in ("po", "mo") for path in LOCALE.glob(f"*/LC_MESSAGES/*.{ext}"))
    return sorted(path for path in found if path not in wanted)


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


if __name__ == "__main__":
    sys.exit(main())
