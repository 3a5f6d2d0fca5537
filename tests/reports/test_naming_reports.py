"""Reports are found without a manual: the list has every one with its title, and a wrong name names the near ones."""

from datetime import date

from logi.core.answers import Table
from logi.registry import cards
from logi.reports import answer


def test_the_list_has_every_report_of_every_book_with_a_title(logi):
    rows = logi("report -f json", LOGI_LANG="zh-Hans").json["rows"]
    assert [row["name"] for row in rows] == ["month", *(f"{c.name}.{name}" for c in cards().values() for name in c.reports)]
    untitled = [row["name"] for row in rows if row["title"].isascii()]
    assert untitled == []
    shown = logi("report", LOGI_LANG="zh-Hans").out
    assert all(row["name"] in shown for row in rows)
    assert "| 库存" in shown


def test_every_report_answers_for_a_period(ledger):
    for card in cards().values():
        for name in card.reports:
            said = answer(ledger, f"{card.name}.{name}", date(2025, 9, 1), date(2025, 9, 30))
            assert isinstance(said, Table), name
            assert said.columns, name
            assert said.title, name


def test_a_report_may_be_named_by_its_title_or_by_a_part_that_one_alone_has(logi):
    for name in ("stock.by-person", "by-person", "个人领用登记", "個人領用登記", "个人领用"):
        assert logi(f"report {name} -f json").json["name"] == logi("report stock.by-person -f json").json["name"]


def test_a_wrong_name_is_refused_with_the_near_ones_and_where_all_stand(logi):
    said = logi("report by-itme", code=3).err
    assert "stock.by-item" in said
    assert "`logi report list`" in said
    assert "repair.by-kind (维修月报（按类别）)" in logi("report 维修月报", code=3, LOGI_LANG="zh-Hans").err
    known = logi("report by-itme -f json", code=3).json["facts"]["known"]
    assert len(known) == 1 + sum(len(card.reports) for card in cards().values())


def test_a_long_list_in_a_sentence_says_how_many_it_leaves_out():
    from logi.core import messages
    from logi.core.errors import NotFound
    from logi.front_errors import _sentence

    messages.use("en")
    said = _sentence(NotFound("front.no_column", name="x", known=[f"c{n}" for n in range(53)]), None)
    assert said.endswith("c49; and 3 more.")
