"""What stops at every door of the register: places change by their own acts alone, loans have days, figures are above zero."""

import pytest


@pytest.fixture
def desk(logi):
    logi("asset add 讲台 --cost 1200 --code J1 --place A205 --keeper S15 --on 2025-09-29")
    return logi


def place(logi) -> str:
    return logi("asset list --item 讲台 --columns place -f csv").out.split()[-1]


def test_a_thing_changes_its_room_by_transfer_loan_or_count_alone(desk):
    desk("asset edit J1 --place B203", code=2)
    assert place(desk) == "A205"
    desk("asset transfer J1 --place B203")
    history = [row["kind"] for row in desk("asset show J1 -f json").json["tables"][1]["rows"]]
    assert (place(desk), history) == ("B203", ["add", "transfer"])
    path = desk.folder / "again.csv"
    path.write_text("code,name,cost,on,place\nJ1,讲台,1200,2025-09-29,A205\n", "utf-8")
    desk(f"import assets {path}")  # a file moves a card by the same act, and the move stands on its back
    history = [row["kind"] for row in desk("asset show J1 -f json").json["tables"][1]["rows"]]
    assert (place(desk), history) == ("A205", ["add", "transfer", "transfer"])


def test_a_loan_wants_its_day_and_a_return_its_condition(desk):
    assert "--due" in desk("asset lend J1 --to S15 --no-input", code=2).err
    desk("asset lend J1 --to S15 --due 2025-10-10")
    assert "--condition" in desk("asset return J1 --no-input", code=2).err
    desk("asset return J1 --condition good")


def test_figures_below_zero_get_in_by_no_door(desk):
    for line in ("asset add 桌 --cost -5", "asset add 桌 --cost 5 --quantity -2", "asset add 桌 --cost 5 --quantity 0",
                 "asset revalue J1 -1 --note 重估", "asset revalue J1 0 --note 重估", "asset edit J1 --life-months 0",
                 "asset damage J1 --by S15 --amount -1"):  # fmt: skip
        assert desk(line, code=None).code in (2, 4), line
    path = desk.folder / "bad.csv"
    path.write_text("name,cost,on\n桌,-5,2025-09-29\n", "utf-8")
    desk(f"import assets {path}", code=5)
    assert len(desk("asset list --item 桌 -f json").json["rows"]) == len(desk("asset list --item 桌 --at 2025-09-28 -f json").json["rows"])


def test_what_is_gone_is_moved_lent_booked_or_mended_by_nobody(desk):
    desk("asset edit J1 --category A05010203")
    desk("asset propose J1 --how loss --reason shortage --appraiser S03,S17,S08")
    desk("approve CZ-2025-0001 --level school_meeting --by 郑示园 --no 校务会12")
    desk("asset dispose CZ-2025-0001")
    for line in ("asset transfer J1 --place B203", "asset assign J1 --keeper S15", "asset lend J1 --to S15 --due 2025-10-10",
                 "asset reserve J1 --by S15 --from 2025-10-10", "asset edit J1 --state idle", "asset revalue J1 5 --note 重估",
                 "asset damage J1 --by S15 --amount 1", "repair open 松动 --place A205 --by S15 --asset J1"):  # fmt: skip
        assert desk(line, code=None).code == 4, line


@pytest.mark.parametrize(("how", "ground"), [("报废", "技术淘汰"), ("報損", "丢失"), ("报损", "水灾"), ("报废", "超年限")])
def test_a_disposal_is_typed_in_the_schools_own_words(desk, how, ground):
    desk("asset edit J1 --category A05010203")
    desk(f"asset propose J1 --how {how} --reason {ground} --appraiser S03,S17,S08")
