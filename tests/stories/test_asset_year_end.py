"""The end of a year, told by command lines: every month audited and closed, the register held against the accountant and the
departments, a difference of one desk explained, three signatures; and what a closed month no longer lets in."""

import pytest


def at(logi, day: str, line: str, *, code: int = 0, **env: str):
    return logi(line, code=code, LOGI_TODAY=day, **env)


def rows(logi, day: str, line: str, **env: str) -> list[dict]:
    return at(logi, day, f"{line} -f json", **env).json["rows"]


@pytest.fixture
def december(logi):
    """Four months of a small school: forty desks, five computers in September, a scrapping in November, a desk in December."""
    at(logi, "2025-09-01", "person add S04 孙算清 --post 会计")
    at(logi, "2025-09-01", "asset add 办公桌 --category A05010203 --cost 1050 --count 40 --on 2018-08-20 --code D --place E101"
       " --keeper 钱样真 --department 总务处 --life-months 180 --booked 2025-09-01")  # fmt: skip
    at(logi, "2025-09-18", "asset add 台式计算机 --category A02010105 --cost 4800 --count 5 --code C --place B203 --keeper 秦实妍"
       " --department 信息组")  # fmt: skip
    at(logi, "2025-11-03", "asset propose C-05 --how scrap --reason force-majeure --appraiser S03,S17,S08")
    at(logi, "2025-11-05", "approve CZ-2025-0001 --by 钱样真 --no 校务会20")
    at(logi, "2025-11-06", "asset dispose CZ-2025-0001")
    at(logi, "2025-12-22", "asset add 办公桌 --category A05010203 --cost 1050 --code D-41 --place E101 --keeper 钱样真"
       " --department 总务处")  # fmt: skip
    return logi


@pytest.mark.seed("AST-03", "AST-22")
def test_the_year_is_closed_month_by_month_and_reconciled_by_three(december):
    logi, day = december, "2026-01-05"
    for month in ("2025-09", "2025-10", "2025-11", "2025-12"):
        waits = at(logi, day, f"month close {month} --check", code=7)
        assert "logi asset audit" in waits.out
        at(logi, day, f"asset audit {month} --sign --by 吴资明")
        at(logi, day, f"month close {month}")
    figures = {r["category"]: r for r in rows(logi, day, "asset audit 2025-11")}
    # five computers at 4,800.00, one of them gone: 24,000.00 - 4,800.00 = 19,200.00
    computers = figures["A02010105"]
    assert (computers["opening"], computers["added"], computers["reduced"], computers["closing"]) == (
        "24000.00", "0.00", "4800.00", "19200.00",
    )  # fmt: skip
    # Nothing dated in a closed month gets in any more, by any door.
    for line in ("asset add 投影仪 --cost 4800 --on 2025-12-30", "asset transfer D-01 --place B203 --on 2025-12-30",
                 "asset dispose D-01 --how scrap --on 2025-12-30", "asset propose D-01 --how sale --on 2025-12-30",
                 "asset lend D-01 --to 王修好 --due 2026-02-01 --on 2025-12-30"):  # fmt: skip
        assert "2025-12" in at(logi, day, line, code=4).err
    # The year: the register has 43,050.00 of desks, the accountant 42,000.00; one desk came in on the 22nd.
    (logi.folder / "ledger.csv").write_text("类别,金额\nA05,42000\nA02,19200\n", "utf-8")
    at(logi, day, f"asset reconcile 2025 --file {logi.folder}/ledger.csv --confirm 总务处=43050 --confirm 信息组=19200 --on 2026-01-05")
    lines = {r["key"]: (r["register"], r["stated"], r["difference"]) for r in rows(logi, day, "asset reconcile 2025")}
    assert lines["A05"] == ("43050.00", "42000.00", "1050.00")
    assert lines["A02"] == ("19200.00", "19200.00", "0.00")
    at(logi, day, "asset reconcile 2025 --sign accountant=孙算清", code=4)  # a difference nobody has explained
    at(logi, day, "asset reconcile 2025 --explain A05=12月办公桌一张会计未入账:会计1月补记")
    at(logi, day, "asset reconcile 2025 --sign accountant=孙算清 --sign assets=孙算清", code=4)  # three people
    assert "2025" in [r["subject"] for r in rows(logi, day, "due --book asset") if r["source"] == "AST-22"]
    at(logi, day, "asset reconcile 2025 --sign accountant=孙算清 --sign assets=吴资明 --sign department=秦实妍")
    assert [r for r in rows(logi, day, "due --book asset") if r["source"] in ("AST-22", "AST-03")] == []
    sheet = at(logi, day, "form year-end 2025").out
    assert all(part in sheet for part in ("孙算清", "吴资明", "秦实妍", "1,050.00"))
    # The year's depreciation, from the month of addition: computers 4 × 4 × 66.67 = 1,066.72; forty desks of 5.83 a month
    # since August 2018 (89 months of 180, 518.87 each), the new one, over 60, 17.50: 20,772.30.
    by_code = rows(logi, day, "asset depreciation --to 2025-12-31")
    written = {kind: sum(round(float(r["accumulated"]) * 100) for r in by_code if r["code"].startswith(kind)) for kind in "CD"}
    assert written == {"C": 106672, "D": 2077230}
    assert at(logi, day, "audit verify").code == 0


def test_a_closed_month_is_opened_again_only_in_sight_of_all(december):
    logi, day = december, "2026-01-05"
    for month in ("2025-09", "2025-10"):
        at(logi, day, f"asset audit {month} --sign --by 吴资明")
        at(logi, day, f"month close {month}")
    refused = at(logi, day, "asset add 音箱 --cost 1200 --on 2025-10-20 --place E101", code=4)
    assert "reopen" in refused.err  # the message says what to do
    at(logi, day, "month reopen 2025-10 --reason 漏记音箱")
    at(logi, day, "asset add 音箱 --category A02091001 --cost 1200 --on 2025-10-20 --place E101 --keeper 钱样真")
    again = at(logi, day, "month close 2025-10 --check", code=7)
    assert "logi asset audit 2025-10" in again.out  # the new category was not audited
    at(logi, day, "asset audit 2025-10 --sign --by 吴资明")
    at(logi, day, "month close 2025-10")
    listed = rows(logi, day, "report month.reopened-months --year 2026")
    assert [r["reason"] for r in listed] == ["漏记音箱"]
