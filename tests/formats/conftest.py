"""A room of sentences for the tests of the formats, spoken in English."""

from collections.abc import Iterator

import pytest

from logi.core import messages

PROBE = {
    "probe.out.done": "Issued {quantity} of {item} for {value} as {number}; {left} left.",
    "probe.state.open": "待修",
    "probe.state.closed": "已关闭",
}


@pytest.fixture(autouse=True)
def probe_room() -> Iterator[None]:
    before = messages.language()
    messages._english["probe"] = PROBE
    messages.use("en")
    yield
    messages.use(before)
    del messages._english["probe"]
