"""Who signs: whom the document names, who holds the office; whoever is plainly not the one is refused or told."""

import pytest


@pytest.fixture
def claimed(logi):
    """A claim over 120.00 of 吴资明: prover, reviewer, bursar sign; 钱样真 is 总务主任, 周入库 仓库保管员."""
    logi("money claim 车票 travel/车票/120 --by 吴资明 --on 2025-09-06 -q")
    return logi


def test_a_slip_is_signed_by_the_inspector_it_names(logi):
    logi("item add ST-1 A4纸 --unit 包 --class office -q")
    logi("stock in A4纸 5@20 --from V01 --inspector 秦实妍 --on 2025-09-03 -q")
    said = logi("approve RK-2025-0001 --by 陈巡安 --no 签 -f json", code=4).json
    assert (said["key"], said["facts"]["named"], said["facts"]["person"]) == ("front.sign_other_named", "秦实妍", "陈巡安")
    assert logi("approve RK-2025-0001 --level inspector --by 陈巡安 --no 签 -f json", code=4).json["key"] == said["key"]
    assert logi("approve RK-2025-0001 --no 签 -f json").json["facts"]["by"] == "秦实妍"  # nobody named: whom the slip names
    logi("stock in A4纸 5@20 --from V01 --inspector 秦实妍 --on 2025-09-03 -q")
    logi("approve RK-2025-0002 --by 陈巡安 --no 签 --override 秦实妍请假 -q")


def test_who_holds_a_later_office_does_not_sign_at_the_next_level_unawares(claimed):
    said = claimed("approve BX-2025-0001 --by 钱样真 --no 签 -f json", code=4).json
    assert (said["key"], said["facts"]["means"], said["facts"]["level"]) == ("front.sign_later", "bursar", "prover")
    assert "--level prover" in claimed("approve BX-2025-0001 --by 钱样真 --no 签", code=4, LOGI_LANG="zh-Hans").err
    told = claimed("approve BX-2025-0001 --level prover --by 钱样真 --no 签 -f json").json  # said so: it is taken
    assert (told["facts"]["level"], told["facts"]["by"], told["warnings"]) == ("prover", "钱样真", [])


def test_an_office_that_does_not_carry_the_level_is_told(claimed):
    for who in ("秦实妍", "王修好"):
        assert claimed(f"approve BX-2025-0001 --by {who} --no 签 -f json").json["warnings"] == []  # no office is set for these
    said = claimed("approve BX-2025-0001 --by 周入库 --no 签 -f json").json
    assert (said["facts"]["level"], len(said["warnings"])) == ("bursar", 1)
    assert "钱样真" in said["warnings"][0]
    claimed("undo -q")
    assert claimed("approve BX-2025-0001 --no 签 -f json").json["facts"]["by"] == "钱样真"  # the one who holds the office
    claimed("undo -q")
    claimed("person add S01 郑示园 --post 校长 -q")
    assert claimed("approve BX-2025-0001 --by 郑示园 --no 签 -f json").json["warnings"] == []  # stands above
    claimed("undo -q")
    assert claimed("approve BX-2025-0001 --by 教体局 --no 签 -f json").json["warnings"] == []  # no person the ledger knows
