"""Documents, regulations and their versions, what they ask and how it is answered, told by commands."""

import hashlib
from datetime import date

import pytest

from logi.books.paper import checks, store


@pytest.fixture
def office(logi):
    """A superior document and the property regulation that rests on it, in force since the first of September 2025."""
    with logi.once():
        logi("paper add 关于加强校产管理的通知 --kind superior --no 教体资〔2025〕1号 --issuer 教体局 --on 2025-08-20")
        logi("paper add 校产管理制度 --kind regulation --area 校产 --source 教体资〔2025〕1号 --owner 吴资明 --from 2025-09-01")
    return logi


def rows(logi, line, **env):
    return logi(f"{line} -f json", **env).json["rows"]


def due(logi, **env):
    """What is due in this book apart from areas that lack something."""
    found = rows(logi, "due --book paper", **env)
    return {(r["state"], r["subject"], r["command"]) for r in found if not r["command"].startswith(("logi paper area", "logi paper add"))}


def shown(logi, number):
    return {t["name"]: t for t in logi(f"show {number} -f json").json["tables"]}


# -- versions ------------------------------------------------------------------------------------------


@pytest.mark.seed("DOC-01")
def test_a_regulation_goes_from_draft_over_trial_to_force_and_one_version_stands(logi):
    logi("paper add 学校后勤管理试行办法 --kind regulation --area 安全 --no 校字〔2025〕1号")
    assert [r["state"] for r in rows(logi, "paper list")] == ["draft"]
    logi("paper adopt 后勤管理试行办法 --trial --from 2025-09-01 --until 2025-12-31")
    assert [r["state"] for r in rows(logi, "paper list")] == ["trial"]
    assert ("expiring", "WJ-2025-0001", "logi paper adopt WJ-2025-0001 --from DAY") in due(logi, LOGI_TODAY="2025-12-20")
    assert ("overdue", "WJ-2025-0001", "logi paper adopt WJ-2025-0001 --from DAY") in due(logi, LOGI_TODAY="2026-01-05")
    logi("paper revise 后勤管理试行办法 --title 学校后勤管理办法")
    logi("paper adopt WJ-2025-0002 --from 2025-09-20")
    assert [(r["number"], r["state"], r["version"]) for r in rows(logi, "paper list --area 安全")] == [
        ("WJ-2025-0001", "superseded", 1), ("WJ-2025-0002", "force", 2),
    ]  # fmt: skip
    # as it stood on the 19th the first version was on trial
    earlier = rows(logi, "paper list --until 2025-09-30", LOGI_TODAY="2025-09-19")
    assert [r["state"] for r in earlier] == ["trial", "coming"]
    logi("paper repeal WJ-2025-0002 --on 2025-09-30 --reason 并入新规")
    assert [r["state"] for r in rows(logi, "paper list")] == ["superseded", "repealed"]
    assert rows(logi, "report regulations") == []


def test_a_version_is_named_by_the_title_and_the_one_that_stands_is_meant(office):
    office("paper revise 校产管理制度")
    assert office("paper edit 校产管理制度 --note x -f json").json["number"] == "WJ-2025-0002"
    office("paper adopt 校产管理制度 --from 2025-09-10")  # the draft is meant where only a draft can be
    assert office("paper edit 校产管理制度 --note y -f json").json["number"] == "WJ-2025-0003"


def test_a_version_cannot_begin_before_the_one_it_replaces_nor_under_a_newer(office):
    office("paper revise 校产管理制度")
    office("paper adopt WJ-2025-0003 --from 2025-09-01", code=4)
    office("paper adopt WJ-2025-0003 --from 2025-09-10")
    office("paper adopt WJ-2025-0002", code=4)
    assert [r["state"] for r in rows(office, "paper list --kind regulation")] == ["superseded", "force"]


def test_a_file_is_kept_beside_the_ledger_under_its_hash(office):
    text = "第一条 校产归口管理。\n第二条 每学期清查。\n"
    (office.folder / "reg.md").write_text(text, "utf-8")
    done = office(f"paper edit 校产管理制度 --file {office.folder}/reg.md -f json").json
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert done["facts"]["sha256"] == digest
    kept = office.folder / "attachments" / digest[:2] / f"{digest}.md"
    assert kept.read_text("utf-8") == text
    row = next(r for r in rows(office, "paper list") if r["number"] == "WJ-2025-0002")
    assert row["file"] == "reg.md"
    (office.folder / "empty.txt").write_bytes(b"")
    office(f"paper edit 校产管理制度 --file {office.folder}/empty.txt", code=4)
    (office.folder / "gbk.txt").write_bytes("第一条 水电。".encode("gb18030"))
    office(f"paper edit 校产管理制度 --file {office.folder}/gbk.txt")
    assert "第一条 水电。" in office("paper print 校产管理制度").out


def test_a_dry_run_keeps_no_file(office):
    (office.folder / "x.txt").write_text("字", "utf-8")
    office(f"paper edit 校产管理制度 --file {office.folder}/x.txt --dry-run")
    assert not (office.folder / "attachments").exists()


def test_every_verb_of_documents_is_undone_and_redone(office):
    office("paper add 后勤手册 --kind handbook")
    before = state(office)
    for line in (
        "paper edit 校产管理制度 --issuer 本校 --area 校产 --area 物资保管", "paper revise 校产管理制度", "paper adopt WJ-2025-0004 --from 2025-09-20",
        "paper review WJ-2025-0004 --note 看过", "paper issue WJ-2025-0004 --person 周入库 --copies 3", "paper bind 后勤手册 校产管理制度",
        "paper require 教体资〔2025〕1号 清查资产 --measure 清查 --owner 吴资明", "paper measure edit CS-2025-0001 --due 2025-10-10",
        "paper measure done CS-2025-0001 --note 清了", "paper measure verify CS-2025-0001 --by 钱样真", "paper unbind 后勤手册 校产管理制度 --reason x",
        "paper repeal 教体资〔2025〕1号 --reason 换新", "paper area set 校产 --owner 吴资明 --post 资产管理员",
        "paper ledger add T1 巡查本 --frequency daily --keeper 钱样真", "paper ledger write T1", "paper ledger close T1 --reason x",
        "paper volume add 会议 --category 会计 --school-year 2024 --pages 3", "paper volume hand DA-2024-0001 --to 钱样真",
    ):  # fmt: skip
        office(line)
        after = state(office)
        assert after != before, line
        office("undo")
        assert state(office) == before, line
        office("redo")
        assert state(office) == after, line
        before = after
    assert office("audit verify").code == 0


def state(logi):
    """All that the book shows."""
    said = [rows(logi, line) for line in ("paper list", "paper trace", "report issued", "report reviews", "paper ledger list",
                                          "paper volume list", "paper area list --limit 1")]  # fmt: skip
    books = [t["rows"] for name, t in shown(logi, "WJ-2025-0003").items() if name == "paper.contents"]
    return said, books


# -- review --------------------------------------------------------------------------------------------


@pytest.mark.seed("AST-09")
def test_the_property_regulation_is_in_the_register_and_kept_current(office):
    listed = rows(office, "report regulations")
    assert [(r["number"], r["title"], r["state"], r["areas"]) for r in listed] == [("WJ-2025-0002", "校产管理制度", "force", "property")]
    office("paper area set 校产 --post 资产管理员 --owner 吴资明")
    covered = next(r for r in rows(office, "paper area list") if r["area"] == "property")
    assert (covered["regulation"], covered["lacks"]) == ("校产管理制度", None)
    # what it rests on is replaced: it is to be looked at
    look = ("overdue", "WJ-2025-0002", "logi paper review WJ-2025-0002 --outcome keep --by PERSON")
    assert look not in due(office)
    office("paper revise 教体资〔2025〕1号 --no 教体资〔2025〕8号 --on 2025-09-15")
    assert look in due(office)
    office("paper review 校产管理制度 --by 钱样真 --note 无需修改 --on 2025-09-16")
    assert look not in due(office)
    # three years after the last look it is due again: 2025-09-16 + 3 years
    assert look in due(office, LOGI_TODAY="2028-09-17")
    # experience asks for a change, and the new version ends the old
    office("paper review 校产管理制度 --outcome revise --note 损坏赔偿写得不清")
    assert ("overdue", "WJ-2025-0002", "logi paper revise WJ-2025-0002 --file FILE") in due(office)
    office("paper revise 校产管理制度")
    assert ("overdue", "WJ-2025-0002", "logi paper adopt WJ-2025-0004 --from DAY") in due(office)
    office("paper adopt WJ-2025-0004")
    assert not [one for one in due(office) if one[1] == "WJ-2025-0002"]
    # everybody is told of it
    office("paper issue 校产管理制度 --to 全体教职工 --copies 68")
    assert [r["copies"] for r in rows(office, "report issued")] == [68]


def test_a_repealed_source_flags_what_rests_on_it(office):
    said = office("paper repeal 教体资〔2025〕1号 --reason 废止 --on 2025-09-20")
    assert "WJ-2025-0002" in said.err
    assert ("overdue", "WJ-2025-0002", "logi paper review WJ-2025-0002 --outcome keep --by PERSON") in due(office)


@pytest.mark.seed("REP-08")
def test_the_repair_regulation_is_in_the_register_with_its_form_template(logi):
    logi("paper add 校产维修报修制度 --kind regulation --area 维修 --from 2025-09-01 --owner 王修好")
    logi("paper add 报修单样本 --kind form --area 维修 --form 报修单 --source 校产维修报修制度 --from 2025-09-01")
    area = next(r for r in rows(logi, "paper area list") if r["area"] == "repair")
    assert (area["regulation"], area["form"]) == ("校产维修报修制度", "报修单")
    blank = logi("form 报修单 --blank", LOGI_LANG="zh-Hans").out
    assert "报修单" in blank
    assert "报修人" in blank
    logi("paper add 错表 --kind form --form 没有这种表", code=3)
    # the template rests on the regulation: when that is renewed the form is to be looked at
    logi("paper revise 校产维修报修制度")
    logi("paper adopt 校产维修报修制度 --from 2025-09-15")
    assert ("overdue", "WJ-2025-0002", "logi paper review WJ-2025-0002 --outcome keep --by PERSON") in due(logi)


@pytest.mark.seed("DOC-09", "DOC-11", "DOC-16", "FIN-02")
def test_the_list_of_regulations_holds_money_and_every_other_area(office):
    office("paper add 财务管理制度 --kind regulation --area 财务 --from 2025-09-01 --owner 钱样真")
    office("paper add 食堂管理办法 --kind regulation --area 食堂")
    listed = rows(office, "report regulations")
    assert [(r["title"], r["areas"]) for r in listed] == [("校产管理制度", "property"), ("财务管理制度", "money")]
    assert [r["title"] for r in rows(office, "paper list --area 财务 --state force")] == ["财务管理制度"]
    lacking = {r["area"] for r in rows(office, "paper area list --lacking")}
    assert "canteen" in lacking  # a draft is no regulation yet
    money = next(r for r in rows(office, "paper area list") if r["area"] == "money")
    assert (money["regulation"], money["lacks"]) == ("财务管理制度", "post; person")


# -- what is asked ---------------------------------------------------------------------------------------


@pytest.mark.seed("AST-25", "DOC-17", "DOC-12", "DOC-10")
def test_property_and_money_measures_are_tied_to_what_the_superior_document_asks(office):
    assert [r["state"] for r in rows(office, "paper trace")] == ["unlaid"]
    # thirty days after 2025-08-20 is 2025-09-19
    assert ("missing", "WJ-2025-0001", "logi paper require WJ-2025-0001 TEXT") in due(office)
    assert ("missing", "WJ-2025-0001", "logi paper require WJ-2025-0001 TEXT") not in due(office, LOGI_TODAY="2025-09-19")
    office("paper require 教体资〔2025〕1号 每学期全面清查一次资产 --area 校产 --measure 秋季清查 --owner 吴资明 --due 2025-10-10")
    office("paper require 教体资〔2025〕1号 财务账与资产账按月核对 --area 财务")
    unanswered = ("missing", "WJ-2025-0001/2", "logi paper measure add WJ-2025-0001/2 TEXT --owner PERSON --due DAY")
    assert unanswered in due(office)
    office("paper measure add WJ-2025-0001/2 月末三方对账 --owner 钱样真 --due 2025-09-25")
    assert unanswered not in due(office)
    assert ("overdue", "CS-2025-0002", "logi paper measure done CS-2025-0002 --evidence NUMBER") in due(office)
    assert ("soon", "CS-2025-0001", "logi paper measure done CS-2025-0001 --evidence NUMBER") in due(office)
    # a card of the asset book is the evidence, and the line of a plan names the document
    office("asset add 打印机 --cost 1980 --on 2025-09-20 --place E101 --keeper 钱样真")
    slip = office("stock out 没有 1 --to 总务处 --by 钱样真", code=3)
    assert slip.code == 3
    office("month add 2025-09 月末三方对账 --owner 钱样真 --due 2025-09-30 --source 教体资〔2025〕1号")
    line = rows(office, "month plan 2025-09")[0]["number"]
    office(f"paper measure done CS-2025-0002 --evidence {line}")
    assert ("missing", "CS-2025-0002", "logi paper measure verify CS-2025-0002 --by PERSON") in due(office)
    office("paper measure verify CS-2025-0002 --by 吴资明")
    trace = rows(office, "paper trace 教体资〔2025〕1号")
    assert [(r["no"], r["area"], r["measure"], r["owner"], r["state"], r["evidence"], r["plan"]) for r in trace] == [
        ("教体资〔2025〕1号", "property", "秋季清查", "吴资明", "open", None, line),
        ("教体资〔2025〕1号", "money", "月末三方对账", "钱样真", "verified", line, line),
    ]  # fmt: skip
    assert [r["area"] for r in rows(office, "paper trace --area 财务")] == ["money"]
    assert [r["number"] for r in rows(office, "paper trace --open")] == ["CS-2025-0001"]
    # where the superior document is implemented: the regulation that rests on it, and the measures
    about = shown(office, "WJ-2025-0001")
    facts = {r["field"]: r["content"] for r in about["paper.document"]["rows"]}
    assert facts["Rest on it"] == "WJ-2025-0002 校产管理制度"
    assert [r["number"] for r in about["paper.points"]["rows"]] == ["CS-2025-0001", "CS-2025-0002"]
    printed = office("form implementation 教体资〔2025〕1号 -f json").out
    assert "月末三方对账" in printed
    assert "秋季清查" in printed


def test_evidence_that_was_taken_back_shows_nothing(office):
    office("paper require 教体资〔2025〕1号 采购登记 --measure 入库登记 --owner 吴资明")
    office("item add F001 粉笔 --unit 盒")
    number = office("stock in 粉笔 10 --price 4 -f json").json["number"]
    office("undo")
    office(f"paper measure done CS-2025-0001 --evidence {number}", code=3)
    office("redo")
    entry = office(f"paper measure done CS-2025-0001 --evidence {number} -f json").json["entry"]
    gone = ("missing", "CS-2025-0001", f"logi show {number}")
    assert gone not in due(office)
    office(f"undo {number}")
    assert gone in due(office)
    office(f"undo {entry}")
    assert gone not in due(office)


def test_a_measure_given_up_leaves_its_requirement_unanswered(office):
    office("paper require 教体资〔2025〕1号 公示处置结果 --measure 公示栏 --owner 吴资明")
    office("paper measure drop CS-2025-0001 --reason 改上网站")
    assert [r["state"] for r in rows(office, "paper trace")] == ["dropped", "unanswered"]
    office("paper unrequire WJ-2025-0001/1 --reason 写错", code=4)


def test_a_measure_whose_owner_has_left_is_an_orphan(office):
    office("paper require 教体资〔2025〕1号 巡查 --measure 每日巡查 --owner 陈巡安 --due 2025-12-01")
    office("person leave 陈巡安 --on 2025-09-30")
    assert ("orphaned", "CS-2025-0001", "logi paper measure edit CS-2025-0001 --owner PERSON") in due(office)


@pytest.mark.seed("DOC-03")
def test_a_meeting_raises_issues_and_each_has_a_countermeasure_an_owner_and_a_day(logi):
    (logi.folder / "m.txt").write_text("会议讨论了两个问题。", "utf-8")
    logi(f"paper add 后勤工作研讨会 --kind minutes --on 2025-09-18 --owner 钱样真 --attend 吴资明、王修好 --place 会议室 --file {logi.folder}/m.txt")
    logi("paper require 后勤工作研讨会 经费紧 --area 财务 --measure 压减办公用品 --owner 吴资明 --due 2025-10-31")
    logi("paper require 后勤工作研讨会 维修慢")
    form = logi("form 会议纪要 WJ-2025-0001 -f md", LOGI_LANG="zh-Hans").out
    for word in ("后勤工作研讨会", "会议室", "钱样真", "吴资明、王修好", "经费紧", "压减办公用品", "2025-10-31", "维修慢", "未落实", "会议讨论了两个问题"):
        assert word in form
    assert ("missing", "WJ-2025-0001/2", "logi paper measure add WJ-2025-0001/2 TEXT --owner PERSON --due DAY") in due(logi)
    assert logi("form minutes --all --month 2025-09").out.count("后勤工作研讨会") == 1


@pytest.mark.seed("STF-12")
def test_a_superior_inspection_leaves_findings_that_are_rectified_and_verified(logi):
    logi("paper add 后勤工作督导检查反馈 --kind superior --no 督导〔2025〕4号 --issuer 教体局督导室 --on 2025-09-10")
    logi("paper require 督导〔2025〕4号 库房消防通道堆物 --area 消防 --measure 清空通道 --owner 周入库 --due 2025-09-15")
    logi("paper require 督导〔2025〕4号 台账不全 --area 物资保管 --measure 补齐台账 --owner 周入库 --due 2025-09-20")
    logi("paper measure done CS-2025-0001 --note 当日清空 --on 2025-09-11")
    logi("paper measure verify CS-2025-0001 --by 钱样真 --on 2025-09-12")
    table = logi("paper trace 督导〔2025〕4号 -f json").json
    assert [(r["asked"], r["state"]) for r in table["rows"]] == [("库房消防通道堆物", "verified"), ("台账不全", "overdue")]
    assert table["notes"] == ["2 lines: 1 done, 0 without a measure."]


def test_verify_finds_versions_that_stand_on_the_same_days(office):
    office("paper revise 校产管理制度")
    office("paper adopt 校产管理制度 --from 2025-09-20")
    import sqlite3

    db = sqlite3.connect(office.ledger)
    db.row_factory = sqlite3.Row
    assert checks.verify(db) == []
    assert [row["version"] for row in store.versions(db, 2)] == [1, 2]
    assert store.torn_versions(db) == []
    db.close()


def test_a_contract_is_renewed_before_it_ends(logi):
    logi("paper add 消防维保合同 --kind contract --vendor V06 --amount 12000 --on 2024-11-16 --until 2025-11-15")
    renew = ("expiring", "WJ-2024-0001", "logi paper revise WJ-2024-0001")
    # sixty days before 2025-11-15 is 2025-09-16
    assert renew in due(logi, LOGI_TODAY="2025-09-16")
    assert renew not in due(logi, LOGI_TODAY="2025-08-31")
    assert ("overdue", "WJ-2024-0001", "logi paper revise WJ-2024-0001") in due(logi, LOGI_TODAY="2025-11-16")
    logi("paper revise 消防维保合同 --on 2025-09-30")
    logi("paper edit WJ-2025-0001 --until 2026-09-29 --amount 13000.50")
    assert renew not in due(logi)
    listed = rows(logi, "report contracts")
    assert [(r["number"], r["state"], r["amount"], r["until"]) for r in listed] == [
        ("WJ-2024-0001", "superseded", "12000.00", "2025-11-15"), ("WJ-2025-0001", "force", "13000.50", "2026-09-29"),
    ]  # fmt: skip


def test_what_is_found_by_title_number_and_document_number(office):
    for text in ("校产", "WJ-2025-0002", "xcglzd"):
        assert "校产管理制度" in office(f"find {text}").out
    assert "WJ-2025-0001" in office("find 〔2025〕1号").out


def test_words_and_shortcuts_in_chinese(office):
    zh = {"LOGI_LANG": "zh-Hans"}
    office("文书 登记 节水通知 --类型 通知 --文号 后字5号", **zh)
    office("印发 后字5号 --部门 教务处 --份数 3", **zh)
    office("文书 要求 后字5号 每周巡查水龙头 --领域 水电节能", **zh)
    said = office("落实 后字5号 -f json", **zh).json
    assert [(r["area"], r["state"]) for r in said["rows"]] == [("energy", "unanswered")]
    assert said["columns"][3]["title"] == "要求"
    assert date.fromisoformat(rows(office, "report issued")[0]["on"]) == date(2025, 9, 30)


@pytest.mark.seed("DOC-15")
def test_a_lesson_stands_in_the_summary_and_asks_for_a_new_version_until_there_is_one(logi):
    def learned() -> dict:
        tables = logi("month summary --school-year 2025 -f json").json["tables"]
        return next(one for one in tables if one["name"] == "paper.lessons")

    logi("paper add 校产管理制度 --kind regulation --area 校产 --from 2025-09-01")
    assert learned()["rows"] == []
    assert "paper review NUMBER" in learned()["notes"][0]  # the field is there, and says how it is filled
    logi("paper review 校产管理制度 --outcome revise --note 期末损坏多因交接不清，应当面点交 --by 钱样真 --on 2025-09-20")
    [row] = learned()["rows"]
    assert [row[key] for key in ("on", "number", "lesson", "by", "lesson_state", "revised_from")] == [
        "2025-09-20", "WJ-2025-0001", "期末损坏多因交接不清，应当面点交", "钱样真", "waiting", None]  # fmt: skip
    asked = ("overdue", "WJ-2025-0001", "logi paper revise WJ-2025-0001 --file FILE")
    assert asked in due(logi)
    logi("paper revise 校产管理制度")
    assert ("overdue", "WJ-2025-0001", "logi paper adopt WJ-2025-0002 --from DAY") in due(logi)
    assert learned()["rows"][0]["lesson_state"] == "waiting"  # a draft is no rule yet
    logi("paper adopt WJ-2025-0002 --from 2025-09-28")
    [row] = learned()["rows"]
    assert (row["lesson_state"], row["revised_from"]) == ("revised", "2025-09-28")
    assert not [one for one in due(logi) if one[1] == "WJ-2025-0001"]
    said = logi("month summary --school-year 2025", LOGI_LANG="zh-Hans").out
    assert "经验教训与制度完善" in said
    assert "应当面点交" in said
