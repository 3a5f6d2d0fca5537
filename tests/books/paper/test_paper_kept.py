"""Work areas, handbooks, the catalogue of ledgers, the archive, imports, told by commands."""

from datetime import date

import pytest

from logi.books.paper import rules
from logi.core.policies import shipped_value


def rows(logi, line, **env):
    return logi(f"{line} -f json", **env).json["rows"]


def due(logi, **env):
    return {(r["state"], r["subject"], r["command"]) for r in rows(logi, "due --book paper", **env)}


@pytest.mark.seed("DOC-06", "STF-03", "STF-20", "STF-18", "STF-17")
def test_every_work_area_has_a_regulation_a_post_and_a_person_or_is_listed(logi):
    assert rows(logi, "paper area list") == []  # nothing is asked before the book is kept
    assert due(logi) == set()
    logi("paper add 校产管理制度 --kind regulation --area 校产 --from 2025-09-01")
    logi("paper area set 校产 --department 总务处 --post 资产管理员 --duty 建账、盘点 --owner 吴资明 --leader 钱样真")
    logi("paper area set 门卫 --post 门卫")
    listed = {r["area"]: r for r in rows(logi, "paper area list")}
    assert len(listed) == 19  # those of the policy
    one = listed["property"]
    assert [one[key] for key in ("regulation", "department", "post", "duty", "owner", "leader", "lacks")] == [
        "校产管理制度", "总务处", "资产管理员", "建账、盘点", "吴资明", "钱样真", None,
    ]  # fmt: skip
    of_unit = rows(logi, "paper area list --department 总务处")
    assert [(r["area"], r["post"], r["duty"]) for r in of_unit] == [("property", "资产管理员", "建账、盘点")]
    assert listed["gate"]["lacks"] == "regulation; person"  # the post is vacant
    assert listed["stock"]["lacks"] == "regulation; post; person"
    assert ("missing", "stock", "logi paper add TITLE --kind regulation --area stock --from DAY") in due(logi)
    # who leaves leaves the area with nobody
    logi("person leave 吴资明 --on 2025-09-29")
    assert ("orphaned", "property", "logi paper area set property --owner PERSON") in due(logi)
    # an area of the school's own
    logi("paper add 直饮水制度 --kind regulation --area 直饮水 --from 2025-09-01")
    assert "直饮水" in {r["area"] for r in rows(logi, "paper area list --lacking")}
    logi("policy set paper.areas '[\"property\"]' --source 本校 --from 2025-09-01")
    assert {r["area"] for r in rows(logi, "paper area list")} == {"property", "gate", "直饮水"}


@pytest.mark.seed("STF-02")
def test_the_leader_in_charge_and_the_head_of_logistics_are_named_and_every_post_has_a_duty(logi):
    leads = ("orphaned", "leader", "logi person edit PERSON --post 分管副校长")
    heads = ("orphaned", "head", "logi person edit PERSON --post 总务主任")
    assert not {leads, heads} & due(logi)  # nothing is asked before the work is laid out
    logi("paper area set 校产 --department 总务处 --post 资产管理员 --owner 吴资明 --leader 秦实妍")
    assert leads in due(logi)
    assert heads not in due(logi)  # 钱样真 is 总务主任
    duty = ("missing", "property", "logi paper area set property --duty TEXT")
    assert duty in due(logi)
    said = logi("paper area list -f json").json
    assert said["notes"][-1] == "Leader in charge: nobody; head of logistics: 钱样真."
    logi("person add S02 冯演和 --post 分管副校长")
    logi("paper area set 校产 --duty 建账、盘点、处置")
    assert not {leads, heads, duty} & due(logi)
    said = logi("paper area list -f json").json
    assert said["notes"][-1] == "Leader in charge: 冯演和; head of logistics: 钱样真."
    [row] = [r for r in said["rows"] if r["area"] == "property"]
    assert [row[key] for key in ("department", "post", "duty", "owner", "leader")] == [
        "总务处", "资产管理员", "建账、盘点、处置", "吴资明", "秦实妍"]  # fmt: skip
    logi("person leave 钱样真 --on 2025-09-20")
    logi("person leave 秦实妍 --on 2025-09-20")
    assert {heads, ("orphaned", "property", "logi paper area set property --leader PERSON")} <= due(logi)


@pytest.mark.seed("DOC-07", "DOC-13")
def test_the_three_degrees_are_indicators_that_stand_in_the_annual_summary(logi):
    logi("policy set paper.areas '[\"property\",\"repair\",\"money\"]' --source 本校 --from 2025-09-01")
    logi("paper add 校产管理制度 --kind regulation --area 校产 --form asset-card --from 2025-09-01")
    logi("paper add 维修制度 --kind regulation --area 维修 --from 2025-09-01")
    logi("paper area set 校产 --post 资产管理员 --owner 吴资明 --duty 建账")
    logi("paper area set 维修 --post 水电工 --owner 王修好")
    table = logi("report degrees -f json").json
    # regulations: 2 of 3 areas are 66.67 %; forms: 1 of 3; post, person and duty: 1 of 3 (repairs have no duty laid down)
    assert {key: table["totals"][key] for key in ("rules", "standard", "fine")} == {"rules": "66.7", "standard": "33.3", "fine": "33.3"}
    summary = logi("month summary --school-year 2025 -f json", LOGI_LANG="zh-Hans").json
    figures = [r for t in summary["tables"] if t["name"] == "month.figures" for r in t["rows"]]
    assert {(r["figure"], r["rate"]) for r in figures if "三化" in r["section"]} == {
        ("制度化", "66.7"), ("标准化", "33.3"), ("精细化", "33.3"),
    }  # fmt: skip


# -- handbook --------------------------------------------------------------------------------------------


@pytest.fixture
def book(logi):
    """A handbook of two regulations with their texts."""
    for name, text in (("校产", "第一条 校产归口管理。"), ("维修", "第一条 报修当日受理。")):
        (logi.folder / f"{name}.md").write_text(text, "utf-8")
        logi(f"paper add {name}管理制度 --kind regulation --area {name} --from 2025-09-01 --file {logi.folder}/{name}.md")
    logi("paper add 后勤管理工作制度手册 --kind handbook --owner 钱样真 --issuer 总务处 --on 2025-09-01")
    logi("paper bind 制度手册 维修管理制度 校产管理制度")
    return logi


@pytest.mark.seed("DOC-02")
def test_the_handbook_is_an_ordered_set_exported_as_one_document_with_a_list_of_receivers(book):
    book("paper bind 制度手册 校产管理制度 --at 1")
    said = book("paper print 制度手册 -f md").out
    parts = ["# 后勤管理工作制度手册", "## Contents", "校产管理制度", "维修管理制度", "## 1. 校产管理制度", "第一条 校产归口管理。", "## 2. 维修管理制度", "第一条 报修当日受理。"]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    page = book.folder / "book.html"
    book(f"paper print 制度手册 -o {page}")
    assert "第一条 报修当日受理。" in page.read_text("utf-8")
    book(f"paper print 制度手册 -o {book.folder}/book.pdf")
    assert (book.folder / "book.pdf").read_bytes().startswith(b"%PDF")
    book("paper issue 制度手册 --to 教务处 --person 杨班一 --copies 2 --by 钱样真 --on 2025-09-10")
    assert [(r["receiver"], r["copies"], r["by"]) for r in rows(book, "report issued")] == [("教务处", 2, "钱样真"), ("杨班一", 2, "钱样真")]
    form = book("form 制度手册目录 WJ-2025-0003 -f md", LOGI_LANG="zh-Hans").out
    for word in ("校产管理制度", "维修管理制度", "教务处", "杨班一", "签收", "制度名称"):
        assert word in form


def test_a_handbook_that_changed_after_it_was_given_out_is_due(book):
    again = ("missing", "WJ-2025-0003", "logi paper issue WJ-2025-0003 --to DEPT")
    assert again not in due(book)
    book("paper issue 制度手册 --to 教务处 --on 2025-09-10")
    assert again not in due(book)
    book("paper revise 校产管理制度")
    book("paper adopt 校产管理制度 --from 2025-09-20")
    assert again in due(book)
    assert "version 2" in book("paper print 制度手册").out
    assert "version 2" not in book("paper print 制度手册 --on 2025-09-19").out
    book("paper issue 制度手册 --to 教务处")
    assert again not in due(book)


def test_only_what_stands_is_given_out_unless_a_reason_is_recorded(book):
    book("paper add 草案 --kind regulation")
    book("paper issue 草案 --to 教务处", code=4)
    book("paper issue 草案 --to 教务处 --override 征求意见")
    assert [r["title"] for r in rows(book, "report issued")] == ["草案"]


# -- ledgers ---------------------------------------------------------------------------------------------


@pytest.mark.seed("DOC-05")
def test_the_catalogue_knows_every_ledgers_keeper_and_last_entry_and_what_is_missing(logi):
    logi("item add F001 粉笔 --unit 盒")
    logi("paper ledger add TZ01 物资出入账 --frequency monthly --book stock.move --keeper 周入库 --from 2025-09-01")
    logi("paper ledger add TZ02 来访登记簿 --frequency daily --keeper 陈巡安 --place 门卫室 --from 2025-09-01")
    logi("paper ledger add TZ03 校史 --frequency yearly --from 2025-09-01")
    for day in ("2025-09-05", "2025-09-24"):
        logi(f"stock in 粉笔 10 --price 4 --on {day}")
    logi("stock in 粉笔 10 --price 4 --on 2025-09-30")
    logi("undo")  # what is taken back is no entry
    logi("paper ledger write TZ02 --on 2025-09-29")
    told = {r["code"]: (r["last_on"], r["state"]) for r in rows(logi, "paper ledger list")}
    assert told == {"TZ01": ("2025-09-24", "current"), "TZ02": ("2025-09-29", "current"), "TZ03": (None, "never")}
    assert ("orphaned", "TZ03", "logi paper ledger edit TZ03 --keeper PERSON") in due(logi)
    # on the tenth of November September has entries and October none: 1 of 2 months
    later = {"LOGI_TODAY": "2025-11-10"}
    found = {r["code"]: r for r in rows(logi, "paper ledger list --stale", **later)}
    assert [found["TZ01"][key] for key in ("kept", "asked_n", "rate", "gaps", "state")] == [1, 2, "50.0", "2025-10", "stale"]
    assert ("missing", "TZ02", "logi paper ledger write TZ02") in due(logi, **later)
    assert ("missing", "TZ01", "logi stock") in due(logi, **later)
    form = logi("form 台账目录 --on 2025-09-30 -f md", LOGI_LANG="zh-Hans").out
    for word in ("物资出入账", "周入库", "2025-09-24", "来访登记簿", "门卫室"):
        assert word in form


@pytest.mark.seed("DOC-14")
def test_property_has_a_regulation_and_its_daily_ledger_is_kept(logi):
    logi("paper area set 校产 --post 资产管理员 --owner 吴资明")
    lacking = ("missing", "property", "logi paper add TITLE --kind regulation --area property --from DAY")
    assert lacking in due(logi)
    logi("paper add 校产管理制度 --kind regulation --area 校产 --from 2025-09-01")
    assert lacking not in due(logi)
    assert [r["regulation"] for r in rows(logi, "paper area list") if r["area"] == "property"] == ["校产管理制度"]
    # the daily ledger is the register itself: what is done with the school's things are its entries
    logi("paper ledger add TZ01 资产账 --frequency daily --book asset --area 校产 --keeper 吴资明 --from 2025-09-01")
    unkept = ("missing", "TZ01", "logi asset")
    logi("asset add 打印机 --cost 1980 --on 2025-09-22 --place E101 --keeper 钱样真")
    stood = [(r["last_on"], r["state"]) for r in rows(logi, "paper ledger list")]
    assert stood == [("2025-09-22", "stale")]  # three workdays after Monday the 22nd were over on Thursday the 25th
    assert unkept in due(logi)
    logi("asset assign 2025-0001 --keeper 杨班一 --on 2025-09-26")
    assert [(r["last_on"], r["state"]) for r in rows(logi, "paper ledger list")] == [("2025-09-26", "current")]
    assert unkept not in due(logi)  # Sunday the 28th was worked, Monday, Tuesday the 30th: the third
    assert unkept in due(logi, LOGI_TODAY="2025-10-09")  # the first workday after the holidays


def test_a_ledger_on_paper_is_in_the_calendar_of_routine(logi):
    logi("paper area set 门卫 --owner 陈巡安")
    logi("paper ledger add TZ02 来访登记簿 --frequency daily --keeper 陈巡安 --from 2025-09-01")
    told = logi("check routine -f json").json["rows"]
    assert {"TZ02", "archive"} <= {r["code"] for r in told}


# -- archive ---------------------------------------------------------------------------------------------


@pytest.mark.seed("DOC-04")
def test_volumes_are_filed_by_category_and_number_and_handed_over_by_july(logi):
    june = {"LOGI_TODAY": "2026-06-15"}
    file = "logi paper volume add TITLE --category CATEGORY --school-year 2025"
    logi("paper add 后勤例会 --kind minutes")
    assert not [one for one in due(logi, **june) if one[1] == "2025"]  # 46 days before the end of July
    assert ("soon", "2025", file) in due(logi, LOGI_TODAY="2026-07-10")
    logi("paper volume add 后勤会议纪要 --category 行政管理 --pages 56 --retention 30 --place 档案柜1", **june)
    logi("paper volume add 后勤会议纪要（二） --category 行政管理 --pages 20", **june)
    logi("paper volume add 采购合同 --category 合同 --pages 44 --retention permanent", **june)
    listed = logi("paper volume list --school-year 2025 -f json", **june).json
    assert [(r["category"], r["n"], r["title"], r["retention"], r["keep_until"]) for r in listed["rows"]] == [
        ("administration", 1, "后勤会议纪要", "30", "2056-08-31"), ("administration", 2, "后勤会议纪要（二）", "10", "2036-08-31"),
        ("contract", 1, "采购合同", "permanent", None),
    ]  # fmt: skip
    assert listed["totals"]["pages"] == 120
    late = {"LOGI_TODAY": "2026-08-01"}
    assert ("overdue", "DA-2025-0003", "logi paper volume hand DA-2025-0003 --to NAME") in due(logi, **late)
    logi("paper volume hand DA-2025-0001 DA-2025-0002 DA-2025-0003 --to 县档案馆 --by 钱样真 --on 2026-07-20", **late)
    assert not [one for one in due(logi, **late) if one[1].startswith("DA")]
    assert rows(logi, "paper volume list --held", **late) == []
    form = logi("form 档案目录 2025 -f md", LOGI_LANG="zh-Hans", **late).out
    for word in ("后勤会议纪要", "采购合同", "县档案馆", "永久", "120"):
        assert word in form


@pytest.mark.parametrize(("category", "title", "kept"), [
    ("会计", "2025年度会计凭证", "30"), ("会计", "总账与明细账", "30"), ("会计", "2025年3月月报", "10"), ("会计", "三季度季报", "10"),
    ("会计", "2025年度财务决算", "permanent"), ("会计", "报废固定资产卡片", "5"), ("会计", "其他会计资料", "30"),
    ("合同", "采购合同与验收", "15"), ("其他", "询价记录", "15"), ("行政管理", "后勤会议纪要", "10"),
])  # fmt: skip
def test_a_volume_is_kept_as_its_class_asks(category, title, kept):
    """会计档案管理办法 (令79): vouchers, ledgers 30; monthly, quarterly reports 10; annual ones for ever; cards 5. 采购法 art. 42: 15."""
    keys = {"会计": "accounting", "合同": "contract", "其他": "other", "行政管理": "administration"}
    classes = shipped_value("paper.retentions", date(2025, 9, 1))
    assert rules.retention_of(classes, keys[category], title)[0] == kept


def test_a_volume_is_kept_no_shorter_than_the_law_asks_without_a_reason(logi):
    logi("paper volume add 三月会计凭证 --category 会计 --school-year 2024 --pages 120 -q")
    assert [(r["retention"], r["keep_until"]) for r in rows(logi, "paper volume list")] == [("30", "2055-12-31")]
    short = "paper volume add 四月会计凭证 --category 会计 --school-year 2024 --pages 90 --retention 10"
    said = logi(f"{short} -f json", code=4).json
    assert (said["key"], said["facts"]["least"]) == ("paper.kept_too_short", "30")
    assert "依法保管30年" in logi(short, code=4, LOGI_LANG="zh-Hans").err
    logi(f"{short} --override 副本 -q")
    logi("paper volume add 五月会计凭证 --category 会计 --school-year 2024 --pages 90 --retention permanent -q")  # longer may be
    logi("paper volume add 会议 --category 行政管理 --school-year 2024 --pages 9 --retention 5 -q")  # no law speaks of it
    sheet = logi.folder / "v.csv"
    sheet.write_text("类别,学年,卷号,题名,页数,保管期限\n会计,2023,1,凭证,300,10年\n会计,2023,2,季报,20,\n", "utf-8")
    assert "kept 30 years by law" in logi(f"import volumes {sheet} -f json", code=5).out
    sheet.write_text(sheet.read_text("utf-8").replace("10年", ""), "utf-8")
    logi(f"import volumes {sheet} -q")
    assert [r["retention"] for r in rows(logi, "paper volume list --school-year 2023")] == ["30", "10"]
    logi('policy set paper.retentions \'[{"keep": "15", "law": false}]\' --source 本校 --from 2025-09-01 -q')
    logi("paper volume add 六月会计凭证 --category 会计 --school-year 2024 --pages 90 -q")
    assert rows(logi, "paper volume list --school-year 2024")[-2]["retention"] == "15"


# -- files -----------------------------------------------------------------------------------------------


def test_a_list_of_documents_is_imported_twice_as_one(logi):
    sheet = logi.folder / "d.csv"
    sheet.write_text(
        "文件名称,文件类型,文号,发文日期,施行日期,责任人,适用范围\n"
        "校产管理制度,制度,校字1号,2024-09-01,2024-09-01,吴资明,校产、物资保管\n"
        "节水通知,通知,后字5号,2025-03-01,,,\n", "utf-8",
    )  # fmt: skip
    logi(f"import documents {sheet}")
    assert [(r["title"], r["kind"], r["state"], r["areas"]) for r in rows(logi, "paper list")] == [
        ("校产管理制度", "regulation", "force", "property、stock"), ("节水通知", "notice", "force", None),
    ]  # fmt: skip
    again = logi(f"import documents {sheet} --again -f json").json
    assert again["facts"]["same"] == 2
    sheet.write_text(sheet.read_text("utf-8").replace("节水通知", "节约用水通知"), "utf-8")
    assert logi(f"import documents {sheet} -f json").json["facts"]["changed"] == 1
    sheet.write_text("文件名称,文件类型,文号\n校产管理制度,通知,校字1号\n", "utf-8")
    logi(f"import documents {sheet}", code=5)


def test_volumes_are_imported_and_exported(logi):
    sheet = logi.folder / "v.csv"
    sheet.write_text("类别,学年,卷号,题名,页数,保管期限,移交日期,接收人\n会计,2023,1,凭证,300,30年,2024-07-10,县档案馆\n会计,2023,2,账簿,90,永久,,\n", "utf-8")
    logi(f"import volumes {sheet}")
    out = logi("export volumes -f csv --header keys").out
    assert "凭证" in out
    assert logi(f"import volumes {sheet} --again -f json").json["facts"]["same"] == 2


@pytest.mark.seed("DOC-08")
def test_the_register_is_published_as_a_page_and_exported_as_data(logi):
    logi("paper add 校产管理制度 --kind regulation --area 校产 --from 2025-09-01")
    page = logi.folder / "register.html"
    logi(f"paper list -o {page}", LOGI_LANG="zh-Hans")
    assert "校产管理制度" in page.read_text("utf-8")
    data = logi("export documents -f jsonl").out
    assert '"title": "校产管理制度"' in data or '"title":"校产管理制度"' in data


def test_the_months_pack_holds_the_papers_and_an_empty_book_says_nothing(logi):
    names = [t["name"] for t in logi("report month 2025-09 -f json").json["tables"]]
    assert not [name for name in names if name.startswith("paper.")]
    logi("paper add 通知一 --kind superior --on 2025-09-01")
    names = [t["name"] for t in logi("report month 2025-09 -f json").json["tables"]]
    assert [name for name in names if name.startswith("paper.")] == ["paper.documents", "paper.implementation"]


def test_copies_and_ledgers_have_no_day_before_their_own(logi):
    logi("paper add 通知一 --kind notice --on 2025-09-10")
    logi("paper issue 通知一 --to 教务处 --on 2025-09-09", code=4)
    logi("paper ledger add TZ02 来访登记簿 --frequency daily --keeper 陈巡安 --from 2025-09-10")
    logi("paper ledger write TZ02 --on 2025-09-09", code=4)
    logi("paper ledger close TZ02 --reason 换新 --on 2025-09-09", code=4)
    logi("paper ledger write TZ02 --on 2025-09-10")
