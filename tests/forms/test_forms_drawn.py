"""Every form in every format: the same bytes twice, nothing wider than its paper, sums and signatures as on paper."""

import re
from io import BytesIO

import pytest

from logi.core.text import width
from logi.forms.shapes import shapes

# Every form that a book fills, with what it is printed for in the demo school.
FILLED = {
    "asset-card": "2019-0008-01", "asset-letter": "ZR-2026-0001", "room-register": "B203", "stock-in": "RK-2025-0002",
    "stock-out": "CK-2025-0001", "material-ledger": "BG001 --month 2025-09", "repair": "WX-202509-0003",
    "disposal": "CZ-2025-0001", "count-sheet": "PD-2026-0003", "count-result": "PY-2026-0001", "patrol-day": "2025-09-23",
    "patrol-week": "2025-W39", "month-plan": "2025-09", "duty-roster": "ZB-2026-0001", "hazard-ledger": "2025-09",
    "night-check": "2025-12-03", "registration": "2025-2026-1", "category-audit": "2025-09", "year-end": "2025", "handover": "JJ-2026-0001",
    "loan": "JY-2026-0001", "compensation": "PC-2026-0001", "textbooks": "",
    "handbook": "WJ-2025-0003", "minutes": "WJ-2025-0004", "archive": "2025", "implementation": "",
    "ledger-catalogue": "2026-08-31",
    "checklist": "JC-2025-0002", "hazard-notice": "YH-2026-0007", "fire-equipment": "2026-05-08",
    "duty-log": "--since 2025-09-30 --until 2025-10-08", "sign-sheet": "CK-2026-0026",
    "purchase": "CG-2025-0002", "purchase-quotes": "CG-2025-0005", "acceptance": "YS-2025-0005", "purchase-month": "2025-10",
    "expense": "BX-2025-0002", "public-accounts": "GS-2025-0001", "voucher-handover": "2025-10", "month-budget": "2025-09",
    "fund-allotment": "FP-2025-0001", "energy-month": "2026-02", "meter-sheet": "2026-08-31", "boiler-log": "2025-12",
    "green-care": "2026-08", "zone-duty": "2026-08-31", "toilet-log": "2026-07",
    "plan-items": "2026-08-31", "standard-gaps": "2026-08-31", "works-acceptance": "GY-2026-0002",
    "vendors": "2026-08-31", "stock-count": "PK-2026-0006", "stock-differences": "KY-2025-0003",
    "food-samples": "2025-09", "canteen-accounts": "2025-10", "canteen-month": "2025-09",
    "visitor-register": "2025-09", "vehicle-register": "2025-09", "guard-training": "2025-09", "shift-handover": "2025-09",
    "dorm-roster": "2025-10-22", "bed-tags": "C101", "night-count": "2025-10-22", "evening-care": "2025-10",
    "dorm-standard": "2026-08-31", "shop-licences": "2026-08-31", "shop-ledger": "2025-09", "shop-prices": "2026-08-31",
    "programme-progress": "2026-08-31", "rollup-month": "2025-09", "pilots": "2026-08-31", "shortfalls": "2026-08-31",
    "bus-file": "示A20002",
    "training": "PXJ-2025-0001", "certificates": "2026-08-31", "satisfaction": "MYD-2026-0001", "opinion-answer": "YJ-2025-0002",
    "assessment": "KH-2026-0001", "commendation": "BZ-2026-0001",
    "event-support": "HD-2026-0001", "family-notice": "JG-2026-0001",
}  # fmt: skip
BY_HAND = sorted(set(shapes()) - set(FILLED))
PRINTED = [f"{name} {number}" for name, number in FILLED.items()]
BLANK = [f"{name} --blank" for name in shapes()]
OPEN = "签字：________  日期：____年__月__日"


def test_every_form_is_either_filled_here_or_says_that_it_is_blank_only(demo):
    assert BY_HAND == []
    for name in BY_HAND:
        words = {"none": "", "number": "SQ-1"}[shapes()[name].takes]
        assert "--blank" in demo(f"form {name} {words}", code=2).err


@pytest.mark.parametrize(("line", "lang"), [
    *((line, lang) for line in PRINTED for lang in ("zh-Hant", "en")), *((line, "zh-Hans") for line in BLANK),
])  # fmt: skip
def test_a_form_as_text_is_at_most_96_columns_wide(demo, line, lang):
    said = demo.text(line, lang)
    name = line.split()[0]
    assert shapes()[name].titles[lang] in said
    assert max(width(one) for one in said.splitlines()) <= 96
    assert not any(one != one.rstrip() for one in said.splitlines())


@pytest.mark.parametrize("line", [*PRINTED, *BLANK])
def test_a_form_gives_the_same_bytes_twice_in_every_format(demo, tmp_path, line):
    names = ("html", "md", "xlsx", "csv") if line in PRINTED else ("html",)
    drawn = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        demo(f"form {line} -f {','.join(names)} -o {folder}/", LOGI_LANG="zh-Hans")
        drawn.append({path.suffix[1:]: path.read_bytes() for path in folder.iterdir()})
    first, second = drawn
    assert set(first) == set(names)
    assert min(map(len, first.values())) > 20
    assert first == second


def test_a_stock_in_slip_shows_its_sum_in_figures_and_in_words(demo):
    # 260 × 2.40 + 160 × 5.60 + 24 × 14.50 + 60 × 1.90 + 120 × 2.20 + 120 × 1.80 + 60 × 1.50 + 320 × 3.60 + 420 × 4.10
    # + 6000 × 0.95 = 624 + 896 + 348 + 114 + 264 + 216 + 90 + 1152 + 1722 + 5700 = 11,126.00
    said = demo.text("stock-in RK-2025-0002")
    assert "11,126.00" in said
    assert "大写：人民币壹万壹仟壹佰贰拾陆元整" in said
    hant = demo.text("stock-in RK-2025-0002", "zh-Hant")
    assert "大寫：人民幣壹萬壹仟壹佰貳拾陸元整" in hant
    assert "編號 No.：RK-2025-0002" in hant


def test_a_slip_of_ten_lines_goes_on_a_second_page_and_is_summed_there(demo):
    first, second = re.split(r"第 1 页 共 2 页", demo.text("stock-in RK-2025-0002"))
    assert first.count("| BG0") == 8
    assert second.count("| BG0") == 2
    assert "大写" not in first
    assert "大写" in second
    assert "采购人（钱样真）" in second
    assert second.index(" 9 | BG017") > 0


def test_an_issue_slip_shows_what_was_left_after_it(demo):
    said = demo.text("stock-out CK-2025-0002 ")
    row = next(one for one in said.splitlines() if "JC001" in one)
    # 812 sets came; CK-2025-0001 and CK-2025-0002 took 46 of them each, at 86.40: 3,974.40
    cells = [cell.strip() for cell in row.split("|")]
    assert "3,974.40" in cells
    issued = int(cells[6])
    assert issued * 8640 == 397440
    before = demo.text("stock-out CK-2025-0001")
    left = int(next(one for one in before.splitlines() if "JC001" in one).split("|")[9])
    assert int(cells[9]) == left - issued


def test_signatures_on_record_stand_with_name_and_day_and_the_others_are_open(demo):
    said = demo.text("disposal CZ-2025-0001")
    assert "学校(盖章，会议号)：郑示园  2025-09-15  校务会12" in said
    assert "主管部门：教体局  2025-10-09  教体资〔2025〕示-07" in said
    assert "财政部门：—" in said
    assert f"使用人：{OPEN}" in said
    assert f"鉴定小组(≥3人)（钱样真、秦实妍、王修好）：{OPEN}" in said
    issued = demo.text("stock-out CK-2025-0001")
    assert "领用人：杨班一  2025-09-01  领-1" in issued
    assert f"批准人：{OPEN}" in issued


def test_a_repair_is_signed_by_whoever_accepted_it(demo):
    said = demo.text("repair WX-202509-0003")
    assert "报修人验收签字：杨班一  2025-09-10" in said
    assert f"维修人（王修好）：{OPEN}" in said
    waits = demo.text("repair WX-202606-0007")
    assert f"报修人验收签字（钱样真）：{OPEN}" in waits
    assert "夜里又漏" in demo.text("repair WX-202509-0001")  # sent back once, accepted after the summer


def test_a_disposal_shows_ten_sets_at_their_cost(demo):
    said = demo.text("disposal CZ-2025-0001")
    # ten television sets of 1,560.00
    assert "15,600.00" in said
    assert "大写：人民币壹万伍仟陆佰元整" in said
    # bought 2019-08, applied for in 2025-09: 73 months of 60
    assert said.count("73/60") == 10


def test_the_week_shows_the_makeup_sunday_in_its_attendance(demo):
    # six workdays (Sunday 2025-09-28 is one) on two routes, one day missed: 10 of 12; and seven nights: 17 of 19
    said = demo.text("patrol-week 2025-W39")
    assert "应巡次：19" in said
    assert "实巡次：17" in said
    assert "到位率：89.5%" in said
    assert "公示日期·地点" in said


def test_the_monthly_audit_agrees_with_the_cards(demo):
    said = demo.text("category-audit 2025-09")
    # 45 computers of 4,800.00 came in September
    assert "216,000.00" in said
    total = next(one for one in said.splitlines() if "合计" in one)
    assert total.rstrip().endswith("0.00")


def test_the_material_ledger_groups_in_out_and_balance(demo):
    page = demo.drawn("material-ledger BG001 --month 2025-09", "html").decode()
    assert '<th scope="colgroup" colspan="3">收入</th>' in page
    assert page.count("<th scope=\"col\" rowspan=\"2\">") == 3


def test_a_count_sheet_has_what_was_expected_and_what_was_found(demo):
    said = demo.text("count-sheet PD-2026-0003")
    row = next(one for one in said.splitlines() if "2025-0001-40" in one)
    assert row.split("|")[6].strip() == "1"
    assert "-1" in row
    blank = demo.text("count-sheet B203")
    assert blank.count("2025-0001-") == 45


def test_losses_of_a_count_wait_for_their_approvals(demo):
    said = demo.text("count-result PY-2026-0001")
    assert "2025-0001-40" in said
    assert "4,800.00" in said
    assert "去向不明" in demo.drawn("count-result PY-2026-0001", "csv").decode()
    assert f"分管领导：{OPEN}" in said or "分管领导：—" in said


def test_a_blank_form_names_no_head_and_has_rows_to_write_in(demo):
    said = demo.text("stock-in --blank")
    assert "账首" not in said
    assert "日期：____年__月__日" in said
    assert sum(one.count("|") == 12 and not one.replace("|", "").strip() for one in said.splitlines()) == 8


def test_all_slips_of_a_month_come_in_one_file(demo):
    said = demo.text("stock-in --all --month 2025-08")
    numbers = re.findall(r"RK-2025-[0-9]{4}", said)
    assert sorted(set(numbers)) == [f"RK-2025-000{n}" for n in range(1, len(set(numbers)) + 1)]
    assert len(set(numbers)) > 3
    assert demo("form stock-in --all --month 2024-01", code=3).err
    assert demo("form month-plan --all --month 2025-09", code=2).err


def test_a_workbook_holds_true_numbers_and_its_sum_as_a_formula(demo):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(BytesIO(demo.drawn("stock-in RK-2025-0002", "xlsx")))
    [sheet] = book.worksheets
    values = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    # the title, the second line, two rows of fields, the headings; then ten lines
    assert [cell.value for cell in values if str(cell.value).startswith("=")] == ["=SUM(I6:I15)"]
    assert 1722 in [cell.value for cell in values]
    assert sheet.page_setup.orientation == "landscape"
    cached = openpyxl.load_workbook(BytesIO(demo.drawn("stock-in RK-2025-0002", "xlsx")), data_only=True)
    assert 11126 in [cell.value for row in cached.worksheets[0].iter_rows() for cell in row]


def test_a_page_has_no_script_and_escapes_what_people_typed(demo):
    page = demo.drawn("repair WX-202509-0003", "html").decode()
    assert "<script" not in page
    assert "style=" not in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("nothing", 3), ("stock-in", 2), ("stock-in RK-1999-0001", 3), ("stock-in CK-2025-0001", 4), ("month-plan", 2),
        ("stock-in RK-2025-0001 --blank", 2), ("compensation WX-202509-0003", 4), ("repair WX-0", 3), ("stock-in --all", 2),
        ("patrol-week", 2), ("year-end", 2), ("stock-in RK-2025-0001 -f docx", 2), ("stock-in RK-2025-0001 -f xlsx", 2),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_with_its_exit_code(demo, line, code):
    assert demo(f"form {line}", code=code).err


def test_a_form_is_found_by_its_title_in_either_script(demo):
    expected = demo.text("stock-in RK-2025-0001")
    for name in ("入库单", "入庫單", "rkd", "C.4", "Stock-in"):
        assert demo.text(f"{name} RK-2025-0001") == expected
    assert demo("表单 入库单 RK-2025-0001", LOGI_LANG="zh-Hans").out == expected


def test_the_list_of_forms_names_them_all(demo):
    said = demo("form list", LOGI_LANG="zh-Hans").out
    assert all(f"| {name} " in said for name in shapes())


def test_the_night_sheet_is_filled_with_what_the_guard_saw_and_else_has_its_rooms_alone(demo):
    # E.7: on 2025-12-03 the air-conditioner of B203 was left on; all else was in order
    lines = demo.text("night-check 2025-12-03").splitlines()
    [b203] = [line for line in lines if "B203" in line and "信息教室" in line]
    assert [cell.strip() for cell in b203.split("|")][2:8] == ["√", "√", "√", "×", "√", "B203 空调未关"]
    [a101] = [line for line in lines if " A101 " in line]
    assert [cell.strip() for cell in a101.split("|")][2:8] == ["√", "√", "√", "√", "√", ""]
    assert any("C101" in line and "√" not in line for line in lines)  # the list is not asked for of dormitory rooms
    assert any("褚守门" in line and "2025-12-03" in line for line in lines)
    before = demo.text("night-check 2025-09-03")
    assert "A101" in before
    assert "√" not in before


def test_the_registration_sheet_has_a_line_for_each_class_with_room_time_and_person(demo):
    said = demo.text("registration 2025-2026-1")
    assert "应到人数：812" in said
    assert sum("班" in line and "2025-09-01" in line for line in said.splitlines()) >= 18
    assert "一年级1班" in said
