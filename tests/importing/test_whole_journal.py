"""`export all` into an empty ledger by `import`: the whole journal goes over, and every report is the same, byte for byte."""

import json
import re
import shutil
from pathlib import Path

import pytest

from logi.commands.kinds import kind_named

ASKED = (
    "stock list", "asset list", "asset depreciation --to 2026-06-30", "repair list", "hazard list", "month plan 2025-09",
    "patrol week 2025-W39", "due", "person list", "place list", "vendor list", "category list", "term list", "holiday list",
    "policy list", "route list", "stock item list", "stock ledger A4纸", "show CZ-2025-0001", "show WX-202509-0003",
    "audit findings 2025-09", "audit log --since 2025-08-02 --until 2026-08-30",
)  # fmt: skip
HEAD = re.compile("(账首：|Head: )?#[0-9]+( [0-9a-f]{4}){8}")  # the one thing that is each ledger's own


def blank_ledger(logi, name: str, more: str = "--costing fifo --lang zh-Hans"):
    logi.ledger = logi.folder / name
    logi.env["LOGI_LEDGER"] = str(logi.ledger)
    logi(f"init --school 别的学校 {more} --yes")


@pytest.fixture
def at_demo(blank, demo_school):
    shutil.copy(demo_school, blank.ledger)
    blank.env.update({"LOGI_TODAY": "2026-08-31", "LOGI_LANG": "zh-Hans"})
    return blank


def kinds_in_order(logi) -> list[str]:
    """Those that are exported."""
    found = [row["kind"] for row in logi("import kinds -f json").json["rows"]]
    return [kind for kind in found if kind_named(kind).export is not None]


def answers(logi, asked) -> list[str]:
    """What a shell says to all these lines, one after the other, refusals too."""
    said = logi("shell", code=None, stdin="\n".join(asked))
    return HEAD.sub("#", said.out + said.err).splitlines()


def all_asked(logi, *months: str) -> list[str]:
    reports = [row["name"] for row in logi("report list -f json").json["rows"]]
    return [*ASKED, *(f"report {name} {'' if name == 'month' else '--month '}{month}" for name in reports for month in months)]


def taken_over(logi, kinds: str = "") -> list[dict]:
    """Every file of `export all` imported into the ledger at hand, in the order of `import kinds`."""
    done = []
    for kind in kinds.split() or kinds_in_order(logi):
        files = [path for path in (logi.folder / "all").iterdir() if path.suffix == ".xlsx" or path.stem.endswith(f"-{kind}")]
        if files and len(files[0].read_bytes().splitlines()) > 1:  # a workbook of all sheets, or the file of this kind
            done.append(logi(f"import {kind} {files[0]} -f json").json["facts"])
    return done


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "xlsx"])
def test_every_report_of_the_demo_school_is_the_same_after_export_all_and_import(at_demo, suffix):
    logi = at_demo
    # The journal is the same whichever file it went by: every report is asked once, the widest ones each time.
    asked = all_asked(logi, "2025-09", "2026-03") if suffix == "csv" else [*ASKED, "report month 2025-09"]
    before = answers(logi, asked)
    entries = logi("audit head -f json").json["rows"][0]["entry"]
    logi(f"export all -f {suffix} -o {logi.folder}/all/" if suffix != "csv" else f"export all -o {logi.folder}/all")
    blank_ledger(logi, "again.db")
    whole = logi(f"import all {logi.folder}/all -f json").json["facts"]
    assert whole["new"] == entries - 1  # all but the first, which every ledger has of its own
    others = taken_over(logi, " ".join(kind for kind in kinds_in_order(logi) if kind != "journal"))
    assert [(one["kind"], one["new"], one["changed"]) for one in others if one["new"] or one["changed"]] == []
    assert answers(logi, asked) == before
    assert logi("audit verify").code == 0


def test_undo_approvals_closed_months_and_settings_go_over_and_live_on(logi):
    for line in (
        "config set actor.tester 钱样真", "stock item add FB 粉笔 --unit 盒", "stock in FB 50 --price 4.20 --on 2025-08-03",
        "stock out FB 5 --to 教务处 --by S15 --on 2025-08-05", "stock out FB 4 --to 教务处 --by S15 --on 2025-09-05",
        "undo CK-2025-0002", "month close 2025-08 --override 补登", "asset add 讲台 --cost 1200 --on 2024-09-01 --code JT",
        "stock count start", "stock count enter FB 44 --by S06", "policy set asset.booking_days 9 --from 2025-09-01 --source 校务会",
    ):  # fmt: skip
        logi(line, code=None)
    asked = ["show CK-2025-0001", "show CK-2025-0002", "show FB", "person show S15", "stock list", "asset list", "stock count list",
             "policy list", "report stock.by-item --month 2025-08", "due"]  # fmt: skip
    before = answers(logi, asked)
    logi(f"export journal -o {logi.folder}/j.jsonl")
    blank_ledger(logi, "again.db", "--lang en --costing fifo --threshold-rules 2012")
    logi(f"import journal {logi.folder}/j.jsonl")
    assert answers(logi, asked) == before
    logi("stock in FB 5 --price 4 --on 2025-08-20", code=4)  # the closed month is closed
    logi("redo 19")  # the issue that was taken back before
    assert logi("stock list -f json").json["rows"][0]["quantity"] == "41"
    assert logi("config show -f json").out.count("测试学校")
    assert logi("audit verify").code == 0
    logi("undo 3", code=4)


def edited(path: Path, change) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in change(rows)), "utf-8")


def nested(deep: int) -> str:
    return "[" * deep + "]" * deep


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda rows: [{**row, "text": row["text"].replace("甲", "乙")} for row in rows], "importing.journal_torn"),
        (lambda rows: [row for row in rows if row["entry"] != "3"], "importing.journal_torn"),
        (lambda rows: rows[:-2], "importing.journal_cut"),
        (lambda rows: [*rows, rows[-1]], "importing.journal_torn"),
        (lambda rows: [{**rows[0], "text": "{}"}, *rows[1:]], "importing.journal_version"),
        (lambda rows: [{**row, "text": row["text"] + "x"} if row["entry"] == "2" else row for row in rows], "importing.journal_torn"),
        (lambda rows: [{**row, "part": "one"} for row in rows], "importing.journal_torn"),
        (lambda rows: [{**row, "text": "5"} if row["entry"] == "3" and row["part"] == "1" else row for row in rows], "importing.journal_torn"),
        (lambda rows: [{**row, "text": nested(100_000)} if row["entry"] == "3" else row for row in rows], "importing.journal_torn"),
        (lambda rows: [{**row, "text": row["text"][:-1] + f",{nested(500)}]"} if row["entry"] == "3" else row for row in rows], "importing.journal_torn"),
    ],
)
def test_a_journal_that_was_edited_cut_or_made_up_changes_nothing(logi, change, key):
    logi("person add Q1 甲")
    path = logi.folder / "j.jsonl"
    logi(f"export journal -o {path}")
    edited(path, lambda rows: change([{**row, **{k: str(v) for k, v in row.items() if k != "text"}} for row in rows]))
    blank_ledger(logi, "again.db")
    head = logi("audit head -f json").out
    refused = logi(f"import journal {path} -f json", code=5).json
    assert refused["key"] == key, refused
    assert logi("audit head -f json").out == head
    assert logi("audit verify").code == 0


def test_a_ledger_that_holds_something_or_reckons_otherwise_takes_no_journal_over(logi):
    logi(f"export journal -o {logi.folder}/j.csv")
    assert logi(f"import journal {logi.folder}/j.csv -f json", code=4).json["key"] == "importing.journal_not_blank"
    blank_ledger(logi, "again.db", "--costing moving-average --lang en")
    assert logi(f"import journal {logi.folder}/j.csv -f json", code=4).json["key"] == "importing.journal_costing"
    blank_ledger(logi, "third.db")
    logi(f"import journal {logi.folder}/j.csv --dry-run")
    assert logi("person list -f json").json["rows"] == []
    logi(f"import journal {logi.folder}/j.csv")
    assert logi(f"import journal {logi.folder}/j.csv -f json", code=4).json["key"] == "importing.journal_already"


def test_without_the_journal_the_kinds_alone_rebuild_the_lists(at_demo):
    logi = at_demo
    asked = ["stock list", "person list", "place list", "term list", "route list", "report stock.by-class --month 2025-09"]
    before = answers(logi, asked)
    logi(f"export all -f csv -o {logi.folder}/all/")
    blank_ledger(logi, "again.db")
    logi.env["LOGI_TODAY"] = "2026-08-31"
    done = taken_over(logi, " ".join(kind for kind in kinds_in_order(logi) if kind != "journal"))
    assert {one["kind"] for one in done} >= {"departments", "terms", "routes", "people", "stock", "assets", "patrols", "plan", "repairs"}
    assert answers(logi, asked) == before


def test_runs_of_rows_taken_back_and_done_again_go_over_too(logi):
    logi("stock item add A 粉笔 --unit 盒")
    head, rows = "on,direction,item,quantity,price,person\n", [f"2025-09-{1 + n // 2:02d},in,A,{n + 1},1.50,S06" for n in range(40)]
    (logi.folder / "m.csv").write_text(head + "\n".join(rows) + "\n", "utf-8")
    logi(f"import stock {logi.folder / 'm.csv'}")
    logi("undo")
    logi("redo")
    logi("undo")
    logi(f"export journal -o {logi.folder / 'j.jsonl'}")
    wanted = logi("stock slips --all -f csv", code=None).out, logi("stock list --all -f csv").out
    blank_ledger(logi, "other.db", "--costing fifo --lang en")
    logi(f"import journal {logi.folder / 'j.jsonl'}")
    assert (logi("stock slips --all -f csv", code=None).out, logi("stock list --all -f csv").out) == wanted
    logi("audit verify")
    assert "logi redo 16" in logi("redo", code=4).err  # the takeover came after it
    logi("redo 16")
    assert logi("stock list -f json").json["rows"][0]["quantity"] == "820"  # 1 + 2 + … + 40
    logi("audit verify")
