"""A plan line "register every room's public property" closes itself when every room that holds assets was counted."""

import pytest

from logi.books.asset import evidence
from logi.db import open_ledger
from logi.journal import Who

ROOMS = evidence.RULES["rooms-counted"]


@pytest.fixture
def rooms(logi):
    """Two rooms with desks, one without anything."""
    logi("asset add 课桌椅 --cost 198 --count 2 --on 2025-08-20 --place A205 --code 2025-0001")
    logi("asset add 电子白板 --cost 8900 --count 1 --on 2025-08-20 --place B203 --code 2025-0002")
    return logi


def proof(logi, month: str) -> tuple[int, int, list[str]]:
    ledger = open_ledger(logi.ledger, Who("t", "t", 0, "t"))
    try:
        return ROOMS(ledger, month)
    finally:
        ledger.db.close()


def test_every_room_with_assets_is_to_be_counted_and_each_stocktake_adds_its_rooms(rooms):
    assert proof(rooms, "2025-09") == (0, 2, [])
    rooms("asset count start A205 --on 2025-09-03")
    number = rooms("asset count list -f json").json["rows"][0]["number"]
    assert proof(rooms, "2025-09") == (0, 2, [])  # begun is not counted
    rooms(f"asset count enter {number} A205 --rest-ok --by 吴资明 --on 2025-09-04")
    assert proof(rooms, "2025-09") == (1, 2, [number])
    assert proof(rooms, "2025-08") == (0, 2, [])
    rooms("asset count start B203 --on 2025-09-10")
    rooms("asset count enter B203 --rest-ok --by 吴资明 --on 2025-09-10", code=None)
    numbers = [r["number"] for r in rooms("asset count list -f json").json["rows"]]
    other = next(one for one in numbers if one != number)
    rooms(f"asset count enter {other} B203 --rest-ok --by 吴资明 --on 2025-09-10", code=None)
    assert proof(rooms, "2025-09")[:2] == (2, 2)
