"""The message tool, run on a small house of its own."""

import gettext
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("opencc")

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = {
    "toy.mended": "{no} is mended",
    "toy.archive": "Archives on file, executed by procedure",
    "toy.cartridge": "Ink cartridge",
}
HANT = {
    "toy.mended": "{no} 已修好",
    "toy.archive": "檔案、文件、執行程序、資料、帳目、蚊帳、覆核",
    "toy.cartridge": "墨水匣",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the tool with the real core and one book, `toy`."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "messages.py", tmp_path / "tools")
    core = tmp_path / "logi" / "core"
    core.mkdir(parents=True)
    for name in ("__init__.py", "answers.py", "messages.py"):
        shutil.copy(ROOT / "logi" / "core" / name, core)
    (tmp_path / "logi" / "__init__.py").write_text("")
    (tmp_path / "logi" / "books" / "toy").mkdir(parents=True)
    say(tmp_path, ENGLISH)
    translate(tmp_path, HANT)
    return tmp_path


def test_a_house_in_step_passes_and_a_second_run_writes_the_same_bytes(house: Path) -> None:
    assert tool(house)[0] == 0
    first = catalogues(house)
    assert set(first) == {f"{lang}/{ext}" for lang in ("zh_Hans", "zh_Hant") for ext in ("mo", "po")}
    assert tool(house)[0] == 0
    assert catalogues(house) == first
    assert tool(house, "--check") == (0, "1 rooms, 0 problems\n", "")


def test_the_compiled_sentence_is_found_by_its_key(house: Path) -> None:
    tool(house)
    for lang, wanted in (("zh_Hant", "墨水匣"), ("zh_Hans", "墨盒")):
        with (locale(house, lang) / "toy.mo").open("rb") as file:
            assert gettext.GNUTranslations(file).pgettext("toy.cartridge", "Ink cartridge") == wanted


def test_school_words_keep_their_mainland_meaning(house: Path) -> None:
    tool(house)
    with (locale(house, "zh_Hans") / "toy.mo").open("rb") as file:
        said = gettext.GNUTranslations(file).pgettext("toy.archive", ENGLISH["toy.archive"])
    assert said == "档案、文件、执行程序、资料、账目、蚊帐、复核"


def test_new_english_makes_the_translation_fuzzy_and_keeps_it(house: Path) -> None:
    tool(house)
    say(house, {**ENGLISH, "toy.mended": "{no} has been mended"})
    tool(house)
    text = (locale(house, "zh_Hant") / "toy.po").read_text("utf-8")
    assert (
        '#, fuzzy, python-brace-format\nmsgctxt "toy.mended"\nmsgid "{no} has been mended"\nmsgstr "{no} 已修好"'
        in text
    )
    code, _, problems = tool(house, "--check")
    assert code == 1
    assert "toy.mended: fuzzy" in problems


def test_a_sentence_without_translation_is_added_empty_and_reported(house: Path) -> None:
    say(house, {**ENGLISH, "toy.new": "New"})
    tool(house)
    assert 'msgctxt "toy.new"\nmsgid "New"\nmsgstr ""' in (locale(house, "zh_Hant") / "toy.po").read_text("utf-8")
    code, _, problems = tool(house, "--check")
    assert code == 1
    assert "zh_Hant toy.new: not translated" in problems


def test_a_sentence_no_longer_said_is_dropped(house: Path) -> None:
    tool(house)
    say(house, {key: text for key, text in ENGLISH.items() if key != "toy.mended"})
    tool(house)
    assert "toy.mended" not in (locale(house, "zh_Hant") / "toy.po").read_text("utf-8")
    assert tool(house, "--check")[0] == 0


def test_what_was_worded_by_hand_is_never_overwritten(house: Path) -> None:
    tool(house)
    po = locale(house, "zh_Hans") / "toy.po"
    by_hand = po.read_text("utf-8").replace('msgctxt "toy.cartridge"', '#. by hand\nmsgctxt "toy.cartridge"')
    po.write_text(by_hand.replace("墨盒", "打印机墨盒"), "utf-8")
    tool(house)
    assert "打印机墨盒" in po.read_text("utf-8")
    assert tool(house, "--check")[0] == 0


@pytest.mark.parametrize(
    ("key", "text", "complaint"),
    [
        ("toy.mended", "{number} 已修好", "the holes differ"),
        ("toy.mended", "{no 已修好", "the holes differ"),
        ("toy.cartridge", "墨盒（维修）", "characters of the other script: 维"),
    ],
)
def test_a_wrong_translation_is_named(house: Path, key: str, text: str, complaint: str) -> None:
    translate(house, {**HANT, key: text})
    tool(house)
    code, _, problems = tool(house, "--check")
    assert code == 1
    assert f"zh_Hant {key}: {complaint}" in problems


def test_traditional_characters_in_a_hand_made_simplified_sentence_are_named(house: Path) -> None:
    tool(house)
    po = locale(house, "zh_Hans") / "toy.po"
    by_hand = po.read_text("utf-8").replace('msgctxt "toy.cartridge"', '#. by hand\nmsgctxt "toy.cartridge"')
    po.write_text(by_hand.replace("墨盒", "維修墨盒"), "utf-8")
    tool(house)
    code, _, problems = tool(house, "--check")
    assert code == 1
    assert "zh_Hans toy.cartridge: characters of the other script: 維" in problems


def test_a_check_writes_nothing_and_says_what_is_stale(house: Path) -> None:
    before = catalogues(house)
    code, _, problems = tool(house, "--check")
    assert code == 1
    assert "logi/locale/zh_Hans/LC_MESSAGES/toy.mo: not in step" in problems
    assert catalogues(house) == before


def test_a_key_of_another_room_is_named(house: Path) -> None:
    say(house, {**ENGLISH, "stock.stray": "Stray"})
    assert "toy: the key stock.stray belongs to another room" in tool(house)[1]


def say(house: Path, english: dict[str, str]) -> None:
    module = house / "logi" / "books" / "toy" / "messages.py"
    module.write_text(f'"""Toy."""\n\nMESSAGES = {english!r}\n', "utf-8")


def translate(house: Path, hant: dict[str, str]) -> None:
    folder = locale(house, "zh_Hant")
    folder.mkdir(parents=True, exist_ok=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    entries = [f'\nmsgctxt "{key}"\nmsgid "{ENGLISH[key]}"\nmsgstr "{text}"\n' for key, text in hant.items()]
    (folder / "toy.po").write_text(head + "".join(entries), "utf-8")


def locale(house: Path, lang: str) -> Path:
    return house / "logi" / "locale" / lang / "LC_MESSAGES"


def catalogues(house: Path) -> dict[str, bytes]:
    found = (house / "logi" / "locale").glob("*/LC_MESSAGES/toy.*")
    return {f"{path.parts[-3]}/{path.suffix[1:]}": path.read_bytes() for path in found}


def tool(house: Path, *arguments: str) -> tuple[int, str, str]:
    argv = [sys.executable, "-B", str(house / "tools" / "messages.py"), *arguments]
    done = subprocess.run(argv, cwd=house, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr
