"""The house rules, checked for every book on the shelf. A new book is covered the day it arrives."""

import ast
import graphlib
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import logi
from logi import db, journal, registry
from logi.core import messages
from logi.registry import FLOOR_COMMANDS, FLOOR_WORDS, cards

HOUSE = Path(logi.__file__).parent
ROOT = HOUSE.parent
MODULES = sorted(HOUSE.rglob("*.py"))
SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|DROP|ALTER|PRAGMA|BEGIN|COMMIT)\s[A-Z_a-z*({]")
SQL_ROOMS = {"schema.py", "store.py", "db.py", "connecting.py", "journal.py", "undo.py", "finding.py", "verify.py", "backup.py",
             "entries.py", "guards.py", "replay.py", "shape.py", "steps.py", "trail.py", "rewinding.py",
             "takeover.py", "changed.py", "images.py", "journal_schema.py", "links.py"}  # fmt: skip
HEAVY = {"sqlite_utils", "openpyxl", "tabulate", "rich", "pydantic", "click", "dateutil", "xlsxwriter", "jinja2",
         "python_calamine", "tomllib", "segno", "orjson"}  # fmt: skip
RAISERS = {"Refused", "NotFound", "Usage", "BadValue", "BadData", "Unavailable", "Busy", "LogiError", "Ambiguous"}
KEY = re.compile(r"[a-z]+(\.[a-zA-Z0-9_-]+)+")


# One test looks at all modules of a folder, or at all commands of one word: thousands of tests would cost more than they tell.
FOLDERS = {folder: [path for path in MODULES if path.parent == HOUSE / folder]
           for folder in sorted({str(path.parent.relative_to(HOUSE)) for path in MODULES})}  # fmt: skip


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_sql_lives_in_its_rooms(folder):
    for path in FOLDERS[folder]:
        if path.name in SQL_ROOMS or path.name.startswith("store_"):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not SQL.match(node.value), f"{path}:{node.lineno} speaks SQL"


PATTERN = re.compile(r"LIKE \?\d*(?!\d| ESCAPE)")  # a checklist's own words for things are patterns
OWN_PATTERNS = {"c.folded LIKE ?"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_typed_is_no_pattern(folder):
    said = [node.value for path in FOLDERS[folder] for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in said if PATTERN.search(text) and text not in OWN_PATTERNS] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_module_names_its_room(folder):
    assert [path for path in FOLDERS[folder] if not ast.get_docstring(parsed(path))] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_module_outgrows_a_glance(folder):
    lines = {path: path.read_text("utf-8").count("\n") for path in FOLDERS[folder] if not path.name.endswith("messages.py")}
    assert [path for path, count in lines.items() if count > 500] == []


@pytest.mark.parametrize("book", cards())
def test_a_book_opens(book):
    for room in (HOUSE / "books" / book).glob("*.py"):
        import_module(f"logi.books.{book}.{room.stem}" if room.stem != "__init__" else f"logi.books.{book}")


@pytest.mark.parametrize("book", cards())
def test_a_card_is_read_as_toml_is(book):
    text = (HOUSE / "books" / book / "book.toml").read_text("utf-8")
    assert registry.read_card(text) == tomllib.loads(text)


@pytest.mark.parametrize("book", cards())
def test_a_card_tells_the_truth(book):
    card = cards()[book]
    schema = registry.room(book, "schema")
    assert card.schema == (len(schema.MIGRATIONS) if schema else 0)
    assert all(spec.name.startswith(f"{book}_") for spec in (schema.TABLES if schema else ()))
    apps = import_module(f"logi.books.{book}.commands").apps
    assert set(apps) == set(card.commands)
    report = registry.room(book, "report")
    assert all(hasattr(report, one.replace("-", "_")) for one in card.reports)
    kinds = registry.room(book, "importing")
    assert set(card.imports) == set(kinds.KINDS if kinds else ())
    for titles in (card.title, *card.commands.values()):
        assert set(titles) == set(messages.LANGUAGES)


def test_needs_make_no_circle():
    graphlib.TopologicalSorter({one: card.needs for one, card in cards().items()}).prepare()


def neighbours(path: Path) -> set[str]:
    me = path.parent.name
    tree = ast.parse(path.read_text("utf-8"))
    found = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    found += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    return {one.split(".")[2] for one in found if one.startswith("logi.books.") and one.split(".")[2] != me}


@pytest.mark.parametrize("book", cards())
def test_a_book_knows_only_the_neighbours_on_its_card_and_by_one_door(book):
    for path in (HOUSE / "books" / book).glob("*.py"):
        known = neighbours(path)
        assert known <= set(cards()[book].needs), path
        assert known <= {path.stem}, f"{path.name}: only {book}/<neighbour>.py may import a neighbour"


def woken_by(code: str) -> set[str]:
    code += "\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return {one.partition(".")[0] if not one.startswith("logi.") else one for one in done.stdout.split()}


def test_the_front_door_wakes_no_book():
    woken = woken_by("import logi.cli, logi.front, logi.help, logi.context")
    assert not woken & HEAVY
    assert not {one for one in woken if one.startswith("logi.books.")}


@pytest.mark.parametrize("book", cards())
def test_reading_a_command_line_wakes_nothing_heavy(book):
    assert not woken_by(f"import logi.books.{book}.commands") & HEAVY


# -- words ---------------------------------------------------------------------------------------------


def keys_used(path: Path) -> dict[str, int]:
    """Literal message keys in say(...), the errors, warn(...), help=..., and titles."""
    used: dict[str, int] = {}
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        wanted = node.args[:1] if called in RAISERS | {"say", "warn"} else []
        wanted += [k.value for k in node.keywords if k.arg == "help"]
        for one in wanted:
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and KEY.fullmatch(one.value):
                used[one.value] = node.lineno
    return used


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_key_said_has_a_sentence(folder):
    for path in FOLDERS[folder]:
        for key, line in keys_used(path).items():
            assert messages.has(key), f"{path}:{line} says {key}"


def test_every_language_says_everything():
    done = subprocess.run([sys.executable, "tools/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def commands_of(app, path: str):
    for info in app.registered_commands:
        yield (f"{path} {info.name}" if info.name != path else path), info
    for group in app.registered_groups:
        yield from commands_of(group.typer_instance, f"{path} {group.name}")


def every_command():
    for book in cards():
        for top, app in import_module(f"logi.books.{book}.commands").apps.items():
            yield from commands_of(app, top)
    for top, module in FLOOR_COMMANDS.items():
        yield from commands_of(import_module(module).apps[top], top)


COMMANDS = dict(every_command())
WORDS = sorted({path.split()[0] for path in COMMANDS})


def under(word: str) -> list[str]:
    return [path for path in COMMANDS if path.split()[0] == word]


@pytest.mark.parametrize("word", WORDS)
def test_every_command_and_option_has_help(word):
    from logi.front import convert

    for path in under(word):
        assert messages.has(str(COMMANDS[path].help)), path
        for param in convert(COMMANDS[path]).params:
            assert messages.has(str(param.help)), f"{path} {param.name}"


@pytest.mark.parametrize("word", WORDS)
def test_every_command_stands_on_a_page(word):
    pages = [*HOUSE.rglob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
    texts = [page.read_text("utf-8") for page in pages]
    assert [path for path in under(word) if not any(f"logi {path}" in text for text in texts)] == []


@pytest.mark.parametrize("word", WORDS)
def test_the_words_of_options_have_one_meaning(word):
    from logi.core.folding import fold
    from logi.front import convert
    from logi.option_words import words
    from logi.typed import SPELLINGS

    for path in under(word):
        seen = {fold(s[2:]): s for s in SPELLINGS if s.startswith("--") and not s.isascii()}
        for param in convert(COMMANDS[path]).params:
            assert words(str(param.name)), f"{path}: {param.name} has no Chinese word in option_words"
            if param.param_type_name != "option":
                continue
            for one in {fold(w) for w in words(str(param.name))}:
                assert one not in seen, f"{path}: {one} means {seen[one]} and {param.name}"
                seen[one] = param.name


def test_the_words_of_commands_have_one_meaning():
    seen: dict[tuple[str, str], str] = {}
    for table in (FLOOR_WORDS, *(card.words for card in cards().values())):
        for path, words in table.items():
            assert path in COMMANDS or any(one.startswith(f"{path} ") for one in COMMANDS), path
            within = path.rpartition(" ")[0]
            for word in words:
                assert seen.setdefault((within, word), path) == path, f"{word} means {seen[within, word]} and {path}"
    shortcuts: dict[str, str] = {}
    for card in cards().values():
        for word, path in card.shortcuts.items():
            assert path in COMMANDS or any(one.startswith(f"{path} ") for one in COMMANDS), path
            assert shortcuts.setdefault(word, path) == path
            assert ("", word) not in seen, word


def test_the_abbreviations_of_the_contract_are_there():
    shortcuts = {word: path for card in cards().values() for word, path in card.shortcuts.items()}
    wanted = {"rk": "stock in", "入库": "stock in", "ck": "stock out", "出库": "stock out", "bx": "repair open",
              "报修": "repair open", "xc": "patrol log", "巡查": "patrol log", "yj": "month close", "月结": "month close"}  # fmt: skip
    assert {word: shortcuts.get(word) for word in wanted} == wanted
    for word, path in {"sp": "approve", "审批": "approve", "gz": "correct", "更正": "correct", "cx": "undo",
                       "撤销": "undo", "db": "due", "待办": "due"}.items():  # fmt: skip
        assert word in FLOOR_WORDS[path]


# -- tables --------------------------------------------------------------------------------------------


def test_the_shipped_fingerprint_is_in_step():
    done = subprocess.run([sys.executable, "tools/schema.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_table_is_strict_guarded_and_known(ledger):
    for row in ledger.db.execute("PRAGMA table_list").fetchall():
        if row["schema"] != "main" or row["name"].startswith(("sqlite_", "_sqlite")):
            continue
        assert row["strict"], row["name"]
        if row["name"] not in ("entry", "entry_part", "entry_open"):
            assert ledger.spec(row["name"]).name == row["name"]


def test_every_fact_and_state_table_has_the_columns_of_its_kind(ledger):
    wanted = {"state": {"id", "entry", "void"}, "fact": {"id", "entry", "sign", "reverses"},
              "register": {"id", "entry"}, "derived": set()}  # fmt: skip
    specs = [*journal.TABLES]
    for book in cards():
        schema = registry.room(book, "schema")
        specs += schema.TABLES if schema else ()
    for spec in specs:
        columns = {row["name"] for row in ledger.db.execute(f"PRAGMA table_info({spec.name})")}
        assert columns, f"{spec.name} is on the list and not in the ledger"
        assert columns >= wanted[spec.kind] | {*spec.negate, *([spec.day] if spec.day else [])}, spec.name


def test_a_ledger_made_afresh_is_the_one_that_opening_expects(blank):
    blank("init --school x --costing fifo --yes")
    made = db.connect(blank.ledger)
    assert db.fingerprint(made) == db.expected_fingerprint()
    made.close()
