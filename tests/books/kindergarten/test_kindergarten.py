"""The kindergarten by command lines: areas and toys, events before their day, notices to families, who leads."""

import pytest


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def house(logi):
    """Two areas with their keepers, in the first term."""
    with logi.once():
        logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        logi("kindergarten area add H1 小一班活动室 --kind classroom --place A205 --keeper 杨班一 --heads 30 --from 2025-09-01")
        logi("kindergarten area add H2 户外滑梯区 --kind 户外 --place B203/东侧 --keeper 秦实妍 --from 2025-09-01", LOGI_LANG="zh-Hans")
        logi("kindergarten toy add T1 木制积木 --area H1 --pieces 40 --from 2025-09-01")
    return logi


def due(logi, **env) -> list[tuple]:
    return [(row["state"], row["source"], row["subject"]) for row in rows(logi("due --book kindergarten -f json", **env))]


@pytest.mark.seed("KGN-04")
def test_each_activity_area_has_its_place_its_keeper_and_what_is_wrong_there(house):
    house("hazard open 护栏松动 --place B203 --by 秦实妍")
    house("kindergarten toy break T1 开裂 --pieces 2 --by 杨班一")
    found = {row["code"]: row for row in rows(house("report kindergarten-areas --month 2025-09 -f json"))}
    assert (found["H1"]["keeper"], found["H1"]["heads"], found["H1"]["toys"], found["H1"]["broken"]) == ("杨班一", 30, 40, 2)
    assert (found["H2"]["kind"], found["H2"]["place"], found["H2"]["hazards"]) == ("outdoor", "B203 信息教室/东侧", 1)
    house("kindergarten area add H3 沙池 --kind sand --place A205")
    assert ("orphaned", "KGN-04", "H3") in due(house)
    house("kindergarten area edit H3 --keeper 秦实妍")
    assert ("orphaned", "KGN-04", "H3") not in due(house)
    assert [row["code"] for row in rows(house("find 沙池 -f json"))] == ["H3"]
    house("kindergarten area end H3 --reason 改种植区 --on 2025-10-01")
    assert len(rows(house("kindergarten area list -f json --on 2025-10-01"))) == 2


@pytest.mark.seed("KGN-01")
def test_broken_toys_are_mended_by_the_house_or_by_a_repair_slip(house):
    house("asset add 大型滑梯 --cost 9600 --code HT-1 --place B203")
    house("kindergarten toy add T2 大型滑梯 --area H2 --asset HT-1 --from 2025-09-01")
    slip = house("kindergarten toy break T2 扶手松动 --by 秦实妍 --repair --on 2025-09-18 -f json").json["numbers"][0]
    broke = house("kindergarten toy break T1 开裂 --pieces 3 --by 杨班一 --on 2025-09-22 -f json").json["entry"]
    # The slide waits for longer than a week on the 26th, the blocks on the 30th.
    assert [one[2] for one in due(house) if "KGN-01" in one[1]] == ["T2", "T1"]
    assert "HT-1" in house(f"show {slip}").out
    house(f"repair close {slip} --by 王修好 --cause wear")
    stands = {row["code"]: (row["there"], row["good"], row["broken"]) for row in rows(house("kindergarten toy list -f json"))}
    assert stands == {"T1": (40, 37, 3), "T2": (1, 1, 0)}
    house(f"repair reject {slip} --by 秦实妍 --reason 仍松动", code=0)
    assert [(row["code"], row["slip"]) for row in rows(house("kindergarten toy list --broken -f json"))] == [("T1", None), ("T2", slip)]
    mended = house("kindergarten toy mend T1 2 --by 王修好 -f json").json["entry"]
    assert house(f"undo {broke} -f json", code=4).json["key"] == "kindergarten.undo_breaks"
    house(f"undo {mended}")
    house("redo")
    house("kindergarten toy discard T1 --by 杨班一 --reason 无法修理")
    assert house("kindergarten toy discard T2 --by 杨班一 --reason 旧 -f json", code=4).json["key"] == "kindergarten.is_an_asset"
    told = house("show T1", LOGI_LANG="zh-Hans").out
    assert all(word in told for word in ("损坏", "修好", "报废", "开裂"))
    # Booked late: on the 20th none of the blocks was broken yet.
    house("kindergarten toy break T1 开裂 --pieces 2 --by 杨班一 --on 2025-09-25")
    late = house("kindergarten toy mend T1 1 --by 王修好 --on 2025-09-20 -f json", code=4).json
    assert (late["key"], late["facts"]["day"]) == ("kindergarten.not_on_that_day", "2025-09-20")
    house("audit verify")


@pytest.mark.seed("KGN-02")
def test_what_an_event_needs_is_done_before_its_day(house):
    house("kindergarten event add 亲子运动会 --day 2025-10-10 --place B203 --by 杨班一 --heads 60 "
          "--need 场地=画跑道@王修好 --need 物品=皮球20个@周入库")  # fmt: skip
    assert ("soon", "KGN-02", "HD-2025-0001") in due(house)
    house("kindergarten event need HD-2025-0001 联系 联系校医到场 --owner 秦实妍", LOGI_LANG="zh-Hans")
    house("item add QQ 皮球 --unit 个")
    house("stock in 皮球 20 --price 9")
    slip = house("stock out 皮球 20 --to 幼儿园 --by 杨班一 -f json").json["number"]
    house(f"kindergarten event done HD-2025-0001 2 --by 周入库 --slip {slip}")
    house("kindergarten event done HD-2025-0001 1 --by 王修好", LOGI_TODAY="2025-10-09")
    late = {"LOGI_TODAY": "2025-10-10"}  # the day before was the last one for the third line
    assert ("overdue", "KGN-02", "HD-2025-0001") in due(house, **late)
    close = "kindergarten event close HD-2025-0001 --outcome 顺利 --by 杨班一 -f json"
    assert house(close, code=4, **late).json["facts"]["lines"] == [3]
    house("kindergarten event done HD-2025-0001 3 --by 秦实妍", LOGI_TODAY="2025-10-11")
    done = house(close, LOGI_TODAY="2025-10-11").json
    assert (done["facts"]["done"], done["facts"]["of"]) == (2, 3)  # the third was done a day after
    found = rows(house("report kindergarten-events --month 2025-10 -f json"))[0]
    assert (found["state"], found["in_time"], found["of"]) == ("held", 2, 3)
    sheet = house("form event-support HD-2025-0001 -f html", LOGI_LANG="zh-Hans").out
    assert all(word in sheet for word in ("活动后勤保障单", "联系校医到场", slip, "画跑道", "顺利"))


@pytest.mark.seed("KGN-03")
def test_families_are_told_of_menu_fees_and_safety_and_it_can_be_exported(house):
    house("canteen menu plan 2025-09-30 lunch 米饭=grain 土豆烧牛肉=vegetable,meat")
    house("fee add F1 保教费 480 --basis 示例发改 --from 2025-09-01 --to 2026-01-30")
    assert {one[2] for one in due(house) if "KGN-03" in one[1]} == {"2025-09-29", "fees", "safety"}
    assert house("kindergarten notice fees --by 杨班一 -f json", code=4).json["key"] == "kindergarten.fees_unpublished"
    house("fee publish F1 --place 大门公示栏")
    told = house("kindergarten notice menu --by 杨班一 --to 全园家长 -f json").json["entry"]
    house("kindergarten notice fees --by 杨班一")
    house("kindergarten notice safety 国庆安全 远离水域 乘车系安全带 --by 杨班一")
    assert {one[2] for one in due(house) if "KGN-03" in one[1]} == set()
    # The menu that was told stays as it was told.
    house("canteen menu drop 2025-09-30 lunch 土豆烧牛肉 --reason 换菜")
    sheet = house("form family-notice JG-2025-0001 -f html", LOGI_LANG="zh-Hans").out
    assert all(word in sheet for word in ("家园告知书", "土豆烧牛肉", "家长签字"))
    assert "480.00" in house("form family-notice JG-2025-0002 -f md").out
    read = house("kindergarten notice reached JG-2025-0001 小一班 --families 28 --of 30 --by 杨班一 -f json").json["entry"]
    lines = house("kindergarten notice list --kind menu -f csv --header keys").out.splitlines()
    assert lines[1].endswith("全园家长,28,30,93.3,杨班一")
    assert house(f"undo {told} -f json", code=4).json["facts"]["dependents"] == [read]


@pytest.mark.seed("KGN-06")
def test_somebody_leads_safety_education_and_holds_it(house):
    assert ("orphaned", "KGN-06", "kindergarten") in due(house)
    house("kindergarten lead 杨班一 --on 2025-08-20")
    assert ("missing", "KGN-06 kindergarten.lesson_days", "S15") in due(house)
    house("safety hold lesson 交通安全 --class 小一班 --heads 28 --by 杨班一 --on 2025-09-16")
    house("safety hold drill 疏散演练 --class 幼儿园大班 --by 陈巡安 --on 2025-09-18")
    house("safety hold lesson 防溺水 --class 七年级1班 --by 杨班一 --on 2025-09-19")
    found = rows(house("report kindergarten-safety --month 2025-09 -f json"))
    assert [(row["topic"], row["led"]) for row in found] == [("交通安全", "lead"), ("疏散演练", "other")]
    assert [one for one in due(house) if "KGN-06" in one[1]] == []
    house("kindergarten lead 秦实妍")
    house("person leave 秦实妍 --on 2025-10-08", code=None)
    house("undo")
