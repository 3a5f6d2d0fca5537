"""Every ugly file gets what it deserves: it comes in as it stands, or not at all, with one clear sentence or a finding each."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from logi.core.errors import BadData
from logi.importing.reading import open_source
from logi.importing.running import Options, run
from tests.importing.ugly_files import CASES, TEXTS, row, table

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
CARDS = """SELECT code, name, unit_cost_fen, acquired_on FROM asset_card WHERE entry = ? ORDER BY id"""


class Back(Exception):
    """Takes an entry back after it has been looked at."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """One ledger and one folder for all the files: nothing is ever kept in it."""
    from tests.importing.test_import_property import blank

    ledger = blank()
    ledger.exact = True
    return ledger, tmp_path_factory.mktemp("ugly")


def became(ledger, path):
    """What an import would do: the cards, or the findings, or the key of a refusal."""
    from logi.commands.kinds import kind_named
    from logi.telling import draw_findings

    source, found = None, None
    try:
        source = open_source(str(path))
        with ledger.entry("import.assets") as e:
            outcome = run(e, kind_named("assets"), source, {}, Options())
            if outcome.bad:
                assert outcome.findings.count == len(outcome.findings.rows)
                assert all(one["problem"] and one["remedy"] for one in outcome.findings.rows)
                assert not CONTROL.search(draw_findings(outcome.findings.sorted()))
                found = {(one["line"], one["column"]) for one in outcome.findings.rows}
            else:
                found = cards(e)
            raise Back
    except Back:
        return found
    except BadData as error:
        from logi.core.messages import say

        said = say(error.key, **error.facts)
        assert not CONTROL.search(said)
        assert len(said) < 1000
        return error.key
    finally:
        if source is not None:
            source.close()


def cards(e) -> list[tuple]:
    """The cards of the entry; those of one row (`B1-01`, `B1-02`) as one with its number of pieces."""
    found: dict[tuple, int] = {}
    for code, name, fen, day in e.db.execute(CARDS, (e.n,)):
        batch = re.fullmatch(r"(.+)-[0-9]{2,}", code)
        key = (batch[1] if batch else code, name, fen, day)
        found[key] = found.get(key, 0) + 1
    return [(code, name, count, fen, day) for (code, name, fen, day), count in found.items()]


@pytest.mark.parametrize(("name", "content", "wanted"), CASES, ids=[name for name, _, _ in CASES])
def test_an_ugly_file_comes_in_as_it_stands_or_is_refused_clearly(shelf, name, content, wanted):
    ledger, folder = shelf
    entries = ledger.db.execute("SELECT count(*) FROM entry").fetchone()[0]
    path = folder / name
    path.write_bytes(content)
    found = became(ledger, path)
    assert (sorted(found) if isinstance(found, list) else found) == (sorted(wanted) if isinstance(wanted, list) else wanted)
    path.unlink()
    assert ledger.db.execute("SELECT count(*) FROM entry").fetchone()[0] == entries


def test_hostile_names_go_out_as_harmless_text_and_come_back_as_they_were(logi):
    (logi.folder / "t.csv").write_text(table(*[row(code=f"T{n}", name=text) for n, text in enumerate(TEXTS)]), "utf-8")
    logi(f"import assets {logi.folder / 't.csv'}")
    for line in ("asset list", "asset list -f md", "asset list -f html", "asset list -f json"):
        assert not CONTROL.search(logi(line).out.replace("\n", "").replace("\r", "").replace("\t", ""))
    for suffix in ("csv", "jsonl", "xlsx"):
        logi(f"export assets -o {logi.folder / 'out'}.{suffix}")
        facts = logi(f"import assets {logi.folder / 'out'}.{suffix} -f json").json["facts"]
        assert (facts["same"], facts["new"], facts["changed"]) == (2 * len(TEXTS), 0, 0)  # two pieces of each
    guarded = csv.reader(io.StringIO(logi("export assets -f csv --excel").out.removeprefix("\ufeff")))
    assert [cell for line in guarded for cell in line if cell[:1] in tuple("=+-@\t\r＝＋－＠") and cell != "-"] == []
    sheet = load_workbook(logi.folder / "out.xlsx").worksheets[0]
    assert {cell.data_type for line in sheet.iter_rows(min_row=2) for cell in line if isinstance(cell.value, str)} == {"s"}


# Names that spreadsheets would reckon, that look as if they were guarded already, and that hold what is not drawn: a rare
# character of a name at its private place, a joiner, a blank without width.
TRICKY = ("=1+1", "+8613", "-减", "@某", "＝全", "'=1", "''=1", "'", "'引", "王\ue863明", "甲\u200b乙", "葛\U000e0100", "a\u2060b", "0012", "1E5")


@pytest.mark.parametrize("way", ["x.csv", "x.csv --excel", "x.jsonl", "x.xlsx"])
def test_what_goes_out_comes_in_again_as_it_was_whatever_it_looks_like(logi, way):
    path = logi.folder / "names.csv"
    path.write_text("code,name,unit,spec\n" + "".join(f"N{n},{name},个,{name}\n" for n, name in enumerate(TRICKY)), "utf-8")
    logi(f"import items {path}")
    before = {row["code"]: row["name"] for row in logi("export items -f json").json["rows"]}
    assert [before[f"N{n}"] for n in range(len(TRICKY))] == list(TRICKY)
    logi(f"export items -o {logi.folder}/{way}")
    done = logi(f"import items {logi.folder}/{way.split()[0]} --dry-run -f json").json["facts"]
    assert (done["new"], done["changed"], done["same"]) == (0, 0, len(before))
    text = (logi.folder / way.split()[0]).read_bytes().decode("utf-8", "replace")
    assert ("'=1+1" in text) == way.endswith("--excel")


BOMBS = (
    "blanks without end.xlsx", "blanks without end.ods", "rows without end.xlsx", "a far cell.xlsx", "a million rows in one.ods",
    "a billion laughs.xlsx", "a very long line.csv", "a very long cell.csv", "deep.json",
)  # fmt: skip
BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (500 << 20,) * 2)
from pathlib import Path
from logi.core.errors import BadData
from logi.commands.kinds import kind_named
from logi.importing.reading import open_source
from logi.importing.rereading import opened
for path in Path(sys.argv[1]).iterdir():
    try:
        source = open_source(str(path))
        for _ in opened(kind_named("assets"), source, {})[1]:
            pass
    except BadData as error:
        print(path.name, error.key)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux's /proc")
def test_bombs_are_told_within_little_memory(tmp_path):
    for name, content, _ in CASES:
        if name in BOMBS:
            (tmp_path / name).write_bytes(content)
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run([sys.executable, "-c", BOUNDED, str(tmp_path)], capture_output=True, text=True, check=True, cwd=root)
    *told, peak = ran.stdout.splitlines()
    assert sorted(told) == sorted(f"{name} {wanted}" for name, _, wanted in CASES if name in BOMBS)
    assert int(peak) < 100_000  # kB; importing the program alone takes about 30,000
