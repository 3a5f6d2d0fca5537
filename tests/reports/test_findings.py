"""What an auditor asks of a period in one line, and where each figure of the pack leads."""

import shutil
from datetime import date

import pytest

from logi.core import messages
from logi.db import open_ledger
from logi.journal import Who
from logi.reports import month_pack
from logi.trail import Threads
from logi.why import behind


def kinds(logi, period: str = "2025-09", **env: str) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in logi(f"audit findings {period} -f json", **env).json["rows"]:
        found.setdefault(row["kind"], []).append(row)
    return found


def test_each_kind_of_finding_is_found(logi):
    logi("route add R9 校门 --frequency workday --from 2025-09-29")
    logi("patrol log R9 --by 陈巡安 --at '2025-09-29 07:10'")  # the 30th is not walked
    logi("item add ST-1 白板笔 --unit 盒 --class office")
    logi("stock in ST-1 40 --price 3.50 --on 2025-09-02 --from V01")  # four weeks late, nobody signed
    wrong = logi("stock out ST-1 10 --to 教务处 --by S15 --on 2025-09-25 -f json").json
    logi(f"undo {wrong['entry']} --reason 记错")
    logi("asset add 投影仪 --cost 4500 --place A205 --keeper S15 --code P-1", LOGI_ACTOR="")
    found = kinds(logi, LOGI_TODAY="2025-10-01")
    assert [row["detail"] for row in found["undone"]] == [f"entry {wrong['entry']}: 记错"]
    assert any("28 days after 2025-09-02" in row["detail"] for row in found["late"])
    assert {row["subject"] for row in found["unapproved"]} == {"RK-2025-0001"}  # what was undone needs no signature
    assert "storekeeper" in found["unapproved"][0]["detail"]
    assert [row["day"] for row in found["missed"] if row["subject"] == "R9"] == ["2025-09-30"]
    assert all(row["entry"] is None for row in found["missed"])
    assert len(found["unmapped"]) == 1
    assert "config set actor." in found["unmapped"][0]["detail"]


def test_a_signature_on_record_is_no_finding(logi):
    logi("item add ST-1 白板笔 --unit 盒 --class office")
    logi("stock in ST-1 40 --price 3.50 --from V01")
    [before] = kinds(logi)["unapproved"]
    levels = before["detail"].removeprefix("lacking: ").split("; ")
    for n in range(len(levels)):
        logi(f"approve RK-2025-0001 --by 钱样真 --no 签-{n}")
    assert "unapproved" not in kinds(logi)


def test_an_override_and_a_reopened_month_are_findings(logi):
    logi("month close 2025-08", code=None)
    logi("month reopen 2025-08 --reason 补录", code=None)
    found = kinds(logi)
    assert [row["detail"] for row in found["reopened"]] == ["补录"]


@pytest.fixture(scope="module")
def school(demo_school, tmp_path_factory):
    from tests.conftest import Terminal

    made = Terminal(tmp_path_factory.mktemp("school"))
    shutil.copy(demo_school, made.ledger)
    made.env["LOGI_TODAY"] = "2025-10-08"
    return made


def test_every_figure_of_the_pack_leads_to_entries(school):
    """Of every section a row and its last figure are asked why; days the register itself gives need no entry."""
    messages.use("en")
    ledger = open_ledger(school.ledger, Who("tester", "tester", 0, "here"), today=date(2025, 10, 8))
    threads, asked = Threads(ledger.db), []
    for table in month_pack(ledger, "2025-09").tables:
        if not table.rows:
            continue
        figures = [c.key for c in table.columns if c.kind in ("money", "quantity", "count")]
        row = next((row for row in table.rows if any(row.get(key) for key in figures)), table.rows[0])
        figure = next((key for key in reversed(figures) if row.get(key)), None)
        cell = f"#{table.rows.index(row) + 1}" + (f":{figure}" if figure else "")
        found = behind(ledger, table, cell, date(2025, 9, 1), date(2025, 9, 30), threads)
        asked.append((table.name, cell, len(found.rows)))
        if table.name not in ("patrol.missed", "exceptions"):  # these speak of what nobody wrote down
            assert found.rows, asked[-1]
            assert all(one["entry"] for one in found.rows)
    ledger.close()
    assert len(asked) > 12
    for name, cell, rows in asked[:: len(asked) // 3]:  # and the command says the same
        assert len(school(f"why {name} {cell} 2025-09 -f json").json["rows"]) == rows


def test_a_binder_leads_from_every_claim_to_its_entries_hash(school):
    school(f"audit binder 2025-09 -o {school.folder}/binder/")
    names = sorted(path.name for path in (school.folder / "binder").iterdir())
    assert any(name.endswith(".html") for name in names)
    index = next(path for path in (school.folder / "binder").iterdir() if path.name.endswith("audit.binder.csv"))
    lines = index.read_text("utf-8").splitlines()
    assert len(lines) > 100
    entry = school("audit log --subject RK-2025-0008 --action stock.in -f json").json["rows"][0]["entry"]
    header = school(f"audit show {entry} -f json").json["tables"][0]["rows"]
    stamp = next(row["value"] for row in header if row["field"] == "hash")
    assert any(stamp in line for line in lines)
