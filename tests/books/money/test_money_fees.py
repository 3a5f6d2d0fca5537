"""Fees by command lines: published first, charged by class, paid with receipts, reminded of, given back."""

import pytest

from logi.books.money import fee_report, fees
from logi.core.errors import BadValue


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def classes(logi):
    """Two pupils in one class, one in another; board costs 300.00, collected 1 to 20 September."""
    with logi.once():
        for code, name, home in (("X001", "王小明", "七年级1班"), ("X002", "李小红", "七年级1班"), ("X003", "张小强", "七年级2班")):
            logi(f"opening pupil add {code} {name} --class {home} -q")
        logi("fee add F1 住宿费 300 --basis 县发改价9号 --from 2025-09-01 --to 2025-09-20 --refundable -q")
    return logi


def refused(logi, line: str, **env) -> str:
    return logi(f"{line} -f json", code=4, **env).json["key"]


@pytest.mark.seed("FEE-01")
def test_a_fee_is_published_with_standard_and_basis_before_it_is_collected(classes):
    classes("fee charge F1 -q")
    assert refused(classes, "fee pay F1 X001 --receipt 1 --on 2025-09-02") == "money.not_published"
    due = rows(classes("due --book money -f json", LOGI_TODAY="2025-09-01"))
    assert [(r["state"], r["command"]) for r in due] == [("overdue", "logi fee publish F1 --place PLACE")]
    classes("fee publish F1 --place 校门口 --on 2025-09-01 -q")
    assert refused(classes, "fee pay F1 X001 --receipt 1 --on 2025-08-31") == "money.not_published"  # not before that day
    assert refused(classes, "fee pay F1 X001 --receipt 1 --on 2025-09-21") == "money.out_of_period"
    assert refused(classes, "fee pay F1 X001 --receipt 1 --amount 290 --on 2025-09-02") == "money.other_amount"
    classes("fee pay F1 X001 --receipt 1 --on 2025-09-02 -q")
    [item] = rows(classes("report fee-items --month 2025-09 -f json"))
    assert (item["standard"], item["basis"], item["published_on"], item["place"]) == ("300.00", "县发改价9号", "2025-09-01", "校门口")
    assert (item["pupils"], item["due"], item["collected"], item["owing"]) == (3, "900.00", "300.00", 2)
    classes("fee edit F1 --basis 县发改价10号 -q")  # another basis: published anew
    assert refused(classes, "fee pay F1 X002 --receipt 2 --on 2025-09-02") == "money.not_published"


@pytest.mark.seed("FEE-02")
def test_fees_are_collected_by_class_with_receipts_paid_and_unpaid(classes):
    classes("fee charge F1 --class 七年级1班 -q")
    classes("fee charge F1 -q")  # the rest; nobody twice
    classes("fee publish F1 --place 校门口 --on 2025-09-01 -q")
    classes("fee pay F1 X001 X002 --receipt No.0009 --on 2025-09-02 -q")
    assert refused(classes, "fee pay F1 X003 --receipt No.0010 --on 2025-09-02") == "money.receipt_used"
    assert refused(classes, "fee pay F1 X001 --receipt No.0012 --on 2025-09-02") == "money.fee_paid"
    classes("fee waive F1 X003 --amount 120.50 --doc 资助2号 -q")
    found = [(r["school_class"], r["pupils"], r["due"], r["collected"], r["owing"], r["rate"]) for r in rows(classes("fee list F1 -f json"))]
    assert found == [("七年级1班", 2, "600.00", "600.00", 0, "100.0"), ("七年级2班", 1, "120.50", "0.00", 1, "0.0")]
    classes("fee pay F1 X003 --receipt No.0012 --on 2025-09-03 -q")
    said = classes("report fee-receipts --month 2025-09 -f json").json
    assert [(r["receipt_no"], r["pupil"], r["value"]) for r in said["rows"]] == [
        ("No.0009", "王小明", "300.00"), ("No.0010", "李小红", "300.00"), ("No.0012", "张小强", "120.50")]  # fmt: skip
    assert said["notes"] == ["Receipts passed over (1): No.0011."]
    assert refused(classes, "fee refund F1 X001 300.01 --receipt T1 --reason 退宿") == "money.refund_too_much"
    classes("fee refund F1 X001 100 --receipt T1 --reason 退宿 -q")
    assert [r["value"] for r in rows(classes("report fee-receipts --month 2025-09 -f json")) if r["receipt_no"] == "T1"] == ["-100.00"]
    assert rows(classes("fee arrears F1 -f json")) == []  # what was given back is not owed


@pytest.mark.seed("FEE-03")
def test_who_owes_is_listed_with_how_often_and_when_last_reminded(classes):
    classes("fee charge F1 -q")
    classes("fee publish F1 --place 校门口 --on 2025-09-01 -q")
    classes("fee pay F1 X001 --receipt 1 --on 2025-09-02 -q")
    for day in ("2025-09-21", "2025-09-24"):
        classes(f"fee remind F1 --by 杨班一 --on {day} -q")
    classes("fee remind F1 --by 杨班一 --means phone --class 七年级2班 --on 2025-09-28 -q")
    found = [(r["code"], r["owed"], r["reminders"], r["reminded_on"]) for r in rows(classes("fee arrears -f json"))]
    assert found == [("X002", "300.00", 2, "2025-09-24"), ("X003", "300.00", 3, "2025-09-28")]
    assert [r["code"] for r in rows(classes("fee arrears --reminded 3 -f json"))] == ["X003"]
    assert [r["reminders"] for r in rows(classes("report fee-arrears --until 2025-09-22 --since 2025-09-01 -f json"))] == [1, 1]
    [line] = rows(classes("due --book money --days 0 -f json"))
    assert line["text"] == "住宿费: 2 pupils owe 600.00; reminded three times or more: 1."
    assert "欠费名单" in classes("欠费", LOGI_LANG="zh-Hans").out


def test_doing_undoing_and_redoing_fees_brings_every_list_back(classes):
    classes("fee charge F1 -q")
    classes("fee publish F1 --place 校门口 --on 2025-09-01 -q")
    asks = ("fee list -f json", "fee arrears -f json")
    for line in ("fee pay F1 X001 --receipt 1 --on 2025-09-02", "fee refund F1 X001 50 --receipt T1 --reason 退",
                 "fee waive F1 X003 --amount 0 --doc 资助", "fee remind F1 --by 杨班一", "fee edit F1 --to 2025-10-01"):  # fmt: skip
        before = [classes(ask).out for ask in asks]
        classes(f"{line} -q")
        after = [classes(ask).out for ask in asks]
        assert after != before
        classes("undo -q")
        assert [classes(ask).out for ask in asks] == before
        classes("redo -q")
        assert [classes(ask).out for ask in asks] == after
    classes("audit verify")


def test_receipt_numbers_are_counted_on_and_gaps_named():
    assert fees.after("No.0099") == "No.0100"
    assert fees.after("7") == "8"
    with pytest.raises(BadValue):
        fees.after("收A")
    assert fee_report.missing_numbers(["A003", "A001", "B9", "A004", "收"]) == ["A002"]
    assert fee_report.missing_numbers(["1", "900"]) == []  # too far apart: another book of receipts


def test_the_months_pack_has_fees_by_class_while_they_are_collected(classes):
    classes("fee charge F1 -q")
    names = [t["name"] for t in classes("report month 2025-09 -f json").json["tables"]]
    assert "money.fee-classes" in names
    assert "money.fee-classes" not in [t["name"] for t in classes("report month 2025-08 -f json").json["tables"]]


def test_a_whole_class_pays_with_receipts_that_follow_on_one_another(classes):
    classes("fee charge F1 -q")
    classes("fee publish F1 --place 校门口 --on 2025-09-01 -q")
    classes("fee pay F1 X002 --receipt 0007 --on 2025-09-02 -q")
    done = classes("fee pay F1 --class 七年级1班 --class 七年级2班 --receipt 0099 --on 2025-09-03 -f json").json["facts"]
    assert (done["pupils"], done["total"], done["receipts"]) == (2, "600.00", ["0099", "0100"])  # X002 has paid
    assert refused(classes, "fee pay F1 --class 七年级1班 --receipt 0101 --on 2025-09-03") == "money.nobody_owes"
    classes("fee pay F1 --receipt 0101", code=2)


def test_a_fee_is_given_back_after_it_was_paid_and_asked_for_after_it_began(classes):
    classes("fee charge F1 -q")
    classes("fee publish F1 --place 校门口 --on 2025-09-01 -q")
    classes("fee pay F1 X001 --receipt 0001 --on 2025-09-10 -q")
    assert refused(classes, "fee refund F1 X001 100 --receipt T1 --reason 退宿 --on 2025-09-09") == "money.refund_too_much"
    classes("fee refund F1 X001 100 --receipt T1 --reason 退宿 --on 2025-09-10 -q")
    assert refused(classes, "fee remind F1 --by 杨班一 --on 2025-08-31") == "money.reminded_early"


def test_a_waived_amount_has_its_own_word(classes):
    classes("fee charge F1 -q")
    classes("收费 减免 F1 X001 --应交额 60 --文件 减免1 -q", LOGI_LANG="zh-Hans")
    [row] = [r for r in rows(classes("fee arrears F1 -f json")) if r["code"] == "X001"]
    assert row["owed"] == "60.00"
