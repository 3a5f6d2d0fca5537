"""Vehicles at the gate by command lines and from files: the register, the speed limit, what a camera saw."""

import pytest

LAW = "企业事业单位内部治安保卫条例 art. 11"


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def gate(logi):
    """A guard on post, and the school's car on the register."""
    with logi.once():
        logi("gate guard add 陈巡安 --certificate 示保001 --issued 2024-03-01 --from 2025-09-01")
        logi("gate handover 陈巡安 --at 7:00")
        logi("gate vehicle add 京A88888 校务用车 --kind school --driver 王修好")
    return logi


@pytest.mark.seed("GAT-05")
def test_who_drives_faster_than_the_school_allows_is_recorded_and_told(gate):
    gate("gate pass 京A88888 in --speed 5 --at 8:00")  # five are allowed
    fast = gate("gate pass 京a·88888 out --speed 5.001km/h --at 9:00 -f json").json
    assert (fast["number"], fast["facts"]["speed"]) == ("XS-2025-0001", "5.001")
    assert gate("gate pass 京A88888 in --speed 0 -f json --at 9:30", code=2).code == 2
    lines = rows(gate("due --book gate -f json"))
    assert [(row["subject"], row["command"]) for row in lines if row["source"] == "GAT-05 gate.speed_limit"] == [
        ("XS-2025-0001", "logi gate told XS-2025-0001 TEXT --by S09")]  # fmt: skip
    assert gate("gate told XS-2025-0001 提醒 --by 陈巡安 --on 2025-09-29 -f json", code=4).json["key"] == "gate.told_before"
    told = gate("gate told XS-2025-0001 当面提醒 --by 陈巡安 -f json").json["entry"]
    found = rows(gate("report gate-speeding --month 2025-09 -f json"))
    assert [(row["plate"], row["speed"], row["limit"], row["told_by"]) for row in found] == [("京A88888", "5.001", 5, "陈巡安")]
    assert [row["source"] for row in rows(gate("due --book gate -f json"))] == []
    passed = fast["entry"]
    assert gate(f"undo {passed} -f json", code=4).json["facts"]["dependents"] == [told]
    # The school lowers its limit: from that day on the same speed is too fast, before it was not.
    gate("policy set gate.speed_limit 4 --from 2025-10-01 --source 校务会")
    assert gate("gate pass 京A88888 in --speed 5 --at 8:00 -f json", LOGI_TODAY="2025-10-01").json["number"] == "XS-2025-0002"
    second = rows(gate("report gate-speeding --month 2025-10 -f json", LOGI_TODAY="2025-10-01"))
    assert [(row["times"], row["limit"]) for row in second] == [(2, 4)]
    month = rows(gate("gate summary --month 2025-09 -f json"))
    assert {row["what"]: row["count"] for row in month if row["what"] in ("passes", "fast", "untold")} == {
        "passes": 2, "fast": 1, "untold": 0}  # fmt: skip
    sheet = gate("form vehicle-register 2025-09 -f html", LOGI_LANG="zh-Hans").out
    assert all(words in sheet for words in ("车辆出入登记", "XS-2025-0001 当面提醒"))


def test_strange_vehicles_come_with_a_visitor_and_do_not_stay_overnight(gate):
    assert gate("gate pass 京B66666 in --at 8:00 -f json", code=4).json["key"] == "gate.plate_unknown"
    gate("gate vehicle add 京B66666 送菜车 --kind supplier")
    gate("gate pass 京B66666 in --at 8:00")
    gate("gate pass 京A88888 in --at 8:10")
    late = {"LOGI_TODAY": "2025-10-01"}
    left = [row["subject"] for row in rows(gate("due --book gate -f json", **late)) if row["source"] == LAW]
    assert left == ["京B66666"]  # the school's own may stay
    gate("gate pass 京B66666 out --at 18:00 --on 2025-09-30", **late)
    gate("gate vehicle stop 京B66666 --reason 换供应商", **late)
    assert gate("gate pass 京B66666 in --at 8:00 -f json", code=4, **late).json["key"] == "gate.stopped"
    gate("undo", **late)
    gate("gate pass 京B66666 in --at 8:00", **late)
    assert [row["code"] for row in rows(gate("find 京B66666 -f json", **late))] == ["京B66666"]
    assert len(gate("show 京B66666 -f json", **late).json["tables"]) >= 2


def test_files_of_a_visitors_system_and_of_a_camera_are_taken_whole_and_given_back(gate):
    visits = gate.folder / "visits.csv"
    visits.write_text(
        "进校时间,姓名,被访人,被访人确认,门卫,离校时间,身份证号,车牌,流水号\n"
        "2025-09-29 08:40,李访客,杨班一,电话,陈巡安,2025-09-29 09:10,37010219900101123X,,F1\n"
        "2025-09-29 10:00,王送货,周入库,当面,陈巡安,,,京C12345,F2\n", "utf-8")  # fmt: skip
    gate(f"import visits {visits}")
    found = rows(gate("gate visits -f json --columns name,id_card,confirmed,state,plate"))
    assert [(row["name"], row["id_card"], row["confirmed"], row["state"]) for row in found] == [
        ("李访客", "identity card 123X", "phone", "left"), ("王送货", None, "met", "inside")]  # fmt: skip
    assert b"3701021990" not in gate.ledger.read_bytes()
    visits.write_text(visits.read_text("utf-8").replace("当面,陈巡安,,", "当面,陈巡安,2025-09-29 10:30,"), "utf-8")
    gate(f"import visits {visits}")  # the same, and one left meanwhile
    assert [row["state"] for row in rows(gate("gate visits -f json"))] == ["left", "left"]
    bad = gate.folder / "bad.csv"
    bad.write_text("进校时间,姓名,被访人,被访人确认,门卫\n2025-09-29 08:40,某,杨班一,没问,陈巡安\n08:40,某,杨班一,电话,陈巡安\n", "utf-8")
    lines = gate(f"import visits {bad} -f json", code=5).json["facts"]["findings"]
    assert [(row["line"], row["column"]) for row in lines] == [(2, "被访人确认"), (3, "进校时间")]
    passes = gate.folder / "passes.csv"
    passes.write_text("时间,车牌,方向,车速,流水号\n2025-09-29 07:20,京A88888,进,4.2,P1\n2025-09-29 07:25,京Z00001,进,18,P2\n", "utf-8")
    gate(f"import passes {passes}")
    assert gate(f"import passes {passes} --again -f json").code == 0
    seen = rows(gate("gate passes --month 2025-09 -f json"))
    assert [(row["plate"], row["fast"]) for row in seen if row["visit"] is None] == [
        ("京A88888", None), ("京Z00001", "XS-2025-0001")]  # fmt: skip
    # What is given back, a ledger without it takes again.
    back, again = gate.folder / "back.csv", gate.folder / "again.csv"
    gate(f"export visits --header keys -o {back}")
    both = gate.folder / "both.csv"
    gate(f"export passes --header keys -o {both}")
    other = gate.folder / "other.csv"
    other.write_text(both.read_text("utf-8").replace("4.2", "99"), "utf-8")
    assert gate(f"import passes {other} -f json", code=5).json["facts"]["findings"][0]["column"] in ("speed", "车速")
    other.write_text(back.read_text("utf-8").replace("S15", "S06"), "utf-8")
    gate(f"import visits {other}", code=5)
    for kind, file in (("visits", back), ("passes", both)):  # into the same ledger they bring nothing new
        assert gate(f"import {kind} {file} -f json").json["facts"]["new"] == 0
    for entry in (entry["entry"] for entry in rows(gate("audit log -f json")) if entry["action"].startswith("import.")):
        gate(f"undo {entry}", code=None)
    assert rows(gate("gate visits -f json")) == []
    gate(f"import visits {back}")
    gate(f"export visits --header keys -o {again}")
    assert again.read_bytes() == back.read_bytes()
