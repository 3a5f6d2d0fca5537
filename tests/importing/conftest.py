"""What tests of imports share: the demo school's ledger, made once."""

from pathlib import Path

import pytest

from logi.core.datafiles import data_path


@pytest.fixture(scope="session")
def demo_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo school's ledger file; tests work on copies."""
    from logi.context import Desk
    from logi.demo import build

    assert data_path("demo").is_dir()
    return build(Desk({}, {}), tmp_path_factory.mktemp("demo"))
