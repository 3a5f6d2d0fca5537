"""A thing's whole life, and a scrapping that is refused twice before it passes, told by command lines."""

import pytest


def at(logi, day: str, line: str, *, code: int = 0, **env: str):
    return logi(line, code=code, LOGI_TODAY=day, **env)


def rows(logi, day: str, line: str, **env: str) -> list[dict]:
    return at(logi, day, f"{line} -f json", **env).json["rows"]


def history(logi, day: str, code: str) -> list[str]:
    tables = at(logi, day, f"asset show {code} -f json").json["tables"]
    return [row["kind"] for row in next(t for t in tables if t["name"] == "asset.moves")["rows"]]


@pytest.mark.seed("AST-04", "AST-17")
def test_one_projector_from_the_purchase_to_its_last_day(logi):
    # Bought and accepted by two people, asked for by its request, registered with its keeper and room.
    buy = "asset add 投影仪 --category A02010105 --cost 4800 --on 2025-09-01 --code P --vendor V06 --invoice 25440000000000000001"
    at(logi, "2025-09-01", f"{buy} --request SG-2025-031 --buyer 钱样真 --inspector 钱样真", code=4)
    at(logi, "2025-09-01", f"{buy} --request SG-2025-031 --buyer 钱样真 --inspector 吴资明 --place F101 --keeper 周入库")
    # Kept: nobody used it, it stands idle in the store.
    at(logi, "2025-09-02", "asset edit P --state idle")
    # Requested: the teacher asks, the bursar approves, the keeper issues.
    at(logi, "2025-09-08", "asset request 投影仪 --by 杨班一 --place A205 --for 教学")
    at(logi, "2025-09-08", "asset issue SL-2025-0001 P", code=4)
    at(logi, "2025-09-08", "approve SL-2025-0001 --by 钱样真 --no 申领031")
    at(logi, "2025-09-09", "asset issue SL-2025-0001 P")
    [card] = rows(logi, "2025-09-09", "asset list --item 投影仪")
    assert (card["place"], card["keeper"], card["status"]) == ("A205", "杨班一", "in_use")
    # Used by another for a week.
    at(logi, "2025-10-09", "asset lend P --to 秦实妍 --due 2025-10-16")
    at(logi, "2025-10-15", "asset return P --condition good")
    # Mended.
    at(logi, "2025-11-03", "repair open 灯泡不亮 --place A205 --by 杨班一 --kind equipment --asset P")
    at(logi, "2025-11-04", "repair assign WX-202511-0001 --to 王修好")
    at(logi, "2025-11-04", "repair close WX-202511-0001 --by 王修好 --cost 260 --cause wear")
    at(logi, "2025-11-05", "repair accept WX-202511-0001 --by 杨班一")
    # Passed on, by a handover sheet.
    at(logi, "2026-03-02", "asset handover --from 杨班一 --to 秦实妍 --witness 钱样真 P")
    # Scrapped.
    at(logi, "2028-03-01", "asset propose P --how scrap --reason obsolete --appraiser S03,S17,S08")
    at(logi, "2028-03-03", "approve CZ-2028-0001 --by 钱样真 --no 校务会5")
    gone = at(logi, "2028-03-10", "asset dispose CZ-2028-0001 --proceeds 50")
    assert "written down 2,000.10, net 2,799.90" in gone.out  # thirty months of 66.67, none in the month of disposal
    at(logi, "2028-03-12", "asset paid-in CZ-2028-0001 --ref 非税0312")
    assert history(logi, "2028-03-12", "P") == ["add", "idle", "use", "assign", "lend", "return", "handover", "dispose"]
    for after in ("asset transfer P --place B203", "asset lend P --to 王修好 --due 2028-04-01", "asset damage P --by 王修好",
                  "repair open 又坏了 --place A205 --by 秦实妍 --asset P"):  # fmt: skip
        assert "P left the register on 2028-03-10" in at(logi, "2028-03-15", after, code=4).err
    card = at(logi, "2028-03-15", "form asset-card P", LOGI_LANG="zh-Hans").out
    assert all(part in card for part in ("处置", "WX-202511-0001", "灯泡不亮", "260.00", "CZ-2028-0001"))  # face and back
    assert at(logi, "2028-03-15", "audit verify").code == 0


@pytest.mark.seed("AST-18", "AST-19")
def test_a_scrapping_is_refused_twice_before_it_passes(logi):
    day = "2025-09-12"
    at(logi, day, "asset add 电视机 --category A02091001 --cost 6000 --count 10 --on 2019-08-20 --code TV --place A205 --keeper 杨班一")
    # 60,000.00 is above the school's own 50,000.00: the meeting and the bureau decide.
    at(logi, day, "asset propose TV --how scrap --reason past-life --appraiser S03,S17", code=4)
    at(logi, day, "asset propose TV --how scrap --reason past-life --appraiser S03,S17,S08")
    # First refusal: the meeting wants a repair tried first.
    at(logi, "2025-09-15", "approve CZ-2025-0001 --level school_meeting --by 钱样真 --no 校务会12 --reject 先维修")
    at(logi, "2025-09-15", "asset dispose CZ-2025-0001", code=4)
    assert {r["status"] for r in rows(logi, "2025-09-15", "asset list --item 电视机")} == {"in_use"}
    # Applied for again; the meeting agrees, the bureau sends it back: one set still works.
    at(logi, "2025-09-22", "asset propose TV-01..10 --how scrap --reason obsolete --appraiser S03,S17,S08")
    at(logi, "2025-09-24", "approve CZ-2025-0002 --level education_bureau --by 教体局 --no 教体资6", code=4)  # out of turn
    at(logi, "2025-09-24", "approve CZ-2025-0002 --level school_meeting --by 钱样真 --no 校务会13")
    said = at(logi, "2025-09-25", "asset dispose TV-01..10 --how scrap --reason obsolete --override 已口头同意", code=4)
    assert "the education bureau" in said.err
    at(logi, "2025-10-09", "approve CZ-2025-0002 --level education_bureau --by 教体局 --no 教体资7 --reject 一台尚可用")
    at(logi, "2025-10-09", "asset dispose CZ-2025-0002", code=4)
    # The third goes through for nine; the sets leave in two loads.
    at(logi, "2025-10-13", "asset propose TV-01..09 --how scrap --reason past-life --appraiser S03,S17,S08")
    at(logi, "2025-10-14", "approve CZ-2025-0003 --level school_meeting --by 钱样真 --no 校务会14")
    at(logi, "2025-10-27", "approve CZ-2025-0003 --level education_bureau --by 教体局 --no 教体资9")
    at(logi, "2025-10-28", "asset dispose CZ-2025-0003 --on 2025-10-26", code=4)  # before the last approval
    at(logi, "2025-10-28", "asset dispose TV-01..05 --proceeds 150")
    at(logi, "2025-10-30", "asset dispose CZ-2025-0003 --proceeds 120")
    at(logi, "2025-10-31", "asset paid-in CZ-2025-0003 --amount 270 --ref 非税1031")
    [left] = rows(logi, "2025-10-31", "asset list --item 电视机")
    assert (left["code"], left["cost"]) == ("TV-10", "6000.00")
    states = {r["number"]: r["state"] for r in rows(logi, "2025-10-31", "report asset.proposals --year 2025")}
    assert states == {"CZ-2025-0001": "rejected", "CZ-2025-0002": "rejected", "CZ-2025-0003": "done"}
    [month] = rows(logi, "2025-10-31", "asset audit 2025-10")
    assert (month["opening"], month["reduced"], month["closing"], month["check"]) == ("60000.00", "54000.00", "6000.00", "0.00")
    sheet = at(logi, "2025-10-31", "form disposal CZ-2025-0003").out
    assert all(part in sheet for part in ("校务会14", "教体资9", "54,000.00"))
    assert at(logi, "2025-10-31", "audit verify").code == 0
