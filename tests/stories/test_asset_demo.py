"""The demo school's assets: a year whose planted cases stand in what is due, in the pack and in the reports."""

import shutil

import pytest

from tests.conftest import Terminal


@pytest.fixture(scope="module")
def demo(demo_school, tmp_path_factory):
    made = Terminal(tmp_path_factory.mktemp("demo"))
    shutil.copy(demo_school, made.ledger)
    made.env["LOGI_TODAY"] = "2026-08-31"
    return made


def due(demo, day: str) -> dict[str, list[str]]:
    """What is due of assets on a day, by the requirement it comes from."""
    found: dict[str, list[str]] = {}
    for row in demo("due --book asset -f json", LOGI_TODAY=day).json["rows"]:
        found.setdefault(row["source"], []).append(row["subject"])
    return found


def test_two_rooms_have_no_letter_because_nobody_answers_for_them(demo):
    letters = [r["place"] for r in demo("asset letter -f json").json["rows"] if r["term"] == "2025-2026-2"]
    assert {"A103", "A205", "C101", "E101"} <= set(letters)
    assert not {"A204", "C107"} & set(letters)
    assert {"A204", "C107"} <= set(due(demo, "2026-07-06")["AST-02"])


def test_the_terms_count_found_two_desks_short_and_one_table_over(demo):
    [counted, *_] = demo("asset count list -f json").json["rows"]
    assert (counted["number"], counted["left"], counted["state"]) == ("PD-2025-0001", 0, "done")
    rows = demo("report asset.counts --year 2025 -f json").json["rows"]
    assert [(r["code"], r["place"], r["over"], r["short"], r["applied"]) for r in rows] == [
        ("2018-0020", "A103", None, "396.00", "yes"), ("无牌-01", "B202", "1180.00", None, "yes"),
    ]  # fmt: skip
    said = demo("asset term-ready 2025-2026-1")
    assert "2025-09-05" in said.out


def test_six_sets_of_desks_moved_in_february(demo):
    held = {}
    for row in demo("asset list --item 课桌椅 -f json").json["rows"]:
        held[row["place"]] = held.get(row["place"], 0) + int(row["quantity"])
    # A103 had 38, of which 2 were short and 6 went to A205, which had 16
    assert (held["A103"], held["A205"], sum(held.values())) == (30, 22, 404)


def test_the_year_is_reconciled_with_the_desk_the_accountant_had_not_booked(demo):
    lines = {r["key"]: r for r in demo("asset reconcile 2025 -f json").json["rows"]}
    assert lines["A05"]["difference"] == "1050.00"
    assert {r["difference"] for key, r in lines.items() if key != "A05"} == {"0.00"}
    assert "AST-22" not in due(demo, "2026-08-31")  # three have signed, and a later transfer does not take that back


def test_what_is_still_open_in_august_is_due(demo):
    found = due(demo, "2026-08-31")
    assert found["AST-20"] == ["JY-2025-0002"]  # a laptop that did not come back
    assert found["AST-07"] == ["PC-2026-0001"]
    assert found["AST-03"] == ["2026-05"]
    assert found["AST-18"] == ["CZ-2026-0001"]  # the school has agreed, the bureau has not
    assert found["AST-10"] == ["2020-0011-12"]
    assert found["AST-17"] == ["2025-0050-01..12"]  # the drinking machines' warranty


def test_the_pack_of_september_shows_the_count_and_the_rooms(demo):
    pack = demo("report month 2025-09 -f json").json
    tables = {one["name"]: one for one in pack["tables"]}
    assert len(tables["asset.count-results"]["rows"]) == 2
    rooms = {r["place"]: r["periods"] for r in tables["asset.room-use"]["rows"]}
    assert (rooms["B201"], rooms["B203"], rooms["B301"], rooms["B302"]) == (7, 5, 2, 0)
    assert all(one["check"] == "0.00" for one in tables["asset.audit"]["rows"])


def test_the_vector_of_the_rules_stands_in_the_demo(demo):
    [row] = demo("asset depreciation 2025-0001-01 --to 2025-12-31 -f json").json["rows"]
    assert (row["accumulated"], row["net"]) == ("266.68", "4533.32")
