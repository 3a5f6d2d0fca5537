"""The demo school's storeroom: textbooks, kits, counts and the cases planted in it, seen where a bursar would look."""

import shutil

import pytest

from tests.conftest import Terminal


@pytest.fixture(scope="module")
def demo(demo_school, tmp_path_factory):
    made = Terminal(tmp_path_factory.mktemp("demo"))
    shutil.copy(demo_school, made.ledger)
    made.env["LOGI_TODAY"] = "2026-08-31"
    return made


def rows(demo, line, **env):
    return demo(f"{line} -f json", **env).json["rows"]


def test_textbooks_went_to_eighteen_classes_and_the_spring_is_two_short(demo):
    pack = {table["name"]: table for table in demo("stock textbook status -f json").json["tables"]}
    classes = [r for r in pack["stock.textbooks"]["rows"] if r["code"] == "JC001"]
    assert (len(classes), sum(int(r["issued"]) for r in classes)) == (18, 812)
    titles = {r["code"]: (r["received"], r["due"], r["issued"], r["balance"], r["short"]) for r in pack["stock.titles"]["rows"]}
    assert titles == {"JC001": ("812", "812", "812", "0", "0"), "JC002": ("810", "812", "810", "0", "2")}


def test_the_teachers_kit_is_one_slip_with_sixty_eight_signatures_and_every_class_got_its_own(demo):
    sheet = rows(demo, "stock sign-sheet CK-2025-0019")
    assert (len(sheet), sheet[0]["BG006"], sheet[0]["BG017"]) == (68, "3", "2")
    classes = rows(demo, "stock sign-sheet CK-2025-0021")
    assert (len(classes), classes[0]["person"], classes[-1]["person"]) == (18, "一年级1班", "九年级2班")


def test_the_storeroom_was_counted_every_month_until_june(demo):
    counts = rows(demo, "stock count list")
    assert [r["day"][:7] for r in counts] == [
        "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06",
    ]  # fmt: skip
    assert [r["state"] for r in counts] == ["done"] * 9 + ["settled"]


def test_what_is_planted_is_due(demo):
    due = [(r["state"], r["subject"]) for r in rows(demo, "due --book stock")]
    assert due == [
        ("overdue", "SC006"),  # 8 bottles past their day
        ("overdue", "KY-2026-0002"),  # 26 tubes short, the principal has not decided since June
        ("missing", "2026-06"),  # nothing counted since
        ("missing", "RK-2026-0008"),  # a slip without signatures
        ("expiring", "SC006"),  # the younger lot, within the week
        ("soon", "LL-2026-0001"), ("soon", "SC001"),
    ]  # fmt: skip
    spring = [(r["state"], r["subject"]) for r in rows(demo, "due --book stock", LOGI_TODAY="2026-03-10")]
    assert spring == [("missing", "JC002")]  # two sets short; nothing of later days is told


def test_what_is_planted_stands_in_the_months_pack(demo):
    pack = {table["name"]: table for table in demo("report month 2025-09 -f json").json["tables"]}
    over = {r["department"]: r["over_quota"] for r in pack["stock.consumption"]["rows"] if r["over_quota"] not in (None, "0.00")}
    # 1,135.60 the kit, 690.00 and 1,066.50 paper, 504.00 chalk and markers, against 3,000.00
    assert over == {"教务处": "396.10"}
    assert [r["number"] for r in pack["stock.slips"]["rows"]] == ["CK-2025-0001", "CK-2025-0027"]
    assert [(r["code"], r["short"], r["short_value"]) for r in pack["stock.variance"]["rows"]] == [("BG003", "1", "4.20")]
    late = rows(demo, "audit findings 2025-09")
    assert any("2025-09-29" in str(r) for r in late)  # an issue entered sixteen days late
    assert rows(demo, "stock slips --unsigned --month 2025-10")[0]["number"] == "RK-2025-0014"


def test_the_books_of_the_year_add_up(demo):
    demo("audit verify")
    for month in ("2025-08", "2025-09", "2025-12", "2026-02", "2026-08"):
        for row in rows(demo, f"report stock.by-class {month}"):
            assert row["difference"] == "0.00"


def test_a_storerooms_count_and_its_differences_are_printed_to_be_signed(demo):
    sheet = demo("form stock-count PK-2025-0004", LOGI_LANG="zh-Hans").out
    assert "库存盘点表" in sheet
    row = next(one for one in sheet.splitlines() if "BG001" in one)
    assert [cell.strip() for cell in row.split("|")][6:9] == ["25", "22", "-3"]
    assert "盘点人（周入库）" in sheet
    made = demo("form 库存盘盈盘亏表 KY-2025-0003", LOGI_LANG="zh-Hans").out
    row = next(one for one in made.splitlines() if "BG001" in one)
    assert [cell.strip() for cell in row.split("|")][4:10] == ["25", "22", "", "", "3", "71.70"]
    assert "校长：郑示园  2026-01-06  盘点批0106" in made
    demo("form stock-differences KY-2026-0099", code=3)
    assert demo("form stock-count --all --month 2025-12", LOGI_LANG="zh-Hans").out == sheet
