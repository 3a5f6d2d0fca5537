"""Stocktaking, worth, damage and the year's end at the terminal: files, exit codes, Chinese words, every language."""

import pytest


@pytest.fixture
def counted(logi):
    with logi.once():
        logi("asset add 投影仪 --category A02010105 --cost 4800 --count 3 --on 2025-09-01 --place A205 --keeper 杨班一 --code P")
        logi("asset add 课桌椅 --category A05010203 --cost 198 --quantity 60 --on 2025-09-01 --place A205 --keeper 杨班一 --code D")
        logi("asset add 计算机 --category A02010105 --cost 4800 --count 4 --on 2025-09-01 --place B203 --keeper 钱样真 --code C")
        logi("asset count start")
    return logi


def differences(logi):
    rows = logi("asset count differences -f json").json["rows"]
    return [(row["code"], row["kind"], row["place"], row["counted"]) for row in rows]


def test_a_scanners_list_of_codes_is_a_room(counted, tmp_path):
    codes = tmp_path / "b203.txt"
    codes.write_text("C-01\nC-02\r\nC-02\nP-01\nZZ\n", "utf-8")
    said = counted(f"asset count enter PD-2025-0001 B203 --file {codes} --rest-missing --by 钱样真")
    assert "Read twice, counted once: C-02." in said.err
    assert differences(counted) == [("C-03", "missing", "B203", "0"), ("C-04", "missing", "B203", "0"),
                                    ("P-01", "elsewhere", "B203", "1"), ("ZZ", "unknown", "B203", "1")]  # fmt: skip


def test_a_table_of_several_rooms_is_entered_at_once(counted, tmp_path):
    table = tmp_path / "count.csv"
    table.write_bytes("资产编号,存放地点,实盘数,完好情况,备注\nD,A205,58,完好,\nP-01,A205,,损坏,镜头\nC-04,B203,0,,\n".encode("gb18030"))
    said = counted(f"asset count enter PD-2025-0001 --file {table} --rest-ok -f json").json
    assert said["facts"]["place"] == ["A205", "B203"]
    assert [row["state"] for row in counted("asset count status -f json").json["rows"]] == ["counted", "counted"]
    assert differences(counted) == [("C-04", "missing", "B203", "0"), ("D", "less", "A205", "58")]
    counted("asset count settle")
    assert "damaged" in counted("asset show P-01").out


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("编号,数量\nP-01,很多\n", 5, "line(s) cannot be read"), ("编号,狀況\nP-01,冒煙\n", 5, "cannot be read"),
        ("P-01,2025-09-30 08:01\n", 2, "no headings"), ("编号\n\n", 5, "no line"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_enters_nothing(counted, tmp_path, text, code, part):
    table = tmp_path / "x.csv"
    table.write_text(text, "utf-8")
    said = counted(f"asset count enter PD-2025-0001 A205 --file {table}", code=code)
    assert part in said.err + said.out
    assert counted("asset count status -f json").json["totals"]["counted"] == 0


def test_status_is_strict_for_cron(counted):
    counted("asset count status --strict", code=7)
    for place in ("A205", "B203"):
        counted(f"asset count enter PD-2025-0001 {place} --rest-ok")
    counted("asset count status --strict")
    assert "everything agrees" in counted("asset count settle").out


def test_the_sheets_are_a_file_for_each_room(counted, tmp_path):
    counted(f"asset count sheet -f csv -o {tmp_path / 'sheets'} --blind")
    names = {path.name for path in (tmp_path / "sheets").iterdir()}
    assert any("A205" in name for name in names)
    assert any("B203" in name for name in names)
    text = next(path for path in (tmp_path / "sheets").iterdir() if "B203" in path.name).read_text("utf-8-sig")
    assert "C-01" in text
    assert "Book" not in text


def test_the_whole_way_of_a_count_by_command_lines(counted):
    counted("pd enter PD-2025-0001 A205 --rest-ok --missing P-03")
    counted("盘点 录入 PD-2025-0001 B203 --其餘相符", LOGI_LANG="zh-Hans")
    said = counted("asset count settle --cause P-03=失窃 -f json").json
    assert (said["numbers"], said["facts"]["short"]) == (["PD-2025-0001", "PY-2025-0001"], "4800.00")
    assert counted("asset list -f json").json["totals"]["cost"] == "45480.00"
    counted("approve PY-2025-0001 --no 校务会9 --by 郑示园")
    assert counted("asset list -f json").json["totals"]["cost"] == "40680.00"
    counted("audit verify")
    counted("undo")
    counted("audit verify")
    assert counted("asset list -f json").json["totals"]["cost"] == "45480.00"


def test_a_dry_run_counts_nothing(counted):
    counted("asset count enter PD-2025-0001 A205 --rest-ok --dry-run")
    assert counted("asset count status -f json").json["totals"]["counted"] == 0


def test_the_accountants_figures_come_from_a_file(counted, tmp_path):
    table = tmp_path / "总账.csv"
    table.write_text("资产类别,期末余额\nA02,33600.00\nA05,\"11,880.00\"\n", "utf-8")
    said = counted(f"asset reconcile 2025 --file {table} -f json").json
    assert (said["facts"]["difference"], said["facts"]["open"]) == ("0.00", 1)
    table.write_text("资产类别,期末余额\nA02,三万\n", "utf-8")
    counted(f"asset reconcile 2025 --file {table}", code=5)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("asset count start E101", 4), ("asset count start A205", 4), ("asset count start Z9", 3), ("asset count enter PD-2025-0001", 2),
        ("asset count enter PD-2031-0001 A205 --rest-ok", 3), ("asset count enter PD-2025-0001 Z9 --rest-ok", 3),
        ("asset count enter PD-2025-0001 A205 --condition P-01=冒烟", 2), ("asset count enter PD-2025-0001 A205 --qty D=-1", 2),
        ("asset count enter PD-2025-0001 A205 --rest-ok --by 无此人", 3), ("asset count recount", 4), ("asset count settle", 4),
        ("asset count settle --cause P-03", 2), ("asset count differences PY-2031-0001", 3), ("asset count sheet PD-2031-0001", 3),
        ("asset revalue P-01 5000", 2), ("asset revalue P 5000 --note x", 2), ("asset revalue P-01 4800 --note x", 4),
        ("asset revalue P-01 0 --note x", 4), ("asset merge D", 2), ("asset merge P-01 C-01", 4), ("asset part P-01", 2),
        ("asset part P-01 --of P-01", 4), ("asset damage P-01", 2), ("asset damage P-01 --by 无此人", 3), ("asset pay PC-2025-0001 1", 2),
        ("asset pay PC-2025-0001 1 --receipt X", 3), ("asset reconcile 20x", 2), ("asset reconcile 2025 --figure A02", 2),
        ("asset reconcile 2025 --sign cook=S03", 2), ("asset reconcile 2025 --sign accountant=S03", 4), ("asset accept A205", 4),
        ("asset term-ready 2031-2032-1", 3), ("approve PY-2025-0001 --no 1", 3),
    ],
)  # fmt: skip
def test_refusals_of_counts_and_values_have_their_exit_codes(counted, line, code):
    before = counted("audit head").out
    assert counted(line, code=code).err.strip()
    assert counted("audit head").out == before


def test_counts_and_lists_speak_every_language(counted):
    counted("asset count enter PD-2025-0001 A205 KK --rest-ok --missing P-03")
    counted("asset count enter PD-2025-0001 B203 --rest-ok")
    counted("asset count settle")
    counted("asset damage P-01 --class 1班")
    for language in ("en", "zh-Hans", "zh-Hant"):
        for line in ("asset count status", "asset count differences", "asset count sheet", "asset count list", "show PY-2025-0001",
                     "show PC-2025-0001", "asset reconcile 2025", "asset accept A205", "due", "report asset.quarterly",
                     "report asset.renewal", "report asset.idle", "report asset.counts", "report asset.compensation",
                     "report asset.write-offs", "report asset.warranty", "report month 2025-09 --only asset"):  # fmt: skip
            said = counted(line, LOGI_LANG=language)
            assert "{" not in said.out, line
            assert "asset." not in said.out.replace("asset.count.settle", "").replace("asset.damage", ""), line
